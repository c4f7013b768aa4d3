/* object_names.h - the objects of one API by their short names: what paths, operationIds and type texts speak of.
 *
 * Names are compared squashed (tokenize.h): "pod_spec" finds PodSpec. Several objects may have one name. */
#ifndef ENGINE_OBJECT_NAMES_H
#define ENGINE_OBJECT_NAMES_H

#include "arena.h"
#include "catalogue.h"
#include "map.h"

#define OBJECT_NAMES_NONE UINT32_MAX

struct object_names {
    const struct catalogue *catalogue;
    struct map firsts;  /* squashed short name → the last object that has it, plus one */
    struct arena arena; /* the squashed names */
    uint32_t *next;     /* by object: another one of the same name, or OBJECT_NAMES_NONE */
    uint32_t *elements; /* by object */
    uint32_t count, capacity;
};

void object_names_init(struct object_names *names, const struct catalogue *catalogue);
void object_names_free(struct object_names *names);

/* Forgets all and takes the objects of `api`, numbered 0, 1, 2 … in the order of their elements. False: no memory. */
bool object_names_collect(struct object_names *names, const struct format_api *api);

/* An object with this name, or OBJECT_NAMES_NONE; the others are names->next. */
uint32_t object_names_find(const struct object_names *names, struct str name);

#endif
