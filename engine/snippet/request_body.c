#include "limits.h"
#include "parts.h"
#include "request_maker.h"
#include "sample_write.h"

/* ---- Files ------------------------------------------------------------------------------------------------------- */

/* "file.png" for image/png, "file.svg" for image/svg+xml, "file.bin" where the subtype is no ending. */
static struct str body_file_name(struct request_maker *maker, struct str media_type)
{
    struct str subtype = operation_essence(media_type);
    subtype = str_cut(subtype, str_find_byte(subtype, '/') + 1, str_find_byte(subtype, '+'));
    bool is_ending = subtype.size > 0 && subtype.size <= 4;
    for (size_t i = 0; i < subtype.size; i++)
        is_ending &= (subtype.at[i] >= 'a' && subtype.at[i] <= 'z') || (subtype.at[i] >= '0' && subtype.at[i] <= '9');
    return arena_format(maker->arena, "file.%.*s", STR_FORMAT(is_ending ? subtype : STR("bin")));
}

static const struct request_variable *body_file(struct request_maker *maker, struct str key, struct str media_type)
{
    return request_variable_of(maker, REQUEST_FILE_NAME, key, "", body_file_name(maker, media_type));
}

/* ---- multipart/form-data ----------------------------------------------------------------------------------------- */

/* Clients do not agree on how a name with one of these is written, and curl cannot write '='. */
static bool body_is_field_name(struct str name)
{
    for (size_t i = 0; i < name.size; i++) {
        if ((unsigned char)name.at[i] < 0x20 || strchr("\"\\=\x7f", name.at[i])) return false;
    }
    return name.size > 0;
}

/* Of "image/png, image/jpeg" the first; of "image/" and a star nothing is known. */
static struct str body_part_type(struct str content_type)
{
    struct str first = str_trim(str_cut(content_type, 0, str_find_byte(content_type, ',')));
    bool is_plain = str_find_byte(first, '/') != STR_NONE && str_find_byte(first, '*') == STR_NONE;
    for (size_t i = 0; i < first.size; i++) is_plain &= first.at[i] >= 0x20 && first.at[i] < 0x7f;
    return is_plain ? first : STR_EMPTY;
}

static void body_add_field(struct request_maker *maker, struct str name, struct str value, bool is_file,
                           struct str media_type)
{
    bool is_sound = body_is_field_name(name) && str_find(value, STR(REQUEST_BOUNDARY)) == STR_NONE;
    struct request_field *field = is_sound ? arena_alloc(maker->arena, sizeof *field) : NULL;
    if (field == NULL) return;
    *field =
        (struct request_field){ .name = name, .value = request_text_printable(maker, value), .media_type = media_type };
    if (is_file) {
        if (media_type.size == 0) field->media_type = STR("application/octet-stream");
        field->file = body_file(maker, name, field->media_type);
        if (field->file == NULL) return;
    }
    struct request_field **end = &maker->request->fields;
    while (*end) end = &(*end)->next;
    *end = field;
}

/* An array is a field for each item; what is an object is JSON (OpenAPI 3.1 §4.8.15). */
static void body_add_part(struct request_maker *maker, yyjson_val *encoding, yyjson_val *schema,
                          const struct sample_node *member)
{
    bool is_array = member->shape == SAMPLE_ARRAY;
    bool is_file =
        parts_is_file(maker->document, schema) || parts_is_file(maker->document, yyjson_obj_get(schema, "items"));
    struct str type = body_part_type(document_str(yyjson_obj_get(encoding, "contentType")));
    for (const struct sample_node *item = is_array ? member->first : member; item;
         item = is_array ? item->next : NULL) {
        bool is_json = item->shape != SAMPLE_LEAF && type.size == 0;
        body_add_field(maker, member->key, request_value_text(maker, item), is_file,
                       is_json ? STR("application/json") : type);
    }
}

/* ---- application/x-www-form-urlencoded --------------------------------------------------------------------------- */

/* Without a style an object is JSON; with one, or as an array, a field is written as a parameter of the query would
 * be (OpenAPI 3.1 §4.8.15.1.2). */
static void body_add_form(struct request_maker *maker, yyjson_val *encoding, const struct sample_node *member)
{
    struct operation_parameter like = { .value = encoding };
    struct request_pairs pairs = { .lines = &maker->request->form,
                                   .first = "",
                                   .next = "&",
                                   .name = member->key,
                                   .comma = ",",
                                   .encoding = REQUEST_ENCODE_ALL };
    pairs.style = request_parameter_style(&like, STR("form"), &pairs.is_exploded);
    if (yyjson_is_true(yyjson_obj_get(encoding, "allowReserved"))) pairs.encoding = REQUEST_ENCODE_RESERVED;
    bool has_style = yyjson_obj_get(encoding, "style") || yyjson_obj_get(encoding, "explode");
    bool is_json = operation_is_json(document_str(yyjson_obj_get(encoding, "contentType"))) ||
                   (member->shape == SAMPLE_OBJECT && !has_style);
    struct sample_node text = { .shape = SAMPLE_LEAF };
    if (is_json) text.text = request_value_json(maker, member, false);
    request_value_add_pairs(maker, is_json ? &text : member, &pairs);
}

static void body_add_members(struct request_maker *maker, yyjson_val *media, const struct sample_node *node)
{
    struct parts parts;
    yyjson_val *encodings = yyjson_obj_get(media, "encoding");
    parts_collect(&parts, maker->document, yyjson_obj_get(media, "schema"),
                  &(struct parts_wish){ PARTS_ONE_BRANCH, STR_EMPTY });
    for (const struct sample_node *member = node->first; member; member = member->next) {
        yyjson_val *encoding = yyjson_obj_getn(encodings, member->key.at, member->key.size);
        if (maker->request->body == REQUEST_FORM) body_add_form(maker, encoding, member);
        if (maker->request->body == REQUEST_MULTIPART)
            body_add_part(maker, encoding, parts_property(&parts, member->key), member);
    }
}

