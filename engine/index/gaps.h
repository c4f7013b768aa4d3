/* gaps.h - what of an index does not count any more: APIs that were removed, or that a later segment has anew. */
#ifndef ENGINE_GAPS_H
#define ENGINE_GAPS_H

#include "bitmap.h"
#include "catalogue.h"
#include "index.h"

/* Zeroed: there are none. */
struct gaps {
    uint64_t *elements; /* bitmaps: those of removed APIs; NULL when there are none */
    uint64_t *groups;   /* those that have no other elements */
    uint64_t *partly;   /* those that have others, too */
    uint64_t *apis;
};

/* Marks what goes with these APIs (numbers in `catalogue`). FILE_OK, FILE_NO_MEMORY. */
int gaps_make(struct gaps *gaps, const struct index *index, const struct catalogue *catalogue, const uint32_t *apis,
              size_t count);
void gaps_free(struct gaps *gaps);

#endif
