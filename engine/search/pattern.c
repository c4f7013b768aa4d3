#include "pattern.h"

#include "limits.h"
#include "utf8.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdlib.h>

enum {
    /* ((((a))))… nested as deep as the pattern is long; and what repeats inside repeats becomes long when compiled. */
    PATTERN_NEST = 32,
    PATTERN_JIT_BYTES = 8 * 1024, /* a longer program takes longer to translate than it would save */
    PATTERN_HEAP_KIB = 1024,
};

struct pattern {
    pcre2_code *code;
    pcre2_match_data *match;
    pcre2_match_context *limits;
    unsigned exhausted; /* texts that used up their steps */
};

void pattern_destroy(struct pattern *pattern)
{
    if (pattern == NULL) return;
    pcre2_code_free(pattern->code);
    pcre2_match_data_free(pattern->match);
    pcre2_match_context_free(pattern->limits);
    free(pattern);
}

/* Names hardly have other letters, and to make sure that they are UTF-8 takes longer than to match them. */
static bool pattern_is_ascii(struct str text)
{
    for (size_t i = 0; i < text.size; i++)
        if ((unsigned char)text.at[i] >= 0x80) return false;
    return true;
}

static int pattern_compile(struct pattern *pattern, struct str text)
{
    int error;
    PCRE2_SIZE where, size = 0;
    pcre2_compile_context *context = pcre2_compile_context_create(NULL);
    if (context == NULL) return PATTERN_NO_MEMORY;
    pcre2_set_parens_nest_limit(context, PATTERN_NEST);
    uint32_t options = PCRE2_CASELESS | PCRE2_NEVER_BACKSLASH_C;
    if (!pattern_is_ascii(text)) options |= PCRE2_UTF | PCRE2_MATCH_INVALID_UTF;
    pattern->code = pcre2_compile((PCRE2_SPTR)text.at, text.size, options, &error, &where, context);
    pcre2_compile_context_free(context);
    if (pattern->code == NULL) return error == PCRE2_ERROR_HEAP_FAILED ? PATTERN_NO_MEMORY : PATTERN_INVALID;
    pcre2_pattern_info(pattern->code, PCRE2_INFO_SIZE, &size);
    /* Where it is not translated, the interpreter does. */
    if (size <= PATTERN_JIT_BYTES) pcre2_jit_compile(pattern->code, PCRE2_JIT_COMPLETE);
    return PATTERN_OK;
}

static int pattern_fill(struct pattern *pattern, struct str text)
{
    int error = pattern_compile(pattern, text);
    if (error) return error;
    pattern->match = pcre2_match_data_create_from_pattern(pattern->code, NULL);
    pattern->limits = pcre2_match_context_create(NULL);
    if (pattern->match == NULL || pattern->limits == NULL) return PATTERN_NO_MEMORY;
    pcre2_set_match_limit(pattern->limits, PATTERN_STEPS);
    pcre2_set_depth_limit(pattern->limits, PATTERN_STEPS);
    pcre2_set_heap_limit(pattern->limits, PATTERN_HEAP_KIB);
    return PATTERN_OK;
}

int pattern_create(struct pattern **created, struct str text)
{
    *created = NULL;
    if (text.size > LIMIT_QUERY_BYTES) return PATTERN_INVALID;
    struct pattern *pattern = calloc(1, sizeof *pattern);
    if (pattern == NULL) return PATTERN_NO_MEMORY;
    int error = pattern_fill(pattern, text);
    if (error == PATTERN_OK)
        *created = pattern;
    else
        pattern_destroy(pattern);
    return error;
}

bool pattern_find(struct pattern *pattern, struct str text, size_t *start, size_t *end)
{
    if (pattern_is_worn_out(pattern)) return false;
    text = utf8_cut(text, PATTERN_SUBJECT_BYTES);
    int found =
        pcre2_match(pattern->code, (PCRE2_SPTR)text.at, text.size, 0, PCRE2_NOTEMPTY, pattern->match, pattern->limits);
    if (found < 0) {
        pattern->exhausted += found != PCRE2_ERROR_NOMATCH;
        return false;
    }
    const PCRE2_SIZE *ends = pcre2_get_ovector_pointer(pattern->match);
    *start = ends[0];
    *end = ends[1];
    /* \K and lookbehinds may let a match end before it starts, or begin outside the text that is shown. */
    return *start < *end && *end <= text.size;
}

bool pattern_is_exhausted(const struct pattern *pattern)
{
    return pattern->exhausted > 0;
}

bool pattern_is_worn_out(const struct pattern *pattern)
{
    return pattern->exhausted >= PATTERN_EXHAUSTED;
}
