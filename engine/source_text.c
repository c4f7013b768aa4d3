#include "describe.h"

#include "limits.h"
#include "pointer.h"
#include "utf8.h"

/* The element's place is what its details find; they are made for it and forgotten. */
static int source_find(const struct details_source *from, uint32_t element, struct arena *arena,
                       struct engine_source *source, struct document_span *span)
{
    const struct engine_view view = {
        .at = STR_EMPTY, .depth = 1, .without = ENGINE_WITHOUT_HTML | ENGINE_WITHOUT_PLACES | ENGINE_WITHOUT_EXAMPLES
    };
    const struct document *document;
    struct engine_details details;
    struct str missing;
    int error = details_make(from, element, &view, arena, &details, &missing);
    uint32_t api = catalogue_api_of(from->catalogue, element);
    if (error == ENGINE_OK) error = details_cache_get(from->cache, from->catalogue, api, &document);
    if (error) return error;
    *source = (struct engine_source){
        .kind = details.kind, .id = details.id, .api = details.api, .pointer = details.pointer, .text = STR_EMPTY
    };
    bool is_somewhere = details.pointer.size > 0 || details.kind == ENGINE_API;
    yyjson_val *value = is_somewhere ? pointer_get(document, details.pointer) : NULL;
    if (value && document_span(document, value, span)) return ENGINE_OK;
    error = details_cache_check(from->cache);
    return error ? error : ENGINE_ENOTFOUND;
}

static int source_read(const struct details_source *from, uint32_t api, const struct engine_source_query *query,
                       const struct document_span *span, struct arena *arena, struct engine_source *source)
{
    const struct document *document;
    struct buf text;
    uint64_t whole = from->catalogue->apis[api].text_bytes, most = query->limit ? query->limit : LIMIT_SOURCE_BYTES;
    source->start = span->start;
    source->size = span->size;
    source->line = span->line;
    source->from = query->from == ENGINE_SOURCE_START ? span->start : query->from < whole ? query->from : whole;
    uint64_t end = query->from == ENGINE_SOURCE_START ? span->start + span->size : whole;
    if (most > LIMIT_SOURCE_BYTES) most = LIMIT_SOURCE_BYTES;
    if (end - source->from > most) end = source->from + most;
    uint64_t size = end - source->from, more = whole - end < 3 ? whole - end : 3; /* of a character that is cut */
    int error = details_cache_get(from->cache, from->catalogue, api, &document);
    if (error) return error;
    buf_init(&text, LIMIT_SOURCE_BYTES + 4);
    bool is_read = document_copy(document, (size_t)source->from, (size_t)(size + more), &text);
    struct str copy = is_read ? arena_copy(arena, utf8_cut(buf_str(&text), (size_t)size)) : STR_EMPTY;
    buf_free(&text);
    source->text = copy;
    error = details_cache_check(from->cache);
    return error == ENGINE_OK && (arena->failed || !is_read) ? ENGINE_ENOMEM : error;
}

int engine_source(const struct engine *self, struct engine_scratch *scratch, const struct engine_source_query *query,
                  struct arena *arena, struct engine_source *source, struct engine_fault *fault)
{
    struct described at;
    struct document_span span;
    int error = describe_find(self, scratch, query->id, arena, &at, fault);
    if (error) return error;
    uint32_t api = catalogue_api_of(at.source.catalogue, at.element);
    error = source_find(&at.source, at.element, arena, source, &span);
    if (error == ENGINE_OK) error = source_read(&at.source, api, query, &span, arena, source);
    if (error == ENGINE_ENOTFOUND)
        engine_fault_set(fault, "The specification has nothing of its own for \"%.*s\".",
                         STR_FORMAT(utf8_cut(query->id, 200)));
    else if (error)
        describe_failed(&at, error, fault);
    return error;
}
