#include "sample_node.h"
#include "utf8.h"

static void json_escape(struct buf *json, unsigned char byte)
{
    switch (byte) {
    case '"': buf_append_str(json, STR("\\\"")); break;
    case '\\': buf_append_str(json, STR("\\\\")); break;
    case '\n': buf_append_str(json, STR("\\n")); break;
    case '\r': buf_append_str(json, STR("\\r")); break;
    case '\t': buf_append_str(json, STR("\\t")); break;
    default: buf_append_format(json, "\\u%04x", byte);
    }
}

/* Bytes in front that stand for themselves. */
static size_t json_plain(struct str text)
{
    size_t size = 0;
    for (; size < text.size; size++) {
        unsigned char byte = (unsigned char)text.at[size];
        if (byte < 0x20 || byte == '"' || byte == '\\' || byte >= 0x7f) break;
    }
    return size;
}

void sample_json_string(struct buf *json, struct str text)
{
    buf_append_byte(json, '"');
    for (size_t at = 0; at < text.size;) {
        size_t plain = json_plain(str_cut(text, at, text.size));
        buf_append(json, text.at + at, plain);
        at += plain;
        if (at == text.size) break;
        unsigned char byte = (unsigned char)text.at[at];
        if (byte < 0x80) {
            json_escape(json, byte);
            at++;
        } else {
            char bytes[4];
            buf_append(json, bytes, utf8_write(utf8_next(text, &at), bytes));
        }
    }
    buf_append_byte(json, '"');
}

static void json_indent(struct buf *json, unsigned depth)
{
    buf_append_byte(json, '\n');
    for (unsigned i = 0; i < depth; i++) buf_append_str(json, STR("  "));
}

/* Recurses as deep as the tree is, which sample.c keeps below LIMIT_SAMPLE_DEPTH and a few more for given values. */
static void json_node(struct buf *json, const struct sample_node *node, unsigned depth, struct sample_focus *focus)
{
    if (node->shape == SAMPLE_LEAF) {
        buf_append_str(json, node->json);
        return;
    }
    bool is_object = node->shape == SAMPLE_OBJECT;
    buf_append_byte(json, is_object ? '{' : '[');
    for (const struct sample_node *child = node->first; child; child = child->next) {
        json_indent(json, depth + 1);
        size_t start = json->size - 2 * (size_t)(depth + 1);
        if (is_object) {
            sample_json_string(json, child->key);
            buf_append_str(json, STR(": "));
        }
        json_node(json, child, depth + 1, focus);
        if (child->next) buf_append_byte(json, ',');
        if (child->is_focus) *focus = (struct sample_focus){ start, json->size };
    }
    if (node->first) json_indent(json, depth);
    buf_append_byte(json, is_object ? '}' : ']');
}

void sample_json_write(struct buf *json, const struct sample_node *node, struct sample_focus *focus)
{
    *focus = (struct sample_focus){ 0, 0 };
    json_node(json, node, 0, focus);
}
