#include "details_endpoint.h"

#include "element_id.h"
#include "limits.h"

/* ---- Headers ----------------------------------------------------------------------------------------------------- */

static void response_header(struct details_maker *maker, struct str name, yyjson_val *written,
                            struct engine_field *field)
{
    struct str description, note;
    *field = details_no_field;
    field->name = name;
    field->in = STR("header");
    yyjson_val *value = details_resolve(maker, written, &description, &note);
    if (value == NULL) {
        field->note = note;
        return;
    }
    if (yyjson_is_true(yyjson_obj_get(value, "required"))) field->flags |= ENGINE_REQUIRED;
    details_carrier(maker, value, description, field);
    details_style(maker, value, field);
    field->in = STR_EMPTY; /* that it is one goes without saying */
}

static void response_headers(struct details_maker *maker, yyjson_val *headers, struct engine_body *body)
{
    size_t most = maker->fields_left < LIMIT_DETAILS_HEADERS ? maker->fields_left : LIMIT_DETAILS_HEADERS, size;
    struct engine_field *fields = details_list(maker, yyjson_obj_size(headers), most, sizeof *fields, &size);
    maker->fields_left -= size;
    body->headers = fields;
    for (struct document_member at = document_first(headers); at.left && body->header_count < size; document_next(&at))
        response_header(maker, document_str(at.key), at.value, &fields[body->header_count++]);
}

/* ---- Links ------------------------------------------------------------------------------------------------------- */

static struct str link_endpoint_id(struct details_maker *maker, struct str method, struct str path)
{
    enum catalogue_method known;
    struct operation operation;
    if (!catalogue_method_read(method, &known) || !operation_find(&operation, maker->document, known, path))
        return STR_EMPTY;
    buf_append_str(&maker->text, details_string(maker, maker->catalogue->apis[maker->api].id));
    buf_append_str(&maker->text, STR("/endpoint/"));
    buf_append_str(&maker->text, catalogue_method_name(known));
    buf_append_byte(&maker->text, '/');
    buf_append_str(&maker->text, str_cut(path, str_starts(path, STR("/")), path.size));
    return details_take_text(maker);
}

/* "#/paths/~1users~1{id}/get". */
static struct str link_by_reference(struct details_maker *maker, struct str reference)
{
    struct str paths = STR("#/paths/");
    size_t slash = str_find_last_byte(reference, '/');
    if (!str_starts(reference, paths) || slash < paths.size) return STR_EMPTY;
    struct str path = details_component_name(maker, str_cut(reference, paths.size, slash));
    return link_endpoint_id(maker, str_cut(reference, slash + 1, reference.size), path);
}

/* The endpoint with this operationId. */
static struct str link_by_name(struct details_maker *maker, struct str name)
{
    const struct format_api *api = &maker->catalogue->apis[maker->api];
    for (uint32_t i = api->first_element; i < api->first_element + api->element_count; i++) {
        const struct format_element *record = &maker->catalogue->elements[i];
        if (record->kind != CATALOGUE_ENDPOINT || !str_equal(details_string(maker, record->owner), name)) continue;
        return element_id_write(maker->catalogue, i, maker->arena);
    }
    return STR_EMPTY;
}

static void link_parameters(struct details_maker *maker, yyjson_val *parameters, struct engine_response_link *link)
{
    size_t size;
    struct engine_value *values =
        details_list(maker, yyjson_obj_size(parameters), LIMIT_DETAILS_LINKS, sizeof *values, &size);
    link->parameters = values;
    struct document_member at = document_first(parameters);
    for (; at.left && link->parameter_count < size; document_next(&at))
        values[link->parameter_count++] =
            (struct engine_value){ details_json(maker, at.value), document_str(at.key), STR_EMPTY };
}

static void response_link(struct details_maker *maker, struct str name, yyjson_val *written,
                          struct engine_response_link *link)
{
    struct str description;
    *link = (struct engine_response_link){ .name = name, .body = STR_EMPTY };
    link->endpoint = link->operation = STR_EMPTY;
    yyjson_val *value = details_resolve(maker, written, &description, &link->note);
    details_describe(maker, description, &link->description, &link->html);
    if (value == NULL) return;
    struct str id = document_str(yyjson_obj_get(value, "operationId"));
    struct str reference = document_str(yyjson_obj_get(value, "operationRef"));
    yyjson_val *body = yyjson_obj_get(value, "requestBody");
    link->operation = id.size ? id : reference;
    link->endpoint = id.size ? link_by_name(maker, id) : link_by_reference(maker, reference);
    if (body) link->body = details_json(maker, body);
    link_parameters(maker, yyjson_obj_get(value, "parameters"), link);
    if (link->endpoint.size == 0)
        details_add_note(maker, &link->note, STR("The operation that it leads to is not in this specification."));
}

static void response_links(struct details_maker *maker, yyjson_val *links, struct engine_body *body)
{
    size_t size;
    struct engine_response_link *list =
        details_list(maker, yyjson_obj_size(links), LIMIT_DETAILS_LINKS, sizeof *list, &size);
    body->links = list;
    for (struct document_member at = document_first(links); at.left && body->link_count < size; document_next(&at))
        response_link(maker, document_str(at.key), at.value, &list[body->link_count++]);
}

void details_response(struct details_maker *maker, yyjson_val *response, struct engine_body *body)
{
    response_headers(maker, yyjson_obj_get(response, "headers"), body);
    response_links(maker, yyjson_obj_get(response, "links"), body);
}

/* ---- Encoding ---------------------------------------------------------------------------------------------------- */

/* "Sent as image/png, image/jpeg, with the headers X-Size. Several values are written …" */
static struct str encoding_words(struct details_maker *maker, struct str name, yyjson_val *encoding)
{
    struct buf *text = &maker->text;
    struct str type = document_str(yyjson_obj_get(encoding, "contentType"));
    struct str style = document_str(yyjson_obj_get(encoding, "style"));
    yyjson_val *explode = yyjson_obj_get(encoding, "explode");
    struct document_member at = document_first(yyjson_obj_get(encoding, "headers"));
    struct str how = STR_EMPTY;
    if (style.size || explode) {
        if (style.size == 0) style = STR("form");
        bool is_exploded = yyjson_is_bool(explode) ? yyjson_is_true(explode) : str_equal(style, STR("form"));
        how = details_style_words(maker, name, style, is_exploded, !str_equal(style, STR("deepObject")));
    }
    buf_append_str(text, STR("Sent as "));
    buf_append_str(text, type.size ? type : STR("its type asks for"));
    for (const char *before = ", with the headers "; at.left; document_next(&at), before = ", ") {
        if (text->size > LIMIT_DETAILS_SENTENCE_BYTES) break;
        buf_append_str(text, str_from(before));
        buf_append_str(text, document_str(at.key));
    }
    buf_append_byte(text, '.');
    if (how.size) buf_append_byte(text, ' ');
    buf_append_str(text, how);
    return details_take_text(maker);
}

void details_encoding(struct details_maker *maker, yyjson_val *media, struct engine_body *body)
{
    yyjson_val *encoding = yyjson_obj_get(media, "encoding");
    size_t size;
    struct engine_value *values =
        details_list(maker, yyjson_obj_size(encoding), LIMIT_DETAILS_HEADERS, sizeof *values, &size);
    body->encoding = values;
    for (struct document_member at = document_first(encoding); at.left && body->encoding_count < size;
         document_next(&at)) {
        struct str name = document_str(at.key);
        values[body->encoding_count++] =
            (struct engine_value){ STR_EMPTY, name, encoding_words(maker, name, at.value) };
    }
}
