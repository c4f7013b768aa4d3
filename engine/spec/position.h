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

/* The byte behind the value of the member of valid JSON whose key's quote is at `start`; text.size when the text ends
 * before. Nested containers are walked over, whatever is in them. */
size_t position_member_end(struct str text, size_t start);
/* The same for the value that begins at `start`. */
size_t position_value_end(struct str text, size_t start);
/* The byte at which the value of a member begins; text.size, too. */
size_t position_member_value(struct str text, size_t start);
/* The byte behind the string whose quote is at `start`; at most text.size. */
size_t position_string_end(struct str text, size_t start);

#endif
