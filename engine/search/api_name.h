/* api_name.h - which API a person means by a word or two. */
#ifndef ENGINE_API_NAME_H
#define ENGINE_API_NAME_H

#include "catalogue.h"
#include "index.h"
#include "str.h"

/* The number of the API with this id; else of the one, the most important of several, that is called so: by its title,
 * by a part of its id, or shortened to its first letter, how many are left out, and its last ("k8s"). Letters count in
 * any case. CATALOGUE_NONE: there is none. `*rank` compares what several indexes find, the smaller is meant. */
uint32_t api_name_find(const struct index *index, const struct catalogue *catalogue, struct str name, uint32_t *rank);

#endif
