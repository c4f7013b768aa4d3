#include "tags_markdown.h"

#include "plain_tags.h"

#include <string.h>

enum { TAGS_LISTS = 8 }; /* lists in lists; deeper ones look like the innermost */

/* What ends the text so far; the strongest that was asked for counts, and only when something follows. */
enum tags_end { TAGS_NOTHING, TAGS_BREAK, TAGS_LINE, TAGS_PARAGRAPH };

struct tags {
    struct buf *out;
    size_t start;                     /* of the result in it */
    unsigned lists;                   /* around */
    unsigned numbers[TAGS_LISTS + 1]; /* of the next item, in a list with numbers; 0: in one without */
    enum tags_end end;                /* still to be written */
    bool is_code;                     /* in pre: white space counts */
    bool is_marked;                   /* nothing since the item's mark, or the beginning */
    struct str link;                  /* of the link that is open; empty: none */
};

/* ---- White space ------------------------------------------------------------------------------------------------- */

static unsigned tags_depth(const struct tags *tags)
{
    return tags->lists < TAGS_LISTS ? tags->lists : TAGS_LISTS;
}

static void tags_trim(struct tags *tags)
{
    struct buf *out = tags->out;
    while (out->size > tags->start && (out->at[out->size - 1] == ' ' || out->at[out->size - 1] == '\n')) out->size--;
}

/* Ends the line, or the paragraph, and goes to where the text of the innermost list stands. */
static void tags_begin(struct tags *tags, unsigned depth)
{
    static const char *const ends[] = { "", "\\\n", "\n", "\n\n" };
    if (tags->end == TAGS_NOTHING) return;
    tags_trim(tags);
    if (tags->out->size > tags->start) buf_append_str(tags->out, str_from(ends[tags->end]));
    for (unsigned i = 0; i < depth; i++) buf_append_str(tags->out, STR("   "));
    tags->end = TAGS_NOTHING;
}

static void tags_break(struct tags *tags, enum tags_end end)
{
    if (!tags->is_marked && end > tags->end) tags->end = end;
}

static void tags_write(struct tags *tags, const char *text)
{
    tags_begin(tags, tags_depth(tags));
    buf_append_str(tags->out, str_from(text));
    tags->is_marked = false;
}

static void tags_text(struct tags *tags, struct str text)
{
    for (size_t i = 0; i < text.size; i++) {
        char byte = text.at[i];
        bool is_space = byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
        if (!is_space || tags->is_code) {
            tags_begin(tags, tags_depth(tags));
            buf_append_byte(tags->out, byte);
            tags->is_marked = false;
        } else if (tags->out->size > tags->start && tags->end == TAGS_NOTHING && !tags->is_marked &&
                   tags->out->at[tags->out->size - 1] != ' ') {
            buf_append_byte(tags->out, ' ');
        }
    }
}

static void tags_sign(struct tags *tags, const char *sign)
{
    if (!tags->is_code) tags_write(tags, sign);
}

/* ---- Tags -------------------------------------------------------------------------------------------------------- */

static void tags_list(struct tags *tags, bool is_end, bool is_numbered)
{
    if (is_end && tags->lists) tags->lists--;
    tags->is_marked = false;
    tags_break(tags, TAGS_PARAGRAPH);
    if (is_end) return;
    tags->lists++;
    if (tags->lists <= TAGS_LISTS) tags->numbers[tags->lists] = is_numbered;
}

static void tags_item(struct tags *tags)
{
    unsigned depth = tags_depth(tags);
    tags->is_marked = false;
    tags_break(tags, TAGS_LINE);
    tags_begin(tags, depth ? depth - 1 : 0);
    if (depth && tags->numbers[depth])
        buf_append_format(tags->out, "%u. ", tags->numbers[depth]++);
    else
        buf_append_str(tags->out, STR("-  "));
    tags->is_marked = true;
}

static void tags_heading(struct tags *tags, bool is_end)
{
    tags->is_marked = false;
    tags_break(tags, TAGS_PARAGRAPH);
    if (is_end) return;
    tags_begin(tags, tags_depth(tags));
    buf_append_str(tags->out, STR("### "));
    tags->is_marked = true;
}

