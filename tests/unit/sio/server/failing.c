#include "failing.h"

#include "sio.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* The linker leads the calls here (--wrap); only those made while the server works are counted. */
void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
char *__real_strdup(const char *text);
int __real_sio_server_step(sio_server *server, int timeout_ms);
int __real_pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *), void *context);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);
char *__wrap_strdup(const char *text);
int __wrap_sio_server_step(sio_server *server, int timeout_ms);
int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *), void *context);

atomic_ulong allocations, failing;
_Thread_local bool is_server;

static bool fails(void)
{
    bool is_due = is_server && atomic_fetch_add(&allocations, 1) + 1 == atomic_load(&failing);
    if (is_due) errno = ENOMEM;
    return is_due;
}

void *__wrap_malloc(size_t size)
{
    return fails() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return fails() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *old, size_t size)
{
    return fails() ? NULL : __real_realloc(old, size);
}

char *__wrap_strdup(const char *text)
{
    return fails() ? NULL : __real_strdup(text);
}

int __wrap_sio_server_step(sio_server *server, int timeout_ms)
{
    is_server = true;
    int result = __real_sio_server_step(server, timeout_ms);
    is_server = false;
    return result;
}

struct failing_thread {
    void *(*run)(void *);
    void *context;
};

static void *failing_run(void *context)
{
    struct failing_thread thread = *(struct failing_thread *)context;
    free(context);
    is_server = true;
    return thread.run(thread.context);
}

int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *), void *context)
{
    struct failing_thread *server = __real_malloc(sizeof *server);
    if (server == NULL) return ENOMEM;
    *server = (struct failing_thread){ run, context };
    int error = __real_pthread_create(thread, attributes, failing_run, server);
    if (error) free(server);
    return error;
}
