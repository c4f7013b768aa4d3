/* type_links.h - which object the type of a property, or of an object, names: the way that spec.template.spec goes. */
#ifndef ENGINE_TYPE_LINKS_H
#define ENGINE_TYPE_LINKS_H

#include "catalogue.h"

/* Writes one number for each element of the APIs [first, end) of `catalogue` to its place in `links`: of a property the
 * object that its type text names first ("array of Container": Container), of an object the one that it is made of
 * ("Pet and Tagged": Pet); of a property that names none, but has properties inside, itself; FORMAT_NO_LINK of all
 * else. Of several objects with that name the one is taken whose whole name begins most like the owner's. FILE_OK,
 * FILE_NO_MEMORY. */
int type_links_apis(const struct catalogue *catalogue, uint32_t first, uint32_t end, uint32_t *links);

#endif
