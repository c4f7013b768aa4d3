/* match.h - the state of one search, and the classes of matches that it goes through. For the files of this room. */
#ifndef ENGINE_MATCH_H
#define ENGINE_MATCH_H

#include "api_dictionaries.h"
#include "bitmap.h"
#include "catalogue.h"
#include "collect.h"
#include "index.h"
#include "number_map.h"
#include "pattern.h"
#include "query.h"
#include "query_syntax.h"
#include "rank.h"
#include "search.h"
#include "search_memory.h"
#include "tokenize.h"
#include "typo.h"

/* Groups under a term and under all terms that it begins: one slice of postings. */
struct match_slice {
    const uint32_t *groups;
    uint32_t count;
    uint32_t exact; /* how many at the front are under the term itself */
};

/* What is looked up for a query is its words, and each term of several words in one piece: "restartpolicy" is a name,
 * "restart" and "policy" are words of one. Units are counted through: the words first, then the terms. */
enum { MATCH_UNITS = 2 * LIMIT_QUERY_WORDS };
enum { MATCH_SLICES = 2 * FORMAT_KINDS + 1 }; /* words and whole names of each kind, and methods */
struct match_unit {
    struct match_slice slices[MATCH_SLICES];
    uint64_t count; /* postings of all slices */
};

/* The unit of a term in one piece; it has nothing when the term is a single word. */
static inline unsigned match_whole_unit(unsigned term)
{
    return LIMIT_QUERY_WORDS + term;
}

/* Sets of units, and of terms: bit i stands for number i. */
typedef uint32_t match_units;
typedef uint16_t match_terms;
/* Words of a description: bit i stands for word i or one that it begins, bit 16 + i for word i itself. */
typedef uint32_t match_marks;
enum { MATCH_MARK_EXACT = 16 };
_Static_assert(MATCH_UNITS <= 32 && LIMIT_QUERY_WORDS <= 16, "a set has a bit for each");

/* What leaves elements and groups out. */
enum { MATCH_TYPE_BYTES = 128, MATCH_TAG_BYTES = 256 };
struct match_filter {
    uint32_t api;     /* CATALOGUE_NONE: all */
    bool is_told;     /* what follows counts */
    unsigned kinds;   /* 1 << enum catalogue_kind … */
    unsigned details; /* 1 << format_element.detail …; 0: any */
    unsigned flags, no_flags;
    struct str type;
    bool is_plain; /* the type is "string" or the like */
    struct str tag;
};

/* The words of descriptions that a word of the query stands for: it begins them, or they are forms of it. */
enum { MATCH_FORMS = 16, MATCH_TEXTS_MAX = 16 * 1024 };
struct match_form {
    uint32_t entry;
    uint32_t start, end; /* its postings */
    unsigned size;
    char bytes[TOKENIZE_WORD_BYTES];
};
struct match_text_word {
    struct dictionary_range range;
    struct match_form forms[MATCH_FORMS]; /* those that are not in the range */
    unsigned form_count;
    uint32_t exact; /* the word itself, or UINT32_MAX */
    uint64_t cost;  /* bytes of postings */
};
/* Goes through what a word stands for; begins zeroed. */
struct match_text_term {
    unsigned number;
    uint32_t start, end; /* its postings */
    bool is_exact;
    struct dictionary_cursor cursor;
};

/* Of so many words typing errors are corrected: with more of them the query is in another language, or a text. */
enum { MATCH_MISTYPED_MAX = 3 };

/* A way through the model: the elements that the parts of the query name, the last one found. */
enum { MATCH_PATH_PARTS = SEARCH_PATH_PARTS, MATCH_PATHS = 64 };
struct match_path {
    uint32_t steps[MATCH_PATH_PARTS];
    unsigned count;
    uint32_t group;
    bool is_loose;  /* the last part is the beginning of the name */
    bool has_root;  /* it begins with an object, not with a property of any */
    bool is_inside; /* it begins with a property, and does not leave its object */
    unsigned weight;
    unsigned rest; /* letters of the name that were not asked for */
};

enum { MATCH_LETTERS = 26 + 10 };

struct search_scratch {
    const struct catalogue *catalogue;
    const struct index *index;
    const struct dictionary *dictionaries; /* of the index, or of the API asked for */
    const uint32_t *stems;                 /* the same */
    const struct spelling *spelling;       /* the same */
    struct api_dictionaries_cache of_apis;
    struct query_syntax syntax;
    struct query query;
    struct match_unit units[MATCH_UNITS];
    match_terms all;    /* all terms of the query */
    match_units strict; /* units so short that only whole words count where other terms are elsewhere */

