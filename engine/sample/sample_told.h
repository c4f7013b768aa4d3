/* sample_told.h - members whose values the object as a whole tells: its discriminator's, and those by which Kubernetes
 * knows an object; for the files of sample only. */
#ifndef ENGINE_SAMPLE_TOLD_H
#define ENGINE_SAMPLE_TOLD_H

#include "sample_candidate.h"

struct sample_told {
    yyjson_val *kubernetes; /* group, version, kind */
    struct str discriminator, discriminator_value;
};

/* Looks what there is, and chooses the members that Kubernetes wants of what it takes, and none that it writes itself.
 */
void sample_told_begin(struct sample_maker *maker, const struct parts *parts, const struct sample_place *place,
                       struct sample_candidates *candidates, struct sample_told *told);
/* The value of this member; NULL: the object tells nothing of it, or there is no memory. */
struct sample_node *sample_told_member(struct sample_maker *maker, const struct sample_told *told,
                                       const struct sample_candidate *candidate);

#endif
