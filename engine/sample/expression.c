#include "expression.h"

#include "buf.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdlib.h>

enum {
    EXPRESSION_BYTES = 4096,  /* the longest pattern of the default catalogue that is meant as one has 1,900 */
    EXPRESSION_NEST = 64,     /* ((((a))))… nested as deep as the pattern is long */
    EXPRESSION_KEPT = 32,     /* compiled ones */
    EXPRESSION_STEPS = 20000, /* of one match */
    EXPRESSION_HEAP_KIB = 256,
};

struct expression {
    struct expression *older;
    struct str pattern;
    pcre2_code *code; /* NULL: it is none that PCRE2 takes */
    pcre2_match_data *match;
    pcre2_match_context *limits;
};

static void expression_free(struct expression *expression)
{
    pcre2_code_free(expression->code);
    pcre2_match_data_free(expression->match);
    pcre2_match_context_free(expression->limits);
    free(expression);
}

void expression_free_all(struct expressions *expressions)
{
    while (expressions->newest) {
        struct expression *expression = expressions->newest;
        expressions->newest = expression->older;
        expression_free(expression);
    }
    expressions->count = 0;
}

/* JavaScript takes the dash of [\w-.] for itself, PCRE2 for a broken range: it gets a backslash. */
static void expression_mend(struct str pattern, struct buf *mended)
{
    bool is_inside = false;
    for (size_t i = 0; i < pattern.size; i++) {
        char byte = pattern.at[i];
        bool is_escape = byte == '\\' && i + 1 < pattern.size;
        if (byte == '[') is_inside = true;
        if (byte == ']') is_inside = false;
        buf_append(mended, pattern.at + i, is_escape ? 2 : 1);
        i += is_escape;
        bool is_set = is_inside && is_escape && strchr("wWdDsS", pattern.at[i]) != NULL;
        if (is_set && i + 2 < pattern.size && pattern.at[i + 1] == '-' && pattern.at[i + 2] != ']')
            buf_append_byte(mended, '\\');
    }
}

/* As JavaScript: \u0041, [] that matches nothing, a reference to a group that took part in nothing matches the empty
 * text, and $ means the end, also behind a line end. */
static bool expression_compile(struct expression *expression)
{
    int error = 0;
    PCRE2_SIZE where;
    struct str pattern = expression->pattern;
    if (pattern.size > EXPRESSION_BYTES) return true;
    struct buf mended;
    buf_init(&mended, (size_t)2 * EXPRESSION_BYTES);
    expression_mend(pattern, &mended);
    pcre2_compile_context *context = mended.error ? NULL : pcre2_compile_context_create(NULL);
    if (context == NULL) {
        buf_free(&mended);
        return false;
    }
    pcre2_set_parens_nest_limit(context, EXPRESSION_NEST);
    uint32_t options = PCRE2_UTF | PCRE2_MATCH_INVALID_UTF | PCRE2_NEVER_BACKSLASH_C | PCRE2_DOLLAR_ENDONLY |
                       PCRE2_ALT_BSUX | PCRE2_ALLOW_EMPTY_CLASS | PCRE2_MATCH_UNSET_BACKREF;
    expression->code = pcre2_compile((PCRE2_SPTR)buf_str(&mended).at, mended.size, options, &error, &where, context);
    pcre2_compile_context_free(context);
    buf_free(&mended);
    return expression->code != NULL || error != PCRE2_ERROR_HEAP_FAILED;
}

static bool expression_fill(struct expression *expression)
{
    if (!expression_compile(expression)) return false;
    if (expression->code == NULL) return true;
    expression->match = pcre2_match_data_create(1, NULL);
    expression->limits = pcre2_match_context_create(NULL);
    if (expression->match == NULL || expression->limits == NULL) return false;
    pcre2_set_match_limit(expression->limits, EXPRESSION_STEPS);
    pcre2_set_depth_limit(expression->limits, EXPRESSION_STEPS);
    pcre2_set_heap_limit(expression->limits, EXPRESSION_HEAP_KIB);
    return true;
}

static struct expression *expression_new(struct expressions *expressions, struct str pattern)
{
    if (expressions->count == EXPRESSION_KEPT) expression_free_all(expressions);
    struct expression *expression = calloc(1, sizeof *expression);
    if (expression == NULL) return NULL;
    expression->pattern = pattern;
    if (!expression_fill(expression)) {
        expression_free(expression);
        return NULL;
    }
    expression->older = expressions->newest;
    expressions->newest = expression;
    expressions->count++;
    return expression;
}

static struct expression *expression_get(struct expressions *expressions, struct str pattern)
{
    for (struct expression *known = expressions->newest; known; known = known->older) {
        if (known->pattern.at == pattern.at && known->pattern.size == pattern.size) return known;
    }
    return expression_new(expressions, pattern);
}

enum expression_answer expression_find(struct expressions *expressions, struct str pattern, struct str text)
{
    struct expression *expression = expression_get(expressions, pattern);
    if (expression == NULL) expressions->failed = true;
    if (expression == NULL || expression->code == NULL) return EXPRESSION_UNKNOWN;
    int found =
        pcre2_match(expression->code, (PCRE2_SPTR)text.at, text.size, 0, 0, expression->match, expression->limits);
    if (found >= 0) return EXPRESSION_YES;
    if (found == PCRE2_ERROR_NOMEMORY) expressions->failed = true;
    return EXPRESSION_NO; /* also where the steps were used up: others would take as long */
}
