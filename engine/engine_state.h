/* engine_state.h - what stands behind the handles of engine.h; for the files of the facade only. */
#ifndef ENGINE_STATE_H
#define ENGINE_STATE_H

#include "catalogue.h"
#include "engine.h"
#include "file.h"
#include "index.h"
#include "search.h"

struct engine {
    struct file file;
    struct catalogue catalogue;
    struct index index; /* index.weights: one byte an element, the importance that short ids are resolved by */
};

struct details_cache; /* details_cache.h: parsed documents */

struct engine_scratch {
    struct search_scratch *search;
    struct details_cache *details; /* NULL until describe.c makes it */
};

/* Differs from that of every other catalogue. */
uint64_t engine_generation(const struct engine *self);

/* Fills `fault`, which may be NULL, as printf would. */
void engine_fault_set(struct engine_fault *fault, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
