/* engine_internal.h - what the files of the facade share. engine.c defines the two structs and these functions. */
#ifndef ENGINE_INTERNAL_H
#define ENGINE_INTERNAL_H

#include "catalogue.h"
#include "engine.h"

struct document_cache; /* document_cache.h */

/* The catalogue in the mapped file, good until engine_close. */
const struct catalogue *engine_catalogue(const engine *engine);

/* The parsed specifications that this scratch keeps: made by engine_scratch_create with document_cache_create,
 * freed by engine_scratch_destroy with document_cache_destroy. */
struct document_cache *engine_scratch_documents(engine_scratch *scratch);

#endif
