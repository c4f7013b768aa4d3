/* element_id.h - the addresses of elements: what a hit's id says, and the way back.
 *
 *     kubernetes.io                                                     an API
 *     kubernetes.io/object/io.k8s.api.core.v1.PodSpec                   an object
 *     kubernetes.io/object/io.k8s.api.core.v1.PodSpec#imagePullSecrets  a property; a nested one by its path: "#a.b.c"
 *     kubernetes.io/endpoint/post/api/v1/pods                           an endpoint: method, path without its first
 * slash kubernetes.io/endpoint/post/api/v1/pods?query.dryRun              a parameter of it
 *
 * and, as short forms that are only read:
 *
 *     kubernetes.io/object/PodSpec            the last part of an object's name
 *     kubernetes.io/property/restartPolicy    any object's: the weightiest one's
 *     kubernetes.io/parameter/query/limit     any endpoint's
 *
 * Names are written as they are, nothing is escaped: an API's id may hold slashes, an object's name '#' or spaces. The
 * reader therefore tries each place at which a part may end, and takes the first that gives an element. */
#ifndef ENGINE_ELEMENT_ID_H
#define ENGINE_ELEMENT_ID_H

#include "arena.h"
#include "catalogue.h"

/* The id of an element that exists. Out of memory: the empty str, and arena->failed. */
struct str element_id_write(const struct catalogue *catalogue, uint32_t element, struct arena *arena);

/* What knows where names are (index/name_finder.h). `each` calls `take` for elements of this kind and API, in the order
 * of their numbers: at least for all whose name is `name`, letters' case ignored, or of objects its last part. */
struct element_finder {
    void (*each)(const struct element_finder *finder, const struct format_api *api, enum catalogue_kind kind,
                 struct str name, void (*take)(void *context, uint32_t element), void *context);
};

/* The number of the element that `id` names, or CATALOGUE_NONE. Letters count exactly; where that finds nothing, case
 * is ignored (ASCII). Where several elements have the short name asked for, the one with the largest of `weights`
 * (one byte an element, index.h) is taken, then the first; `weights` may be NULL. Without a finder, which may be NULL,
 * or where it finds nothing, all elements of the API are looked at. */
uint32_t element_id_read(const struct catalogue *catalogue, const uint8_t *weights, const struct element_finder *finder,
                         struct str id);

/* The dotted way from its object to a property: "spec.template.name"; the name alone for what is not nested. */
struct str element_id_path(const struct catalogue *catalogue, uint32_t property, struct arena *arena);

/* Of an id that names nothing: the API that it begins with, or CATALOGUE_NONE, and what stands behind it
 * ("object/Pod"), for a message that tells the nearest there is. */
uint32_t element_id_api(const struct catalogue *catalogue, struct str id, struct str *rest);

#endif
