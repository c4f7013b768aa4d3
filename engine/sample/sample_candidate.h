/* sample_candidate.h - which of its properties a sample of an object shows; for the files of sample only. */
#ifndef ENGINE_SAMPLE_CANDIDATE_H
#define ENGINE_SAMPLE_CANDIDATE_H

#include "sample_maker.h"

/* A property that could be shown. */
struct sample_candidate {
    struct str name;
    yyjson_val *schemas[SAMPLE_SCHEMAS];
    size_t count;
    yyjson_val *given; /* what an example of the object has here */
    bool is_required, is_focus;
    bool is_looked_at; /* the two that follow are known */
    bool is_hidden;    /* by the direction, or deprecated */
    bool is_container;
    bool is_chosen;
    unsigned identity; /* sample_name_identity */
    unsigned common;   /* how common its name is, when that was looked for */
    struct sample_node *node;
};

struct sample_candidates {
    struct sample_candidate *at;
    size_t count, capacity;
    /* The property in focus, and the path that goes on inside it. */
    struct str focus_name, focus_rest;
    bool has_focus;
};

/* Fills `candidates`: properties of all parts, names that are only required, members of the example; NULL memory:
 * false. */
bool sample_candidate_collect(struct sample_maker *maker, const struct parts *parts, const struct sample_place *place,
                              struct sample_candidates *candidates);
/* Sets is_chosen by the wish's tier and by what the parts say of all properties together. */
void sample_candidate_choose(struct sample_maker *maker, const struct parts *parts, const struct sample_place *place,
                             struct sample_candidates *candidates);

struct sample_candidate *sample_candidate_find(const struct sample_candidates *candidates, struct str name);
/* Fills is_hidden and is_container. */
void sample_candidate_look(const struct sample_maker *maker, struct sample_candidate *candidate);

#endif
