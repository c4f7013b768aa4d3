/* rank.h - which result comes first: named criteria, one after the other, and no blended score.
 *
 * The first criterion in which two results differ decides. All of them make one 64-bit key, the first in the highest
 * bits; smaller is better. Of two groups with the same key the one with the smaller number is better (collect.h). */
#ifndef ENGINE_RANK_H
#define ENGINE_RANK_H

#include <stdbool.h>
#include <stdint.h>

/* Where the words were found; the better place first. */
enum rank_place {
    RANK_WHOLE,    /* they are the name: "customer id" is customer_id; of an object its last part */
    RANK_VALUE,    /* they are a value that it may have: "IfNotPresent" */
    RANK_PATH,     /* they are the way to it: "spec.template.spec" */
    RANK_OWNED,    /* one part of them is the name, the rest is its owner: "podspec restart policy" */
    RANK_START,    /* the name begins with them */
    RANK_NAME,     /* all are words of the name, or begin such */
    RANK_INITIALS, /* they are the first letters of its words: "ips" is imagePullSecrets */
    RANK_INSIDE,   /* they are somewhere in the name */
    RANK_OWNER,    /* some are in the owner's name instead */
    RANK_API,      /* some are in the API's title or id */
    RANK_METHOD,   /* the method of an endpoint */
    RANK_MISTYPED, /* in any of these places, but for typing errors: set as one of them, with `errors` above 0 */
    RANK_TEXT,     /* some are in the description only */
    RANK_PATTERN,  /* the pattern that was asked for matches the name */
    RANK_LISTED,   /* nothing was typed that could be found */
    RANK_PLACES,
};

enum { RANK_SPREAD_MOST = 1 << 12 };

struct rank_facts {
    enum rank_place place;
    unsigned errors;     /* typing errors: letters added, left out, changed, or two in the wrong order */
    bool is_respelled;   /* the name is typed otherwise: customer_id for customerId */
    bool is_recased;     /* capitals were typed, and the name has others */
    unsigned spread;     /* words of the description between those asked for; RANK_SPREAD_MOST: not looked at */
    bool is_reordered;   /* the words stand in another order in the name */
    unsigned loose;      /* words that only begin a word there */
    unsigned length;     /* words of the description, when it counts */
    unsigned text_words; /* words that only the description has */
    unsigned rest;       /* letters of the name, and of the owner when it counts, that were not asked for */
    unsigned uses;       /* how often it occurs, see match_uses */
    uint16_t rank;       /* the group's, see format.h */
    uint32_t group;      /* which it is: no criterion */
};

uint64_t rank_key(const struct rank_facts *facts);

/* How many typing errors a key tells of. */
unsigned rank_key_errors(uint64_t key);

/* The criteria in their order, for explanations; NULL at the end. */
const char *rank_criterion_name(unsigned criterion);
/* What criterion number `criterion` contributed to a key. */
uint32_t rank_criterion_value(uint64_t key, unsigned criterion);

/* What that means, as a phrase in at most RANK_WORDS_BYTES with its NUL: "they are the name". */
void rank_criterion_words(uint64_t key, unsigned criterion, char *words);
enum { RANK_WORDS_BYTES = 80 };

#endif
