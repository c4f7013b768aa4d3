/* usage.h - who uses which object of the specification that is being read; inside this room only.
 *
 * Of references to component schemas it is noted from where they come (uses.h). A reference into the middle of
 * something, "#/paths/~1a/get/…/schema", is as if what it leads to were written in its place. */
#ifndef ENGINE_USAGE_H
#define ENGINE_USAGE_H

#include "buf.h"
#include "document.h"
#include "map.h"
#include "uses.h"

struct reading;

struct usage {
    struct map names;     /* of component schemas: their objects' numbers; USES_NONE: what it is makes no object */
    yyjson_val **objects; /* the same in the order of the text */
    uint32_t object_count;
    struct map shared;               /* texts of references to responses and the like: where in `targets` theirs are */
    struct buf targets;              /* numbers of objects */
    bool is_collecting;              /* targets, instead of uses */
    unsigned hops;                   /* references into the middle of something that the walk is behind */
    uint64_t inlined, inlined_limit; /* values in what these led to */
};

/* Who uses what is looked at next. */
struct usage_user {
    uint32_t user, within; /* as uses_writer_add takes them */
    enum uses_role role;
};

/* `schemas` may be NULL or no object. False when there is no memory. */
bool usage_start(struct reading *reading, yyjson_val *schemas);
void usage_end(struct reading *reading);

/* That it uses the object `target`. */
void usage_record(struct reading *reading, uint32_t target, struct usage_user user);
/* What a schema with a $ref refers to is used. */
void usage_reference(struct reading *reading, yyjson_val *schema, struct usage_user user);
/* What is referred to anywhere in a schema. */
void usage_schema(struct reading *reading, yyjson_val *schema, struct usage_user user);
/* In a parameter, by its element. */
void usage_parameter(struct reading *reading, yyjson_val *parameter, uint32_t element);
/* In the bodies of an operation and its callbacks, by the element of the endpoint. */
void usage_operation(struct reading *reading, yyjson_val *operation, uint32_t element);

#endif
