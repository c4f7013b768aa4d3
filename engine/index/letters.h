/* letters.h - single characters beyond ASCII: what they are, and as what they are compared. */
#ifndef ENGINE_LETTERS_H
#define ENGINE_LETTERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum letters_class {
    LETTERS_OTHER, /* separates words */
    LETTERS_LOWER, /* letters without case are small ones */
    LETTERS_UPPER,
    LETTERS_DIGIT,
    LETTERS_ALONE, /* a word of its own: ideographs and kana */
    LETTERS_MARK,  /* an accent behind its letter (U+0300 to U+036F) */
};
enum letters_class letters_class(uint32_t code_point);

/* Writes what the character is compared as, at most `size` bytes, which are as many as it has in UTF-8: case folded
 * (Unicode's full folding: ß is ss), without accents (é is e, also ø and ł, which are letters of their own to Unicode),
 * wide and other forms as the plain one (Ａ is a, ﬁ is fi). What would become longer stays as it is: so a folded word
 * is never longer than the word. Returns how many bytes; none for an accent alone. */
size_t letters_plain(uint32_t code_point, size_t size, char *plain);

#endif
