/* placeholder.h - what stands in the JSON of a packet for bytes that come as an attachment:
 * {"_placeholder":true,"num":0}, these two members in any order and no other.
 *
 * The JSON is checked already. Each '{' costs no more than its own two members, so that a walk is linear. */
#ifndef SIO_WIRE_PLACEHOLDER_H
#define SIO_WIRE_PLACEHOLDER_H

#include "buf.h"
#include "str.h"

#include <stdint.h>

struct placeholder {
    struct str text; /* what it stands on */
    int32_t number;  /* of the attachment; -1: a client would take it for a placeholder, and it is a bad one */
};

/* Reads the placeholder that *at stands on and advances behind it. False, and *at as it was, for any other value. */
bool placeholder_read(const char **at, const char *end, struct placeholder *found);

/* Finds the next one from *at on and advances behind it. False, and *at == end, when there is none. With the number -1
 * come also objects that have "_placeholder":true among other members: `text` is then that true. */
bool placeholder_next(const char **at, const char *end, struct placeholder *found);

/* Writes one. */
void placeholder_write(struct buf *buf, uint64_t number);

#endif
