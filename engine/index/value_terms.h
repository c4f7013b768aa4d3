/* value_terms.h - which values lead to which groups of properties and parameters. */
#ifndef ENGINE_VALUE_TERMS_H
#define ENGINE_VALUE_TERMS_H

#include "catalogue.h"
#include "dictionary_builder.h"
#include "groups.h"

/* Fills the builder with one document a group of properties and parameters, each with the values that any of its
 * elements may have, squashed, and finishes it. Noted is the element that has the value: the group's best, or else the
 * first. FILE_OK, FILE_NO_MEMORY. */
int value_terms_make(const struct groups *groups, const struct catalogue *catalogue, struct dictionary_builder *terms);

#endif
