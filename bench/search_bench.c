/* search_bench.c - how fast and how good the search is, over query sets: search_bench INDEX SET.jsonl …
 *
 * A set is lines of JSON: "q", the query; optionally "api" and "kind", to search in; and for sets that tell what should
 * be found "kind", "field", "want" and "owner". Sets whose file begins with k8s_ are asked inside kubernetes.io.
 * Every query is asked once to warm up, then timed once for each round; its time is the least of the rounds. Printed
 * for each set: microseconds of the median, the 99th percentile, the slowest query and the mean; MRR@10 (the mean of
 * 1/rank of the first right row within ten, else 0) and recall@10. */
#include "engine.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <yyjson.h>

enum { BENCH_ROUNDS = 3, BENCH_ROWS = 10 };

struct bench_query {
    struct str text, api, kind, field, want, owner;
};

struct bench_set {
    struct bench_query *queries;
    size_t count;
    double *micros;
    double mrr, recall;
    size_t judged;
};

static void bench_fail(const char *what, const char *where)
{
    fprintf(stderr, "search_bench: %s: %s\n", where, what);
    exit(2);
}

static double bench_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

/* ---- Reading a set ----------------------------------------------------------------------------------------------- */

static struct str bench_member(yyjson_val *line, const char *name)
{
    yyjson_val *value = yyjson_obj_get(line, name);
    return yyjson_is_str(value) ? (struct str){ yyjson_get_str(value), yyjson_get_len(value) } : STR_EMPTY;
}

/* The documents of the lines stay for the life of the program. */
static struct bench_set bench_read(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL) bench_fail("cannot be read", path);
    const char *name = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
    bool is_kubernetes = strncmp(name, "k8s_", 4) == 0;
    struct bench_set set = { NULL, 0, NULL, 0, 0, 0 };
    char *line = NULL;
    size_t capacity = 0;
    for (ssize_t size; (size = getline(&line, &capacity, file)) > 0;) {
        yyjson_doc *document = yyjson_read(line, (size_t)size, 0);
        if (document == NULL) bench_fail("a line is no JSON", path);
        yyjson_val *root = yyjson_doc_get_root(document);
        set.queries = reallocarray(set.queries, set.count + 1, sizeof *set.queries);
        if (set.queries == NULL) bench_fail("out of memory", path);
        struct bench_query *query = &set.queries[set.count++];
        *query = (struct bench_query){ bench_member(root, "q"),    bench_member(root, "api"),
                                       bench_member(root, "kind"), bench_member(root, "field"),
                                       bench_member(root, "want"), bench_member(root, "owner") };
        if (query->api.size == 0 && is_kubernetes) query->api = STR("kubernetes.io");
    }
    free(line);
    fclose(file);
    set.micros = calloc(set.count + 1, sizeof *set.micros);
    return set;
}

/* ---- Judging ----------------------------------------------------------------------------------------------------- */

static bool bench_contains(struct str text, struct str word)
{
    for (size_t at = 0; at + word.size <= text.size; at++)
        if (str_equal_nocase(str_cut(text, at, at + word.size), word)) return true;
    return false;
}

static bool bench_has_all(const struct engine_hit *hit, struct str words)
{
    struct str word;
    while (str_split(&words, ' ', &word))
        if (!bench_contains(hit->operation_id, word) && !bench_contains(hit->summary, word) &&
            !bench_contains(hit->name, word))
            return false;
    return true;
}

/* The last part of "io.k8s.api.core.v1.PodSpec.containers" is not what owned it: the object is. */
static bool bench_is_owner(struct str owner, struct str wanted)
{
    struct str part;
    while (str_split(&owner, '.', &part))
        if (str_equal_nocase(part, wanted)) return true;
    return false;
}

/* Sets write an endpoint as its path, or as "get /path". */
static bool bench_is_name(const struct engine_hit *hit, struct str wanted)
{
    if (str_equal_nocase(hit->name, wanted)) return true;
    size_t space = str_find_byte(wanted, ' ');
    return hit->kind == ENGINE_ENDPOINT && space != STR_NONE &&
           str_equal_nocase(hit->method, str_cut(wanted, 0, space)) &&
           str_equal_nocase(hit->name, str_cut(wanted, space + 1, wanted.size));
}

