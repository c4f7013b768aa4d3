/* sample_pattern.h - a text in which a regular expression is found, read as far as one is read by people.
 *
 * Literals, classes, groups, alternatives, quantifiers, anchors, back references, \d \w \s and other escapes are
 * followed; what looks around or behind is passed over. So the text is a proposal: whether it fits only a match tells.
 */
#ifndef ENGINE_SAMPLE_PATTERN_H
#define ENGINE_SAMPLE_PATTERN_H

#include "arena.h"
#include "str.h"

/* Ways to make one: readable or as short as may be, each by the first, the second … of the alternatives. */
enum { SAMPLE_PATTERN_STYLES = 8 };

/* A text of at least `least` bytes where the pattern's quantifiers allow it. {NULL, 0}: none, for the pattern is none,
 * nests too deep, or its text would be too long; or there is no memory. */
struct str sample_pattern_make(struct arena *arena, struct str pattern, unsigned style, size_t least);

#endif
