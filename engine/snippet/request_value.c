#include "limits.h"
#include "request_maker.h"

/* ---- One value --------------------------------------------------------------------------------------------------- */

/* Drops what the indentation added: outside of its strings JSON needs no spaces. */
static void value_tighten(struct buf *json)
{
    bool is_string = false;
    size_t size = 0;
    for (size_t i = 0; i < json->size; i++) {
        char byte = json->at[i];
        if (byte == '"') is_string = !is_string;
        if (!is_string && (byte == ' ' || byte == '\n')) continue;
        json->at[size++] = byte;
        if (is_string && byte == '\\' && i + 1 < json->size) json->at[size++] = json->at[++i];
    }
    json->size = size;
}

struct str request_value_json(struct request_maker *maker, const struct sample_node *node, bool is_indented)
{
    struct buf json;
    struct sample_focus focus;
    if (node == NULL) return STR_EMPTY;
    buf_init(&json, LIMIT_EXAMPLE_BYTES);
    sample_json_write(&json, node, &focus);
    if (!is_indented) value_tighten(&json);
    if (json.error == BUF_NO_MEMORY) maker->arena->failed = true;
    struct str text = json.error == BUF_OK ? arena_copy(maker->arena, buf_str(&json)) : STR("null");
    buf_free(&json);
    return text;
}

struct str request_value_text(struct request_maker *maker, const struct sample_node *node)
{
    return node->shape == SAMPLE_LEAF ? node->text : request_value_json(maker, node, false);
}

/* ---- A container as one text ------------------------------------------------------------------------------------- */

static void value_add_name(struct request_maker *maker, const struct request_joint *joint)
{
    if (joint->name.size == 0) return;
    request_text_add(maker, joint->name, joint->encoding);
    request_text_add(maker, STR("="), REQUEST_ENCODE_NOTHING);
}

void request_value_join(struct request_maker *maker, const struct sample_node *node, const struct request_joint *joint)
{
    request_text_add(maker, str_from(joint->before), REQUEST_ENCODE_NOTHING);
    if (node->shape == SAMPLE_LEAF) {
        value_add_name(maker, joint);
        request_text_add(maker, node->text, joint->encoding);
    }
    for (const struct sample_node *child = node->first; child; child = child->next) {
        if (node->shape == SAMPLE_OBJECT) {
            request_text_add(maker, child->key, joint->encoding);
            request_text_add(maker, str_from(joint->pair), REQUEST_ENCODE_NOTHING);
        } else {
            value_add_name(maker, joint);
        }
        request_text_add(maker, request_value_text(maker, child), joint->encoding);
        if (child->next) request_text_add(maker, str_from(joint->between), REQUEST_ENCODE_NOTHING);
    }
}

/* ---- Pairs of a query, a form, a cookie -------------------------------------------------------------------------- */

void request_value_begin_pair(struct request_maker *maker, const struct request_pairs *pairs, struct str name)
{
    request_text_add(maker, str_from(*pairs->lines ? pairs->next : pairs->first), REQUEST_ENCODE_NOTHING);
    request_text_add(maker, name, REQUEST_ENCODE_ALL);
    request_text_add(maker, STR("="), REQUEST_ENCODE_NOTHING);
}

static void pairs_add(struct request_maker *maker, const struct request_pairs *pairs, struct str name,
                      const struct sample_node *node)
{
    request_value_begin_pair(maker, pairs, name);
    request_text_add(maker, request_value_text(maker, node), pairs->encoding);
    request_text_end_line(maker, pairs->lines, pairs->is_focus);
}

/* name[key]=value, and name[0]=value for what is in an array, which the standard leaves open. The tree is not deep. */
static void pairs_add_deep(struct request_maker *maker, const struct request_pairs *pairs, struct str name,
                           const struct sample_node *node)
{
    unsigned number = 0;
    if (node->first == NULL) {
        pairs_add(maker, pairs, name, node);
        return;
    }
    for (const struct sample_node *child = node->first; child; child = child->next) {
        struct str key = node->shape == SAMPLE_OBJECT ? child->key : arena_format(maker->arena, "%u", number++);
        struct str inner = arena_format(maker->arena, "%.*s[%.*s]", STR_FORMAT(name), STR_FORMAT(key));
        pairs_add_deep(maker, pairs, inner, child);
    }
}

static void pairs_add_exploded(struct request_maker *maker, const struct request_pairs *pairs,
                               const struct sample_node *node)
{
    for (const struct sample_node *child = node->first; child; child = child->next)
        pairs_add(maker, pairs, node->shape == SAMPLE_OBJECT ? child->key : pairs->name, child);
}

static void pairs_add_joined(struct request_maker *maker, const struct request_pairs *pairs,
                             const struct sample_node *node)
{
    const char *between = pairs->comma;
    if (str_equal(pairs->style, STR("spaceDelimited"))) between = "%20";
    if (str_equal(pairs->style, STR("pipeDelimited"))) between = "%7C";
    struct request_joint joint = {
        .before = "", .between = between, .pair = between, .name = STR_EMPTY, .encoding = pairs->encoding
    };
    request_value_begin_pair(maker, pairs, pairs->name);
    request_value_join(maker, node, &joint);
    request_text_end_line(maker, pairs->lines, pairs->is_focus);
}

void request_value_add_pairs(struct request_maker *maker, const struct sample_node *node,
                             const struct request_pairs *pairs)
{
    bool is_container = node->shape != SAMPLE_LEAF && node->first;
    if (is_container && str_equal(pairs->style, STR("deepObject")))
        pairs_add_deep(maker, pairs, pairs->name, node);
    else if (is_container && pairs->is_exploded)
        pairs_add_exploded(maker, pairs, node);
    else
        pairs_add_joined(maker, pairs, node);
}
