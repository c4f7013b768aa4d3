/* versions.h - what an element is a version of: one object inside an API, or one provider's API. */
#ifndef ENGINE_VERSIONS_H
#define ENGINE_VERSIONS_H

#include "arena.h"
#include "engine.h"
#include "segment.h"

/* The versions of an object or an API, itself among them; none when there is no other, or it is something else. The
 * `group` is the element's, which a search knows already. Out of memory: arena->failed. */
void versions_find(const struct segment *segment, uint32_t element, uint32_t group, struct arena *arena,
                   const struct engine_version **versions, size_t *count);

#endif
