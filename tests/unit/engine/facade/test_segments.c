/* A catalogue that grew in steps answers as one that was imported at once: only the order of rows may differ, where
 * their groups' ranks do. */
#include "unit.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "engine.h"

#define SPECS TEST_DATA "/data/specs/"

enum { LINES = 400, LINE_BYTES = 256 };

static char folder[] = P_tmpdir "/test_segments.XXXXXX";
static char grown[64], whole[64];

/* The rows of an answer, sorted. */
struct rows {
    char lines[LINES][LINE_BYTES];
    size_t count;
    uint64_t totals[ENGINE_KINDS];
};

static int make_folder(void **state)
{
    (void)state;
    if (mkdtemp(folder) == NULL) return -1;
    snprintf(grown, sizeof grown, "%s/grown", folder);
    snprintf(whole, sizeof whole, "%s/whole", folder);
    return 0;
}

static int remove_folder(void **state)
{
    (void)state;
    char command[128];
    snprintf(command, sizeof command, "rm -r '%s'", folder);
    return system(command);
}

static const char *in_folder(const char *name)
{
    static char paths[8][128];
    static unsigned next;
    char *path = paths[next++ % 8];
    snprintf(path, sizeof paths[0], "%s/%s", folder, name);
    return path;
}

/* An API with objects "Shared", which others have too, and "Own<name>". */
static const char *write_spec(const char *name, const char *property)
{
    char file[64];
    snprintf(file, sizeof file, "%s.json", name);
    const char *path = in_folder(file);
    FILE *spec = fopen(path, "wb");
    assert_non_null(spec);
    fprintf(spec,
            "{\"openapi\":\"3.0.0\",\"info\":{\"title\":\"The %s service\"},\"paths\":{\"/things\":{\"get\":{"
            "\"operationId\":\"listThings\",\"parameters\":[{\"name\":\"limit\",\"in\":\"query\",\"schema\":{\"type\":"
            "\"integer\"}}]}}},\"components\":{\"schemas\":{\"Shared\":{\"type\":\"object\",\"description\":\"Found "
            "everywhere\",\"properties\":{\"name\":{\"type\":\"string\"},\"%s\":{\"type\":\"string\"}}},\"Own%s\":{"
            "\"type\":\"object\",\"properties\":{\"NAME\":{\"type\":\"string\"}}}}}}",
            name, property, name);
    fclose(spec);
    return path;
}

static struct engine_report import_to(const char *output, const char *const *paths, size_t count, bool keeps)
{
    struct engine_report report;
    struct engine_fault fault = { "" };
    struct engine_import import = { .paths = paths, .path_count = count, .output = output, .keeps = keeps };
    int error = engine_import(&import, &report, &fault);
    if (error) print_message("%s\n", fault.text);
    assert_int_equal(error, ENGINE_OK);
    return report;
}

static void add(const char *path)
{
    assert_int_equal(import_to(grown, &path, 1, true).imported, 1);
}

static engine *open_index(const char *path)
{
    engine *opened;
    struct engine_fault fault = { "" };
    int error = engine_open(&opened, path, &fault);
    if (error) print_message("%s\n", fault.text);
    assert_int_equal(error, ENGINE_OK);
    return opened;
}

static int line_order(const void *a, const void *b)
{
    return strcmp(a, b);
}

static void add_rows(struct rows *rows, const struct engine_answer *answer)
{
    for (size_t i = 0; i < answer->hit_count; i++) {
        const struct engine_hit *hit = &answer->hits[i];
        char name[LINE_BYTES] = "";
        for (size_t at = 0; at < hit->name.size && at < sizeof name - 1; at++) /* twins may differ in case */
            name[at] = (char)(hit->name.at[at] | 32);
        assert_true(rows->count < LINES);
        snprintf(rows->lines[rows->count++], LINE_BYTES, "%d %.100s %.*s %u %u %u", (int)hit->kind, name,
                 STR_FORMAT(hit->operation_id), hit->count, hit->owner_count, hit->api_count);
    }
}

/* All pages, each `limit` long. */
static void ask(const engine *opened, struct engine_query query, uint32_t limit, struct rows *rows)
{
    engine_scratch *scratch;
    struct arena arena;
    struct engine_answer answer;
    char cursor[256];
    *rows = (struct rows){ .count = 0 };
    arena_init(&arena, 64 << 20);
    assert_int_equal(engine_scratch_create(&scratch, opened), ENGINE_OK);
    query.limit = limit;
    query.cursor = STR_EMPTY;
    do {
        assert_int_equal(engine_search(opened, scratch, &query, &arena, &answer), ENGINE_OK);
        add_rows(rows, &answer);
        memcpy(rows->totals, answer.totals, sizeof rows->totals);
        assert_true(answer.cursor.size < sizeof cursor);
        memcpy(cursor, answer.cursor.at, answer.cursor.size);
        query.cursor = (struct str){ cursor, answer.cursor.size };
        arena_reset(&arena);
    } while (query.cursor.size);
    qsort(rows->lines, rows->count, LINE_BYTES, line_order);
    engine_scratch_destroy(scratch);
    arena_free(&arena);
}

