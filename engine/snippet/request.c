#include "request.h"

#include "limits.h"
#include "ref.h"
#include "request_maker.h"

/* The media type of the first good response that has a body, for the Accept header. */
static struct str request_accept(const struct operation *operation)
{
    struct str name;
    struct document_member at = document_first(yyjson_obj_get(operation->value, "responses"));
    for (; at.left; document_next(&at)) {
        if (!str_starts(document_str(at.key), STR("2"))) continue;
        yyjson_val *response = ref_resolve(operation->document, at.value);
        if (operation_media_type(yyjson_obj_get(response, "content"), &name)) return name;
    }
    return STR_EMPTY;
}

static void request_add_accept(struct request_maker *maker)
{
    struct str accept = request_accept(maker->operation);
    if (accept.size == 0) return;
    request_text_add(maker, accept, REQUEST_ENCODE_HEADER);
    request_header_end(maker, STR("Accept"));
}

void request_make(const struct operation *operation, const struct request_wish *wish, struct arena *arena,
                  struct request *request)
{
    struct request_maker maker = {
        .operation = operation, .document = operation->document, .arena = arena, .request = request, .wish = wish
    };
    size_t count;
    *request = (struct request){ .method = catalogue_method_upper(operation->method),
                                 .body_text = STR_EMPTY,
                                 .media_type = STR_EMPTY };
    buf_init(&maker.text, 4 * LIMIT_EXAMPLE_BYTES);
    const struct operation_parameter *parameters = operation_parameters(operation, arena, &count);
    request_make_url(&maker, parameters, count);
    request_make_security(&maker);
    request_make_parameters(&maker, parameters, count);
    request_add_accept(&maker);
    request_make_body(&maker);
    buf_free(&maker.text);
}
