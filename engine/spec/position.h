/* position.h - bytes of a text as line and column for people. */
#ifndef ENGINE_POSITION_H
#define ENGINE_POSITION_H

#include "str.h"

#include <stddef.h>
#include <stdint.h>

struct position {
    uint32_t line, column; /* from 1; the column counts code points */
};

/* Where the byte `offset` of `text` stands; behind the last byte when it is larger. */
struct position position_of(struct str text, size_t offset);

/* The byte at which the value number `ordinal` of valid JSON begins: the root is 0, and keys count, in the order of the
 * text, which is the order in which yyjson lays its values out. text.size when there are fewer. */
size_t position_of_value(struct str text, size_t ordinal);

#endif
