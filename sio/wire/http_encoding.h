/* http_encoding.h - compresses the body of a response (Content-Encoding, RFC 9110 §8.4) with gzip or brotli.
 *
 *     coding = http_encoding_choose(Accept-Encoding, type, size, threshold)
 *     if (coding is not identity && http_encoding_write(&out, coding, body)) send `out` with http_encoding_name(coding)
 *     else send the body as it is; and Vary: Accept-Encoding in either case where the size is above the threshold
 */
#ifndef SIO_WIRE_HTTP_ENCODING_H
#define SIO_WIRE_HTTP_ENCODING_H

#include "buf.h"
#include "http_header.h"
#include "str.h"

/* Bodies below fit one packet anyway; the default of Engine.IO's httpCompression. */
enum { HTTP_ENCODING_THRESHOLD = 1024 };

/* True for a media type whose content shrinks: text, and what is text under another name; its parameters are ignored.
 * Pictures, sound and archives are compressed already. */
bool http_encoding_is_compressible(struct str type);

/* The coding for a body of `size` bytes, by the client's Accept-Encoding (http_header_coding): identity below
 * `threshold` and for a type that is not worth it. An empty `accept` means identity. */
enum http_coding http_encoding_choose(struct str accept, struct str type, size_t size, size_t threshold);

/* The name for Content-Encoding; empty for identity. */
struct str http_encoding_name(enum http_coding coding);

/* Appends the body in that coding, which is gzip or brotli. False, and `out` as it was, where that is not smaller than
 * the body, has no room below the ceiling of `out`, or there is no memory. It takes its time: 15 to 50 ms for a
 * megabyte of JSON. */
bool http_encoding_write(struct buf *out, enum http_coding coding, struct str body);

#endif
