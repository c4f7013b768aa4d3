/* utf8.h - UTF-8 as RFC 3629 and Unicode 15 §3.9 table 3-7 define it: no overlong forms, no surrogates,
 * nothing above U+10FFFF. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include "str.h"

#include <stdint.h>

/* A validator that takes the text in pieces of any size. Zero-initialised it stands at a boundary. */
struct utf8_state {
    uint8_t wanted;    /* continuation bytes still to come */
    uint8_t low, high; /* range of the next continuation byte */
};

/* Takes the next piece. Returns the number of bytes before the first bad one: text.size when all are good. */
size_t utf8_check(struct utf8_state *state, struct str text);
/* True when no sequence is left unfinished. */
bool utf8_complete(const struct utf8_state *state);
/* True when the whole text is valid UTF-8. */
bool utf8_valid(struct str text);

/* Reads one code point at `*at` (which is below text.size) and advances. A bad byte gives U+FFFD and
 * advances by one. */
uint32_t utf8_next(struct str text, size_t *at);
/* Writes a code point (a scalar value) as UTF-8; returns the number of bytes, 1 to 4. */
size_t utf8_write(uint32_t code_point, char bytes[4]);

/* What must not reach a terminal: C0 and C1 controls, DEL, and marks that turn the direction (Unicode 15 §23.2). */
bool utf8_is_control(uint32_t code_point);

/* Length in UTF-16 code units, as JavaScript's String.length counts. `text` is valid UTF-8. */
size_t utf8_utf16_length(struct str text);

/* `text` cut to at most `size` bytes, never inside a sequence. */
struct str utf8_cut(struct str text, size_t size);

#endif
