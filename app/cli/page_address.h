/* page_address.h - the addresses of the page: that of an element is "/" and its id, percent-encoded (RFC 3986 §2.1).
 *
 *     /kubernetes.io/object/io.k8s.api.core.v1.PodSpec#containers
 *
 * "/api/" and the id was its address once. It still leads there, and is the address where the server has its own use
 * for the other: of an API called "health". web/src/model/address.js says the same. */
#ifndef PAGE_ADDRESS_H
#define PAGE_ADDRESS_H

#include "arena.h"
#include "str.h"

#include <stdbool.h>

/* The id in a path, which is decoded: "/x/object/Y" and "/api/x/object/Y" have the same. Borrows. */
struct str page_address_id(struct str path);
/* The path of an id, encoded; an object's property goes behind '#'. Empty without memory. */
struct str page_address_path(struct arena *arena, struct str id);
/* The path of its details as data, in JSON. Empty without memory. */
struct str page_address_data(struct arena *arena, struct str id);
/* Whether a path is an old one of its id. */
bool page_address_is_old(struct str path);

#endif
