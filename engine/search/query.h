/* query.h - what the user typed, as words. */
#ifndef ENGINE_QUERY_H
#define ENGINE_QUERY_H

#include "limits.h"
#include "str.h"

/* Text lies in the query itself: it must not be copied by assignment. */
struct query {
    struct str words[LIMIT_QUERY_WORDS]; /* in small letters, none twice, in the order typed */
    unsigned word_count;
    struct str typed;    /* the whole text in small letters */
    struct str squashed; /* all of it without what separates: as whole names are kept */
    char word_bytes[LIMIT_QUERY_BYTES];
    char typed_bytes[LIMIT_QUERY_BYTES];
    char squashed_bytes[LIMIT_QUERY_BYTES];
};

/* Takes any bytes; what goes beyond LIMIT_QUERY_BYTES and LIMIT_QUERY_WORDS is left out. */
void query_parse(struct query *query, struct str text);

#endif
