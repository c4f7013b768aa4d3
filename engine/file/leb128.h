/* leb128.h - numbers of one to five bytes: seven bits a byte, the low ones first, the top bit says "more follows". */
#ifndef ENGINE_LEB128_H
#define ENGINE_LEB128_H

#include "str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { LEB128_SIZE_MAX = 5 };

/* Writes `value`; returns the number of bytes, 1 to 5. */
size_t leb128_write(uint32_t value, uint8_t bytes[LEB128_SIZE_MAX]);
/* Reads a number at `*at` and advances. False, and nothing changed, when it would leave `bytes` or 32 bits. */
bool leb128_read(struct str bytes, size_t *at, uint32_t *value);

#endif
