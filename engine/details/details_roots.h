/* details_roots.h - where a property is, as far as somebody would look for it: its own object's roots, then those of
 * other objects that have a property of that name. */
#ifndef ENGINE_DETAILS_ROOTS_H
#define ENGINE_DETAILS_ROOTS_H

#include "details_maker.h"

struct details_roots {
    const struct engine_root *at; /* the nearest first; at least one */
    size_t count;
    uint64_t total;
    const struct format_element *nearest; /* the first one, an object or an endpoint */
};

/* Fills `roots` for the property that the maker is about; `inner`: a way that goes on inside of it, or empty. False
 * when there is no memory. */
bool details_roots_find(struct details_maker *maker, struct str inner, struct details_roots *roots);

#endif
