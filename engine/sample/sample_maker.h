/* sample_maker.h - the state of a sample while it is made; for the files of sample only. */
#ifndef ENGINE_SAMPLE_MAKER_H
#define ENGINE_SAMPLE_MAKER_H

#include "fits.h"
#include "limits.h"
#include "parts.h"
#include "sample.h"

enum sample_type {
    SAMPLE_TYPE_ANY, /* nothing tells */
    SAMPLE_TYPE_STRING,
    SAMPLE_TYPE_INTEGER,
    SAMPLE_TYPE_NUMBER,
    SAMPLE_TYPE_BOOLEAN,
    SAMPLE_TYPE_NULL,
    SAMPLE_TYPE_OBJECT,
    SAMPLE_TYPE_ARRAY,
};

struct sample_maker {
    const struct document *document;
    struct arena *arena;
    const struct sample_wish *wish;
    struct sample_report *report; /* never NULL */
    struct expressions expressions;
    struct fits fits;
    unsigned lines, lines_limit; /* written so far; optional properties come up to the limit */
    unsigned tries;              /* of other branches, that are left */
    size_t members;              /* that may still be looked at; at 0 containers are cut */
    unsigned depth;
    yyjson_val *under_way[LIMIT_SAMPLE_DEPTH]; /* the schemas from the root to here */
    struct str names[LIMIT_SAMPLE_DEPTH];      /* and the members' names */
    bool is_kubernetes;                        /* inside of an object that Kubernetes takes */
    bool is_in_focus;                          /* inside of the property in focus */
    bool ignores_format;                       /* for a text whose format contradicts its pattern */
    /* To tell alternatives apart: at this depth objects show all, or nothing optional. 0: none do. */
    unsigned generous_depth, lean_depth;
};

enum { SAMPLE_SCHEMAS = 4 }; /* of one property; that more parts of an object tell of it is rare */

/* A value in its place, and all that is told of it. */
struct sample_place {
    yyjson_val *schemas[SAMPLE_SCHEMAS];
    size_t count;
    yyjson_val *given; /* what an example around it has here; NULL: nothing */
    struct str name;
    struct str component;
    struct str focus;
    unsigned number;  /* tells apart the items of one array, from 0 */
    bool is_distinct; /* from the other items */
    bool is_needed;   /* required: rather null than nothing */
};

/* sample_value.c: any value. NULL when there is no memory. */
struct sample_node *sample_value(struct sample_maker *maker, const struct sample_place *place);
/* sample.c: notes what could not be made here. */
void sample_fault(struct sample_maker *maker, struct str name, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* sample_array.c, sample_object.c: `parts` as an array, as an object. */
struct sample_node *sample_array(struct sample_maker *maker, const struct parts *parts,
                                 const struct sample_place *place);
struct sample_node *sample_object(struct sample_maker *maker, const struct parts *parts,
                                  const struct sample_place *place);

/* sample_type.c: the type that all parts allow and their `type` names (the first that is not null), or that the other
 * keywords imply. */
enum sample_type sample_type(const struct parts *parts);
/* null is allowed, too: `nullable`, a type list, or a branch. */
bool sample_type_has_null(const struct parts *parts);

/* sample_given.c: the value that the specification's author gives: what the example around has, example, examples,
 * const, default, a useful one of the enum; the first that fits. For a string it may be a number or a boolean, as YAML
 * makes of an unquoted one: its text is meant. NULL when there is none; then, of an object or array, `*hint` is the one
 * that does not fit, of which parts may. */
yyjson_val *sample_given(struct sample_maker *maker, const struct parts *parts, const struct sample_place *place,
                         enum sample_type type, yyjson_val **hint);
/* Lines that a value takes, counted up to `most`. */
unsigned sample_given_lines(yyjson_val *value, unsigned most);

/* sample_copy.c: a value as the author gives it; what is beyond the required lines or too deep is left out. */
struct sample_node *sample_copy(struct sample_maker *maker, yyjson_val *value, enum sample_type type);

/* sample_text.c, sample_number.c: an invented value, by the description, the format, the name, the pattern, and within
 * the limits. */
struct sample_node *sample_text(struct sample_maker *maker, const struct parts *parts, struct str name,
                                unsigned number);
struct sample_node *sample_number(struct sample_maker *maker, const struct parts *parts, bool is_integer,
                                  struct str name, unsigned number);
/* A text in which the pattern is found, another one for each number; the empty str where none could be made. */
struct str sample_text_for(struct sample_maker *maker, struct str pattern, struct str name, unsigned number);
/* True for a text that all parts allow. */
bool sample_text_fits(struct sample_maker *maker, const struct parts *parts, struct str text);

#endif
