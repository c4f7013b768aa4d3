/* base64.h - base64 with the standard alphabet and padding (RFC 4648 §4). */
#ifndef SIO_WIRE_BASE64_H
#define SIO_WIRE_BASE64_H

#include "buf.h"
#include "str.h"

/* The size of the encoding of `size` bytes. */
size_t base64_size(size_t size);
void base64_write(struct buf *buf, struct str bytes);
/* Decodes in place and returns the number of bytes, or STR_NONE. Strict: the size is a multiple of four, padding only
 * where it is due, the unused bits are zero (§3.5), so that no two texts stand for the same bytes. */
size_t base64_read(char *text, size_t size);

#endif
