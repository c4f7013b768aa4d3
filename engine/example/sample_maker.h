/* sample_maker.h - the state of a sample while it is made; for the files of sample only. */
#ifndef ENGINE_SAMPLE_MAKER_H
#define ENGINE_SAMPLE_MAKER_H

#include "limits.h"
#include "parts.h"
#include "sample.h"
#include "sample_leaf.h"

struct sample_maker {
    const struct document *document;
    struct arena *arena;
    enum sample_direction direction;
    unsigned lines, lines_limit; /* written so far; optional properties come up to the limit */
    unsigned depth;
    yyjson_val *under_way[LIMIT_SAMPLE_DEPTH]; /* the schemas from the root to here */
};

/* A schema in its place. */
struct sample_place {
    yyjson_val *schema;
    struct str name;
    struct str component;
    struct str focus;
    unsigned number; /* tells apart the items of one array, from 0 */
};

/* sample.c: any value. NULL when there is no memory. */
struct sample_node *sample_value(struct sample_maker *maker, const struct sample_place *place);
/* sample_object.c: `parts` as an object. */
struct sample_node *sample_object(struct sample_maker *maker, const struct parts *parts,
                                  const struct sample_place *place);
/* sample_copy.c: a value as the author gives it; what is beyond the required lines or too deep is left out. */
struct sample_node *sample_copy(struct sample_maker *maker, yyjson_val *value, enum sample_type type);

#endif