static void compare(const engine *a, const engine *b, struct engine_query query)
{
    static struct rows left, right;
    ask(a, query, 100, &left);
    ask(b, query, 3, &right);
    if (left.count != right.count) print_message("\"%.*s\"\n", STR_FORMAT(query.text));
    assert_int_equal(left.count, right.count);
    for (size_t i = 0; i < left.count; i++) assert_string_equal(left.lines[i], right.lines[i]);
    for (unsigned kind = 0; kind < ENGINE_KINDS; kind++) assert_int_equal(left.totals[kind], right.totals[kind]);
}

/* The same APIs give the same answers. */
static void compare_indexes(void)
{
    static const struct str texts[] = { STR_INIT("name"),    STR_INIT("shared"), STR_INIT("own"),
                                        STR_INIT("limit"),   STR_INIT("th"),     STR_INIT("things"),
                                        STR_INIT("pet"),     STR_INIT("n"),      STR_INIT("shared name"),
                                        STR_INIT("service"), STR_INIT(""),       STR_INIT("get /things") };
    engine *a = open_index(whole), *b = open_index(grown);
    struct engine_counts counts[2];
    engine_counts(a, &counts[0]);
    engine_counts(b, &counts[1]);
    assert_memory_equal(counts[0].elements, counts[1].elements, sizeof counts[0].elements);
    assert_int_equal(counts[0].path_parameters, counts[1].path_parameters);
    assert_int_equal(counts[0].text_bytes, counts[1].text_bytes);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        compare(a, b, (struct engine_query){ .text = texts[i] });
        compare(a, b, (struct engine_query){ .text = texts[i], .descriptions = true });
        compare(a, b, (struct engine_query){ .text = texts[i], .kinds = 1 << ENGINE_PROPERTY });
        compare(a, b, (struct engine_query){ .text = texts[i], .filter = { .type = STR("string") } });
    }
    engine_close(a);
    engine_close(b);
}

static void what_is_added_is_found_as_if_it_had_always_been_there(void **state)
{
    (void)state;
    const char *paths[] = { SPECS "pets.json", SPECS "planets.json", write_spec("alpha", "first"),
                            write_spec("beta", "formerly"), write_spec("gamma", "third") };
    import_to(whole, paths, 5, false);
    import_to(grown, paths, 2, false);
    for (int i = 2; i < 5; i++) add(paths[i]);
    engine *opened = open_index(grown);
    struct engine_counts counts;
    engine_counts(opened, &counts);
    assert_int_equal(counts.segments, 4);
    engine_close(opened);
    compare_indexes();
}

static void what_is_replaced_or_removed_is_gone(void **state)
{
    (void)state;
    struct engine_fault fault;
    const char *ids[] = { "pets", "gamma" };
    const char *paths[] = { SPECS "planets.json", write_spec("alpha", "first"), write_spec("beta", "other") };
    add(paths[2]);
    assert_int_equal(engine_remove(grown, ids, 2, &fault), ENGINE_OK);
    import_to(whole, paths, 3, false);
    compare_indexes();
    assert_int_equal(engine_remove(grown, ids, 1, &fault), ENGINE_ENOTFOUND);
    assert_non_null(strstr(fault.text, "pets"));
    compare_indexes();
}

static void inside_one_api_only_its_segment_answers(void **state)
{
    (void)state;
    static struct rows rows;
    engine *opened = open_index(grown);
    ask(opened, (struct engine_query){ .text = STR("name"), .api = STR("alpha") }, 10, &rows);
    assert_int_equal(rows.count, 1);
    assert_int_equal(rows.totals[ENGINE_PROPERTY], 1);
    assert_string_equal(rows.lines[0], "3 name  2 2 1");
    ask(opened, (struct engine_query){ .text = STR("api:beta name") }, 10, &rows);
    assert_int_equal(rows.count, 1);
    ask(opened, (struct engine_query){ .text = STR("formerly") }, 10, &rows); /* what beta had before */
    assert_int_equal(rows.totals[ENGINE_PROPERTY], 0);
    engine_close(opened);
}

