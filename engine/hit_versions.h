/* hit_versions.h - the versions that a row stands for: of one object inside an API, or of one provider's API. */
#ifndef ENGINE_HIT_VERSIONS_H
#define ENGINE_HIT_VERSIONS_H

#include "arena.h"
#include "engine.h"
#include "segment.h"

/* Fills hit->versions when there are several. Out of memory: arena->failed. */
void hit_versions_fill(const struct segment *segment, const struct search_hit *found, struct arena *arena,
                       struct engine_hit *hit);

#endif
