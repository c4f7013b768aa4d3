/* model_bench.c - how long the details of an element take: model_bench INDEX [COUNT] [KIND].
 *
 * COUNT elements (10,000 if not given) are drawn from the whole catalogue, always the same ones. Each is asked once, so
 * that its specification is read, then three times, of which the fastest counts: what is measured is the answer, with
 * its model, places and examples. Printed: microseconds of the median, the 99th percentile and the slowest, and the ids
 * of the slowest. */
#include "catalogue.h"
#include "element_id.h"
#include "engine.h"
#include "file.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { BENCH_ROUNDS = 3, BENCH_COUNT = 10000, BENCH_SLOWEST = 8, BENCH_ARENA = 256 << 20 };

struct bench_timed {
    double micros;
    uint32_t element;
};

static void bench_fail(const char *what)
{
    fprintf(stderr, "model_bench: %s\n", what);
    exit(2);
}

/* User time: the machine may be busy with other things. */
static double bench_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static uint64_t bench_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    return *state ^= *state << 17;
}

static int bench_order(const void *a, const void *b)
{
    const struct bench_timed *left = a, *right = b;
    return left->micros < right->micros ? -1 : left->micros > right->micros;
}

static int bench_by_element(const void *a, const void *b)
{
    const struct bench_timed *left = a, *right = b;
    return left->element < right->element ? -1 : left->element > right->element;
}

static double bench_one(const engine *opened, engine_scratch *scratch, struct str id, struct arena *arena)
{
    double best = 1e12;
    for (int round = 0; round <= BENCH_ROUNDS; round++) {
        struct engine_details details;
        struct engine_fault fault;
        arena_reset(arena);
        double start = bench_now();
        if (engine_details(opened, scratch, id, NULL, arena, &details, &fault) != ENGINE_OK) bench_fail(fault.text);
        double took = bench_now() - start;
        if (round > 0 && took < best) best = took;
    }
    return best;
}

static void bench_report(const struct catalogue *catalogue, struct bench_timed *timed, size_t count)
{
    struct arena arena;
    arena_init(&arena, BENCH_ARENA);
    qsort(timed, count, sizeof *timed, bench_order);
    double sum = 0;
    for (size_t i = 0; i < count; i++) sum += timed[i].micros;
    printf("%zu elements: median %.1f us, 90th percentile %.1f us, 99th %.1f us, slowest %.1f us, mean %.1f us\n",
           count, timed[count / 2].micros, timed[count * 90 / 100].micros, timed[count * 99 / 100].micros,
           timed[count - 1].micros, sum / (double)count);
    for (size_t i = count > BENCH_SLOWEST ? count - BENCH_SLOWEST : 0; i < count; i++) {
        struct str id = element_id_write(catalogue, timed[i].element, &arena);
        printf("%10.1f us  %.*s\n", timed[i].micros, STR_FORMAT(id));
    }
    arena_free(&arena);
}

int main(int argument_count, char **arguments)
{
    struct engine_fault fault;
    struct file file;
    struct catalogue catalogue;
    engine *opened;
    engine_scratch *scratch;
    enum engine_kind kind = ENGINE_KINDS;
    uint64_t state = 88172645463325252u;
    size_t count = argument_count > 2 ? strtoul(arguments[2], NULL, 10) : BENCH_COUNT;
    if (argument_count < 2 || engine_open(&opened, arguments[1], &fault) != ENGINE_OK) bench_fail("model_bench INDEX");
    if (engine_scratch_create(&scratch, opened) != ENGINE_OK) bench_fail("out of memory");
    if (argument_count > 3 && !engine_kind_read(str_from(arguments[3]), &kind)) bench_fail("there is no such kind");
    /* The ids are read from the file itself: an index of one segment. */
    if (file_open(&file, arguments[1]) != FILE_OK || catalogue_open(&catalogue, &file) != FILE_OK)
        bench_fail("the index is of several segments");
    struct bench_timed *timed = calloc(count, sizeof *timed);
    for (size_t i = 0; i < count;) {
        timed[i].element = (uint32_t)(bench_random(&state) % catalogue.element_count);
        i += kind == ENGINE_KINDS || catalogue.elements[timed[i].element].kind == kind;
    }
    qsort(timed, count, sizeof *timed, bench_by_element); /* so that a specification is read once */
    struct arena arena, ids;
    arena_init(&arena, BENCH_ARENA);
    arena_init(&ids, BENCH_ARENA);
    for (size_t i = 0; i < count; i++) {
        arena_reset(&ids);
        timed[i].micros = bench_one(opened, scratch, element_id_write(&catalogue, timed[i].element, &ids), &arena);
    }
    bench_report(&catalogue, timed, count);
    free(timed);
    arena_free(&arena);
    arena_free(&ids);
    file_close(&file);
    engine_scratch_destroy(scratch);
    engine_close(opened);
    return 0;
}
