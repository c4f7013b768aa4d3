#include "failing.h"

#include "sio.h"

#include <errno.h>
#include <stdlib.h>
#include <stdio.h>
#include <execinfo.h>
#include <string.h>

/* The linker leads the calls here (--wrap); only those made while the server works are counted. */
void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
char *__real_strdup(const char *text);
int __real_sio_server_step(sio_server *server, int timeout_ms);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);
char *__wrap_strdup(const char *text);
int __wrap_sio_server_step(sio_server *server, int timeout_ms);

unsigned long allocations, failing;
bool is_server;

static bool fails(void)
{
    bool is_due = is_server && ++allocations == failing;
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
