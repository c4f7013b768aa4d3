#include "prose.h"

#include <ctype.h>

void prose_put(struct prose *prose, const char *text)
{
    buf_append_str(&prose->out, str_from(text));
}

/* The longest run of backticks in a text. */
static size_t prose_ticks(struct str text)
{
    size_t run = 0, longest = 0;
    for (size_t i = 0; i < text.size; i++) {
        run = text.at[i] == '`' ? run + 1 : 0;
        if (run > longest) longest = run;
    }
    return longest;
}

void prose_fence(struct prose *prose, struct str text, size_t least)
{
    size_t ticks = prose_ticks(text) + 1;
    for (size_t i = 0; i < ticks || i < least; i++) prose_put(prose, "`");
}

void prose_code(struct prose *prose, struct str text)
{
    const char *space = str_find_byte(text, '`') == STR_NONE ? "" : " ";
    prose_fence(prose, text, 1);
    prose_put(prose, space);
    for (size_t i = 0; i < text.size; i++)
        buf_append_byte(&prose->out, (unsigned char)text.at[i] < ' ' ? ' ' : text.at[i]);
    prose_put(prose, space);
    prose_fence(prose, text, 1);
}

/* An underscore inside of a word is no sign. */
void prose_text(struct prose *prose, struct str text)
{
    for (size_t i = 0; i < text.size; i++) {
        char byte = text.at[i];
        bool is_inside = i > 0 && i + 1 < text.size && isalnum((unsigned char)text.at[i - 1]) &&
                         isalnum((unsigned char)text.at[i + 1]);
        bool is_sign = byte != 0 && strchr("\\*[]<`", byte) != NULL;
        if (is_sign || (byte == '_' && !is_inside)) buf_append_byte(&prose->out, '\\');
        buf_append_byte(&prose->out, (unsigned char)byte < ' ' ? ' ' : byte);
    }
}

void prose_gap(struct prose *prose)
{
    struct buf *out = &prose->out;
    while (out->size > 0 && out->at[out->size - 1] == '\n') out->size--;
    prose_put(prose, "\n\n");
}

void prose_heading(struct prose *prose, const char *heading)
{
    prose_gap(prose);
    prose_put(prose, "## ");
    prose_put(prose, heading);
    prose_put(prose, "\n\n");
}

static void prose_indent(struct prose *prose, unsigned depth)
{
    for (unsigned i = 0; i < depth; i++) prose_put(prose, "  ");
}

void prose_item(struct prose *prose, unsigned depth)
{
    prose_indent(prose, depth);
    prose_put(prose, "- ");
}

void prose_description(struct prose *prose, struct str text)
{
    struct str clean = engine_clean_markdown(prose->arena, text);
    if (clean.size == 0) return;
    buf_append_str(&prose->out, clean);
    prose_put(prose, "\n\n");
}

void prose_labelled(struct prose *prose, unsigned depth, const char *label, struct str code)
{
    if (code.size == 0) return;
    prose_item(prose, depth);
    prose_put(prose, label);
    prose_code(prose, code);
    prose_put(prose, "\n");
}

void prose_sentence(struct prose *prose, unsigned depth, const char *label, struct str sentence)
{
    if (sentence.size == 0) return;
    prose_item(prose, depth);
    prose_put(prose, label);
    buf_append_str(&prose->out, sentence);
    prose_put(prose, "\n");
}

void prose_left_out(struct prose *prose, unsigned depth, size_t count, size_t total)
{
    if (total <= count) return;
    prose_item(prose, depth);
    buf_append_format(&prose->out, "… %zu more (offset %zu)\n", total - count, count);
}
