/* groups.h - elements of one kind and name, taken together: what a search finds are groups (see format.h, GROUPS).
 *
 * There are four times as many elements as groups, and nobody wants ninety rows "name": so terms lead to groups, and
 * the elements inside one are looked at only when it is shown, or when an API or further words choose among them. */
#ifndef ENGINE_GROUPS_H
#define ENGINE_GROUPS_H

#include "catalogue.h"

struct groups {
    struct format_group *groups; /* count + 1: the last one closes the ranges of the others */
    uint32_t count;
    uint32_t kind_first[FORMAT_KINDS + 1]; /* the groups of a kind are [kind_first[kind], kind_first[kind + 1]) */
    uint32_t *group_of;                    /* by element */
    uint32_t *members;                     /* elements, by group, rising within each */
    uint32_t *owners;                      /* beside members: format.h, MEMBER_OWNERS */
    uint32_t *links;                       /* format.h, MEMBER_LINKS */
    uint32_t link_count;
    uint8_t *weights; /* by element, see weigh.h */
};

/* Makes the groups of `catalogue`, numbered within each kind by their rank, the best first, on up to
 * `threads` threads (0 counts as 1). FILE_OK, FILE_NO_MEMORY. */
int groups_make(struct groups *groups, const struct catalogue *catalogue, unsigned threads);
/* The group of an element's object or endpoint, or FORMAT_NO_OWNER. */
uint32_t groups_owner(const struct groups *groups, const struct catalogue *catalogue, uint32_t element);
void groups_free(struct groups *groups);

#endif
