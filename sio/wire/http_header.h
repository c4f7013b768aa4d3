/* http_header.h - the values of those headers that a server has to understand (RFC 9110). */
#ifndef SIO_WIRE_HTTP_HEADER_H
#define SIO_WIRE_HTTP_HEADER_H

#include "str.h"

#include <stdint.h>

/* True when the comma-separated list has `token`, whatever its case (RFC 9110 §5.6.1). */
bool http_header_has_token(struct str list, struct str token);

enum http_range { HTTP_RANGE_NONE, HTTP_RANGE_PART, HTTP_RANGE_UNSATISFIABLE };
/* Reads a Range header for a content of `size` bytes (RFC 9110 §14.1.2).
 * HTTP_RANGE_PART: answer 206 with the bytes [*start, *end).
 * HTTP_RANGE_UNSATISFIABLE: answer 416.
 * HTTP_RANGE_NONE: answer 200 with everything: another unit, a malformed header, or several ranges, which a
 * server may ignore (§14.2) and which many small ones turn into an attack (§17.15). */
enum http_range http_header_range(struct str range, uint64_t size, uint64_t *start, uint64_t *end);

/* True when the list of an If-None-Match header has `etag` (with its quotes), by weak comparison
 * (RFC 9110 §8.8.3.2), or is "*". */
bool http_header_matches_etag(struct str list, struct str etag);

enum http_coding { HTTP_CODING_IDENTITY, HTTP_CODING_GZIP, HTTP_CODING_BROTLI };
/* The coding to answer with among those there are, by an Accept-Encoding header (RFC 9110 §12.5.3): the highest
 * q-value, brotli before gzip before identity where they are equal. An empty `accept` means identity. Identity is
 * the answer also where nothing is acceptable: a body is worth more than a 406. */
enum http_coding http_header_coding(struct str accept, bool has_gzip, bool has_brotli);

#endif