/* ---- Any body ---------------------------------------------------------------------------------------------------- */

/* A range stands for whatever the server takes: JSON, where there is an object to write. */
static struct str body_media_type(struct str media_type, const struct sample_node *node)
{
    bool is_range = str_find_byte(media_type, '*') != STR_NONE;
    if (!is_range) return media_type;
    return node->shape != SAMPLE_LEAF ? STR("application/json") : STR("application/octet-stream");
}

static bool body_is_xml(struct str media_type)
{
    enum sample_format format;
    return sample_format_of(media_type, &format) && format == SAMPLE_XML;
}

/* A sample that is a text of this media type. Of what is one value nobody knows how it is XML, but where it is that
 * already: that is a file. */
static bool body_is_text(struct str media_type, const struct sample_node *node)
{
    struct str essence = operation_essence(media_type);
    bool is_string = node->shape == SAMPLE_LEAF && str_starts(node->json, STR("\""));
    if (body_is_xml(media_type)) return node->shape != SAMPLE_LEAF || str_starts(str_trim(node->text), STR("<"));
    return is_string && (str_equal_nocase(str_cut(essence, 0, 5), STR("text/")) || str_ends(essence, STR("yaml")));
}

static enum request_body body_kind(struct str media_type, const struct sample_node *node)
{
    struct str essence = operation_essence(media_type);
    bool is_object = node->shape == SAMPLE_OBJECT && node->first;
    if (operation_is_json(media_type)) return REQUEST_TEXT;
    if (is_object && str_equal_nocase(essence, STR("application/x-www-form-urlencoded"))) return REQUEST_FORM;
    if (is_object && str_equal_nocase(essence, STR("multipart/form-data"))) return REQUEST_MULTIPART;
    return body_is_text(media_type, node) ? REQUEST_TEXT : REQUEST_FILE;
}

/* Methods whose content means nothing (RFC 9110 §9.3.1, §9.3.2, §9.3.8): OpenAPI 3.0 has it ignored, and not every
 * client would send it. */
static bool body_is_ignored(enum catalogue_method method)
{
    return method == CATALOGUE_METHOD_GET || method == CATALOGUE_METHOD_HEAD || method == CATALOGUE_METHOD_TRACE;
}

static void body_add_type(struct request_maker *maker)
{
    request_text_add(maker, maker->request->media_type, REQUEST_ENCODE_HEADER);
    request_header_end(maker, STR("Content-Type"));
}

static struct str body_xml(struct request_maker *maker, yyjson_val *media, const struct sample_node *node)
{
    struct buf text;
    struct sample_focus focus;
    const struct sample_source source = { .document = maker->document, .schema = yyjson_obj_get(media, "schema") };
    buf_init(&text, LIMIT_EXAMPLE_BYTES);
    sample_write(&text, SAMPLE_XML, node, &source, maker->arena, &focus);
    if (text.error == BUF_NO_MEMORY) maker->arena->failed = true;
    struct str written = text.error == BUF_OK ? request_text_printable(maker, buf_str(&text)) : STR_EMPTY;
    written = arena_copy(maker->arena, written);
    buf_free(&text);
    return written;
}

static struct str body_text(struct request_maker *maker, yyjson_val *media, const struct sample_node *node)
{
    if (maker->wish->body.at) return request_text_printable(maker, maker->wish->body);
    if (operation_is_json(maker->request->media_type)) return request_value_json(maker, node, true);
    if (body_is_xml(maker->request->media_type)) return body_xml(maker, media, node);
    return request_text_printable(maker, node->text);
}

/* The sample in the words of its kind; what turns out to be empty is no body. */
static void body_fill(struct request_maker *maker, yyjson_val *media, const struct sample_node *node)
{
    struct request *request = maker->request;
    bool is_empty = false;
    request->body = body_kind(request->media_type, node);
    switch (request->body) {
    case REQUEST_TEXT: request->body_text = body_text(maker, media, node); break;
    case REQUEST_FILE:
        request->body_file = body_file(maker, STR("file"), request->media_type);
        is_empty = request->body_file == NULL;
        break;
    case REQUEST_FORM:
        body_add_members(maker, media, node);
        is_empty = request->form == NULL;
        break;
    case REQUEST_MULTIPART:
        body_add_members(maker, media, node);
        is_empty = request->fields == NULL;
        break;
    case REQUEST_NO_BODY: break;
    }
    if (is_empty) request->body = REQUEST_NO_BODY;
}

void request_make_body(struct request_maker *maker)
{
    struct request *request = maker->request;
    yyjson_val *content = yyjson_obj_get(operation_request_body(maker->operation), "content");
    struct str media_type;
    yyjson_val *media = operation_media_type(content, &media_type);
    request->lacks_at = maker->wish->at.size > 0;
    if (media == NULL || body_is_ignored(maker->operation->method)) return;
    struct sample_report report;
    struct sample_wish wish = { .direction = SAMPLE_REQUEST,
                                .tier = maker->wish->tier,
                                .focus = maker->wish->at,
                                .common = maker->wish->common,
                                .report = &report };
    struct sample_node *node = sample_make_of(maker->document, media, &wish, maker->arena);
    if (node == NULL) return;
    if (report.has_focus) request->lacks_at = false;
    request->media_type = body_media_type(media_type, node);
    body_fill(maker, media, node);
    if (request->body != REQUEST_MULTIPART && request->body != REQUEST_NO_BODY) body_add_type(maker);
}
