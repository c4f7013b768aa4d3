/* Fails the 1st, 2nd, … nth allocation of an import: each time the answer is a code and a sentence, the old index
 * stays, nothing is left beside it, and nothing is leaked (the leak check of the asan build looks). */
#include "unit.h"

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
    struct engine_import import = { .paths = &path, .path_count = 1, .output = "no_memory.index", .threads = 1 };
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

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(each_allocation_may_fail) };
    return cmocka_run_group_tests_name("import_no_memory", tests, NULL, NULL);
}
