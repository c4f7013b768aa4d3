/* member.h - finds the members of large containers without walking them each time.
 *
 * yyjson's objects and arrays are lists. A specification with a million schemas and a million references to them
 * would cost 10^12 steps; one index a container that is asked makes it linear. */
#ifndef ENGINE_MEMBER_H
#define ENGINE_MEMBER_H

#include "str.h"

#include <stdbool.h>
#include <stddef.h>
#include <yyjson.h>

enum { MEMBER_INDEX_FROM = 32 }; /* containers with fewer members are walked */

struct member_index;

struct member_index *member_index_create(void);        /* NULL: no memory */
void member_index_destroy(struct member_index *index); /* NULL is fine */

/* Looking things up has no way to say that memory ran out: it says NULL and remembers here, for whoever asks at the
 * end. */
void member_index_fail(struct member_index *index);
bool member_index_failed(const struct member_index *index);

/* The first member `key` of an object, or NULL. Without memory for an index it walks. */
yyjson_val *member_find(struct member_index *index, yyjson_val *object, struct str key);
/* The element of an array, or NULL. */
yyjson_val *member_at(struct member_index *index, yyjson_val *array, size_t position);

#endif
