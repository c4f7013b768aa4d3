/* pattern_class.h - one place of a regular expression that stands for many characters: [a-z], \d, the dot; for
 * sample_pattern.c only. */
#ifndef ENGINE_PATTERN_CLASS_H
#define ENGINE_PATTERN_CLASS_H

#include "str.h"

#include <stdbool.h>
#include <stdint.h>

struct pattern_class {
    bool has[128];
    uint32_t wide; /* a character beyond ASCII that is in it; 0: none */
};

/* The length of the escape that `text` begins with: 2 for \d, 6 for \u0041, …; 0 when it is none. */
size_t pattern_class_escape(struct str text);
/* The length of the class in brackets that `text` begins with; 0 when it has no end. */
size_t pattern_class_size(struct str text);

/* Reads a dot, an escape, or a class in brackets. False when it stands for one character or for none, which `*single`
 * then is (0: none). */
bool pattern_class_read(struct pattern_class *class, struct str text, uint32_t *single);

/* A character of the class, for the place `number` of a text: letters of a word, digits that count up. 0: it has none.
 */
uint32_t pattern_class_choose(const struct pattern_class *class, unsigned number);
bool pattern_class_has_letters(const struct pattern_class *class);
bool pattern_class_has_digits(const struct pattern_class *class);

#endif
