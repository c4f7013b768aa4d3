/* number.h - numbers as people read and write them. */
#ifndef NUMBER_H
#define NUMBER_H

#include <stdbool.h>
#include <stdint.h>

enum { NUMBER_TEXT = 32 };

/* "1,234,567". Returns `text`. */
const char *number_text(char text[NUMBER_TEXT], uint64_t number);
/* "512 bytes", "4.2 MB", "1.3 GB" (powers of 1000). Returns `text`. */
const char *number_bytes(char text[NUMBER_TEXT], uint64_t bytes);
/* Reads a decimal number from `least` to `most`; false when `text` is anything else. */
bool number_read(const char *text, uint32_t least, uint32_t most, uint32_t *number);

#endif
