#include "sample_node.h"

#include "ascii.h"

/* Words that YAML 1.1 or 1.2 readers take for something else than a string. */
static bool yaml_is_reserved(struct str word)
{
    static const char *const words[] = { "true", "false", "null", "yes", "no", "on", "off", "y", "n", "nan", "inf" };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (str_equal_nocase(word, str_from(words[i]))) return true;
    }
    return false;
}

/* "e164": some readers of YAML 1.1 take it for a number whose digits are all in its exponent. */
static bool yaml_is_exponent(struct str text)
{
    if (text.at[0] != 'e' && text.at[0] != 'E') return false;
    for (size_t i = 1; i < text.size; i++) {
        if (text.at[i] < '0' || text.at[i] > '9') return false;
    }
    return text.size > 1;
}

/* True for a string that means itself without quotes: letters first, then what no reader takes for syntax. A colon ends
 * a key only before a space or at the end. */
static bool yaml_is_plain(struct str text)
{
    if (text.size == 0 || yaml_is_reserved(text) || yaml_is_exponent(text)) return false;
    for (size_t i = 0; i < text.size; i++) {
        char byte = text.at[i];
        bool is_last = i + 1 == text.size;
        bool is_letter = ascii_is_letter(byte);
        bool is_inner = i > 0 && ((byte >= '0' && byte <= '9') || memchr("-_./", byte, 4));
        bool is_between = i > 0 && !is_last && (byte == ' ' || (byte == ':' && text.at[i + 1] != ' '));
        if (!is_letter && !is_inner && !is_between) return false;
    }
    return true;
}

/* A JSON string is a YAML double-quoted one; where quotes are not needed they are dropped. */
static void yaml_leaf(struct buf *yaml, struct str json)
{
    struct str inner = str_cut(json, 1, json.size ? json.size - 1 : 0);
    bool is_text = json.size >= 2 && json.at[0] == '"';
    buf_append_str(yaml, is_text && yaml_is_plain(inner) ? inner : json);
}

static void yaml_key(struct buf *yaml, struct str key)
{
    if (yaml_is_plain(key)) buf_append_str(yaml, key);
    if (!yaml_is_plain(key)) sample_json_string(yaml, key);
    buf_append_byte(yaml, ':');
}

static void yaml_indent(struct buf *yaml, unsigned depth)
{
    for (unsigned i = 0; i < depth; i++) buf_append_str(yaml, STR("  "));
}

static void yaml_children(struct buf *yaml, const struct sample_node *node, unsigned depth, struct sample_focus *focus);

/* What stands behind "key:" or "-": a leaf or an empty container on the same line, others below. */
static void yaml_value(struct buf *yaml, const struct sample_node *node, unsigned depth, struct sample_focus *focus)
{
    if (node->shape == SAMPLE_LEAF) {
        buf_append_byte(yaml, ' ');
        yaml_leaf(yaml, node->json);
    } else if (node->first == NULL) {
        buf_append_str(yaml, node->shape == SAMPLE_OBJECT ? STR(" {}") : STR(" []"));
        if (node->left_out) buf_append_format(yaml, " # \xe2\x80\xa6 %u more", node->left_out);
    } else {
        buf_append_byte(yaml, '\n');
        yaml_children(yaml, node, depth, focus);
    }
}

/* An item begins on the line of its dash: "- name: x". */
static void yaml_item(struct buf *yaml, const struct sample_node *item, unsigned depth, struct sample_focus *focus)
{
    buf_append_byte(yaml, '-');
    if (item->shape == SAMPLE_LEAF || item->first == NULL) {
        yaml_value(yaml, item, depth + 1, focus);
        return;
    }
    size_t start = yaml->size;
    yaml_children(yaml, item, depth + 1, focus);
    /* The first child's indentation gives way to the dash: two spaces become the one behind it. */
    size_t extra = 2 * (size_t)(depth + 1) - 1;
    if (yaml->error != BUF_OK || yaml->size < start + extra) return;
    memmove(yaml->at + start, yaml->at + start + extra, yaml->size - start - extra);
    yaml->size -= extra;
    if (focus->end > start) {
        focus->start = focus->start > start + extra ? focus->start - extra : start - 1 - 2 * (size_t)depth;
        focus->end -= extra;
    }
}

static void yaml_children(struct buf *yaml, const struct sample_node *node, unsigned depth, struct sample_focus *focus)
{
    for (const struct sample_node *child = node->first; child; child = child->next) {
        size_t start = yaml->size;
        yaml_indent(yaml, depth);
        if (node->shape == SAMPLE_OBJECT) {
            yaml_key(yaml, child->key);
            yaml_value(yaml, child, depth + (child->shape == SAMPLE_OBJECT), focus);
        } else {
            yaml_item(yaml, child, depth, focus);
        }
        if (child->is_focus) *focus = (struct sample_focus){ start, yaml->size };
        if (child->next) buf_append_byte(yaml, '\n');
    }
    if (node->left_out == 0 || node->first == NULL) return;
    buf_append_byte(yaml, '\n');
    yaml_indent(yaml, depth);
    buf_append_format(yaml, "# \xe2\x80\xa6 %u more", node->left_out);
}

void sample_yaml_write(struct buf *yaml, const struct sample_node *node, struct sample_focus *focus)
{
    *focus = (struct sample_focus){ 0, 0 };
    if (node->shape == SAMPLE_LEAF) {
        yaml_leaf(yaml, node->json);
    } else if (node->first == NULL) {
        buf_append_str(yaml, node->shape == SAMPLE_OBJECT ? STR("{}") : STR("[]"));
    } else {
        yaml_children(yaml, node, 0, focus);
    }
}
