#include "sample_node.h"

struct sample_node *sample_node_new(struct arena *arena, enum sample_shape shape)
{
    struct sample_node *node = arena_calloc(arena, 1, sizeof *node);
    if (node) *node = (struct sample_node){ .shape = shape, .key = STR_EMPTY, .json = STR_EMPTY, .text = STR_EMPTY };
    return node;
}

struct sample_node *sample_node_leaf(struct arena *arena, struct str json)
{
    struct sample_node *node = sample_node_new(arena, SAMPLE_LEAF);
    if (node) node->json = node->text = json;
    return node;
}

struct sample_node *sample_node_text(struct arena *arena, struct str text)
{
    struct buf json;
    buf_init(&json, text.size * 6 + 2);
    sample_json_string(&json, text);
    if (json.error != BUF_OK) arena->failed = true;
    struct str copy = json.error == BUF_OK ? arena_copy(arena, buf_str(&json)) : STR_EMPTY;
    buf_free(&json);
    struct sample_node *node = arena->failed ? NULL : sample_node_leaf(arena, copy);
    if (node) node->text = text;
    return node;
}

void sample_node_append(struct sample_node *parent, struct str key, struct sample_node *child)
{
    if (parent == NULL || child == NULL) return;
    child->key = key;
    if (parent->last) parent->last->next = child;
    if (parent->last == NULL) parent->first = child;
    parent->last = child;
}

struct sample_node *sample_node_member(const struct sample_node *object, struct str key)
{
    struct sample_node *node = object ? object->first : NULL;
    while (node && !str_equal(node->key, key)) node = node->next;
    return node;
}
