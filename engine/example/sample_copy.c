#include "sample_maker.h"

/* Deeper than any sample that is read by eye; what is below comes as an empty container. */
enum { COPY_DEPTH = 24 };

static struct sample_node *copy_leaf(struct sample_maker *maker, yyjson_val *value, bool is_text)
{
    maker->lines++;
    if (yyjson_is_str(value)) {
        return sample_node_text(maker->arena, document_str(value));
    }
    struct buf json;
    buf_init(&json, LIMIT_SPEC_BYTES);
    document_json_text(value, &json);
    if (json.error != BUF_OK) maker->arena->failed = true;
    struct str text = arena_copy(maker->arena, buf_str(&json));
    buf_free(&json);
    if (maker->arena->failed) return NULL;
    return is_text ? sample_node_text(maker->arena, text) : sample_node_leaf(maker->arena, text);
}

static struct sample_node *copy_value(struct sample_maker *maker, yyjson_val *value, unsigned depth);

static void copy_members(struct sample_maker *maker, yyjson_val *object, struct sample_node *node, unsigned depth)
{
    yyjson_val *key, *value;
    size_t i, max;
    yyjson_obj_foreach(object, i, max, key, value) {
        if (maker->lines >= LIMIT_SAMPLE_LINES_REQUIRED) return;
        struct str name = { yyjson_get_str(key), yyjson_get_len(key) };
        if (sample_node_member(node, name)) continue; /* JSON allows a name twice; a sample should not show it */
        sample_node_append(node, name, copy_value(maker, value, depth + 1));
    }
}

static void copy_items(struct sample_maker *maker, yyjson_val *array, struct sample_node *node, unsigned depth)
{
    yyjson_val *value;
    size_t i, max;
    yyjson_arr_foreach(array, i, max, value) {
        if (maker->lines >= LIMIT_SAMPLE_LINES_REQUIRED) return;
        sample_node_append(node, STR_EMPTY, copy_value(maker, value, depth + 1));
    }
}

static struct sample_node *copy_value(struct sample_maker *maker, yyjson_val *value, unsigned depth)
{
    if (!yyjson_is_ctn(value)) return copy_leaf(maker, value, false);
    bool is_object = yyjson_is_obj(value);
    struct sample_node *node = sample_node_new(maker->arena, is_object ? SAMPLE_OBJECT : SAMPLE_ARRAY);
    if (node == NULL) return NULL;
    maker->lines += 2;
    if (depth < COPY_DEPTH && is_object) copy_members(maker, value, node, depth);
    if (depth < COPY_DEPTH && !is_object) copy_items(maker, value, node, depth);
    return node;
}

struct sample_node *sample_copy(struct sample_maker *maker, yyjson_val *value, enum sample_type type)
{
    if (type == SAMPLE_TYPE_STRING && !yyjson_is_str(value)) return copy_leaf(maker, value, true);
    return copy_value(maker, value, 0);
}
