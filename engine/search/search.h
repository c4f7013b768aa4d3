/* search.h - words in, the best groups of elements out.
 *
 *     query_syntax_read → query_parse → match_names, match_terms_in_names, match_elements, match_texts → rank_key →
 * collect_add → represent
 *
 * The classes of matches run one after the other, from the best place to the worst (rank.h). Each finds groups, and
 * leaves out those that were found before; all are counted, the best K are kept. */
#ifndef ENGINE_SEARCH_H
#define ENGINE_SEARCH_H

#include "arena.h"
#include "catalogue.h"
#include "collect.h"
#include "highlight.h"
#include "index.h"
#include "query_syntax.h"
#include "str.h"

/* What one thread needs beside the index; some megabytes. */
struct search_scratch;

/* FILE_OK, FILE_NO_MEMORY. The index and the catalogue must outlive it. */
int search_scratch_create(struct search_scratch **scratch, const struct index *index,
                          const struct catalogue *catalogue);
void search_scratch_destroy(struct search_scratch *scratch); /* NULL is fine */

struct search_request {
    struct str text; /* as query_syntax.h has it; what it says goes before what follows */
    uint32_t api;    /* number of the API to look in; CATALOGUE_NONE: all */
    unsigned kinds;  /* 1 << CATALOGUE_OBJECT | …: the kinds wanted as hits; at least one */
    struct query_filter filter;
    bool is_pattern;        /* all of the text is a regular expression */
    unsigned descriptions;  /* 1: their words count, too; 2: and nothing else */
    uint32_t limit, offset; /* at most LIMIT_RESULTS; beyond LIMIT_OFFSET nothing is listed */
    bool is_behind;         /* only what comes behind `last`, by key and group; offset does not count */
    struct collect_hit last;
    /* Which API is meant by a name, or SEARCH_ELSEWHERE, CATALOGUE_NONE; NULL: what the index itself says. */
    uint32_t (*find_api)(const void *context, struct str name);
    const void *find_context;
};

/* As an API's number: it is in another index, so nothing is found in this one. */
#define SEARCH_ELSEWHERE (CATALOGUE_NONE - 1)

enum { SEARCH_PATH_PARTS = 8 };

struct search_hit {
    uint64_t key; /* rank.h; hits are in the order of keys, of groups where these are equal */
    uint32_t group;
    uint32_t element;                       /* the best of the group for this query */
    uint32_t count, owner_count, api_count; /* of the group, within the API when one is asked for */
    const struct highlight_range *ranges;   /* what matched in the name */
    size_t range_count;
    struct str value;     /* that was asked for; empty when none was */
    const uint32_t *path; /* the elements on the way that was asked for, this one the last */
    size_t path_count;    /* 0: no way was */
};

/* Text in it is good until the scratch is used again. */
struct search_answer {
    const struct search_hit *hits; /* in the arena */
    size_t hit_count;
    uint64_t totals[FORMAT_KINDS]; /* groups found, also of kinds not wanted */
    bool has_more;                 /* rows behind those in `hits` */
    bool is_lower_bound;           /* there may be more: it took too long to count them */
    unsigned kinds;                /* wanted: those asked for, or those that the text says */
    struct str suggestion; /* the text with its typing errors corrected, when all that was found are such; or empty */
    uint32_t api;          /* looked in: the one asked for, or the one that the text says */
};

/* FILE_OK, FILE_NO_MEMORY (the arena is full). Allocates nothing but the hits and their ranges. */
int search_run(struct search_scratch *scratch, const struct search_request *request, struct arena *arena,
               struct search_answer *answer);

/* The same in steps, for a catalogue of several indexes, which are asked one by one. First all but the hits of the
 * answer; then the best as they were collected, in their order, which is good until the scratch is used again; and one
 * of them, or another group (with COLLECT_ANY for its element), as a hit. */
void search_collect(struct search_scratch *scratch, const struct search_request *request, struct search_answer *answer);
const struct collect_hit *search_collected(const struct search_scratch *scratch, size_t *count);
int search_show(struct search_scratch *scratch, const struct collect_hit *found, struct arena *arena,
                struct search_hit *hit);
/* "Did you mean": sets `suggestion` to the text asked with its typing errors corrected, when the best collected is
 * found by correcting some, else to the empty text. False: the arena is full. */
bool search_suggest(const struct search_scratch *scratch, struct str text, struct arena *arena, struct str *suggestion);
/* How much work the last search was: names, elements and nodes looked at. For tests, which must not measure time. */
uint64_t search_steps(const struct search_scratch *scratch);
/* Whether a group is among those that the last search has counted. */
bool search_has_counted(const struct search_scratch *scratch, uint32_t group);

/* What the query of the last search_run marks in a line of prose; at most HIGHLIGHT_RANGES. */
size_t search_highlight_text(const struct search_scratch *scratch, struct str text, struct highlight_range *ranges);

#endif
