/* sample.h - a value that a schema allows and a reader understands.
 *
 * Deterministic. What the author gives comes first (example, const, default, enum), then what the description, the
 * format and the name tell, then the type with its limits. Objects show their required properties, those that say what
 * they are, and a few others, as far as LIMIT_SAMPLE_LINES goes; references that come back to where they are under way,
 * and what is deeper than LIMIT_SAMPLE_DEPTH, are left out or empty. A reference that leads nowhere becomes a string
 * that says so. */
#ifndef ENGINE_SAMPLE_H
#define ENGINE_SAMPLE_H

#include "arena.h"
#include "document.h"
#include "sample_node.h"
#include "str.h"

enum sample_direction {
    SAMPLE_ANY,
    SAMPLE_REQUEST,  /* without readOnly properties */
    SAMPLE_RESPONSE, /* without writeOnly properties */
};

struct sample_wish {
    enum sample_direction direction;
    struct str name;   /* of the value, for what it tells; may be empty */
    struct str object; /* the name of the component that the schema is; may be empty. For discriminators */
    struct str focus;  /* path of names joined by dots to the property to show and to mark, through arrays, maps and
                          branches: then only required properties come beside it. Empty: none */
};

/* A sample of `schema` (any JSON value; true or one that is no object allows anything). NULL: arena->failed. */
struct sample_node *sample_make(const struct document *document, yyjson_val *schema, const struct sample_wish *wish,
                                struct arena *arena);

/* A sample of a Media Type Object, Parameter Object or Header Object: its `example`, the first of its `examples`, or
 * one of its `schema`. */
struct sample_node *sample_make_of(const struct document *document, yyjson_val *holder, const struct sample_wish *wish,
                                   struct arena *arena);

#endif