static bool bench_is_right(const struct bench_query *query, const struct engine_hit *hit)
{
    if (!str_equal(engine_kind_name(hit->kind), query->kind)) return false;
    if (str_equal(query->field, STR("op"))) return str_equal_nocase(hit->operation_id, query->want);
    if (str_equal(query->field, STR("bag"))) return bench_has_all(hit, query->want);
    if (!bench_is_name(hit, query->want)) return false;
    return !str_equal(query->field, STR("name+owner")) || bench_is_owner(hit->owner, query->owner);
}

static void bench_judge(struct bench_set *set, const struct bench_query *query, const struct engine_answer *answer)
{
    if (query->want.size == 0) return;
    set->judged++;
    for (size_t i = 0; i < answer->hit_count && i < BENCH_ROWS; i++) {
        if (!bench_is_right(query, &answer->hits[i])) continue;
        set->mrr += 1 / (double)(i + 1);
        set->recall += 1;
        return;
    }
    if (getenv("SEARCH_BENCH_MISSES"))
        printf("  missed: %.*s (%.*s %.*s)\n", STR_FORMAT(query->text), STR_FORMAT(query->kind),
               STR_FORMAT(query->want));
}

/* ---- Asking ------------------------------------------------------------------------------------------------------ */

static void bench_ask(const engine *opened, engine_scratch *scratch, struct bench_set *set, bool is_judged)
{
    struct arena arena;
    arena_init(&arena, 16 << 20);
    for (size_t i = 0; i < set->count; i++) {
        const struct bench_query *query = &set->queries[i];
        struct engine_query asked = {
            .text = query->text, .api = query->api, .descriptions = true, .limit = BENCH_ROWS
        };
        struct engine_answer answer;
        arena_reset(&arena);
        double start = bench_now();
        int error = engine_search(opened, scratch, &asked, &arena, &answer);
        double took = bench_now() - start;
        if (error) bench_fail(engine_strerror(error), "a query");
        if (is_judged) bench_judge(set, query, &answer);
        if (is_judged || took < set->micros[i]) set->micros[i] = took;
    }
    arena_free(&arena);
}

static int bench_compare(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return left < right ? -1 : left > right;
}

static void bench_set_print(const char *path, struct bench_set *set)
{
    const char *name = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
    if (set->count == 0) return;
    qsort(set->micros, set->count, sizeof *set->micros, bench_compare);
    double sum = 0;
    for (size_t i = 0; i < set->count; i++) sum += set->micros[i];
    printf("%-18.*s %7zu %9.1f %9.1f %9.1f %9.1f", (int)strcspn(name, "."), name, set->count,
           set->micros[set->count / 2], set->micros[set->count * 99 / 100], set->micros[set->count - 1],
           sum / (double)set->count);
    if (set->judged) printf(" %8.3f %8.3f", set->mrr / (double)set->judged, set->recall / (double)set->judged);
    printf("\n");
}

int main(int count, char **arguments)
{
    if (count < 3) {
        fprintf(stderr, "usage: search_bench INDEX SET.jsonl ...\n");
        return 2;
    }
    engine *opened;
    engine_scratch *scratch;
    struct engine_fault fault;
    if (engine_open(&opened, arguments[1], &fault)) bench_fail(fault.text, "the index");
    if (engine_scratch_create(&scratch, opened)) bench_fail("out of memory", "the scratch");
    printf("%-18s %7s %9s %9s %9s %9s %8s %8s\n", "set", "queries", "p50 us", "p99 us", "max us", "mean us", "MRR@10",
           "recall");
    for (int i = 2; i < count; i++) {
        struct bench_set set = bench_read(arguments[i]);
        for (int round = 0; round <= BENCH_ROUNDS; round++) bench_ask(opened, scratch, &set, round == 0);
        bench_set_print(arguments[i], &set);
    }
    engine_scratch_destroy(scratch);
    engine_close(opened);
    return 0;
}
