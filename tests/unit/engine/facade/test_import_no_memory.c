/* Fails the 1st, 2nd, … nth allocation of an import: each time the answer is a code and a sentence, the old index
 * stays, nothing is left beside it, and nothing is leaked (the leak check of the asan build looks). */
#include "unit.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

#include "engine.h"
#include "file.h"

static atomic_size_t allocations;
static size_t failing; /* which one; 0: none */

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *at, size_t size);
void *__real_reallocarray(void *at, size_t count, size_t size);
void *__real_aligned_alloc(size_t align, size_t size);
char *__real_strdup(const char *text);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *at, size_t size);
void *__wrap_reallocarray(void *at, size_t count, size_t size);
void *__wrap_aligned_alloc(size_t align, size_t size);
char *__wrap_strdup(const char *text);

/* Some file systems know no second name for a file. */
static bool has_no_links;
int __real_link(const char *from, const char *to);
int __wrap_link(const char *from, const char *to);

int __wrap_link(const char *from, const char *to)
{
    if (!has_no_links) return __real_link(from, to);
    errno = EPERM;
    return -1;
}

static bool fails(void)
{
    return atomic_fetch_add(&allocations, 1) + 1 == failing;
}

void *__wrap_malloc(size_t size)
{
    return fails() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return fails() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *at, size_t size)
{
    return fails() ? NULL : __real_realloc(at, size);
}

void *__wrap_reallocarray(void *at, size_t count, size_t size)
{
    return fails() ? NULL : __real_reallocarray(at, count, size);
}

void *__wrap_aligned_alloc(size_t align, size_t size)
{
    return fails() ? NULL : __real_aligned_alloc(align, size);
}

char *__wrap_strdup(const char *text)
{
    return fails() ? NULL : __real_strdup(text);
}

static int import_pets(struct engine_report *report, struct engine_fault *fault)
{
    const char *path = TEST_DATA "/data/specs/pets.json";
    struct engine_import import = {
        .paths = &path, .path_count = 1, .output = "no_memory.index", .is_fresh = true, .threads = 1
    };
    *fault = (struct engine_fault){ "" };
    allocations = 0;
    return engine_import(&import, report, fault);
}

static void each_allocation_may_fail(void **state)
{
    (void)state;
    struct engine_report report;
    struct engine_fault fault;
    failing = 0;
    assert_int_equal(import_pets(&report, &fault), ENGINE_OK);
    size_t count = allocations;
    assert_true(count > 50);
    for (size_t n = 1; n <= count; n++) {
        struct file file;
        failing = n;
        int error = import_pets(&report, &fault);
        failing = 0;
        if (error != ENGINE_OK) {
            assert_int_equal(error, ENGINE_ENOMEM);
            assert_string_equal(fault.text, "out of memory");
        }
        assert_int_equal(access("no_memory.index.new", F_OK), -1);
        assert_int_equal(file_open(&file, "no_memory.index"), FILE_OK);
        file_close(&file);
    }
    unlink("no_memory.index");
}

/* What is added, removed and made one segment, each with the nth allocation failing: what is there can be opened. */
static int add_and_remove(struct engine_fault *fault)
{
    static const char *const added = TEST_DATA "/data/specs/pets.json", *const removed = "oddities";
    struct engine_import import = { .paths = &added, .path_count = 1, .output = "no_memory.index", .keeps = true };
    struct engine_report report;
    import.threads = 1;
    *fault = (struct engine_fault){ "" };
    allocations = 0;
    int error = engine_import(&import, &report, fault);
    if (error == ENGINE_OK) error = engine_remove("no_memory.index", &removed, 1, fault);
    if (error == ENGINE_OK) error = engine_compact("no_memory.index", 1, fault);
    return error;
}

static void import_two(void)
{
    static const char *const two[] = { TEST_DATA "/data/specs/planets.json", TEST_DATA "/data/specs/oddities.json" };
    struct engine_import import = {
        .paths = two, .path_count = 2, .output = "no_memory.index", .is_fresh = true, .threads = 1
    };
    struct engine_report report;
    struct engine_fault fault;
    assert_int_equal(engine_import(&import, &report, &fault), ENGINE_OK);
}

static void each_allocation_of_a_change_may_fail(void **state)
{
    (void)state;
    struct engine_fault fault;
    failing = 0;
    import_two();
    assert_int_equal(add_and_remove(&fault), ENGINE_OK);
    size_t count = allocations;
    assert_true(count > 100);
    for (size_t n = 1; n <= count; n++) {
        engine *opened;
        struct engine_api api;
        import_two();
        failing = n;
        int error = add_and_remove(&fault);
        failing = 0;
        if (error != ENGINE_OK) assert_int_equal(error, ENGINE_ENOMEM);
        assert_int_equal(access("no_memory.index.new", F_OK), -1);
        assert_int_equal(engine_open(&opened, "no_memory.index", &fault), ENGINE_OK);
        assert_int_equal(engine_api(opened, STR("planets"), &api), ENGINE_OK);
        engine_close(opened);
    }
    import_two(); /* removes the segments */
    unlink("no_memory.index");
}

static void a_file_that_can_have_no_second_name_is_copied(void **state)
{
    (void)state;
    engine *opened;
    struct engine_api api;
    struct engine_fault fault;
    failing = 0;
    has_no_links = true;
    import_two();
    assert_int_equal(add_and_remove(&fault), ENGINE_OK);
    has_no_links = false;
    assert_int_equal(engine_open(&opened, "no_memory.index", &fault), ENGINE_OK);
    assert_int_equal(engine_api(opened, STR("planets"), &api), ENGINE_OK);
    assert_int_equal(engine_api(opened, STR("pets"), &api), ENGINE_OK);
    engine_close(opened);
    import_two();
    unlink("no_memory.index");
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(each_allocation_may_fail),
                                        cmocka_unit_test(each_allocation_of_a_change_may_fail),
                                        cmocka_unit_test(a_file_that_can_have_no_second_name_is_copied) };
    return cmocka_run_group_tests_name("import_no_memory", tests, NULL, NULL);
}
