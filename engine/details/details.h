/* details.h - what is told of one element, made from the specification that it stands in. */
#ifndef ENGINE_DETAILS_H
#define ENGINE_DETAILS_H

#include "arena.h"
#include "catalogue.h"
#include "details_cache.h"
#include "engine.h"
#include "index.h"
#include "request_call.h"
#include "snippet.h"

/* What details are made from; all of it is borrowed. */
struct details_source {
    const struct catalogue *catalogue;
    const struct index *index;
    struct details_cache *cache; /* opened documents; one thread at a time */
};

/* Fills `details` for an element of the catalogue; its texts live in the arena, in the catalogue, and in the cached
 * document, which stays until the cache is used again. ENGINE_ENOMEM; ENGINE_ECORRUPT when the stored specification
 * cannot be read; ENGINE_ENOTFOUND when there is nothing at view->at: then *missing says what there is. */
int details_make(const struct details_source *source, uint32_t element, const struct engine_view *view,
                 struct arena *arena, struct engine_details *details, struct str *missing);

/* How much a sample shows. */
enum sample_tier details_tier(enum engine_tier tier);

/* The request as it is sent. */
struct details_call {
    struct str method;
    struct request_call call;
    enum request_call_result result;
};

/* Fills `example` with the request of an endpoint, or of a parameter's endpoint, as code; or `call`, where that is not
 * NULL, with the request itself. `wish`: all but the parameter in focus. ENGINE_ENOMEM; ENGINE_ECORRUPT; ENGINE_EINVAL
 * when the code would be longer than LIMIT_DETAILS_TEXT_BYTES, or its body has nothing at wish->at, which `fault`
 * tells. */
int details_code(const struct details_source *source, uint32_t element, const struct snippet_language *language,
                 const struct request_wish *wish, struct arena *arena, struct engine_example *example,
                 struct details_call *call, struct engine_fault *fault);

#endif
