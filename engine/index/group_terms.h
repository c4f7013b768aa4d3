/* group_terms.h - under which terms the groups of a kind are found: their whole names, and the words in them. */
#ifndef ENGINE_GROUP_TERMS_H
#define ENGINE_GROUP_TERMS_H

#include "catalogue.h"
#include "dictionary_builder.h"
#include "groups.h"

/* Fills both builders with one document a group of `kind` and finishes them. Whole names, squashed: an object's name
 * and its last part; an endpoint's path and its operationId; an API's title, with and without what says only that it is
 * an API, its id, and the parts of that. Words: those of the name, of the operationId and summary, of an API's title
 * and id. FILE_OK, FILE_NO_MEMORY. */
int group_terms_make(const struct groups *groups, const struct catalogue *catalogue, enum catalogue_kind kind,
                     struct dictionary_builder *names, struct dictionary_builder *words);

/* The dictionary of methods ("get" …), each with the groups of endpoints that have it. */
int group_terms_methods(const struct groups *groups, struct dictionary_builder *methods);

/* The dictionary of initials: "ips" of imagePullSecrets, each with the groups of all kinds that have names of
 * GROUP_TERMS_INITIALS_MIN to GROUP_TERMS_INITIALS_MAX words with them. Of an object's name its last part counts, of an
 * endpoint the operationId, of an API the title. FILE_OK, FILE_NO_MEMORY. */
enum { GROUP_TERMS_INITIALS_MIN = 3, GROUP_TERMS_INITIALS_MAX = 8 };
int group_terms_initials(const struct groups *groups, const struct catalogue *catalogue,
                         struct dictionary_builder *initials);

/* Adds the words of `text` to the document begun last. */
void group_terms_words(struct dictionary_builder *builder, struct str text, bool is_prose);

#endif
