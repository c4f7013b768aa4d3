/* sample.h - a value that a schema allows and a reader understands. docs/samples.md has all the rules, in their order.
 *
 * Deterministic. What the author gives comes first (example, const, default, enum) as far as it fits its schema, then
 * what the description, the format and the name tell, then the pattern, then the type with its limits. Objects show
 * what the tier asks for, as far as there is room; references that come back to where they are under way, and what is
 * too deep, are left out. A reference that leads nowhere becomes a string that says so. */
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

enum sample_tier {
    SAMPLE_USEFUL,  /* what is required, says what it is, and is common */
    SAMPLE_MINIMAL, /* what is required or says what it is */
    SAMPLE_FULL,    /* all that there is room for */
};

/* What is common in the API that the document is of. */
struct sample_common {
    uint32_t (*count)(const void *context, struct str name); /* of properties with that name; NULL: not known */
    const void *context;
};

/* What could not be made. */
struct sample_report {
    struct str *faults; /* "spec.host: no text was found for the pattern ^a$"; in the arena */
    size_t fault_count;
    unsigned left_out; /* optional properties for which there was no room */
    bool has_focus;    /* the property to focus was found */
};

struct sample_wish {
    enum sample_direction direction;
    enum sample_tier tier;
    struct str name;   /* of the value, for what it tells; may be empty */
    struct str object; /* the name of the component that the schema is; may be empty. For discriminators */
    struct str focus;  /* path of names joined by dots to the property to show and to mark, through arrays, maps and
                          branches: then only required properties come beside it. Empty: none */
    struct sample_common common;
    struct sample_report *report; /* filled when not NULL */
};

/* A sample of `schema` (any JSON value; true or one that is no object allows anything). NULL: arena->failed. */
struct sample_node *sample_make(const struct document *document, yyjson_val *schema, const struct sample_wish *wish,
                                struct arena *arena);

/* A sample of a Media Type Object, Parameter Object or Header Object: its `example`, or the first of its `examples`,
 * that its `schema` allows, or one of its schema. */
struct sample_node *sample_make_of(const struct document *document, yyjson_val *holder, const struct sample_wish *wish,
                                   struct arena *arena);

/* True for the schema of an object that can be applied to a Kubernetes cluster: one with a single
 * x-kubernetes-group-version-kind. */
bool sample_is_kubernetes(const struct document *document, yyjson_val *schema);

#endif
