#include "watch.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { WATCH_EVERY_SECONDS = 2 };

/* What tells one index file from the next: an import renames a new file to the old name. */
struct watch_file {
    dev_t device;
    ino_t inode;
    struct timespec changed;
    off_t size;
};

/* An open index on its way from this thread to the loop. */
struct watch_delivery {
    engine *engine; /* NULL: taken */
    engine_scratch *scratch;
};

struct watch {
    const char *path;
    sio_server *server;
    struct handlers *handlers;
    struct watch_file file; /* the one last looked at, good or not */
    pthread_t thread;
    atomic_bool is_ending;
    pthread_mutex_t lock; /* guards delivery */
    struct watch_delivery delivery;
};

static sigset_t watch_signals(void)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGHUP);
    sigaddset(&set, SIGUSR1); /* watch_stop wakes the thread with it */
    return set;
}

void watch_block_signals(void)
{
    sigset_t set = watch_signals();
    pthread_sigmask(SIG_BLOCK, &set, NULL);
}

static bool watch_look(const char *path, struct watch_file *file)
{
    struct stat info;
    if (stat(path, &info) != 0) return false; /* between two files, or removed: the mapping lives on */
    *file = (struct watch_file){ info.st_dev, info.st_ino, info.st_mtim, info.st_size };
    return true;
}

static bool watch_is_same(const struct watch_file *a, const struct watch_file *b)
{
    return a->device == b->device && a->inode == b->inode && a->size == b->size &&
           a->changed.tv_sec == b->changed.tv_sec && a->changed.tv_nsec == b->changed.tv_nsec;
}

static void watch_drop(struct watch_delivery *delivery)
{
    engine_scratch_destroy(delivery->scratch);
    engine_close(delivery->engine);
    *delivery = (struct watch_delivery){ 0 };
}

static struct watch_delivery watch_exchange(struct watch *watch, struct watch_delivery delivery)
{
    pthread_mutex_lock(&watch->lock);
    struct watch_delivery old = watch->delivery;
    watch->delivery = delivery;
    pthread_mutex_unlock(&watch->lock);
    return old;
}

/* On the loop's thread, between two events. */
static void watch_deliver(void *context)
{
    struct watch *watch = context;
    struct watch_delivery delivery = watch_exchange(watch, (struct watch_delivery){ 0 });
    if (delivery.engine == NULL) return; /* two posts, one delivery */
    handlers_replace(watch->handlers, delivery.engine, delivery.scratch);
    printf("UPDATED | a new index is in use\n");
    fflush(stdout);
}

static void watch_open(struct watch *watch)
{
    struct watch_delivery fresh = { 0 };
    struct engine_fault fault = { 0 };
    int error = engine_open(&fresh.engine, watch->path, &fault);
    if (error != ENGINE_OK) {
        fprintf(stderr, "apiblaze serve: the new index %s cannot be used, the old one stays: %s\n", watch->path,
                fault.text);
        return;
    }
    if (engine_scratch_create(&fresh.scratch, fresh.engine) != ENGINE_OK) {
        watch_drop(&fresh);
        return;
    }
    struct watch_delivery old = watch_exchange(watch, fresh);
    watch_drop(&old); /* one that the loop has not taken yet */
    sio_server_post(watch->server, watch_deliver, watch);
}

static void watch_check(struct watch *watch, bool is_asked)
{
    struct watch_file now;
    if (!watch_look(watch->path, &now) || (!is_asked && watch_is_same(&now, &watch->file))) return;
    watch->file = now;
    watch_open(watch);
}

static void *watch_run(void *context)
{
    struct watch *watch = context;
    sigset_t set = watch_signals();
    while (!atomic_load(&watch->is_ending)) {
        struct timespec wait = { .tv_sec = WATCH_EVERY_SECONDS };
        int signal = sigtimedwait(&set, NULL, &wait);
        if (signal == SIGINT || signal == SIGTERM)
            sio_server_stop(watch->server);
        else if (signal == SIGHUP || errno == EAGAIN)
            watch_check(watch, signal == SIGHUP);
    }
    return NULL;
}

int watch_start(struct watch **watch, const char *path, sio_server *server, struct handlers *handlers)
{
    struct watch *started = calloc(1, sizeof *started);
    if (started == NULL) return ENOMEM;
    *started = (struct watch){ .path = path, .server = server, .handlers = handlers };
    watch_look(path, &started->file);
    pthread_mutex_init(&started->lock, NULL);
    int error = pthread_create(&started->thread, NULL, watch_run, started);
    if (error != 0) {
        pthread_mutex_destroy(&started->lock);
        free(started);
        return error;
    }
    *watch = started;
    return 0;
}

void watch_stop(struct watch *watch)
{
    if (watch == NULL) return;
    atomic_store(&watch->is_ending, true);
    pthread_kill(watch->thread, SIGUSR1);
    pthread_join(watch->thread, NULL);
    watch_drop(&watch->delivery);
    pthread_mutex_destroy(&watch->lock);
    free(watch);
}
