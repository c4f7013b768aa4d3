/* details_bench.c - what the details of an element cost, and where it is used: details_bench INDEX [COUNT [API]]
 *
 * COUNT random elements of the catalogue (10,000; always the same ones) are asked for through engine_details, by their
 * ids, each in a scratch that has not seen anything yet (cold: nothing is parsed or decompressed) and then in one
 * scratch for all, as a server's thread has it. The same for the largest APIs alone. Printed in microseconds: median,
 * 99th percentile and the slowest, and which it was. With API only that one. */
#include "catalogue.h"
#include "element_id.h"
#include "engine.h"
#include "file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { BENCH_COUNT = 10000, BENCH_COUNT_API = 1000, BENCH_MEMORY = 128 << 20 };

/* What is asked, and how long it took. */
struct bench_element {
    struct str id;
    enum engine_kind kind;
    double micros;
};

struct bench {
    struct catalogue catalogue;
    engine *opened;
    struct arena arena, ids;
    struct bench_element *elements;
    size_t count, bounded;
    uint64_t random;
};

static void bench_fail(const char *what, const char *where)
{
    fprintf(stderr, "details_bench: %s: %s\n", where, what);
    exit(2);
}

static double bench_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

/* The same numbers each time (splitmix64). */
static uint32_t bench_random(struct bench *bench, uint32_t below)
{
    uint64_t mixed = bench->random += 0x9E3779B97F4A7C15;
    mixed = (mixed ^ mixed >> 30) * 0xBF58476D1CE4E5B9;
    mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EB;
    return (uint32_t)(((mixed ^ mixed >> 31) >> 32) * below >> 32);
}

static void bench_pick(struct bench *bench, uint32_t first, uint32_t count, size_t wanted)
{
    arena_reset(&bench->ids);
    bench->count = wanted;
    for (size_t i = 0; i < wanted; i++) {
        uint32_t element = first + bench_random(bench, count);
        bench->elements[i].id = element_id_write(&bench->catalogue, element, &bench->ids);
        bench->elements[i].kind = (enum engine_kind)bench->catalogue.elements[element].kind;
    }
}

/* ---- Asking ---------------------------------------------------------------------------------------------------- */

static void bench_ask(struct bench *bench, engine_scratch *scratch, struct bench_element *element)
{
    struct engine_details details;
    struct engine_fault fault;
    arena_reset(&bench->arena);
    double start = bench_now();
    int error = engine_details(bench->opened, scratch, element->id, NULL, &bench->arena, &details, &fault);
    element->micros = bench_now() - start;
    if (error) bench_fail(fault.text, element->id.at);
}

static void bench_ask_refs(struct bench *bench, engine_scratch *scratch, struct bench_element *element)
{
    const struct engine_refs_query query = { .id = element->id };
    struct engine_refs refs;
    struct engine_fault fault;
    arena_reset(&bench->arena);
    double start = bench_now();
    int error = engine_refs(bench->opened, scratch, &query, &bench->arena, &refs, &fault);
    element->micros = bench_now() - start;
    if (error) bench_fail(fault.text, element->id.at);
    bench->bounded += refs.is_lower_bound;
}

static engine_scratch *bench_scratch(struct bench *bench)
{
    engine_scratch *scratch;
    if (engine_scratch_create(&scratch, bench->opened)) bench_fail("out of memory", "the scratch");
    return scratch;
}

static void bench_ask_cold(struct bench *bench)
{
    for (size_t i = 0; i < bench->count; i++) {
        engine_scratch *scratch = bench_scratch(bench);
        bench_ask(bench, scratch, &bench->elements[i]);
        engine_scratch_destroy(scratch);
    }
}

typedef void bench_question(struct bench *bench, engine_scratch *scratch, struct bench_element *element);

static void bench_ask_all(struct bench *bench, bench_question *question)
{
    engine_scratch *scratch = bench_scratch(bench);
    for (size_t i = 0; i < bench->count; i++) question(bench, scratch, &bench->elements[i]);
    engine_scratch_destroy(scratch);
}

/* ---- Telling --------------------------------------------------------------------------------------------------- */

static int bench_order(const void *a, const void *b)
{
    double left = ((const struct bench_element *)a)->micros, right = ((const struct bench_element *)b)->micros;
    return left < right ? -1 : left > right;
}

