#include "admin_sessions.h"

#include <openssl/crypto.h>

void admin_sessions_init(struct admin_sessions *sessions)
{
    *sessions = (struct admin_sessions){ .next = 0 };
    pthread_mutex_init(&sessions->lock, NULL);
}

void admin_sessions_free(struct admin_sessions *sessions)
{
    pthread_mutex_destroy(&sessions->lock);
}

void admin_sessions_add(struct admin_sessions *sessions, const char *id, uint64_t until)
{
    pthread_mutex_lock(&sessions->lock);
    memcpy(sessions->at[sessions->next].id, id, RANDOM_ID_SIZE);
    sessions->at[sessions->next].until = until;
    sessions->next = (sessions->next + 1) % ADMIN_SESSIONS;
    pthread_mutex_unlock(&sessions->lock);
}

/* Compares with all of them whatever it finds, so that the time it takes tells nothing. */
bool admin_sessions_has(struct admin_sessions *sessions, struct str id, uint64_t now)
{
    bool is_there = false;
    if (id.size != RANDOM_ID_SIZE) return false;
    pthread_mutex_lock(&sessions->lock);
    for (unsigned i = 0; i < ADMIN_SESSIONS; i++) {
        bool is_equal = CRYPTO_memcmp(sessions->at[i].id, id.at, RANDOM_ID_SIZE) == 0;
        is_there |= is_equal & (now < sessions->at[i].until);
    }
    pthread_mutex_unlock(&sessions->lock);
    return is_there;
}
