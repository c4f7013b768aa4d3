#include "details.h"

#include "limits.h"
#include "operation.h"

static bool code_find_operation(const struct catalogue *catalogue, const struct document *document,
                                const struct format_element *record, struct operation *operation)
{
    const struct format_element *endpoint = record;
    if (record->kind == ENGINE_PARAMETER) endpoint = &catalogue->elements[record->parent];
    struct str path = catalogue_string(catalogue, endpoint->name);
    return operation_find(operation, document, (enum catalogue_method)endpoint->detail, path);
}

static int code_write(const struct operation *operation, const struct request_wish *wish,
                      const struct snippet_language *language, struct arena *arena, struct engine_example *example)
{
    struct request request;
    struct sample_focus focus;
    struct buf code;
    request_make(operation, wish, arena, &request);
    if (arena->failed) return ENGINE_ENOMEM;
    buf_init(&code, LIMIT_DETAILS_TEXT_BYTES);
    snippet_write(language, &request, &code, &focus);
    *example = (struct engine_example){ .label = str_from(language->label),
                                        .language = str_from(language->highlight),
                                        .code = arena_copy(arena, buf_str(&code)),
                                        .focus = { (uint32_t)focus.start, (uint32_t)focus.end } };
    int error = code.error == BUF_FULL ? ENGINE_EINVAL : ENGINE_OK;
    if (code.error == BUF_NO_MEMORY || arena->failed) error = ENGINE_ENOMEM;
    buf_free(&code);
    return error;
}

int details_code(const struct details_source *source, uint32_t element, const struct snippet_language *language,
                 struct str server, struct arena *arena, struct engine_example *example)
{
    const struct catalogue *catalogue = source->catalogue;
    const struct format_element *record = &catalogue->elements[element];
    struct request_wish wish = { .focus = STR_EMPTY, .server = server, .has_digest = language->has_digest };
    const struct document *document;
    struct operation operation;
    int error = details_cache_get(source->cache, catalogue, catalogue_api_of(catalogue, element), &document);
    if (error) return error;
    if (record->kind == ENGINE_PARAMETER) {
        wish.focus = catalogue_string(catalogue, record->name);
        wish.focus_in = (enum catalogue_in)record->detail;
    }
    bool is_found = code_find_operation(catalogue, document, record, &operation);
    error = is_found ? code_write(&operation, &wish, language, arena, example) : ENGINE_ECORRUPT;
    int broken = details_cache_check(source->cache);
    return broken ? broken : error;
}
