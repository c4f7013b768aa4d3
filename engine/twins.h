/* twins.h - groups of one name in several segments: they are one row of an answer.
 *
 * What tells a row from others is the first segment that has the group, and its number there: twins_row(). */
#ifndef ENGINE_TWINS_H
#define ENGINE_TWINS_H

#include "segment.h"

/* Finds the twins of the groups of segment `number` in those before it, which are done. FILE_OK, FILE_NO_MEMORY. */
int twins_find(struct segment *segments, uint32_t number);

static inline uint64_t twins_row(const struct segment *segments, uint32_t number, uint32_t group)
{
    return segments[number].twins ? segments[number].twins[group] : (uint64_t)number << 32 | group;
}

/* The group that a row has in segment `number`, or CATALOGUE_NONE. */
uint32_t twins_group(const struct segment *segments, uint32_t number, uint64_t row);

#endif
