/* fuzz_details.c - any specification → the details of each of its elements, in differing views: texts are valid UTF-8
 * with an `at`, nothing is longer than it may be, and ways into a model lead to a field or to a sentence. */
#include <stdint.h>
#include <stdlib.h>

#include "details.h"
#include "limits.h"
#include "openapi3.h"
#include "utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { FUZZ_ARENA = 64 << 20, FUZZ_ELEMENTS = 40, FUZZ_DEPTH = 200 };

static size_t check_field(const struct engine_field *field, unsigned depth);

static size_t check_fields(const struct engine_field *fields, size_t count, unsigned depth)
{
    size_t all = count;
    for (size_t i = 0; i < count; i++) all += check_field(&fields[i], depth + 1);
    return all;
}

static size_t check_field(const struct engine_field *field, unsigned depth)
{
    const struct str texts[] = { field->name, field->type, field->id, field->summary, field->note, field->when };
    size_t all = check_fields(field->fields, field->field_count, depth);
    if (depth > FUZZ_DEPTH || field->field_total < field->field_count || field->value_total < field->value_count)
        abort();
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (texts[i].at == NULL || !utf8_valid(texts[i])) abort();
    for (size_t i = 0; i < field->rule_count; i++)
        if (field->rules[i].size > LIMIT_DETAILS_SENTENCE_BYTES + 3) abort();
    for (size_t i = 0; i < field->choice_count; i++)
        all += check_fields(field->choices[i].alternatives, field->choices[i].alternative_count, depth);
    return all;
}

static void check_view(const struct details_source *source, uint32_t element, struct engine_view view)
{
    struct arena arena;
    struct engine_details details;
    struct str missing;
    arena_init(&arena, FUZZ_ARENA);
    view.without = ENGINE_WITHOUT_PLACES; /* the model is what is new in each */
    int error = details_make(source, element, &view, &arena, &details, &missing);
    if (error == ENGINE_ENOTFOUND && missing.size == 0) abort();
    if (error == ENGINE_OK) {
        size_t all = check_field(&details.self, 0) + check_fields(details.parameters, details.parameter_count, 0);
        for (size_t i = 0; i < details.body_count; i++) all += check_field(&details.bodies[i].schema, 0);
        if (all > LIMIT_DETAILS_FIELDS) abort();
    } else if (error != ENGINE_ENOTFOUND && !arena.failed) {
        abort();
    }
    arena_free(&arena);
}

static void check_all(const struct catalogue *catalogue)
{
    struct details_source source = { .catalogue = catalogue };
    if (details_cache_create(&source.cache, 16 << 20) != ENGINE_OK) abort();
    for (uint32_t i = 0; i < catalogue->element_count && i < FUZZ_ELEMENTS; i++) {
        check_view(&source, i, (struct engine_view){ .at = STR_EMPTY });
        check_view(&source, i, (struct engine_view){ .at = STR_EMPTY, .depth = 5, .required_only = i & 1 });
        check_view(&source, i, (struct engine_view){ .at = STR("a.b.[0].*"), .offset = 1 });
        check_view(&source, i, (struct engine_view){ .at = STR("200.a") });
    }
    details_cache_destroy(source.cache);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str text = { (const char *)data, size };
    struct document document;
    struct document_fault fault;
    struct catalogue_builder *builder;
    struct catalogue catalogue;
    if (document_read(&document, text, &fault) != DOCUMENT_OK) return 0;
    if (catalogue_builder_create(&builder) != FILE_OK) abort();
    if (openapi3_read(&document, STR("fuzzed"), STR("fuzzed.json"), builder, &fault) == DOCUMENT_OK) {
        if (catalogue_builder_text(builder, text) != FILE_OK) abort();
        if (catalogue_builder_finish(builder, &catalogue) != FILE_OK) abort();
        check_all(&catalogue);
    }
    catalogue_builder_destroy(builder);
    document_close(&document);
    return 0;
}
