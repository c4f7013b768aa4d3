#include "engine.h"

#include "limits.h"
#include "plain.h"
#include "plain_tags.h"
#include "tags_markdown.h"
#include "terminal.h"
#include "utf8.h"

struct str engine_terminal_text(struct arena *arena, struct str markdown, const struct engine_text_look *look)
{
    const struct terminal_look wanted = { look->width, look->indent, look->has_colour };
    return terminal_text(arena, markdown, &wanted);
}

struct str engine_sentence(struct arena *arena, struct str markdown)
{
    return plain_sentence(arena, markdown);
}

struct str engine_clean_markdown(struct arena *arena, struct str markdown)
{
    struct str text = utf8_cut(str_trim(markdown), LIMIT_MARKDOWN_BYTES), clean = STR_EMPTY;
    struct buf buf;
    if (str_find_byte(text, '<') == STR_NONE) return text;
    buf_init(&buf, 4 * LIMIT_MARKDOWN_BYTES);
    if (tags_markdown_is_html(text))
        tags_markdown(&buf, text);
    else
        plain_tags_strip(&buf, text);
    if (buf.error)
        arena->failed = true;
    else
        clean = arena_copy(arena, str_trim(buf_str(&buf)));
    buf_free(&buf);
    return clean;
}
