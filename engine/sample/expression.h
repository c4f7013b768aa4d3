/* expression.h - the regular expressions of specifications: ECMA-262, as JSON Schema asks for (2020-12 Validation
 * §6.3.3), matched by PCRE2, which reads all but a few of them the same.
 *
 * They come from strangers: length, nesting, steps and memory of a match are bounded. What was compiled is kept for the
 * next value of the same sample. */
#ifndef ENGINE_EXPRESSION_H
#define ENGINE_EXPRESSION_H

#include "str.h"

#include <stdbool.h>

enum expression_answer {
    EXPRESSION_NO, /* it is not found, or not within the steps there are */
    EXPRESSION_YES,
    EXPRESSION_UNKNOWN, /* it is no pattern that PCRE2 takes */
};

struct expression;

/* Zeroed: none yet. The patterns' texts are borrowed, and told apart by where they lie. */
struct expressions {
    struct expression *newest;
    unsigned count;
    bool failed; /* there was no memory */
};

/* Whether `pattern` is found anywhere in `text`, which is UTF-8. */
enum expression_answer expression_find(struct expressions *expressions, struct str pattern, struct str text);
void expression_free_all(struct expressions *expressions);

#endif
