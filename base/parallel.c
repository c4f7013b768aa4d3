#include "parallel.h"

#include <pthread.h>
#include <stdatomic.h>

enum { PARALLEL_THREADS_MAX = 256 };

struct parallel {
    parallel_task *task;
    void *context;
    size_t count;
    atomic_size_t next;
    atomic_int error; /* the first */
};

static void *parallel_work(void *context)
{
    struct parallel *parallel = context;
    for (size_t number; (number = atomic_fetch_add(&parallel->next, 1)) < parallel->count;) {
        int error = parallel->task(parallel->context, number), none = 0;
        if (error == 0) continue;
        atomic_compare_exchange_strong(&parallel->error, &none, error);
        atomic_store(&parallel->next, parallel->count);
    }
    return NULL;
}

int parallel_run(unsigned threads, size_t count, parallel_task *task, void *context)
{
    struct parallel parallel = { .task = task, .context = context, .count = count };
    pthread_t others[PARALLEL_THREADS_MAX];
    unsigned started = 0;
    while (started + 1 < threads && started + 1 < count && started < PARALLEL_THREADS_MAX &&
           pthread_create(&others[started], NULL, parallel_work, &parallel) == 0)
        started++;
    parallel_work(&parallel);
    while (started > 0) pthread_join(others[--started], NULL);
    return atomic_load(&parallel.error);
}
