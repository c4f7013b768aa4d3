#include "markdown.h"

#include "ascii.h"
#include "buf.h"
#include "limits.h"
#include "markdown_parse.h"
#include "utf8.h"

#include <string.h>

/* Bytes that may begin something in CommonMark or its extensions wherever they stand, line ends included. */
static bool markdown_is_markup(char byte)
{
    return strchr("\\`*_[]<&~@\n\r\t", byte) != NULL; /* the NUL that ends the set counts, too */
}

/* True for one line that CommonMark leaves as it is: four of five descriptions, and what cmark spends on setting itself
 * up for each would be most of the time that an object's details take. */
static bool markdown_is_plain(struct str text)
{
    if (text.size == 0) return false;
    char first = text.at[0];
    if (!(ascii_is_letter(first) || first == '(' || first == '"')) return false;
    for (size_t i = 0; i < text.size; i++) {
        char byte = text.at[i];
        if (markdown_is_markup(byte)) return false;
        if (byte == ':' && i + 1 < text.size && text.at[i + 1] != ' ') return false; /* http: */
        if (byte == 'w' && str_starts(str_cut(text, i, text.size), STR("www."))) return false;
    }
    return utf8_valid(text);
}

static void markdown_escape(struct buf *html, struct str text)
{
    for (size_t i = 0; i < text.size; i++) {
        switch (text.at[i]) {
        case '"': buf_append_str(html, STR("&quot;")); break;
        case '&': buf_append_str(html, STR("&amp;")); break;
        case '<': buf_append_str(html, STR("&lt;")); break;
        case '>': buf_append_str(html, STR("&gt;")); break;
        default: buf_append_byte(html, text.at[i]);
        }
    }
}

/* Escaped text in an element of this name. */
static struct str markdown_escaped(struct arena *arena, struct str text, const char *element)
{
    struct buf html;
    buf_init(&html, text.size * 6 + 64);
    buf_append_format(&html, "<%s>", element);
    markdown_escape(&html, text);
    buf_append_format(&html, "</%s>", element);
    if (html.error != BUF_OK) arena->failed = true;
    struct str copy = html.error == BUF_OK ? arena_copy(arena, buf_str(&html)) : STR_EMPTY;
    buf_free(&html);
    return copy;
}

static void markdown_render(cmark_node *root, cmark_llist *extensions, int options, cmark_mem *mem, void *context)
{
    struct str *html = context;
    *html = str_trim(str_from(cmark_render_html_with_mem(root, options, extensions, mem)));
}

static struct str markdown_by_cmark(struct arena *arena, struct str text)
{
    struct arena memory;
    arena_init(&memory, LIMIT_MARKDOWN_MEMORY);
    struct str html = STR_EMPTY;
    if (markdown_parse(&memory, text, markdown_render, &html)) {
        html = arena_copy(arena, html);
    } else if (markdown_parse_hit_ceiling(&memory)) {
        html = markdown_escaped(arena, text, "pre");
    } else {
        arena->failed = true;
    }
    arena_free(&memory);
    return html;
}

struct str markdown_html(struct arena *arena, struct str text)
{
    text = str_trim(text);
    if (text.size == 0) return STR_EMPTY;
    if (markdown_is_plain(text) && text.size <= LIMIT_MARKDOWN_BYTES) return markdown_escaped(arena, text, "p");
    if (text.size <= LIMIT_MARKDOWN_BYTES) return markdown_by_cmark(arena, text);
    struct str shown = utf8_cut(text, LIMIT_MARKDOWN_BYTES);
    return markdown_by_cmark(arena, arena_format(arena, "%.*s\n\n\xe2\x80\xa6", STR_FORMAT(shown)));
}