    const uint64_t *gone; /* elements that do not count any more; NULL when all do */
    uint64_t *found;      /* groups of the classes done, and those that do not count any more */
    uint64_t *fresh;      /* groups of the class being done */
    uint64_t *touched;    /* the words of `fresh` that are not 0: most are, and need no look */
    uint64_t *best_keys;  /* by group in `fresh`, for classes that look at elements */
    uint32_t *best_elements;
    uint16_t *best_weights;

    /* Of each unit the groups whose name has it, or has a word beginning with it; and those that have it as a whole
     * word or name. A set each, for they fit in the fast memory next to the processor. Empty between queries. */
    uint64_t *named[MATCH_UNITS], *named_exactly[MATCH_UNITS];
    uint64_t *named_partly[LIMIT_QUERY_WORDS]; /* of each term: all groups that one of its units leads to */
    match_units marked;                        /* units whose sets are not empty */
    uint64_t *letters[MATCH_LETTERS];          /* by letter or digit, in the whole index; NULL until asked for */
    match_terms *in_api;                       /* by API: terms that its title or id has */
    match_terms in_some_api;                   /* all of them together */

    struct match_filter filter; /* the last one that left out anything */
    char type_bytes[MATCH_TYPE_BYTES], tag_bytes[MATCH_TAG_BYTES];
    struct number_map types; /* string id of a type text → whether it fits the filter */
    uint32_t last_type;      /* the one asked for last: types repeat side by side */
    bool last_type_fits;
    uint32_t last_tags; /* facts, likewise */
    bool last_tags_fit;
    uint64_t *wanted;     /* by element: what the filter leaves */
    uint64_t *api_groups; /* the groups that have an element which it leaves, in its API */
    struct match_text_word text_words[LIMIT_QUERY_WORDS];
    uint64_t *text_bits, *text_others; /* by entry: those gathered; 0 between queries */
    uint64_t *text_touched;            /* the words of text_bits that may not be 0 */
    uint32_t *text_bases;              /* by word of text_bits: how many are before it */
    uint32_t *text_entries;            /* those gathered, in order */
    match_marks *text_marks;           /* the same: words that the text has */
    uint32_t text_count;

    struct match_path paths[MATCH_PATHS]; /* a group's best each */
    unsigned path_count;

    uint32_t *api_firsts; /* the first element of each API, and one more: close together, as they are searched often */
    uint32_t near_api;    /* the last answer of match_api_of */

    uint32_t *inside_numbers; /* words that may have the text in them */
    uint64_t steps;           /* see search_steps */
    struct pattern *pattern;  /* of the last question, when it was one; or NULL */

    struct typo_pattern typo, typo_as_typed; /* of what is looked for, and of the query with all that separates */
    struct typo_walk typos;                  /* what the last look for typing errors found */
    unsigned errors;                         /* in the words that the classes are looking for, which were corrected */
    bool is_unknown;                         /* nothing was found before typing errors were looked for */
    bool has_texts;                          /* words of descriptions count, too */
    char respelled_bytes[2][LIMIT_QUERY_WORDS * TOKENIZE_WORD_BYTES]; /* of terms, and of all, as query.h has them */
    char corrected_bytes[MATCH_MISTYPED_MAX][TOKENIZE_WORD_BYTES];    /* of words */
    struct query_change changes[LIMIT_QUERY_WORDS];                   /* words of the query that were corrected */
    unsigned change_count;

    bool is_elsewhere;  /* nothing counts: the API asked for is in another index */
    bool is_in_api;     /* elements of one API count */
    bool is_narrowed;   /* elements in `wanted` count */
    bool is_filtered;   /* one of both */
    unsigned kinds;     /* wanted */
    uint32_t low, high; /* the elements that count: those of `api`, or all */
    uint32_t looks;     /* at elements, for the query */
    struct collect collect;
    struct search_memory memory;
    uint64_t totals[FORMAT_KINDS];
    bool is_lower_bound;  /* the totals are */
    uint32_t entry_looks; /* elements looked at for the texts of entries */
};

/* Tells apart names of one squashed form: whether a group's name, as it is written, passes; and how often it is met. */
typedef bool match_folded_is(const struct search_scratch *search, struct str folded);
void match_refine_respelled(struct search_scratch *search, struct rank_facts *facts, match_folded_is *is_name);

/* The slice of what a dictionary of names has under `term` and the terms that it begins. */
struct match_slice match_find(const struct dictionary *dictionary, struct str term);

/* How often people meet a name: in how many places it is. An object's or an endpoint's own place counts for several,
 * since they are spoken of elsewhere; a parameter that a path declares is one of two endpoints at least; all that is in
 * an API is a place of its name. */
