#include "details_maker.h"

#include "limits.h"

/* The names of all schemes that the API defines. */
static void api_security(struct details_maker *maker)
{
    yyjson_val *components = yyjson_obj_get(maker->document->root, "components");
    yyjson_val *schemes = yyjson_obj_get(components, "securitySchemes");
    size_t size = yyjson_obj_size(schemes);
    if (size > LIMIT_DETAILS_SECURITY) size = LIMIT_DETAILS_SECURITY;
    struct str *names = arena_calloc(maker->arena, size, sizeof *names);
    if (names == NULL) return;
    size_t count = 0;
    for (struct document_member at = document_first(schemes); at.left && count < size; document_next(&at)) {
        names[count++] = document_str(at.key);
    }
    maker->details->security = names;
    maker->details->security_count = count;
}

void details_make_api(struct details_maker *maker)
{
    struct engine_details *details = maker->details;
    yyjson_val *info = yyjson_obj_get(maker->document->root, "info");
    struct str text = document_str(yyjson_obj_get(info, "description"));
    details->self.id = details->id;
    details_describe(maker, text, &details->self.description, &details->self.html);
    details->summary = document_str(yyjson_obj_get(info, "summary"));
    details->servers = operation_servers_of_document(maker->document, maker->arena, &details->server_count);
    api_security(maker);
    details_places_weighty(maker);
}