/* Of the elements of one kind; ENGINE_KINDS: of all. */
static void bench_print(struct bench *bench, const char *name, enum engine_kind kind)
{
    struct bench_element *chosen = malloc((bench->count + 1) * sizeof *chosen);
    size_t count = 0;
    if (chosen == NULL) bench_fail("out of memory", name);
    for (size_t i = 0; i < bench->count; i++)
        if (kind == ENGINE_KINDS || bench->elements[i].kind == kind) chosen[count++] = bench->elements[i];
    qsort(chosen, count, sizeof *chosen, bench_order);
    if (count > 0)
        printf("%-32s %7zu %9.1f %9.1f %9.1f  %.100s\n", name, count, chosen[count / 2].micros,
               chosen[count * 99 / 100].micros, chosen[count - 1].micros, chosen[count - 1].id.at);
    free(chosen);
}

static void bench_print_kinds(struct bench *bench, const char *name)
{
    bench_print(bench, name, ENGINE_KINDS);
    for (unsigned kind = 0; kind < ENGINE_KINDS; kind++) {
        char label[32];
        snprintf(label, sizeof label, "  %s", engine_kind_name((enum engine_kind)kind).at);
        bench_print(bench, label, (enum engine_kind)kind);
    }
}

static void bench_api(struct bench *bench, const char *id, size_t wanted)
{
    uint32_t number = catalogue_api_find(&bench->catalogue, str_from(id));
    if (number == CATALOGUE_NONE) return;
    const struct format_api *api = &bench->catalogue.apis[number];
    char name[64];
    bench_pick(bench, api->first_element, api->element_count, wanted);
    snprintf(name, sizeof name, "%s, cold", id);
    bench_ask_cold(bench);
    bench_print(bench, name, ENGINE_KINDS);
    bench_ask_all(bench, bench_ask);
    bench_print(bench, id, ENGINE_KINDS);
    snprintf(name, sizeof name, "%s, where used", id);
    bench_ask_all(bench, bench_ask_refs);
    bench_print(bench, name, ENGINE_KINDS);
}

static void bench_all(struct bench *bench, size_t wanted)
{
    static const char *const largest[] = { "microsoft.com/graph", "stripe.com", "github.com/api.github.com",
                                           "kubernetes.io" };
    bench_pick(bench, 0, bench->catalogue.element_count, wanted);
    bench_ask_cold(bench);
    bench_print_kinds(bench, "any element, cold");
    bench_ask_all(bench, bench_ask);
    bench_print_kinds(bench, "any element");
    bench_ask_all(bench, bench_ask_refs);
    bench_print_kinds(bench, "any element, where used");
    printf("of which a lower bound: %zu\n", bench->bounded);
    for (size_t i = 0; i < sizeof largest / sizeof *largest; i++) bench_api(bench, largest[i], BENCH_COUNT_API);
}

int main(int count, char **arguments)
{
    struct bench bench = { .random = 1 };
    struct engine_fault fault;
    struct file file;
    if (count < 2) bench_fail("details_bench INDEX [COUNT [API]]", "usage");
    size_t wanted = count > 2 ? strtoul(arguments[2], NULL, 10) : BENCH_COUNT;
    if (file_open(&file, arguments[1]) || catalogue_open(&bench.catalogue, &file))
        bench_fail("cannot be read as one index file", arguments[1]);
    if (engine_open(&bench.opened, arguments[1], &fault)) bench_fail(fault.text, "the index");
    arena_init(&bench.arena, BENCH_MEMORY);
    arena_init(&bench.ids, BENCH_MEMORY);
    bench.elements = calloc((wanted > BENCH_COUNT_API ? wanted : BENCH_COUNT_API) + 1, sizeof *bench.elements);
    if (bench.elements == NULL) bench_fail("out of memory", "the elements");
    printf("%-32s %7s %9s %9s %9s\n", "details of", "asked", "p50 us", "p99 us", "max us");
    if (count > 3)
        bench_api(&bench, arguments[3], wanted);
    else
        bench_all(&bench, wanted);
    free(bench.elements);
    arena_free(&bench.arena);
    arena_free(&bench.ids);
    engine_close(bench.opened);
    file_close(&file);
    return 0;
}