static void details_come_from_the_segment_that_has_them(void **state)
{
    (void)state;
    engine *opened = open_index(grown);
    engine_scratch *scratch;
    struct arena arena;
    struct engine_details details;
    struct engine_fault fault;
    arena_init(&arena, 64 << 20);
    assert_int_equal(engine_scratch_create(&scratch, opened), ENGINE_OK);
    assert_int_equal(engine_details(opened, scratch, STR("beta/object/Shared#other"), NULL, &arena, &details, &fault),
                     ENGINE_OK);
    assert_str(details.api, "beta");
    assert_int_equal(
        engine_details(opened, scratch, STR("beta/object/Shared#formerly"), NULL, &arena, &details, &fault),
        ENGINE_ENOTFOUND);
    assert_int_equal(engine_details(opened, scratch, STR("pets/object/Pet"), NULL, &arena, &details, &fault),
                     ENGINE_ENOTFOUND);
    assert_int_equal(engine_details(opened, scratch, STR("alpha/object/Ownalpha"), NULL, &arena, &details, &fault),
                     ENGINE_OK);
    const struct engine_api *apis;
    size_t count;
    assert_int_equal(engine_search_apis(opened, STR("service"), 10, &arena, &apis, &count), ENGINE_OK);
    assert_int_equal(count, 2);
    assert_str(apis[0].id, "alpha");
    assert_str(apis[1].id, "beta");
    engine_scratch_destroy(scratch);
    engine_close(opened);
    arena_free(&arena);
}

static void a_reopened_index_shares_what_did_not_change(void **state)
{
    (void)state;
    static struct rows rows;
    struct engine_fault fault;
    engine *old = open_index(grown), *fresh;
    add(write_spec("delta", "fourth"));
    assert_int_equal(engine_reopen(&fresh, old, grown, &fault), ENGINE_OK);
    ask(old, (struct engine_query){ .text = STR("fourth") }, 10, &rows);
    assert_int_equal(rows.totals[ENGINE_PROPERTY], 0);
    engine_close(old);
    ask(fresh, (struct engine_query){ .text = STR("fourth") }, 10, &rows);
    assert_int_equal(rows.totals[ENGINE_PROPERTY], 1);
    ask(fresh, (struct engine_query){ .text = STR("first") }, 10, &rows);
    assert_int_equal(rows.totals[ENGINE_PROPERTY], 1);
    engine_close(fresh);
}

static void segments_become_one(void **state)
{
    (void)state;
    struct engine_fault fault;
    struct engine_counts counts;
    const char *paths[] = { SPECS "planets.json", write_spec("alpha", "first"), write_spec("beta", "other"),
                            write_spec("delta", "fourth") };
    import_to(whole, paths, 4, false);
    assert_int_equal(engine_compact(grown, 2, &fault), ENGINE_OK);
    engine *opened = open_index(grown);
    assert_false(engine_wants_compaction(opened));
    engine_counts(opened, &counts);
    assert_true(counts.segments <= 2);
    engine_close(opened);
    compare_indexes();
}

static void unchanged_files_are_not_read_again(void **state)
{
    (void)state;
    char names[40][16];
    const char *paths[40];
    char kept[40][128];
    for (int i = 0; i < 40; i++) {
        snprintf(names[i], sizeof names[i], "many%d", i);
        snprintf(kept[i], sizeof kept[i], "%s", write_spec(names[i], "wish"));
        paths[i] = kept[i];
    }
    assert_int_equal(import_to(grown, paths, 40, false).imported, 40);
    struct engine_report report = import_to(grown, paths, 40, false);
    assert_int_equal(report.imported, 0);
    assert_int_equal(report.unchanged, 40);
    assert_int_equal(report.index_bytes, 0);
    assert_int_equal(report.elements[ENGINE_API], 40);
    /* Touched, but the same; changed; gone. */
    write_spec(names[3], "wish");
    write_spec(names[5], "change");
    report = import_to(grown, paths, 39, false);
    assert_int_equal(report.imported, 1);
    assert_int_equal(report.unchanged, 38);
    assert_int_equal(report.removed, 1);
    assert_int_equal(report.elements[ENGINE_API], 39);
    struct engine_import fresh = { .paths = paths, .path_count = 39, .output = whole, .is_fresh = true };
    struct engine_fault fault;
    assert_int_equal(engine_import(&fresh, &report, &fault), ENGINE_OK);
    assert_int_equal(report.imported, 39);
    compare_indexes();
    /* Much has changed: one file again, in which nothing was lost. */
    for (int i = 0; i < 20; i++) write_spec(names[i], "another");
    report = import_to(grown, paths, 39, false);
    assert_int_equal(report.imported, 20);
    assert_int_equal(report.unchanged, 19);
    assert_int_equal(engine_import(&fresh, &report, &fault), ENGINE_OK);
    compare_indexes();
    engine *opened = open_index(grown);
    struct engine_counts counts;
    engine_counts(opened, &counts);
    assert_int_equal(counts.segments, 1);
    engine_close(opened);
}

