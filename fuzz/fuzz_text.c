/* fuzz_text.c - any bytes as a description → HTML, a line that is one line of valid UTF-8 within its limit, and lines
 * for a terminal without any byte that moves its cursor. */
#include <stdint.h>
#include <stdlib.h>

#include "limits.h"
#include "markdown.h"
#include "mined.h"
#include "plain.h"
#include "tags_markdown.h"
#include "terminal.h"
#include "utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_line(struct str line, size_t limit, const struct arena *arena, bool is_valid)
{
    if (arena->failed || line.size > limit || str_find_byte(line, '\n') != STR_NONE) abort();
    if (is_valid && !utf8_valid(line)) abort();
}

/* Values are parts of the text, one behind the other. */
static void check_values(struct str text)
{
    struct mined mined = mined_begin(text);
    const char *behind = text.at;
    for (struct str value; mined_next(&mined, &value); behind = value.at + value.size)
        if (value.size == 0 || value.at < behind || value.at + value.size > text.at + text.size) abort();
}

/* The only control characters are the ends of lines, and those of our own sequences: ESC [ digits m. */
static void check_terminal(struct str text, bool has_colour, struct arena *arena)
{
    const struct terminal_look look = { 60, 2, has_colour };
    struct str lines = terminal_text(arena, text, &look);
    if (arena->failed || !utf8_valid(lines) || (lines.size && !str_ends(lines, STR("\n")))) abort();
    for (size_t at = 0; at < lines.size;) {
        size_t start = at;
        uint32_t code_point = utf8_next(lines, &at);
        if (code_point == '\n' || !utf8_is_control(code_point)) continue;
        struct str sequence = str_cut(lines, start, start + 3);
        if (!has_colour || !str_equal(sequence, STR("\033[0"))) abort();
    }
}

static void check_markdown(struct str text, bool is_valid)
{
    struct buf markdown;
    buf_init(&markdown, 16 * text.size + 1024);
    tags_markdown(&markdown, text);
    if (markdown.error != BUF_OK || (is_valid && !utf8_valid(buf_str(&markdown)))) abort();
    buf_free(&markdown);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str text = { (const char *)data, size };
    struct arena arena;
    bool is_valid = utf8_valid(text);
    arena_init(&arena, 64 << 20);
    struct str html = markdown_html(&arena, text);
    if (arena.failed || (is_valid && !utf8_valid(html))) abort();
    check_line(plain_sentence(&arena, text), LIMIT_SUMMARY_BYTES, &arena, is_valid);
    check_line(plain_line(&arena, text, 80), 80, &arena, is_valid);
    check_values(text);
    check_terminal(text, false, &arena);
    check_terminal(text, true, &arena);
    check_markdown(text, is_valid);
    arena_free(&arena);
    return 0;
}
