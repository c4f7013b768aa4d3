/* describe.h - an element by its id, and what is told of it; for the files of the facade only. */
#ifndef ENGINE_DESCRIBE_H
#define ENGINE_DESCRIBE_H

#include "details.h"
#include "engine_state.h"

struct described {
    const struct segment *segment;
    uint32_t element;
    struct details_source source;
};

/* Finds an element as engine_details does. ENGINE_ENOTFOUND: `fault` names the nearest there is. */
int describe_find(const struct engine *self, struct engine_scratch *scratch, struct str id, struct arena *arena,
                  struct described *at, struct engine_fault *fault);
/* Says in `fault` why it could not be told; returns `error`. */
int describe_failed(const struct described *at, int error, struct engine_fault *fault);

#endif
