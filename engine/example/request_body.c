#include "parts.h"
#include "request_maker.h"

static bool body_is_binary(struct request_maker *maker, yyjson_val *schema)
{
    struct parts parts;
    parts_collect(&parts, maker->document, schema, &(struct parts_wish){ PARTS_ONE_BRANCH, STR_EMPTY });
    return str_equal(parts_text(&parts, "format"), STR("binary")) || parts_get(&parts, "contentMediaType");
}

/* The members of the body's object as fields; what is an array of files, too, is a file. */
static void body_add_fields(struct request_maker *maker, yyjson_val *media, const struct sample_node *node)
{
    struct parts parts;
    parts_collect(&parts, maker->document, yyjson_obj_get(media, "schema"), &(struct parts_wish){ PARTS_ONE_BRANCH, STR_EMPTY });
    for (const struct sample_node *child = node->first; child; child = child->next) {
        yyjson_val *schema = parts_property(&parts, child->key);
        const struct sample_node *leaf = child->shape == SAMPLE_ARRAY && child->first ? child->first : child;
        struct str value = leaf->shape == SAMPLE_LEAF ? leaf->text : request_json(maker, leaf);
        struct request_pair *pair = request_add(maker, &maker->request->fields, child->key, value);
        bool is_file = body_is_binary(maker, schema) || body_is_binary(maker, yyjson_obj_get(schema, "items"));
        if (pair && is_file && maker->request->body == REQUEST_MULTIPART) pair->variable = STR("FILE");
    }
}

static enum request_body body_kind(struct str media_type, const struct sample_node *node)
{
    struct str essence = str_trim(str_cut(media_type, 0, str_find_byte(media_type, ';')));
    if (operation_is_json(media_type)) return REQUEST_TEXT;
    bool is_object = node->shape == SAMPLE_OBJECT;
    if (is_object && str_equal_nocase(essence, STR("application/x-www-form-urlencoded"))) return REQUEST_FORM;
    if (is_object && str_equal_nocase(essence, STR("multipart/form-data"))) return REQUEST_MULTIPART;
    bool is_text = str_equal_nocase(str_cut(essence, 0, 5), STR("text/")) && !str_equal_nocase(essence, STR("text/xml"));
    return is_text && node->shape == SAMPLE_LEAF ? REQUEST_TEXT : REQUEST_FILE;
}

void request_make_body(struct request_maker *maker)
{
    struct request *request = maker->request;
    yyjson_val *content = yyjson_obj_get(operation_request_body(maker->operation), "content");
    yyjson_val *media = operation_media_type(content, &request->media_type);
    if (media == NULL) return;
    struct sample_wish wish = { .direction = SAMPLE_REQUEST };
    struct sample_node *node = sample_make_of(maker->document, media, &wish, maker->arena);
    if (node == NULL) return;
    request->body = body_kind(request->media_type, node);
    if (request->body == REQUEST_TEXT) {
        request->body_text = operation_is_json(request->media_type) ? request_json(maker, node) : node->text;
    } else if (request->body != REQUEST_FILE) {
        body_add_fields(maker, media, node);
    }
    if (request->body == REQUEST_TEXT || request->body == REQUEST_FILE) {
        request_add_header(maker, STR("Content-Type"), request->media_type);
    }
}
