/* fuzz_text.c - any bytes as a description → HTML, and a line that is one line of valid UTF-8 within its limit. */
#include <stdint.h>
#include <stdlib.h>

#include "limits.h"
#include "markdown.h"
#include "mined.h"
#include "plain.h"
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
    arena_free(&arena);
    return 0;
}
