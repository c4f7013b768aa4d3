/* fuzz_pattern.c - any regular expression, and behind a line end any text → an answer, and texts made after it that are
 * UTF-8 and not too long; never a crash, never without end. */
#include <stdint.h>
#include <stdlib.h>

#include "arena.h"
#include "expression.h"
#include "limits.h"
#include "sample_pattern.h"
#include "utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { FUZZ_ARENA = 1 << 20 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str input = { (const char *)data, size };
    struct str pattern = str_cut(input, 0, str_find_byte(input, '\n'));
    struct str text = str_cut(input, pattern.size + 1, size);
    struct expressions expressions = { 0 };
    struct arena arena;
    if (!utf8_valid(input)) return 0; /* both come from JSON that was checked */
    arena_init(&arena, FUZZ_ARENA);
    expression_find(&expressions, pattern, text);
    for (unsigned style = 0; style < SAMPLE_PATTERN_STYLES; style++) {
        struct str made = sample_pattern_make(&arena, pattern, style, style * 10);
        if (made.at == NULL) continue;
        if (made.size > LIMIT_SAMPLE_TEXT_BYTES || !utf8_valid(made)) abort();
        expression_find(&expressions, pattern, made);
    }
    expression_free_all(&expressions);
    arena_free(&arena);
    return 0;
}
