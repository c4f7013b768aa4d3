/* name_finder.h - the elements of an API that have a name, by the dictionaries of names. */
#ifndef ENGINE_NAME_FINDER_H
#define ENGINE_NAME_FINDER_H

#include "element_id.h"
#include "index.h"

/* As element_id.h wants it: it takes every element of each group whose name is the same when squashed. */
struct name_finder {
    struct element_finder finder;
    const struct index *index;
};

struct name_finder name_finder(const struct index *index);
/* How many elements of a kind in an API have a name; those whose name is the same when squashed count, too. */
uint32_t name_finder_count(const struct index *index, const struct format_api *api, enum catalogue_kind kind,
                           struct str name);

#endif
