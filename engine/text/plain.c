#include "plain.h"

#include "buf.h"
#include "limits.h"
#include "markdown_parse.h"
#include "plain_tags.h"
#include "utf8.h"

#include <stdint.h>
#include <string.h>

/* A paragraph is rarely longer than what is read of it, and a summary is shorter still. */
enum { PLAIN_READ_PER_BYTE = 8, PLAIN_READ_MORE = 1024 };
static const struct str plain_ellipsis = STR_INIT("\xe2\x80\xa6");

static bool plain_is_space(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

/* Appends with every run of white space as one space, none in front. */
static void plain_append(struct buf *line, struct str text)
{
    for (size_t i = 0; i < text.size; i++) {
        if (!plain_is_space(text.at[i])) {
            buf_append_byte(line, text.at[i]);
        } else if (line->size && line->at[line->size - 1] != ' ') {
            buf_append_byte(line, ' ');
        }
    }
}

/* ---- By cmark: what the fast way cannot tell ------------------------------------------------------------------ */

struct plain_walk {
    struct buf *line;
    bool is_first_paragraph; /* nothing else is wanted */
};

static void plain_leaf(struct buf *line, cmark_node *node)
{
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_TEXT:
    case CMARK_NODE_CODE:
    case CMARK_NODE_CODE_BLOCK: plain_append(line, str_from(cmark_node_get_literal(node))); break;
    case CMARK_NODE_SOFTBREAK:
    case CMARK_NODE_LINEBREAK: plain_append(line, STR(" ")); break;
    default: break;
    }
}

static bool plain_is_block(cmark_node *node)
{
    return ((unsigned)cmark_node_get_type(node) & CMARK_NODE_TYPE_MASK) == CMARK_NODE_TYPE_BLOCK;
}

static void plain_walk(cmark_node *root, cmark_llist *extensions, int options, cmark_mem *mem, void *context)
{
    (void)extensions, (void)options, (void)mem;
    struct plain_walk *walk = context;
    cmark_iter *iter = cmark_iter_new(root);
    for (cmark_event_type event; (event = cmark_iter_next(iter)) != CMARK_EVENT_DONE;) {
        cmark_node *node = cmark_iter_get_node(iter);
        bool is_wanted = walk->is_first_paragraph && cmark_node_get_type(node) == CMARK_NODE_PARAGRAPH;
        if (event == CMARK_EVENT_ENTER && is_wanted) buf_clear(walk->line); /* of the headings before it */
        if (event == CMARK_EVENT_ENTER) plain_leaf(walk->line, node);
        if (event == CMARK_EVENT_EXIT && is_wanted && walk->line->size) break;
        if (plain_is_block(node)) plain_append(walk->line, STR(" "));
    }
}

/* Appends what cmark makes of `text`; the text as it is where cmark runs out of memory. */
static void plain_by_cmark(struct buf *line, struct str text, bool is_first_paragraph)
{
    struct arena memory;
    arena_init(&memory, LIMIT_MARKDOWN_MEMORY);
    struct plain_walk walk = { line, is_first_paragraph };
    if (!markdown_parse(&memory, text, plain_walk, &walk)) {
        buf_clear(line);
        plain_append(line, text);
        if (!markdown_parse_hit_ceiling(&memory)) line->error = BUF_NO_MEMORY;
    }
    arena_free(&memory);
}

/* Text that is HTML: indentation means nothing in it, while Markdown would take it for code. */
static void plain_from_html(struct buf *line, struct str text, bool is_first_paragraph)
{
    struct buf stripped, collapsed;
    buf_init(&stripped, text.size * 2);
    buf_init(&collapsed, text.size * 2);
    plain_tags_strip(&stripped, text);
    bool is_html = str_starts(text, STR("<"));
    if (is_html) plain_append(&collapsed, buf_str(&stripped));
    if (stripped.error != BUF_OK || collapsed.error != BUF_OK) line->error = BUF_NO_MEMORY;
    plain_by_cmark(line, buf_str(is_html ? &collapsed : &stripped), is_first_paragraph);
    buf_free(&stripped);
    buf_free(&collapsed);
}

/* ---- The line ------------------------------------------------------------------------------------------------- */

/* Bytes that may begin markup or stand for something else; a line end is none here, but what begins a line may be. */
static bool plain_has_markup(struct str text)
{
    bool is_line_start = true;
    for (size_t i = 0; i < text.size; i++) {
        char byte = text.at[i];
        if (memchr("\\`*_[]<&~|", byte, 10)) return true;
        if (is_line_start && memchr("#>-+=0123456789 \t:", byte, 18)) return true;
        is_line_start = byte == '\n' || byte == '\r';
    }
    return false;
}

static void plain_make(struct buf *line, struct str text, bool is_first_paragraph)
{
    if (plain_has_markup(text)) {
        bool has_tags = str_find_byte(text, '<') != STR_NONE;
        if (has_tags) plain_from_html(line, text, is_first_paragraph);
        if (!has_tags) plain_by_cmark(line, text, is_first_paragraph);
        return;
    }
    size_t end = is_first_paragraph ? str_find(text, STR("\n\n")) : STR_NONE;
    plain_append(line, str_cut(text, 0, end));
}

/* Cut behind a word where one ends in the last quarter, with an ellipsis. */
static struct str plain_shorten(struct arena *arena, struct str line, size_t limit)
{
    if (line.size <= limit) return arena_copy(arena, line);
    if (limit < plain_ellipsis.size) return STR_EMPTY;
    struct str cut = utf8_cut(line, limit - plain_ellipsis.size);
    size_t space = str_find_last_byte(cut, ' ');
    if (space != STR_NONE && space > cut.size / 4 * 3) cut.size = space;
    return arena_format(arena, "%.*s%.*s", STR_FORMAT(cut), STR_FORMAT(plain_ellipsis));
}

