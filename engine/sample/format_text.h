/* format_text.h - the formats of strings: those of JSON Schema 2020-12 (Validation §7.3), of OpenAPI's registry, and
 * others that specifications use. Dates, addresses and names are those that are reserved for examples (RFC 2606, RFC
 * 5737, RFC 3849, RFC 7042). */
#ifndef ENGINE_FORMAT_TEXT_H
#define ENGINE_FORMAT_TEXT_H

#include "arena.h"
#include "str.h"

#include <stdbool.h>

/* A text of that format, another one for each `number`; the empty str for a format that is not known, or without
 * memory. */
struct str format_text_make(struct arena *arena, struct str format, unsigned number);

/* False when `text` is surely not of that format; true where there is no telling. */
bool format_text_fits(struct str format, struct str text);

#endif
