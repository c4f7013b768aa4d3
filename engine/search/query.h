/* query.h - what the user typed, as terms and their words.
 *
 *     podspec imagePullSecrets       two terms; the second has three words
 *
 * Terms are what spaces separate: each is found as a whole in one place (a name, an owner, a description), but
 * different terms may be found in different places. */
#ifndef ENGINE_QUERY_H
#define ENGINE_QUERY_H

#include "limits.h"
#include "str.h"

#include <stdbool.h>

struct query_term {
    struct str squashed;             /* without what separates, as whole names are kept */
    unsigned first_word, word_count; /* at least one word */
};

/* A word that was corrected. */
struct query_change {
    struct str word, corrected;
};

/* Text lies in the query itself: it must not be copied by assignment. */
struct query {
    struct str words[LIMIT_QUERY_WORDS]; /* in small letters, those of one term side by side */
    unsigned word_count;
    struct query_term terms[LIMIT_QUERY_WORDS]; /* none twice */
    unsigned term_count;
    struct str typed;    /* the whole text in small letters */
    struct str squashed; /* all of it, as whole names are kept */
    char word_bytes[LIMIT_QUERY_BYTES];
    char term_bytes[LIMIT_QUERY_BYTES];
    char typed_bytes[LIMIT_QUERY_BYTES];
    char squashed_bytes[LIMIT_QUERY_BYTES];
};

/* Takes any bytes; what goes beyond LIMIT_QUERY_BYTES and LIMIT_QUERY_WORDS is left out. With `is_split`, all that
 * separates words but '_' and '-' separates terms, too: "PodSpec.restartPolicy" are two. */
void query_parse(struct query *query, struct str text, bool is_split);
/* True when that makes a difference. */
bool query_can_split(struct str text);

#endif
