/* sample_name.h - what a value is probably like, told by its name: "email" → user@example.com. */
#ifndef ENGINE_SAMPLE_NAME_H
#define ENGINE_SAMPLE_NAME_H

#include "arena.h"
#include "str.h"

#include <stdbool.h>
#include <stdint.h>

/* A likely text for a string of this name; one made of the name's own words where it is not known ("displayLabel" →
 * "display label"), "string" where there is none. Domains and numbers are those reserved for examples (RFC 2606,
 * RFC 5737, RFC 3849). Never empty, unless arena->failed. */
struct str sample_name_text(struct arena *arena, struct str name);
/* A likely number, 1 where the name tells none. */
double sample_name_number(struct str name);
/* The key of the one pair that stands for a map of this name: "app" for labels, "key" where the name tells none. */
struct str sample_name_key(struct str name);
/* How much a name says of what an object is: id, name, kind, metadata, spec … much, replicas, status, url … something,
 * others nothing, which is 0. */
enum { SAMPLE_IDENTITY_USEFUL = 1, SAMPLE_IDENTITY_MINIMAL = 2 };
unsigned sample_name_identity(struct str name);

#endif
