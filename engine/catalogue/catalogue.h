/* catalogue.h - the one model that every specification becomes, as it is read.
 *
 * A catalogue is a set of arrays (see format.h) that lie in the mapped file, or in a catalogue_builder while
 * importing: readers do not see the difference. It is read-only and may be shared by all threads. */
#ifndef ENGINE_CATALOGUE_H
#define ENGINE_CATALOGUE_H

#include "buf.h"
#include "file.h"
#include "format.h"
#include "pack.h"
#include "str.h"
#include "strings.h"

#include <stdbool.h>
#include <stdint.h>

/* The same numbers as enum engine_kind in engine.h, which asserts it. */
enum catalogue_kind { CATALOGUE_API, CATALOGUE_ENDPOINT, CATALOGUE_OBJECT, CATALOGUE_PROPERTY, CATALOGUE_PARAMETER };

enum catalogue_flag {
    CATALOGUE_REQUIRED = 1 << 0,
    CATALOGUE_DEPRECATED = 1 << 1,
    CATALOGUE_READ_ONLY = 1 << 2,
    CATALOGUE_WRITE_ONLY = 1 << 3,
    CATALOGUE_NULLABLE = 1 << 4,
    CATALOGUE_OF_PATH = 1 << 5, /* a parameter that its path declares, for all the path's endpoints */
    CATALOGUE_IS_KIND = 1 << 6, /* an object that is made by itself, as it says (x-kubernetes-group-version-kind) */
};

/* The order of OpenAPI 3.1 §4.8.9.1. */
/* clang-format off */
#define CATALOGUE_METHODS(X) \
    X(GET, "get") X(PUT, "put") X(POST, "post") X(DELETE, "delete") X(OPTIONS, "options") X(HEAD, "head") \
    X(PATCH, "patch") X(TRACE, "trace")
/* clang-format on */
#define CATALOGUE_X(name, text) CATALOGUE_METHOD_##name,
enum catalogue_method { CATALOGUE_METHODS(CATALOGUE_X) CATALOGUE_METHOD_COUNT };
#undef CATALOGUE_X
struct str catalogue_method_name(enum catalogue_method method);             /* "get", as in a specification */
struct str catalogue_method_upper(enum catalogue_method method);            /* "GET", as shown */
bool catalogue_method_read(struct str text, enum catalogue_method *method); /* in any case of letters */

enum catalogue_in {
    CATALOGUE_IN_QUERY,
    CATALOGUE_IN_PATH,
    CATALOGUE_IN_HEADER,
    CATALOGUE_IN_COOKIE,
    CATALOGUE_IN_COUNT
};
struct str catalogue_in_name(enum catalogue_in in);
bool catalogue_in_read(struct str text, enum catalogue_in *in);

struct catalogue {
    struct str strings, facts, texts, uses;
    const struct format_api *apis;
    uint32_t api_count;
    const struct format_element *elements;
    uint32_t element_count;
};

#define CATALOGUE_NONE UINT32_MAX

/* Finds the sections in `file`; checks that their sizes and all numbers in them fit. FILE_CORRUPT sets file->why. */
int catalogue_open(struct catalogue *catalogue, struct file *file);

/* The text of a string id; the empty str for an id that cannot be. */
static inline struct str catalogue_string(const struct catalogue *catalogue, uint32_t id)
{
    return strings_at(catalogue->strings, id);
}

/* The number of the API with this id, or CATALOGUE_NONE. */
uint32_t catalogue_api_find(const struct catalogue *catalogue, struct str id);
/* The number of the API that an element is in. */
uint32_t catalogue_api_of(const struct catalogue *catalogue, uint32_t element);

struct catalogue_facts {
    struct str format, default_value; /* the default as JSON text */
    uint32_t value_count;             /* enum */
    struct str values;                /* where catalogue_facts_value goes on */
};
struct catalogue_facts catalogue_facts(const struct catalogue *catalogue, const struct format_element *element);
/* The next enum value, as JSON text; call it value_count times. */
struct str catalogue_facts_value(const struct catalogue *catalogue, struct catalogue_facts *facts);

/* The stored specification of an API, whose directory is checked. FILE_CORRUPT. */
int catalogue_pack(const struct catalogue *catalogue, uint32_t api, struct pack *pack);
/* Appends an API's original specification to `text`, whole. FILE_NO_MEMORY, FILE_CORRUPT. */
int catalogue_text(const struct catalogue *catalogue, uint32_t api, struct buf *text);

/* The last part of an object's name: "PodSpec" of "io.k8s.api.core.v1.PodSpec", "#/x/Pet" gives "Pet". What follows a
 * dot counts only when it begins like a name: "Report.2" stays whole. */
struct str catalogue_short_name(struct str name);

#endif
