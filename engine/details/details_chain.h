/* details_chain.h - in which root objects a property is, and by which way:
 * Deployment.spec.template.spec.imagePullSecrets.
 *
 * A root is what somebody sends or gets as a whole: an object that Kubernetes takes, or the body of an endpoint. From
 * the property's object the references are walked backwards, what is nearest first; a root is not walked past. */
#ifndef ENGINE_DETAILS_CHAIN_H
#define ENGINE_DETAILS_CHAIN_H

#include "arena.h"
#include "catalogue.h"
#include "document.h"
#include "str.h"
#include "uses.h"

/* What is walked over: who refers to what, and the bodies of endpoints. */
struct chain_source {
    const struct document *document;
    struct uses uses; /* of the document's API */
};

struct chain_root {
    uint32_t element;  /* an object, or an endpoint with a body that is written in place */
    struct str status; /* of a response; empty: the request */
    struct str at;     /* names joined by dots, from the root down to the property */
};

enum { CHAIN_ROOTS = 32 }; /* that are told */

/* Fills `roots` (so much room) for the property at `path` in the object with this number, nearest first; where nothing
 * leads to a root, the object itself is one. Returns how many; `*total` grows by all that were seen. Out of memory:
 * arena->failed. */
size_t details_chain(const struct chain_source *source, uint32_t object, struct str path, struct arena *arena,
                     struct chain_root *roots, size_t room, uint64_t *total);

#endif
