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

#endif
