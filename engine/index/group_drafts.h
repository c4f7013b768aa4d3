/* group_drafts.h - the groups of one kind while its elements come in, numbered in the order of their first elements. */
#ifndef ENGINE_GROUP_DRAFTS_H
#define ENGINE_GROUP_DRAFTS_H

#include "arena.h"
#include "catalogue.h"
#include "map.h"
#include "number_map.h"

struct group_draft {
    uint32_t element; /* the first one */
    uint32_t count;
    uint32_t best;
    unsigned best_weight; /* with that of its API */
    uint32_t api_count, owner_count;
    uint32_t last_api, last_owner;
};

struct group_drafts {
    const struct catalogue *catalogue;
    const uint8_t *weights;
    enum catalogue_kind kind;
    struct group_draft *drafts;
    uint32_t count, capacity;
    uint32_t element_count;

    struct arena arena;
    struct map folded;       /* folded name → its number */
    struct number_map names; /* string id → number of the folded name */
    struct number_map keys;  /* of endpoints: key → draft; for all else a name's number is the draft's */
};

/* Collects the groups of `kind`; group_of[element] becomes the number of its draft. FILE_OK, FILE_NO_MEMORY: then there
 * is nothing to be freed, as there is not in what is zeroed. */
int group_drafts_make(struct group_drafts *drafts, const struct catalogue *catalogue, const uint8_t *weights,
                      enum catalogue_kind kind, uint32_t *group_of);
void group_drafts_free(struct group_drafts *drafts);

#endif
