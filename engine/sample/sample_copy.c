#include "sample_maker.h"
#include "utf8.h"

/* Deeper than any sample that is read by eye; what is below comes as an empty container. */
enum { COPY_DEPTH = 24 };

/* A certificate or an image in base64 would fill the sample. */
static struct sample_node *copy_text(struct sample_maker *maker, struct str text)
{
    if (text.size <= LIMIT_SAMPLE_TEXT_BYTES) return sample_node_text(maker->arena, text);
    struct str cut = utf8_cut(text, LIMIT_SAMPLE_TEXT_BYTES);
    text = arena_format(maker->arena, "%.*s\xe2\x80\xa6", STR_FORMAT(cut));
    return maker->arena->failed ? NULL : sample_node_text(maker->arena, text);
}

static struct sample_node *copy_leaf(struct sample_maker *maker, yyjson_val *value, bool is_text)
{
    maker->lines++;
    if (yyjson_is_str(value)) return copy_text(maker, document_str(value));
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
    for (struct document_member at = document_first(object); at.left; document_next(&at)) {
        if (maker->lines >= LIMIT_SAMPLE_LINES_REQUIRED) return;
        struct str name = document_str(at.key);
        if (sample_node_member(node, name)) continue; /* JSON allows a name twice; a sample should not show it */
        sample_node_append(node, name, copy_value(maker, at.value, depth + 1));
    }
}

static void copy_items(struct sample_maker *maker, yyjson_val *array, struct sample_node *node, unsigned depth)
{
    yyjson_val *value;
    size_t i, max;
    yyjson_arr_foreach (array, i, max, value) {
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
