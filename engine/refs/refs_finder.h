/* refs_finder.h - the state of an answer while it is found; for the refs_… files only. */
#ifndef ENGINE_REFS_FINDER_H
#define ENGINE_REFS_FINDER_H

#include "refs.h"
#include "uses.h"

/* What will be a row, if it is one of those asked for. */
struct refs_row {
    uint32_t element;
    uint32_t from; /* with a path: the number of the object at its beginning */
    uint16_t key;  /* the smaller, the earlier */
    uint8_t roles; /* 1 << enum uses_role … */
};

/* The rows of one use; room for all there can be. */
struct refs_list {
    struct refs_row *at;
    uint32_t count, capacity;
    uint16_t last_key; /* the largest */
};

/* How an object leads to the one asked for. */
struct refs_step {
    uint32_t next;     /* number of the object that it leads to */
    uint32_t element;  /* the property by which it does, or itself */
    uint32_t distance; /* steps; REFS_UNSEEN: none was found */
};
#define REFS_UNSEEN UINT32_MAX

struct refs_finder {
    const struct refs_source *source;
    const struct format_api *api;
    const struct refs_question *question;
    struct arena *arena;
    struct uses uses;
    uint32_t element; /* asked for */
    uint32_t object;  /* number of the object that it is, or is in; USES_NONE: none */
    struct refs_list lists[ENGINE_USES];
    struct refs_step *steps; /* by object; NULL: no paths were looked for */
    bool is_lower_bound;
};

/* Makes room for so many rows; false when there is no memory. */
bool refs_room(struct refs_finder *finder, enum engine_use use, size_t capacity);
/* `distance` in steps; `weigher` is the element whose weight counts. */
void refs_add(struct refs_finder *finder, enum engine_use use, struct refs_row row, uint32_t distance,
              uint32_t weigher);

/* refs_direct.c: properties, objects and endpoints that refer to the object itself. */
void refs_find_direct(struct refs_finder *finder);
/* refs_direct.c: whatever has the name of the element. */
void refs_find_names(struct refs_finder *finder);
/* refs_paths.c: roots, and endpoints by way of other objects. */
void refs_find_paths(struct refs_finder *finder);
/* refs_paths.c: the path from a row's object to the element asked for. */
struct str refs_path(const struct refs_finder *finder, const struct refs_row *row);

/* The endpoints that an element of a use stands for: itself; of a parameter the one that has it, or all of the path
 * that declares it. False at the end; `endpoint` is CATALOGUE_NONE at first. */
bool refs_next_endpoint(const struct refs_finder *finder, uint32_t element, uint32_t *endpoint);

#endif