unsigned match_uses(struct search_scratch *search, uint32_t group);

/* Adds a group to those found by the class being done. */
static inline void match_set_fresh(struct search_scratch *search, uint32_t group)
{
    bitmap_set(search->fresh, group);
    bitmap_set(search->touched, group / BITMAP_BITS);
}

/* Adds groups [from, to) of a slice to those found by the class being done. */
void match_add(struct search_scratch *search, const struct match_slice *slice, uint32_t from, uint32_t to);
/* Ends a class: its groups that are new, of the API asked for, are counted and offered to the collection. The facts are
 * the same for all but rank and group, unless `refine`, which may be NULL, tells them apart. */
typedef void match_refine(struct search_scratch *search, struct rank_facts *facts);
void match_take(struct search_scratch *search, const struct rank_facts *facts, match_refine *refine);

/* For classes that look at elements: offers one as the best of its group, which is `group`. Facts' rank and group are
 * set here. */
void match_offer(struct search_scratch *search, uint32_t element, uint32_t group, struct rank_facts *facts);
/* Ends such a class. */
void match_take_best(struct search_scratch *search);

/* An object of the same name and API whose version was typed, else the newest stable one; `element` itself where names
 * have no version. */
uint32_t match_version(struct search_scratch *search, uint32_t group, uint32_t element);

/* True when the group may still be found: it was not yet, and has elements in the API asked for. */
bool match_is_open(const struct search_scratch *search, uint32_t group);

/* False when a group's name has nothing of any of these terms: most have not, and that is told soonest. */
static inline bool match_has_part(const struct search_scratch *search, uint32_t group, match_terms terms)
{
    for (unsigned rest = terms; rest; rest &= rest - 1)
        if (bitmap_has(search->named_partly[__builtin_ctz(rest)], group)) return true;
    return false;
}

/* The units that a group's name has; with `exactly` only those that are whole words of it, or the whole name. */
static inline match_units match_units_of(const struct search_scratch *search, uint32_t group, bool exactly)
{
    match_units units = 0;
    for (match_units rest = search->marked; rest; rest &= rest - 1) {
        unsigned unit = (unsigned)__builtin_ctz(rest);
        const uint64_t *groups = exactly ? search->named_exactly[unit] : search->named[unit];
        units |= (match_units)bitmap_has(groups, group) << unit;
    }
    return units;
}

/* The terms that are complete in a set of units: all words of one, or the term in one piece. */
match_terms match_complete(const struct search_scratch *search, match_units units);

/* The terms that a group's name has, for classes in which other terms are elsewhere. */
match_terms match_named(const struct search_scratch *search, uint32_t group);
/* A slice as far as it counts for these. */
uint32_t match_strict_count(const struct search_scratch *search, unsigned unit, unsigned slice);

/* Terms of `terms`, all in a group's name, that are there only as beginnings of words. */
unsigned match_loose(const struct search_scratch *search, uint32_t group, match_terms terms);
/* The letters of all these terms. */
unsigned match_letters(const struct search_scratch *search, match_terms terms);
/* By how many letters a group's name and the terms in it differ: 0 when they are the name. */
unsigned match_rest(const struct search_scratch *search, uint32_t group, match_terms terms);

/* True when the words of the query stand in the element's name in their order; of an endpoint in its path, its
 * operationId or its summary. */
bool match_is_in_order(const struct search_scratch *search, uint32_t element);

/* The units through which all groups are found whose name has a term: its rarest word, and the term in one piece. */
match_units match_drivers(const struct search_scratch *search, unsigned term);

/* ---- Elements ---------------------------------------------------------------------------------------------- */

/* An element looked at. Where it is known, what else would have to be fetched from far away is handed along. */
struct match_candidate {
    uint32_t element;
    uint32_t group;
    uint32_t owner; /* the group of its object or endpoint, or FORMAT_NO_OWNER */
    bool is_nested;
    match_terms in_name; /* not 0 */
};

/* Offers the candidate when all terms are in its name, its owner, the way to it, or its API. */
void match_candidate(struct search_scratch *search, const struct match_candidate *at);

/* catalogue_api_of for elements that mostly rise, so that the API is the last one's or a near one. */
uint32_t match_api_of(struct search_scratch *search, uint32_t element);

/* ---- Descriptions --------------------------------------------------------------------------------------------- */

/* Looks up all words of the query. */
void match_text_words(struct search_scratch *search);
/* The next term that a word stands for; false behind the last. */
bool match_next_text_term(const struct search_scratch *search, const struct match_text_word *word,
                          struct match_text_term *term);
