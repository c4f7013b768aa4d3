/* uses.h - who uses which object of an API: the lists of FORMAT_USES (format.h draws them).
 *
 * A use is a reference to a component schema, from the innermost property or object around it, or from an operation.
 * The objects of an API are numbered in the order of its elements; the numbers of elements here are counted from the
 * API's own element, so that the lists of an API are copied as they are. */
#ifndef ENGINE_USES_H
#define ENGINE_USES_H

#include "buf.h"
#include "catalogue.h"

#include <stdbool.h>
#include <stdint.h>

/* How it is used: by a property or an object, then by an endpoint. */
enum uses_role {
    USES_PROPERTY,    /* the type of a property, or of what is in its arrays and maps */
    USES_ALL_OF,      /* an object is composed of it, or is another name for it */
    USES_ALTERNATIVE, /* an object may be it: oneOf, anyOf */
    USES_CONTENT,     /* an object is an array or a map of it */
    USES_PARAMETER,
    USES_REQUEST,
    USES_RESPONSE,
    USES_CALLBACK, /* what the API sends, or wants back, by itself */
    USES_ROLES
};
enum { USES_ROLE_BITS = 3, USES_OF_ENDPOINTS = USES_PARAMETER };

#define USES_NONE UINT32_MAX

/* ---- Writing ---------------------------------------------------------------------------------------------------- */

/* The uses of one API while it is read. Those of endpoints come before those of objects, each in the order of the
 * elements; only within an object any order is fine. */
struct uses_writer {
    struct buf objects; /* numbers of elements */
    struct buf records, sorted;
};

void uses_writer_init(struct uses_writer *writer);
void uses_writer_free(struct uses_writer *writer);
void uses_writer_clear(struct uses_writer *writer);
/* False when there was no memory. */
bool uses_writer_works(const struct uses_writer *writer);
/* The next object, by its element. */
void uses_writer_object(struct uses_writer *writer, uint32_t element);
/* A use of the object number `target`, which may come later: by the object number `user`, in the property that lies
 * `within` elements behind it (0: the object itself); or, as the role says, by the endpoint or parameter `user`, an
 * element. */
void uses_writer_add(struct uses_writer *writer, uint32_t target, uint32_t user, uint32_t within, enum uses_role role);
/* Appends the lists to `out`, beginning and ending at a multiple of four; what is there twice becomes one. False when
 * there is no memory. */
bool uses_writer_write(struct uses_writer *writer, struct buf *out);

/* ---- Reading ---------------------------------------------------------------------------------------------------- */

/* The lists of an API; it borrows the catalogue. What does not hold together ends a list. */
struct uses {
    const struct catalogue *catalogue;
    uint32_t first_element, element_count; /* of the API */
    uint32_t count;                        /* of objects; 0 when there are no lists */
    const uint32_t *objects;               /* count */
    const uint32_t *starts;                /* count + 1 */
    struct str lists;
};

void uses_open(struct uses *uses, const struct catalogue *catalogue, uint32_t api);

/* The number of an object among those of its API, or USES_NONE. */
uint32_t uses_object_of(const struct uses *uses, uint32_t element);
/* The element of such a number, which is less than the count. */
uint32_t uses_element(const struct uses *uses, uint32_t object);

struct uses_list {
    const struct uses *uses;
    const uint8_t *at, *end;
    uint32_t left; /* users that are objects or properties; the rest are endpoints and parameters */
    uint32_t last;
};

struct uses_list uses_list(const struct uses *uses, uint32_t object);

/* The next object or property that uses it, by object and place: false when the endpoints follow. */
struct uses_of_object {
    uint32_t object;  /* number */
    uint32_t element; /* of the property, or of the object itself */
    enum uses_role role;
};
bool uses_next_object(struct uses_list *list, struct uses_of_object *use);

/* The next endpoint, or parameter, in the order of elements. After the last of the objects. */
struct uses_of_endpoint {
    uint32_t element;
    enum uses_role role;
};
bool uses_next_endpoint(struct uses_list *list, struct uses_of_endpoint *use);

#endif
