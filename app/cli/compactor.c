#include "compactor.h"

#include "engine.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

enum { COMPACTOR_NICE = 19 };

struct compactor {
    char *path;
    atomic_uint users; /* the owner, and the thread */
    atomic_bool is_at_work;
};

struct compactor *compactor_create(const char *path)
{
    struct compactor *compactor = calloc(1, sizeof *compactor);
    if (compactor == NULL) return NULL;
    atomic_init(&compactor->users, 1);
    compactor->path = strdup(path);
    if (compactor->path) return compactor;
    free(compactor);
    return NULL;
}

void compactor_leave(struct compactor *compactor)
{
    if (compactor == NULL || atomic_fetch_sub(&compactor->users, 1) > 1) return;
    free(compactor->path);
    free(compactor);
}

static void *compactor_work(void *context)
{
    struct compactor *compactor = context;
    struct engine_fault fault = { 0 };
    setpriority(PRIO_PROCESS, (id_t)gettid(), COMPACTOR_NICE); /* on Linux: of this thread */
    if (engine_compact(compactor->path, 1, &fault) != ENGINE_OK)
        fprintf(stderr, "apiblaze serve: the segments of the index stay as they are: %s\n", fault.text);
    atomic_store(&compactor->is_at_work, false);
    compactor_leave(compactor);
    return NULL;
}

void compactor_start(struct compactor *compactor)
{
    pthread_t thread;
    if (atomic_exchange(&compactor->is_at_work, true)) return;
    atomic_fetch_add(&compactor->users, 1);
    if (pthread_create(&thread, NULL, compactor_work, compactor) == 0) {
        pthread_detach(thread);
        return;
    }
    atomic_store(&compactor->is_at_work, false);
    compactor_leave(compactor);
}
