/* weigh.h - how important each element is inside its API: which owner of a property is shown first, which of several
 * objects of one name is meant, and what comes first among equals.
 *
 * An object's weight flows from what uses it. It begins with the endpoints that speak of it (whose path or operationId
 * has its name, in the singular or plural: ".../deployments", "createAppsV1NamespacedDeployment"), then, some rounds
 * long, every object hands half of what it has to each object that its properties' types name. So PodSpec, which no
 * endpoint names, gets its weight from Deployment, Job and all others that lead to it.
 *
 * A property weighs what its object weighs, a parameter what its endpoint does; an endpoint weighs more the shorter its
 * path is; what is deprecated weighs half. An API weighs by its number of endpoints and objects. What is described
 * weighs more than what only has the same name: somebody took care of it. */
#ifndef ENGINE_WEIGH_H
#define ENGINE_WEIGH_H

#include "catalogue.h"

/* Writes one byte for each element of the APIs [first, end) of `catalogue` to its place in `weights`; larger is
 * weightier, on a logarithmic scale. `links` are those of type_links.h. FILE_OK, FILE_NO_MEMORY. */
int weigh_apis(const struct catalogue *catalogue, uint32_t first, uint32_t end, const uint32_t *links,
               uint8_t *weights);

#endif
