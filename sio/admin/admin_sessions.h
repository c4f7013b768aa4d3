/* admin_sessions.h - the admins that came by password, each by an id that nobody can guess, so that their page can come
 * back without it.
 *
 * A table of fixed size; the oldest goes when it is full. */
#ifndef ADMIN_SESSIONS_H
#define ADMIN_SESSIONS_H

#include "random_id.h"
#include "str.h"

#include <pthread.h>
#include <stdint.h>

enum { ADMIN_SESSIONS = 256 };

struct admin_sessions {
    pthread_mutex_t lock;
    struct {
        char id[RANDOM_ID_SIZE + 1];
        uint64_t until; /* milliseconds of clock_ms; 0: none */
    } at[ADMIN_SESSIONS];
    unsigned next; /* to be overwritten: the oldest */
};

void admin_sessions_init(struct admin_sessions *sessions);
void admin_sessions_free(struct admin_sessions *sessions);
/* Remembers `id` until then. */
void admin_sessions_add(struct admin_sessions *sessions, const char *id, uint64_t until);
/* True when it is there and its time is not over. */
bool admin_sessions_has(struct admin_sessions *sessions, struct str id, uint64_t now);

#endif
