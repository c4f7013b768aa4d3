/* strings.h - texts in one blob, each under the offset at which it lies (format.h, STRINGS). */
#ifndef ENGINE_STRINGS_H
#define ENGINE_STRINGS_H

#include "str.h"

#include <stddef.h>
#include <stdint.h>

/* The text of an id in a blob; the empty str for an id that cannot be. */
struct str strings_at(struct str blob, uint32_t id);

/* The bytes that an entry takes, its zeros included. */
size_t strings_entry_size(size_t text_size);
/* Writes an entry into bytes that are zero already. */
void strings_write(char *entry, struct str text);

#endif
