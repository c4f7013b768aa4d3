/* collect.h - the best K of any number of results: a heap whose root is the worst of those kept.
 *
 * Smaller keys are better, and of equal keys the smaller group. */
#ifndef ENGINE_COLLECT_H
#define ENGINE_COLLECT_H

#include <stdbool.h>
#include <stdint.h>

struct collect_hit {
    uint64_t key;
    uint32_t group;
    uint32_t element; /* or COLLECT_ANY: any of the group */
};
#define COLLECT_ANY UINT32_MAX

struct collect {
    struct collect_hit *hits;
    uint32_t count;
    uint32_t limit; /* room in `hits`, above 0 */
    bool is_behind; /* what comes before `last`, or is it, was on another page: it is passed over */
    struct collect_hit last;
};

/* True when this result would be taken. */
bool collect_wants(const struct collect *collect, uint64_t key, uint32_t group);
/* Takes it if it is among the best so far; false when not, nor would be what has a larger key. Each group is offered
 * once. */
bool collect_add(struct collect *collect, uint64_t key, uint32_t group, uint32_t element);
/* Puts the hits in order, the best first. Nothing may be added afterwards. */
void collect_sort(struct collect *collect);

#endif