/* Offers the element of an entry that counts, if there is one. */
void match_offer_entry(struct search_scratch *search, uint32_t entry, struct rank_facts *facts);
/* How many words stand between those of the query in the texts of an entry. Adds how many bytes were read for it. */
unsigned match_spread(const struct search_scratch *search, uint32_t entry, size_t *bytes);
void match_several_texts(struct search_scratch *search);

/* ---- What counts ------------------------------------------------------------------------------------------- */

/* From here on the elements of `api` (CATALOGUE_NONE: all) count that the filter leaves, and their groups. */
void match_filter(struct search_scratch *search, uint32_t api, const struct query_filter *told);

static inline bool match_is_wanted(const struct search_scratch *search, uint32_t element)
{
    if (search->gone && bitmap_has(search->gone, element)) return false;
    return !search->is_narrowed || bitmap_has(search->wanted, element);
}

/* ---- The classes, in their order --------------------------------------------------------------------------- */

/* RANK_LISTED: all groups that count, the text being empty. */
void match_all(struct search_scratch *search);
/* RANK_PATTERN: the text is a regular expression. False when it is none, and should be taken as words. */
bool match_pattern(struct search_scratch *search);
/* RANK_WHOLE alone: the text is the name, but for the case of letters. */
void match_exact_names(struct search_scratch *search);
/* RANK_VALUE: the query is a value that something may have. */
void match_values(struct search_scratch *search);
/* The same when a value is asked for: its beginnings, too, and all values when there is no text. */
void match_asked_values(struct search_scratch *search);
/* The value of an element that was found by it, as it is written. False, and the empty text, when it has none such. */
bool match_value(const struct search_scratch *search, uint32_t element, struct str *value);
/* RANK_WHOLE and RANK_START: the squashed query is a name, or begins one. */
void match_names(struct search_scratch *search);
/* RANK_PATH: the query is a way from an object or a property to a property. */
void match_paths(struct search_scratch *search);
/* Looks up the units of the query. */
void match_units_find(struct search_scratch *search);
/* What their postings are, when the query is one term: its whole names of a kind, and those that it begins. */
const struct match_slice *match_whole_names(const struct search_scratch *search, unsigned kind);
/* Empties a set of groups that this unit leads to; `exactly`: as a whole word. */
void match_clear(const struct search_scratch *search, const struct match_unit *unit, bool exactly, uint64_t *groups);
/* All groups that a word of one letter leads to; NULL: it is none, one API is asked for, or there is no memory for it.
 */
const uint64_t *match_letter_groups(struct search_scratch *search, unsigned unit);
void match_letters_free(struct search_scratch *search);
/* Marks the groups that have them, for the classes that follow. match_units_unmark undoes it. */
void match_units_mark(struct search_scratch *search);
void match_units_unmark(struct search_scratch *search);
/* RANK_NAME: all terms are in the name. RANK_METHOD. */
void match_terms_in_names(struct search_scratch *search);
/* RANK_INITIALS: the letters begin the words of the name, in their order. */
void match_initials(struct search_scratch *search);
/* RANK_INSIDE: the text, in one piece, is anywhere in the name. */
void match_inside(struct search_scratch *search);
/* The same over the ends of words, when nothing at all was found. */
void match_inside_names(struct search_scratch *search);
/* Adds the groups of a dictionary's terms that have `text`, squashed and not empty, anywhere. */
void match_add_inside(struct search_scratch *search, const struct dictionary *dictionary, struct str text);
/* RANK_OWNED, RANK_OWNER, RANK_API: at least one term is in the name, the others are around it. */
void match_elements(struct search_scratch *search);
/* RANK_MISTYPED: when the classes before, but RANK_INITIALS and RANK_INSIDE, found next to nothing: `better` groups.
 * The query in one piece has one error or two; or its words have, and then the query is the corrected one from here on.
 */
void match_typos(struct search_scratch *search, uint64_t better);
/* Looks for `text` with 1 to `errors` errors: search->typos. */
void match_find_typos(struct search_scratch *search, struct str text, unsigned errors, bool is_whole_only,
                      bool is_anywhere);
enum {
    MATCH_TYPO_LETTERS = 4,     /* of a text that may have an error, */
    MATCH_TYPO_TWO_LETTERS = 8, /* and of one that may have two */
};
/* The groups found, of the kinds wanted. */
uint64_t match_found_count(const struct search_scratch *search);
/* True when a word of the query is in no name, and in no description where these count. */
bool match_has_unknown(const struct search_scratch *search);
/* The second case of match_typos. */
void match_respelled(struct search_scratch *search);
/* RANK_TEXT. */
void match_texts(struct search_scratch *search);

#endif
