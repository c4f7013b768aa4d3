/* match.h - the state of one search, and the classes of matches that it goes through. For the files of this room. */
#ifndef ENGINE_MATCH_H
#define ENGINE_MATCH_H

#include "bitmap.h"
#include "catalogue.h"
#include "collect.h"
#include "index.h"
#include "query.h"
#include "rank.h"

/* Groups under a term and under all terms that it begins: one slice of postings. */
struct match_slice {
    const uint32_t *groups;
    uint32_t count;
    uint32_t exact; /* how many at the front are under the term itself */
};

/* Where one word of the query is found in names. */
enum { MATCH_SLICES = 2 * FORMAT_KINDS + 1 }; /* words and whole names of each kind, and methods */
struct match_word {
    struct match_slice slices[MATCH_SLICES];
};

/* What a set of words is kept in: bit i stands for word i of the query. */
typedef uint16_t match_mask;
_Static_assert(LIMIT_QUERY_WORDS <= 16, "a mask has a bit for each word");

struct search_scratch {
    const struct catalogue *catalogue;
    const struct index *index;
    struct query query;
    struct match_word words[LIMIT_QUERY_WORDS];
    match_mask all; /* all words of the query */

    uint64_t *found;     /* groups of the classes done */
    uint64_t *fresh;     /* groups of the class being done */
    uint64_t *best_keys; /* by group in `fresh`, for classes that look at elements */
    uint32_t *best_elements;

    match_mask *in_name; /* by group: words that its name has, or has a word beginning with; 0 between queries */
    match_mask *in_name_exactly; /* the same for whole words */
    match_mask *in_api;          /* by API: words that its title or id has */
    match_mask in_some_api;      /* all of them together */
    match_mask *in_text;         /* by entry; 0 between queries */

    uint64_t *api_groups; /* the groups that have an element in API `api` */
    uint32_t api;         /* the API of the last query that asked for one, or CATALOGUE_NONE */

    bool is_filtered;   /* by `api` */
    unsigned kinds;     /* wanted */
    uint32_t low, high; /* the elements that count: those of `api`, or all */
    struct collect collect;
    uint64_t totals[FORMAT_KINDS];
};

/* The slice of what a dictionary of names has under `term` and the terms that it begins. */
struct match_slice match_find(const struct dictionary *dictionary, struct str term);

/* Adds groups [from, to) of a slice to those found by the class being done. */
void match_add(struct search_scratch *search, const struct match_slice *slice, uint32_t from, uint32_t to);
/* Ends a class: its groups that are new, of the API asked for, are counted and offered to the collection. The facts are
 * the same for all but rank and group, unless `refine`, which may be NULL, tells them apart. */
typedef void match_refine(const struct search_scratch *search, struct rank_facts *facts);
void match_take(struct search_scratch *search, const struct rank_facts *facts, match_refine *refine);

/* For classes that look at elements: offers one as the best of its group. Facts' rank and group are set here. */
void match_offer(struct search_scratch *search, uint32_t element, struct rank_facts *facts);
/* Ends such a class. */
void match_take_best(struct search_scratch *search);

/* True when the group may still be found: it was not yet, and has elements in the API asked for. */
bool match_is_open(const struct search_scratch *search, uint32_t group);

/* The number of postings that lead to a word in names. */
uint64_t match_postings(const struct match_word *word);

/* The words of `mask` that a group's name has no whole word for. */
unsigned match_loose(const struct search_scratch *search, uint32_t group, match_mask mask);
/* The letters of a group's name that the words of `mask` do not account for. */
unsigned match_rest(const struct search_scratch *search, uint32_t group, match_mask mask);

/* ---- The classes, in their order --------------------------------------------------------------------------- */

/* RANK_WHOLE and RANK_START: the squashed query is a name, or begins one. */
void match_names(struct search_scratch *search);
/* Looks up the words of the query; for the classes that follow. match_words_end undoes it. */
void match_words_begin(struct search_scratch *search);
void match_words_end(struct search_scratch *search);
/* RANK_NAME: all words are in the name. */
void match_words(struct search_scratch *search);
/* RANK_OWNED, RANK_OWNER, RANK_API: at least one is in the name, the others are around it. RANK_METHOD. */
void match_elements(struct search_scratch *search);
/* RANK_TEXT. */
void match_texts(struct search_scratch *search);

#endif
