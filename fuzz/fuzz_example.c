/* fuzz_example.c - any document → samples of its objects, requests of its operations: always JSON, never a crash. */
#include <stdint.h>
#include <stdlib.h>

#include "sample.h"
#include "sample_write.h"
#include "snippet.h"
#include "utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { FUZZ_ARENA = 32 << 20, FUZZ_CODE = 1 << 22 };

static void check_focus(struct sample_focus focus, const struct buf *code)
{
    if (focus.start > focus.end || focus.end > code->size) abort();
}

static void check_json(const struct buf *code)
{
    if (code->error != BUF_OK) return;
    yyjson_doc *doc = yyjson_read(code->at, code->size, YYJSON_READ_BIGNUM_AS_RAW);
    if (doc == NULL) abort();
    yyjson_doc_free(doc);
}

static void check_sample(const struct sample_node *node, const struct sample_source *source, struct arena *arena)
{
    struct buf code;
    struct sample_focus focus;
    if (node == NULL && !arena->failed) abort();
    if (node == NULL) return;
    buf_init(&code, FUZZ_CODE);
    for (int format = 0; format < SAMPLE_FORMAT_COUNT; format++) {
        sample_write(&code, (enum sample_format)format, node, source, arena, &focus);
        check_focus(focus, &code);
        if (format == SAMPLE_JSON) check_json(&code);
        buf_clear(&code);
    }
    buf_free(&code);
}

static void check_schema(const struct document *document, struct str name, yyjson_val *schema, struct arena *arena)
{
    struct sample_report report;
    struct sample_source source = { document, schema, NULL, name };
    struct sample_wish wish = { .name = name, .object = name, .report = &report };
    for (int tier = 0; tier <= SAMPLE_FULL; tier++) {
        wish.tier = (enum sample_tier)tier;
        wish.direction = (enum sample_direction)tier;
        check_sample(sample_make(document, schema, &wish, arena), &source, arena);
    }
    struct document_member at = document_first(yyjson_obj_get(schema, "properties"));
    if (at.left) wish.focus = document_str(at.key);
    check_sample(sample_make(document, schema, &wish, arena), &source, arena);
    arena_reset(arena);
}

static void check_operation(const struct document *document, struct str path, enum catalogue_method method,
                            struct arena *arena)
{
    struct operation operation;
    struct request request;
    struct buf code;
    struct sample_focus focus;
    size_t count;
    if (!operation_find(&operation, document, method, path)) return;
    const struct operation_parameter *parameters = operation_parameters(&operation, arena, &count);
    struct request_wish wish = { .focus = STR_EMPTY, .server = STR_EMPTY };
    if (count) wish.focus = parameters[0].name;
    if (count) wish.focus_in = parameters[0].in;
    request_make(&operation, &wish, arena, &request);
    buf_init(&code, FUZZ_CODE);
    for (size_t i = 0; i < snippet_language_count; i++) {
        buf_clear(&code);
        snippet_write(&snippet_languages[i], &request, &code, &focus);
        check_focus(focus, &code);
        if (code.error == BUF_OK && !utf8_valid(buf_str(&code))) abort();
    }
    buf_clear(&code);
    snippet_url(&code, &request);
    buf_free(&code);
    arena_reset(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct document document;
    struct document_fault fault;
    struct arena arena;
    if (document_read(&document, (struct str){ (const char *)data, size }, &fault) != DOCUMENT_OK) return 0;
    arena_init(&arena, FUZZ_ARENA);
    yyjson_val *components = yyjson_obj_get(document.root, "components");
    struct document_member at = document_first(yyjson_obj_get(components, "schemas"));
    for (; at.left; document_next(&at)) check_schema(&document, document_str(at.key), at.value, &arena);
    at = document_first(yyjson_obj_get(document.root, "paths"));
    for (; at.left; document_next(&at)) {
        for (int method = 0; method < CATALOGUE_METHOD_COUNT; method++) {
            check_operation(&document, document_str(at.key), (enum catalogue_method)method, &arena);
        }
    }
    arena_free(&arena);
    document_close(&document);
    return 0;
}
