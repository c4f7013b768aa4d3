#include "plain_tags.h"

#include "ascii.h"

/* A longer tag, or comment, is none: looking for an end that never comes from each of a hundred thousand beginnings
 * would take minutes. */
enum { TAGS_BYTES = 4 * 1024, TAGS_COMMENT_BYTES = 16 * 1024 };

static bool tags_is_name(char byte)
{
    return ascii_is_letter_or_digit(byte) || byte == '-';
}

/* The size of the comment that `text` begins with, 0 when there is none. One without an end is none. */
static size_t tags_comment(struct str text)
{
    if (!str_starts(text, STR("<!--"))) return 0;
    size_t end = str_find(str_cut(text, 4, TAGS_COMMENT_BYTES), STR("-->"));
    return end == STR_NONE ? 0 : 4 + end + 3;
}

static size_t tags_tag(struct str text, struct str *name)
{
    size_t at = 1;
    if (at < text.size && text.at[at] == '/') at++;
    size_t start = at;
    if (at == text.size || !ascii_is_letter(text.at[at])) return 0;
    while (at < text.size && tags_is_name(text.at[at])) at++;
    *name = str_cut(text, start, at);
    if (at < text.size && strchr(" \t\r\n/>", text.at[at]) == NULL) return 0;
    for (char quote = 0; at < text.size && at < TAGS_BYTES; at++) {
        char byte = text.at[at];
        if (quote) {
            if (byte == quote) quote = 0;
        } else if (byte == '>') {
            return at + 1;
        } else if (byte == '"' || byte == '\'') {
            quote = byte;
        }
    }
    return 0;
}

size_t plain_tags_tag(struct str text, struct str *name)
{
    *name = STR_EMPTY;
    if (text.size == 0 || text.at[0] != '<') return 0;
    size_t size = tags_comment(text);
    return size ? size : tags_tag(text, name);
}

static struct str tags_unquoted(struct str value)
{
    size_t size = 0;
    while (size < value.size && strchr(" \t\r\n>", value.at[size]) == NULL) size++;
    return str_cut(value, 0, size);
}

struct str plain_tags_attribute(struct str tag, struct str name)
{
    for (size_t at = 1; at + name.size + 2 < tag.size; at++) {
        struct str rest = str_cut(tag, at, tag.size);
        bool is_it = strchr(" \t\n\r", tag.at[at - 1]) && str_equal_nocase(str_cut(rest, 0, name.size), name) &&
                     rest.at[name.size] == '=';
        if (!is_it) continue;
        struct str value = str_cut(rest, name.size + 1, rest.size);
        char quote = value.at[0];
        if (quote != '"' && quote != '\'') return tags_unquoted(value);
        value = str_cut(value, 1, value.size);
        return str_cut(value, 0, str_find_byte(value, quote));
    }
    return STR_EMPTY;
}

static bool tags_is_block(struct str name)
{
    static const char *const blocks[] = {
        "p",  "br", "li",    "ul", "ol", "div", "h1", "h2",         "h3",  "h4", "h5",
        "h6", "tr", "table", "td", "th", "dl",  "dt", "blockquote", "pre", "dd", "hr"
    };
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++) {
        if (str_equal_nocase(name, str_from(blocks[i]))) return true;
    }
    return false;
}

/* The size of the code span that `text` begins with: from a run of backticks to the next run as long. 0: none. */
static size_t tags_code(struct str text)
{
    size_t run = 0;
    while (run < text.size && text.at[run] == '`') run++;
    for (size_t at = run; at < text.size;) {
        size_t start = at;
        while (at < text.size && text.at[at] == '`') at++;
        if (at - start == run) return at;
        if (at == start) at++;
    }
    return run;
}

void plain_tags_strip(struct buf *plain, struct str text)
{
    for (size_t at = 0; at < text.size;) {
        struct str rest = str_cut(text, at, text.size);
        struct str name = STR_EMPTY;
        size_t skip, keep = 1;
        if (rest.at[0] == '`') keep = tags_code(rest);
        skip = plain_tags_tag(rest, &name);
        if (skip == 0) buf_append(plain, rest.at, keep);
        if (skip && tags_is_block(name)) buf_append_byte(plain, ' ');
        at += skip ? skip : keep;
    }
}
