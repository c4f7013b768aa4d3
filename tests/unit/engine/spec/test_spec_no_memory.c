/* Fails the 1st, 2nd, … nth allocation of reading a specification into a written catalogue: each time the answer is a
 * code, and nothing is leaked (the leak check of the asan build looks). */
#include "unit.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "openapi3.h"
#include "outline.h"
#include "pointer.h"

static size_t allocations;
static size_t failing; /* which one; 0: none */

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *at, size_t size);
void *__real_reallocarray(void *at, size_t count, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *at, size_t size);
void *__wrap_reallocarray(void *at, size_t count, size_t size);

static bool fails(void)
{
    return ++allocations == failing;
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

static char text[65536];
static size_t text_size;

static int pack_into(struct catalogue_builder *builder, const struct document *document)
{
    struct outline outline;
    outline_init(&outline);
    outline.text_bytes = outline.map_bytes = 0;
    int error = outline_make(&outline, document, (struct str){ text, text_size });
    struct pack_outline cuts = outline_pack(&outline);
    if (error == DOCUMENT_OK) error = catalogue_builder_pack(builder, (struct str){ text, text_size }, &cuts);
    outline_free(&outline);
    return error;
}

static int read_into(struct catalogue_builder *builder)
{
    struct document document;
    struct document_fault fault;
    int error = document_read(&document, (struct str){ text, text_size }, &fault);
    if (error) return error;
    error = openapi3_read(&document, STR("a"), STR("a.json"), builder, &fault);
    if (error == DOCUMENT_OK) error = pack_into(builder, &document);
    document_close(&document);
    return error;
}

/* Asks for something in each map. */
static int read_opened(const struct catalogue *catalogue)
{
    struct pack pack;
    struct unpacker *unpacker = NULL;
    struct document document = { 0 };
    int error = catalogue_pack(catalogue, 0, &pack);
    if (error == 0) error = unpacker_create(&unpacker);
    if (error == 0) error = document_open(&document, &pack, unpacker);
    if (error == 0) {
        pointer_get(&document, STR("/paths/~1pets/get"));
        pointer_get(&document, STR("/components/schemas/Pet/properties"));
        error = document_error(&document);
    }
    document_close(&document);
    unpacker_destroy(unpacker);
    return error;
}

static int read_and_finish(uint32_t *elements)
{
    struct catalogue_builder *builder = NULL;
    struct catalogue catalogue;
    int error = catalogue_builder_create(&builder);
    if (error == 0) error = read_into(builder);
    if (error == 0) error = catalogue_builder_finish(builder, &catalogue);
    if (error == 0) error = read_opened(&catalogue);
    if (error == 0) *elements = catalogue.element_count;
    catalogue_builder_destroy(builder);
    return error;
}

static void each_allocation_may_fail(void **state)
{
    (void)state;
    static const char *const names[] = { "pets", "oddities", "planets" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char path[1024];
        uint32_t elements = 0, all = 0;
        snprintf(path, sizeof path, "%s/data/specs/%s.json", TEST_DATA, names[i]);
        FILE *file = fopen(path, "rb");
        assert_non_null(file);
        text_size = fread(text, 1, sizeof text, file);
        fclose(file);
        failing = 0;
        assert_int_equal(read_and_finish(&all), 0);
        allocations = 0;
        assert_int_equal(read_and_finish(&all), 0);
        size_t count = allocations;
        assert_true(count > 20);
        for (size_t n = 1; n <= count; n++) {
            allocations = 0;
            failing = n;
            int error = read_and_finish(&elements);
            /* A map that only saves time may fail without loss. */
            if (error == 0)
                assert_int_equal(elements, all);
            else
                assert_int_equal(error, DOCUMENT_NO_MEMORY);
        }
        failing = 0;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(each_allocation_may_fail) };
    return cmocka_run_group_tests_name("spec_no_memory", tests, NULL, NULL);
}
