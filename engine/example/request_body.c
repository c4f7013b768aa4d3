#include "parts.h"
#include "request_maker.h"

static bool body_is_binary(struct request_maker *maker, yyjson_val *schema)
{
    struct parts parts;
    parts_collect(&parts, maker->document, schema, &(struct parts_wish){ PARTS_ONE_BRANCH, STR_EMPTY });
    return str_equal(parts_text(&parts, "format"), STR("binary")) || parts_get(&parts, "contentMediaType");
}

static struct request_pair *body_add_field(struct request_maker *maker, struct str name, const struct sample_node *node)
{
    struct str value = node->shape == SAMPLE_LEAF ? node->text : request_json(maker, node);
    return request_add(maker, &maker->request->fields, name, value);
}

/* The style deepObject: name[key]=value, and name[0][key]=value for what is in an array. The tree is not deep. */
static void body_add_deep(struct request_maker *maker, struct str name, const struct sample_node *node)
{
    unsigned number = 0;
    if (node->shape == SAMPLE_LEAF) {
        body_add_field(maker, name, node);
        return;
    }
    for (const struct sample_node *child = node->first; child; child = child->next) {
        struct str key = node->shape == SAMPLE_OBJECT ? child->key : arena_format(maker->arena, "%u", number++);
        body_add_deep(maker, arena_format(maker->arena, "%.*s[%.*s]", STR_FORMAT(name), STR_FORMAT(key)), child);
    }
}

/* An array is a field for each item; what is an object is JSON, unless the encoding says deepObject (OpenAPI 3.1
 * §4.8.15). */
static void body_add_member(struct request_maker *maker, yyjson_val *media, yyjson_val *schema,
                            const struct sample_node *member)
{
    yyjson_val *encoding = yyjson_obj_getn(yyjson_obj_get(media, "encoding"), member->key.at, member->key.size);
    if (yyjson_equals_str(yyjson_obj_get(encoding, "style"), "deepObject")) {
        body_add_deep(maker, member->key, member);
        return;
    }
    bool is_array = member->shape == SAMPLE_ARRAY;
    bool is_file = body_is_binary(maker, schema) || body_is_binary(maker, yyjson_obj_get(schema, "items"));
    for (const struct sample_node *item = is_array ? member->first : member; item;
         item = is_array ? item->next : NULL) {
        struct request_pair *pair = body_add_field(maker, member->key, item);
        if (pair && is_file && maker->request->body == REQUEST_MULTIPART) pair->variable = STR("FILE");
    }
}

static void body_add_fields(struct request_maker *maker, yyjson_val *media, const struct sample_node *node)
{
    struct parts parts;
    parts_collect(&parts, maker->document, yyjson_obj_get(media, "schema"),
                  &(struct parts_wish){ PARTS_ONE_BRANCH, STR_EMPTY });
    for (const struct sample_node *member = node->first; member; member = member->next) {
        body_add_member(maker, media, parts_property(&parts, member->key), member);
    }
}

/* A range stands for whatever the server takes: JSON, where there is an object to write. */
static struct str body_media_type(struct str media_type, const struct sample_node *node)
{
    bool is_range = str_find_byte(media_type, '*') != STR_NONE;
    return is_range && node->shape != SAMPLE_LEAF ? STR("application/json") : media_type;
}

static enum request_body body_kind(struct str media_type, const struct sample_node *node)
{
    struct str essence = str_trim(str_cut(media_type, 0, str_find_byte(media_type, ';')));
    if (operation_is_json(media_type)) return REQUEST_TEXT;
    bool is_object = node->shape == SAMPLE_OBJECT;
    if (is_object && str_equal_nocase(essence, STR("application/x-www-form-urlencoded"))) return REQUEST_FORM;
    if (is_object && str_equal_nocase(essence, STR("multipart/form-data"))) return REQUEST_MULTIPART;
    bool is_text =
        str_equal_nocase(str_cut(essence, 0, 5), STR("text/")) && !str_equal_nocase(essence, STR("text/xml"));
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
    request->media_type = body_media_type(request->media_type, node);
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
