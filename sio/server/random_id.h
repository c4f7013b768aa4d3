/* random_id.h - names that nobody can guess: whoever knows a session's id may speak for it. */
#ifndef SERVER_RANDOM_ID_H
#define SERVER_RANDOM_ID_H

#include <stdbool.h>
#include <stddef.h>

enum {
    RANDOM_ID_SIZE = 20, /* 15 random bytes in base64url, as the reference server's ids look */
    RANDOM_ID_POOL = 15 * 32,
};

/* Random bytes kept ahead, so that a connection does not cost a system call for each of its ids. */
struct random_pool {
    unsigned char bytes[RANDOM_ID_POOL];
    size_t left;
};

/* Writes an id and a NUL. False when the kernel gives no random bytes. */
bool random_id(struct random_pool *pool, char id[RANDOM_ID_SIZE + 1]);

/* The last character of an id as a number from 0 to 63, which takes 6 of its 120 random bits; -1: it is none of an
 * id's. */
void random_id_set_number(char id[RANDOM_ID_SIZE + 1], unsigned number);
int random_id_number(const char id[RANDOM_ID_SIZE]);

#endif
