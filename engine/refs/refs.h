/* refs.h - who uses an element, and which ways lead to it, from the lists of uses (uses.h) and the index.
 *
 *     PodSpec ◀── PodTemplateSpec.spec ◀── DeploymentSpec.template ◀── Deployment.spec ◀── POST …/deployments
 *
 * The lists are walked backwards, breadth first, so that the shortest way to each object is found, and each endpoint
 * and root is counted once. */
#ifndef ENGINE_REFS_H
#define ENGINE_REFS_H

#include "arena.h"
#include "catalogue.h"
#include "engine.h"
#include "index.h"

/* What answers are made from; all of it is borrowed. */
struct refs_source {
    const struct catalogue *catalogue;
    const struct index *index;
};

struct refs_question {
    uint32_t element;
    unsigned counted; /* 1 << enum engine_use …: whose totals are wanted */
    unsigned listed;  /* of these, whose rows are */
    uint32_t offset, limit;
};

/* Fills totals, total, is_lower_bound and the rows of `refs`. ENGINE_ENOMEM. */
int refs_find(const struct refs_source *source, const struct refs_question *question, struct arena *arena,
              struct engine_refs *refs);

/* An element as a row of its own. Its texts lie in the arena or in the catalogue. */
void refs_place(const struct refs_source *source, uint32_t element, struct arena *arena, struct engine_place *place);

#endif
