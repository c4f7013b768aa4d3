#include "random_id.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>

static bool random_fill(struct random_pool *pool)
{
    size_t done = 0;
    while (done < sizeof pool->bytes) {
        ssize_t got = getrandom(pool->bytes + done, sizeof pool->bytes - done, 0);
        if (got < 0 && errno != EINTR) return false;
        if (got > 0) done += (size_t)got;
    }
    pool->left = sizeof pool->bytes;
    return true;
}

static const char random_id_digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

bool random_id(struct random_pool *pool, char id[RANDOM_ID_SIZE + 1])
{
    if (pool->left < 15 && !random_fill(pool)) return false;
    unsigned char *bytes = pool->bytes + (pool->left -= 15);
    for (size_t i = 0; i < 5; i++, bytes += 3) {
        unsigned triple = (unsigned)bytes[0] << 16 | (unsigned)bytes[1] << 8 | bytes[2];
        for (size_t digit = 0; digit < 4; digit++) *id++ = random_id_digits[triple >> (18 - 6 * digit) & 63];
        memset(bytes, 0, 3); /* an id that was given is not kept */
    }
    *id = '\0';
    return true;
}

void random_id_set_number(char id[RANDOM_ID_SIZE + 1], unsigned number)
{
    id[RANDOM_ID_SIZE - 1] = random_id_digits[number];
}

int random_id_number(const char id[RANDOM_ID_SIZE])
{
    const char *at = memchr(random_id_digits, id[RANDOM_ID_SIZE - 1], sizeof random_id_digits - 1);
    return at ? (int)(at - random_id_digits) : -1;
}
