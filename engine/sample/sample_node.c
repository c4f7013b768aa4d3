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

/* `text` as JSON, where no byte of it needs another form: most do not. */
static struct str node_quote(struct arena *arena, struct str text)
{
    for (size_t i = 0; i < text.size; i++) {
        unsigned char byte = (unsigned char)text.at[i];
        if (byte < 0x20 || byte == '"' || byte == '\\' || byte >= 0x7f) return STR_EMPTY;
    }
    char *at = arena_alloc(arena, text.size + 2);
    if (at == NULL) return STR_EMPTY;
    at[0] = at[text.size + 1] = '"';
    memcpy(at + 1, text.at, text.size);
    return (struct str){ at, text.size + 2 };
}

static struct str node_escape(struct arena *arena, struct str text)
{
    struct buf json;
    buf_init(&json, text.size * 6 + 2);
    sample_json_string(&json, text);
    if (json.error != BUF_OK) arena->failed = true;
    struct str copy = json.error == BUF_OK ? arena_copy(arena, buf_str(&json)) : STR_EMPTY;
    buf_free(&json);
    return copy;
}

struct sample_node *sample_node_text(struct arena *arena, struct str text)
{
    struct str copy = node_quote(arena, text);
    if (copy.size == 0) copy = node_escape(arena, text);
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

/* Recurses as deep as the tree is. */
bool sample_node_equal(const struct sample_node *a, const struct sample_node *b)
{
    if (a->shape != b->shape || !str_equal(a->json, b->json)) return false;
    const struct sample_node *left = a->first, *right = b->first;
    for (; left && right; left = left->next, right = right->next) {
        if (!str_equal(left->key, right->key) || !sample_node_equal(left, right)) return false;
    }
    return left == NULL && right == NULL;
}
