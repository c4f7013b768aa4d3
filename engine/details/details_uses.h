/* details_uses.h - who refers to which object of a specification.
 *
 * One walk over the document notes each reference to a component schema: from which property of which object, or from
 * the request or a response of which operation. It is made when somebody asks first, and kept with the document. */
#ifndef ENGINE_DETAILS_USES_H
#define ENGINE_DETAILS_USES_H

#include "document.h"

#include <stdint.h>

enum details_role {
    DETAILS_PROPERTY,  /* the type of a property */
    DETAILS_PART,      /* part of an object in another way: allOf, oneOf, items … */
    DETAILS_PARAMETER, /* of an operation */
    DETAILS_REQUEST,
    DETAILS_RESPONSE,
};

struct details_use {
    yyjson_val *target;   /* the component schema that is referred to */
    yyjson_val *name;     /* of the object (a string), or of the path */
    yyjson_val *property; /* the innermost property's schema around the reference; NULL: none */
    yyjson_val *method;   /* the operation's key; NULL: an object's */
    uint32_t order;       /* in the document */
    enum details_role role;
};

struct details_uses;

/* NULL: no memory. */
struct details_uses *details_uses_make(const struct document *document);
void details_uses_free(struct details_uses *uses); /* NULL is fine */

/* The uses of a component schema, in the order of the document, each property and operation once for each role. */
const struct details_use *details_uses_of(const struct details_uses *uses, yyjson_val *target, size_t *count);

#endif