/* Whatever the moment at which a change is killed, what lies there is the catalogue before it or after it. */
static void a_killed_change_leaves_a_catalogue(void **state)
{
    (void)state;
    const char *two[] = { SPECS "pets.json", SPECS "planets.json" }, *const ids[] = { "epsilon" };
    const char *added = write_spec("epsilon", "fifth");
    import_to(grown, two, 2, false);
    for (useconds_t delay = 0; delay < 40; delay++) {
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
            struct engine_fault fault;
            struct engine_report report;
            struct engine_import import = { .paths = &added, .path_count = 1, .output = grown, .keeps = true };
            for (int i = 0; i < 1000; i++) {
                engine_import(&import, &report, &fault);
                engine_remove(grown, ids, 1, &fault);
                if (i % 5 == 4) engine_compact(grown, 2, &fault);
            }
            _exit(0);
        }
        usleep(delay * 700);
        kill(child, SIGKILL);
        assert_int_equal(waitpid(child, NULL, 0), child);
        engine *opened = open_index(grown);
        struct engine_api api;
        assert_int_equal(engine_api(opened, STR("pets"), &api), ENGINE_OK);
        assert_int_equal(engine_api(opened, STR("planets"), &api), ENGINE_OK);
        engine_close(opened);
    }
    import_to(grown, two, 2, false);
}

/* Each byte of the list, changed; and segments that are missing, cut, or another's. */
static void damage_is_told(void **state)
{
    (void)state;
    engine *opened;
    struct engine_fault fault;
    const char *two[] = { SPECS "pets.json", SPECS "planets.json" };
    import_to(grown, two, 2, false);
    add(write_spec("zeta", "sixth"));
    FILE *list = fopen(grown, "r+b");
    char bytes[512];
    size_t size = fread(bytes, 1, sizeof bytes, list);
    assert_true(size > 32 && size < sizeof bytes);
    for (size_t i = 0; i < size; i++) {
        fseek(list, (long)i, SEEK_SET);
        fputc(bytes[i] ^ 4, list);
        fflush(list);
        assert_int_equal(engine_open(&opened, grown, &fault), ENGINE_ECORRUPT);
        assert_non_null(strstr(fault.text, "apiblaze import"));
        fseek(list, (long)i, SEEK_SET);
        fputc(bytes[i], list);
        fflush(list);
    }
    fclose(list);
    char segment[128], other[128];
    snprintf(segment, sizeof segment, "%s.2.segment", grown);
    snprintf(other, sizeof other, "%s.1.segment", grown);
    assert_int_equal(rename(segment, whole), 0);
    assert_int_equal(engine_open(&opened, grown, &fault), ENGINE_ESYS);
    assert_int_equal(link(other, segment), 0);
    assert_int_equal(engine_open(&opened, grown, &fault), ENGINE_ECORRUPT);
    assert_non_null(strstr(fault.text, "another file"));
    assert_int_equal(rename(whole, segment), 0);
    assert_int_equal(truncate(segment, 5000), 0);
    assert_int_equal(engine_open(&opened, grown, &fault), ENGINE_ECORRUPT);
    assert_non_null(strstr(fault.text, "apiblaze import"));
    /* And how it is made again. */
    import_to(grown, two, 2, false);
    engine_close(open_index(grown));
    assert_int_equal(access(segment, F_OK), -1);
    assert_int_equal(access(other, F_OK), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_added_is_found_as_if_it_had_always_been_there),
        cmocka_unit_test(what_is_replaced_or_removed_is_gone),
        cmocka_unit_test(inside_one_api_only_its_segment_answers),
        cmocka_unit_test(details_come_from_the_segment_that_has_them),
        cmocka_unit_test(a_reopened_index_shares_what_did_not_change),
        cmocka_unit_test(segments_become_one),
        cmocka_unit_test(unchanged_files_are_not_read_again),
        cmocka_unit_test(a_killed_change_leaves_a_catalogue),
        cmocka_unit_test(damage_is_told),
    };
    return cmocka_run_group_tests_name("segments", tests, make_folder, remove_folder);
}
