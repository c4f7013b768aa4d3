/* stems.h - which words of descriptions are forms of one word: "names" and "name", "created" and "creating". */
#ifndef ENGINE_STEMS_H
#define ENGINE_STEMS_H

#include "dictionary_builder.h"

/* Of a finished dictionary: for each of its terms the next one with the same stem (Snowball's English one), in a ring;
 * a term that is alone is its own next. FILE_OK, FILE_NO_MEMORY. */
int stems_make(const struct dictionary_builder *words, struct buf *next);

#endif
