#include "watch.h"

#include "compactor.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdalign.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    WATCH_EVERY_MS = 2000,
    WATCH_SETTLE_MS = 20, /* while an index that is no longer wanted is still in use */
};

/* What tells one index file from the next: an import renames a new file to the old name. */
struct watch_file {
    dev_t device;
    ino_t inode;
    struct timespec changed;
    off_t size;
};

struct watch {
    const char *path;
    const char *name; /* of the file, without its folder */
    int notices;      /* inotify's; -1: there is none, which only makes it slower */
    int signals;
    struct compactor *compactor;
    sio_server *server;
    struct handlers *handlers;
    struct watch_file file; /* the one last looked at, good or not */
    pthread_t thread;
    atomic_bool is_ending;
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

/* In the thread of a worker. */
static void watch_on_taken(void *context)
{
    (void)context;
    printf("UPDATED | a new index is in use\n");
    fflush(stdout);
}

/* What the old index and the new one have in common is not read again. */
static void watch_open(struct watch *watch)
{
    engine *fresh;
    struct engine_fault fault = { 0 };
    int error = engine_reopen(&fresh, handlers_engine(watch->handlers), watch->path, &fault);
    if (error != ENGINE_OK) {
        fprintf(stderr, "apiblaze serve: the new index %s cannot be used, the old one stays: %s\n", watch->path,
                fault.text);
        return;
    }
    bool wants_compaction = engine_wants_compaction(fresh);
    if (handlers_replace(watch->handlers, fresh, watch_on_taken, NULL) != ENGINE_OK) {
        engine_close(fresh);
        watch->file = (struct watch_file){ 0 }; /* it is another one still, when it is looked at next */
        return;
    }
    if (wants_compaction) compactor_start(watch->compactor);
}

static void watch_check(struct watch *watch, bool is_asked)
{
    struct watch_file now;
    if (!watch_look(watch->path, &now) || (!is_asked && watch_is_same(&now, &watch->file))) return;
    watch->file = now;
    watch_open(watch);
}

static void watch_take_signals(struct watch *watch)
{
    struct signalfd_siginfo info;
    while (read(watch->signals, &info, sizeof info) == (ssize_t)sizeof info) {
        if (info.ssi_signo == SIGINT || info.ssi_signo == SIGTERM) sio_server_stop(watch->server);
        if (info.ssi_signo == SIGHUP) watch_check(watch, true);
    }
}

/* Whether something was renamed to the name of the index. */
static bool watch_take_notices(struct watch *watch)
{
    alignas(struct inotify_event) char bytes[4096];
    bool is_ours = false;
    for (ssize_t size; (size = read(watch->notices, bytes, sizeof bytes)) > 0;)
        for (ssize_t at = 0; at < size;) {
            const struct inotify_event *event = (const struct inotify_event *)(const void *)(bytes + at);
            is_ours |= event->len == 0 || strcmp(event->name, watch->name) == 0; /* without a name: some were lost */
            at += (ssize_t)(sizeof *event + event->len);
        }
    return is_ours;
}

static void *watch_run(void *context)
{
    struct watch *watch = context;
    struct pollfd waits[] = { { .fd = watch->signals, .events = POLLIN }, { .fd = watch->notices, .events = POLLIN } };
    while (!atomic_load(&watch->is_ending)) {
        int ready = poll(waits, 2, handlers_settle(watch->handlers) ? WATCH_SETTLE_MS : WATCH_EVERY_MS);
        if (waits[0].revents) watch_take_signals(watch);
        if (ready == 0 || (waits[1].revents && watch_take_notices(watch))) watch_check(watch, false);
    }
    return NULL;
}

static void watch_listen(struct watch *watch)
{
    const char *slash = strrchr(watch->path, '/');
    char *folder = slash ? strndup(watch->path, (size_t)(slash - watch->path + 1)) : strdup(".");
    watch->name = slash ? slash + 1 : watch->path;
    watch->notices = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    if (watch->notices >= 0 && (folder == NULL || inotify_add_watch(watch->notices, folder, IN_MOVED_TO) < 0)) {
        close(watch->notices);
        watch->notices = -1;
    }
    free(folder);
}

static void watch_free(struct watch *watch)
{
    if (watch->notices >= 0) close(watch->notices);
    if (watch->signals >= 0) close(watch->signals);
    compactor_leave(watch->compactor);
    free(watch);
}

int watch_start(struct watch **watch, const char *path, sio_server *server, struct handlers *handlers)
{
    struct watch *started = calloc(1, sizeof *started);
    if (started == NULL) return ENOMEM;
    *started = (struct watch){ .path = path, .server = server, .handlers = handlers };
    sigset_t set = watch_signals();
    watch_listen(started); /* before it is looked at, so that nothing is missed between */
    watch_look(path, &started->file);
    started->signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    started->compactor = compactor_create(path);
    int error = started->signals < 0 ? errno : started->compactor == NULL ? ENOMEM : 0;
    if (error == 0) error = pthread_create(&started->thread, NULL, watch_run, started);
    if (error) {
        watch_free(started);
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
    watch_free(watch);
}