/* What is read of `markdown` to get `limit` bytes: markup takes room, too. */
static struct str plain_read(struct str markdown, size_t limit)
{
    markdown = str_trim(markdown);
    if (limit > (SIZE_MAX - PLAIN_READ_MORE) / PLAIN_READ_PER_BYTE) return markdown;
    return utf8_cut(markdown, limit * PLAIN_READ_PER_BYTE + PLAIN_READ_MORE);
}

static struct str plain_finish(struct arena *arena, struct buf *line, struct str text, size_t limit)
{
    struct str short_line = STR_EMPTY;
    if (line->error != BUF_OK) arena->failed = true;
    if (line->error == BUF_OK) short_line = plain_shorten(arena, text, limit);
    buf_free(line);
    return short_line;
}

struct str plain_line(struct arena *arena, struct str markdown, size_t limit)
{
    struct str text = plain_read(markdown, limit);
    struct buf line;
    buf_init(&line, text.size * 4 + 64); /* an entity of 4 bytes may stand for 6 */
    plain_make(&line, text, false);
    return plain_finish(arena, &line, str_trim(buf_str(&line)), limit);
}

/* ---- The sentence --------------------------------------------------------------------------------------------- */

/* True when the full stop behind `word` does not end a sentence: "e.g.", "i.e.", "No.", "J. Doe". */
static bool plain_is_abbreviation(struct str before)
{
    static const char *const words[] = { "e.g",  "i.e",  "etc", "vs", "cf", "approx",
                                         "incl", "resp", "No",  "St", "Mr", "Dr" };
    size_t space = str_find_last_byte(before, ' ');
    struct str word = str_cut(before, space == STR_NONE ? 0 : space + 1, before.size);
    while (word.size && memchr("(\"'", word.at[0], 3)) word = str_cut(word, 1, word.size);
    if (word.size == 1) return word.at[0] >= 'A' && word.at[0] <= 'Z';
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (str_equal_nocase(word, str_from(words[i]))) return true;
    }
    return false;
}

/* True when a sentence ends behind the mark at `i`; `*end` is where. */
static bool plain_ends(struct str line, size_t i, size_t *end)
{
    static const struct str ideographic_stop = STR_INIT("\xe3\x80\x82");
    *end = i + 1;
    if (line.at[i] == ideographic_stop.at[0]) {
        *end = i + ideographic_stop.size;
        return str_starts(str_cut(line, i, line.size), ideographic_stop);
    }
    while (*end < line.size && memchr("\"')", line.at[*end], 3)) (*end)++;
    if (*end < line.size && line.at[*end] != ' ') return false;
    if (*end + 1 < line.size && line.at[*end + 1] >= 'a' && line.at[*end + 1] <= 'z') return false;
    return line.at[i] != '.' || *end == line.size || !plain_is_abbreviation(str_cut(line, 0, i));
}

/* Where the first sentence of a line ends. */
static size_t plain_sentence_end(struct str line)
{
    size_t end;
    for (size_t i = 0; i < line.size; i++) {
        char byte = line.at[i];
        bool is_mark = byte == '.' || byte == '!' || byte == '?' || byte == '\xe3';
        if (is_mark && plain_ends(line, i, &end)) return end;
    }
    return line.size;
}

/* Bytes of a line that make no difference to what comes of it: all but those of plain_has_markup and line ends. */
static bool plain_is_simple(char byte)
{
    switch (byte) {
    case '\\':
    case '`':
    case '*':
    case '_':
    case '[':
    case ']':
    case '<':
    case '&':
    case '~':
    case '|': return false;
    default: return (unsigned char)byte >= ' ';
    }
}

/* True when what follows may make a heading or a table of the line before it. */
static bool plain_is_reshaped(struct str rest)
{
    size_t end = str_find_byte(rest, '\n');
    if (str_find_byte(str_cut(rest, 0, end), '|') != STR_NONE) return true;
    if (end == STR_NONE) return false;
    while (end < rest.size && plain_is_space(rest.at[end])) end++;
    return end < rest.size && (rest.at[end] == '=' || rest.at[end] == '-');
}

/* Most descriptions begin with a sentence as it is shown: no markup in it, nor anything behind that would change it,
 * and short enough. False when it takes more than a look to tell. */
static bool plain_sentence_as_is(struct str text, struct str *sentence)
{
    size_t size = 0;
    if (text.size == 0 || memchr("#>-+=0123456789 :", text.at[0], 17)) return false;
    while (size < text.size && plain_is_simple(text.at[size]) && !(text.at[size] == ' ' && text.at[size - 1] == ' '))
        size++;
    struct str line = str_cut(text, 0, size), rest = str_cut(text, size, text.size);
    *sentence = str_cut(line, 0, plain_sentence_end(line));
    if (sentence->size > LIMIT_SUMMARY_BYTES) return false;
    return rest.size == 0 || (sentence->size < size && !plain_is_reshaped(rest));
}

struct str plain_sentence(struct arena *arena, struct str markdown)
{
    struct str text = plain_read(markdown, LIMIT_SUMMARY_BYTES), as_is;
    if (plain_sentence_as_is(text, &as_is)) return as_is;
    struct buf line;
    buf_init(&line, text.size * 4 + 64);
    plain_make(&line, text, true);
    struct str sentence = str_trim(buf_str(&line));
    return plain_finish(arena, &line, str_cut(sentence, 0, plain_sentence_end(sentence)), LIMIT_SUMMARY_BYTES);
}
