/* parts.h - a schema with all that it is composed of, laid side by side.
 *
 *     { allOf: [ { $ref: Entity }, { properties: … } ], oneOf: [ … ] }   →   own · Entity · the inline one · (a branch)
 *
 * Every part's keywords apply to the same value; who wants one of them asks the parts in turn. */
#ifndef ENGINE_PARTS_H
#define ENGINE_PARTS_H

#include "document.h"
#include "fits.h"
#include "limits.h"
#include "str.h"

#include <stdbool.h>
#include <stddef.h>

struct part {
    yyjson_val *schema;
    struct str origin; /* the name of the component it was referenced by; empty for one written in place */
    struct str home;   /* the reference that led to it, also where origin is empty because nothing but $ref did */
    bool is_branch;    /* by way of oneOf or anyOf */
};

/* A list of alternatives, and which of them was taken; NULL: none, for all are null. */
struct parts_chosen {
    yyjson_val *list, *branch;
    bool is_exclusive; /* oneOf: no other one may fit */
};
enum { PARTS_CHOSEN = 8 }; /* that are kept: more lists in one schema are rare, and their parts count all the same */

struct parts {
    const struct document *document;
    struct part at[LIMIT_SCHEMA_PARTS];
    size_t count;
    yyjson_val *target;    /* what the schema's own $ref leads to, itself without one: the identity for cycles */
    struct str name;       /* the component that it names by $ref; empty: none */
    struct str unresolved; /* the text of the first reference that leads nowhere; empty: none */
    struct parts_chosen chosen[PARTS_CHOSEN];
    size_t chosen_count;
    size_t branches; /* in the longest of these lists, but those that are null */
};

/* Which of oneOf/anyOf count. */
enum parts_branch {
    PARTS_NO_BRANCH,
    PARTS_ONE_BRANCH,  /* the first that is not null */
    PARTS_SOLE_BRANCH, /* the one that is not null, where there is no other: so 3.1 writes what may be null */
};

struct parts_wish {
    enum parts_branch branch;
    struct str property; /* with PARTS_ONE_BRANCH: the first branch with a property of which this is the name, or is a
                            path into; empty: any */
};

/* The alternative of a list that is not {"type": "null"}, where there is one and no other; else NULL. */
yyjson_val *parts_sole(yyjson_val *branches);

/* Collects in the order: the schema, what it references, then allOf and the branch, depth first. A schema that comes
 * again is left out, what goes beyond LIMIT_SCHEMA_PARTS, and what stands beside a $ref in OpenAPI 3.0. `schema` may be
 * no object: then there are no parts. */
void parts_collect(struct parts *parts, const struct document *document, yyjson_val *schema,
                   const struct parts_wish *wish);

/* Which branch is taken where the wish names no property: one that is a part already; one that `value`, where there is
 * one, fits; else the first but `skip`, counted round. */
struct parts_choice {
    unsigned skip;
    yyjson_val *value;
    struct fits *fits; /* to tell it; NULL without a value */
    bool keeps_beside; /* what stands beside a $ref counts in OpenAPI 3.0, too, but where it names a type */
};
/* The same for a value of which all of these schemas tell; the first is its own. */
void parts_collect_all(struct parts *parts, const struct document *document, yyjson_val *const *schemas, size_t count,
                       const struct parts_wish *wish, const struct parts_choice *choice);

/* What tells a recursion: `target`, or of a schema that only wraps another in an allOf of one that other. */
yyjson_val *parts_identity(const struct parts *parts);

/* The first part's value for a keyword, NULL when none has it. */
yyjson_val *parts_get(const struct parts *parts, const char *keyword);
/* The same where the value is a string; the empty str when none is. */
struct str parts_text(const struct parts *parts, const char *keyword);
/* A schema of bytes, which a form has as a file; base64 is text. */
bool parts_is_file(const struct document *document, yyjson_val *schema);
/* True when the keyword is `true` in any part. */
bool parts_is(const struct parts *parts, const char *keyword);

/* The schema of a property by name: of a part written in place, else of a component; NULL when no part has it. All of
 * them apply, but the one nearest is the most exact. */
yyjson_val *parts_property(const struct parts *parts, struct str name);
/* All schemas of a property, up to `most`, the nearest first, each once. */
size_t parts_property_all(const struct parts *parts, struct str name, yyjson_val **schemas, size_t most);
/* The property at the front of a path of names joined by dots; names may hold dots, so the longest that fits is
 * taken. `rest` is the path behind it. */
yyjson_val *parts_property_on_path(const struct parts *parts, struct str path, struct str *name, struct str *rest);
/* Looks at the first LIMIT_SCHEMA_REQUIRED names that each part requires. */
bool parts_is_required(const struct parts *parts, struct str name);

#endif