static void tags_pre(struct tags *tags, bool is_end)
{
    if (tags->is_code == !is_end) return;
    tags->is_marked = false;
    if (!is_end) tags_break(tags, TAGS_PARAGRAPH);
    tags_write(tags, is_end ? "\n```" : "```\n");
    tags->is_code = !is_end;
    if (is_end) tags_break(tags, TAGS_PARAGRAPH);
}

static void tags_link(struct tags *tags, struct str tag, bool is_end)
{
    if (!is_end && tags->link.size == 0) {
        tags->link = plain_tags_attribute(tag, STR("href"));
        if (tags->link.size) tags_sign(tags, "[");
    } else if (is_end && tags->link.size) {
        buf_append_str(tags->out, STR("](<"));
        for (size_t i = 0; i < tags->link.size; i++)
            if (strchr("<>\n\r\\", tags->link.at[i]) == NULL) buf_append_byte(tags->out, tags->link.at[i]);
        buf_append_str(tags->out, STR(">)"));
        tags->link = STR_EMPTY;
    }
}

/* What stands for a tag and its end. */
static const struct {
    const char *name, *sign;
} tags_signs[] = { { "b", "**" }, { "strong", "**" }, { "i", "*" },  { "em", "*" }, { "code", "`" },
                   { "tt", "`" }, { "kbd", "`" },     { "td", " " }, { "th", " " }, { "dt", "**" } };
static const char *const tags_paragraphs[] = { "p", "div", "table", "blockquote", "dl", "section", "hr" };
static const char *const tags_lines[] = { "br", "tr", "dd" };

static bool tags_is_one(struct str name, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_equal_nocase(name, str_from(names[i]))) return true;
    return false;
}

static void tags_take(struct tags *tags, struct str tag, struct str name)
{
    bool is_end = tag.size > 1 && tag.at[1] == '/';
    bool is_heading = name.size == 2 && (name.at[0] | 32) == 'h' && name.at[1] >= '1' && name.at[1] <= '6';
    if (str_equal_nocase(name, STR("pre"))) tags_pre(tags, is_end);
    if (tags->is_code) return;
    if (is_heading) tags_heading(tags, is_end);
    if (str_equal_nocase(name, STR("ul"))) tags_list(tags, is_end, false);
    if (str_equal_nocase(name, STR("ol"))) tags_list(tags, is_end, true);
    if (str_equal_nocase(name, STR("li")) && !is_end) tags_item(tags);
    if (str_equal_nocase(name, STR("a"))) tags_link(tags, tag, is_end);
    if (str_equal_nocase(name, STR("dt")) && !is_end) tags_break(tags, TAGS_PARAGRAPH);
    if (tags_is_one(name, tags_paragraphs, sizeof tags_paragraphs / sizeof *tags_paragraphs))
        tags_break(tags, TAGS_PARAGRAPH);
    if (tags_is_one(name, tags_lines, sizeof tags_lines / sizeof *tags_lines)) tags_break(tags, TAGS_BREAK);
    for (size_t i = 0; i < sizeof tags_signs / sizeof *tags_signs; i++)
        if (str_equal_nocase(name, str_from(tags_signs[i].name))) tags_sign(tags, tags_signs[i].sign);
}

bool tags_markdown_is_html(struct str text)
{
    struct str name;
    return plain_tags_tag(str_trim(text), &name) > 0;
}

void tags_markdown(struct buf *markdown, struct str html)
{
    struct tags tags = { .out = markdown, .start = markdown->size, .is_marked = true, .link = STR_EMPTY };
    for (size_t at = 0; at < html.size;) {
        struct str rest = str_cut(html, at, html.size), name;
        size_t size = plain_tags_tag(rest, &name);
        if (size) {
            tags_take(&tags, str_cut(rest, 0, size), name);
            at += size;
            continue;
        }
        size_t next = str_find_byte(str_cut(rest, 1, rest.size), '<');
        size = next == STR_NONE ? rest.size : next + 1;
        tags_text(&tags, str_cut(rest, 0, size));
        at += size;
    }
    if (tags.is_code) buf_append_str(markdown, STR("\n```"));
    tags_trim(&tags);
}
