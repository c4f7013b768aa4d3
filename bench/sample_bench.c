/* sample_bench.c - how long a sample takes: sample_bench FILE.json …
 *
 * Of each specification every component schema is made into a sample and written as JSON, in each tier; each is timed
 * as the least of three runs. Printed for each tier: microseconds of the median, the 99th percentile and the slowest.
 */
#include "sample.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { BENCH_ROUNDS = 3, BENCH_TIERS = 3, BENCH_ARENA = 64 << 20, BENCH_CODE = 1 << 22 };

struct bench_times {
    double *micros;
    size_t count, capacity;
};

static struct bench_times bench_times[BENCH_TIERS];
static struct arena bench_arena;
static struct buf bench_code;

static void bench_fail(const char *file, const char *what)
{
    fprintf(stderr, "sample_bench: %s: %s\n", file, what);
    exit(2);
}

static double bench_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static void bench_note(struct bench_times *times, double micros)
{
    if (times->count == times->capacity) {
        times->capacity = times->capacity ? times->capacity * 2 : 4096;
        times->micros = realloc(times->micros, times->capacity * sizeof *times->micros);
        if (times->micros == NULL) bench_fail("", "out of memory");
    }
    times->micros[times->count++] = micros;
}

static double bench_sample(const struct document *document, struct str name, yyjson_val *schema, enum sample_tier tier)
{
    struct sample_wish wish = { .tier = tier, .object = name };
    struct sample_focus focus;
    double least = 1e12;
    for (int round = 0; round < BENCH_ROUNDS; round++) {
        double started = bench_now();
        struct sample_node *node = sample_make(document, schema, &wish, &bench_arena);
        if (node) sample_json_write(&bench_code, node, &focus);
        double micros = bench_now() - started;
        if (micros < least) least = micros;
        buf_clear(&bench_code);
        arena_reset(&bench_arena);
    }
    return least;
}

static struct buf bench_read(const char *path)
{
    struct buf text;
    FILE *file = fopen(path, "rb");
    if (file == NULL) bench_fail(path, "cannot be read");
    buf_init(&text, 1 << 28);
    for (char *at; (at = buf_reserve(&text, 1 << 20)) != NULL;) {
        size_t size = fread(at, 1, 1 << 20, file);
        text.size += size;
        if (size == 0) break;
    }
    fclose(file);
    return text;
}

static void bench_file(const char *path)
{
    struct document document;
    struct document_fault fault;
    struct buf text = bench_read(path);
    if (document_read(&document, buf_str(&text), &fault) != DOCUMENT_OK) bench_fail(path, fault.what);
    yyjson_val *schemas = yyjson_obj_get(yyjson_obj_get(document.root, "components"), "schemas");
    for (struct document_member at = document_first(schemas); at.left; document_next(&at)) {
        for (int tier = 0; tier < BENCH_TIERS; tier++)
            bench_note(&bench_times[tier],
                       bench_sample(&document, document_str(at.key), at.value, (enum sample_tier)tier));
    }
    document_close(&document);
    buf_free(&text);
}

static int bench_order(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return left < right ? -1 : left > right;
}

int main(int count, char **arguments)
{
    static const char *const names[BENCH_TIERS] = {
        [SAMPLE_USEFUL] = "useful", [SAMPLE_MINIMAL] = "minimal", [SAMPLE_FULL] = "full"
    };
    arena_init(&bench_arena, BENCH_ARENA);
    buf_init(&bench_code, BENCH_CODE);
    for (int i = 1; i < count; i++) bench_file(arguments[i]);
    for (int tier = 0; tier < BENCH_TIERS; tier++) {
        struct bench_times *times = &bench_times[tier];
        if (times->count == 0) continue;
        qsort(times->micros, times->count, sizeof *times->micros, bench_order);
        printf("%-8s %zu samples: median %.1f µs, 99 %% %.1f µs, slowest %.0f µs\n", names[tier], times->count,
               times->micros[times->count / 2], times->micros[times->count * 99 / 100],
               times->micros[times->count - 1]);
        free(times->micros);
    }
    arena_free(&bench_arena);
    buf_free(&bench_code);
    return 0;
}
