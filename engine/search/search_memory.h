/* search_memory.h - what was found for texts of few letters.
 *
 * Whoever types begins with one letter, then two: the same few thousand texts, each of which a tenth of all names
 * begins with. Going through those takes a hundred times longer than for a whole word, so what came of it is kept: the
 * best rows and the totals. Nothing of it can become outdated, as an index does not change. Each text has one place,
 * which the next one with the same place takes over. */
#ifndef ENGINE_SEARCH_MEMORY_H
#define ENGINE_SEARCH_MEMORY_H

#include "collect.h"
#include "format.h"
#include "search.h"

enum {
    SEARCH_MEMORY_BYTES = 3, /* of the text */
    SEARCH_MEMORY_ROWS = 32,
    SEARCH_MEMORY_PLACE_BITS = 12,
    SEARCH_MEMORY_PLACES = 1 << SEARCH_MEMORY_PLACE_BITS,
};

/* What was asked for. */
struct search_memory_key {
    uint32_t text; /* its bytes and their number */
    uint32_t api;
    uint32_t limit;
    uint32_t kinds; /* and whether descriptions count */
};

struct search_remembered {
    struct search_memory_key key; /* text 0: the place is empty */
    uint32_t count;
    bool is_lower_bound;
    unsigned kinds; /* looked for in the end */
    uint64_t totals[FORMAT_KINDS];
    struct collect_hit hits[SEARCH_MEMORY_ROWS]; /* in order */
};

struct search_memory {
    struct search_remembered *places;
};

/* False: no memory. */
bool search_memory_init(struct search_memory *memory);
void search_memory_free(struct search_memory *memory);

/* The key of a request; its text is 0 when the answer is not one to be kept: the text is long, or filters are set. */
struct search_memory_key search_memory_key(const struct search_request *request);
/* What is kept of it, or NULL. */
const struct search_remembered *search_memory_find(const struct search_memory *memory,
                                                   const struct search_memory_key *key);
/* Where it is to be kept, with the key set; what was there before is gone. */
struct search_remembered *search_memory_place(struct search_memory *memory, const struct search_memory_key *key);

#endif
