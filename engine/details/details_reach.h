/* details_reach.h - by which names one schema leads to another that it refers to. */
#ifndef ENGINE_DETAILS_REACH_H
#define ENGINE_DETAILS_REACH_H

#include "arena.h"
#include "document.h"

struct details_reach {
    struct str path; /* names joined by dots; empty: it is the schema itself, or an item, a part of it */
    size_t names;
};

/* The shortest way from `schema`, through all that is written in place in it, to a reference to `target`, or to
 * `target` itself. False when there is none of a few names, or no memory. */
bool details_reach(const struct document *document, yyjson_val *schema, yyjson_val *target, struct arena *arena,
                   struct details_reach *reach);

#endif
