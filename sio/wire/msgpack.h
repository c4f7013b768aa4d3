/* msgpack.h - MessagePack as Socket.IO's parser and adapters write it (notepack.io, @msgpack/msgpack), read token by
 * token and written.
 *
 *     00-7f e0-ff cc-cf d0-d3   whole numbers      a0-bf d9-db   text       80-8f de-df   maps
 *     ca cb                     floating point     c4-c6         bytes      90-9f dc-dd   arrays
 *     c0 nil  c2 c3 boolean     c7-c9 d4-d8        extensions, of which these libraries write:
 *         fixext1 type 0        undefined
 *         ext8-32 type 0        bytes (an ArrayBuffer of old clients)
 *         fixext8 type 0        a Date, as milliseconds (old notepack)
 *         type -1               a timestamp of 4, 8 or 12 bytes
 *
 * The reader points into the bytes it was given, allocates nothing and does not recurse. */
#ifndef SIO_WIRE_MSGPACK_H
#define SIO_WIRE_MSGPACK_H

#include "buf.h"
#include "sio.h"
#include "str.h"

#include <stdint.h>

enum msgpack_kind {
    MSGPACK_NIL, /* and undefined */
    MSGPACK_BOOL,
    MSGPACK_WHOLE,
    MSGPACK_FLOAT,
    MSGPACK_TEXT,
    MSGPACK_BYTES,
    MSGPACK_ARRAY,
    MSGPACK_MAP,
    MSGPACK_DATE,
    MSGPACK_OTHER, /* an extension that nobody of the above writes */
};

struct msgpack_token {
    enum msgpack_kind kind;
    union {
        bool boolean;
        struct {
            bool is_negative;
            uint64_t size;
        } whole;         /* the number is size, or -size */
        double number;   /* MSGPACK_FLOAT; MSGPACK_DATE: milliseconds since 1970, NaN for none */
        uint32_t count;  /* MSGPACK_ARRAY: values; MSGPACK_MAP: pairs of values */
        struct str data; /* MSGPACK_TEXT: valid UTF-8; MSGPACK_BYTES; MSGPACK_OTHER */
    };
    int8_t type; /* MSGPACK_OTHER */
};

/* Reads one token at *at, with its text or bytes, and advances behind it; the values of an array or map follow as
 * tokens of their own. False for one that is cut short or not defined, a text that is not UTF-8. */
bool msgpack_read(const char **at, const char *end, struct msgpack_token *token);
/* Advances behind a whole value, with all that is in it. False as above. */
bool msgpack_skip(const char **at, const char *end);

/* What stands for bytes where JSON is made of a value: the attachments, at most `room` of them. */
struct msgpack_attachments {
    struct str *at;
    size_t count, room;
};
/* Appends the JSON text of the value at *at, as JSON.stringify would write it, and advances behind it. Bytes become
 * placeholders (placeholder.h) for the attachments that are added; dates text (ISO 8601); unknown extensions an array
 * of their type and bytes, as in notepack. False for a value as above, more attachments than room, deeper nesting than
 * LIMIT_JSON_DEPTH, a key that is no text, no room in `json`. */
bool msgpack_to_json(const char **at, const char *end, struct buf *json, struct msgpack_attachments *attachments);

/* ---- Writing: the shortest form of each, as notepack does -------------------------------------------------- */

void msgpack_write_nil(struct buf *buf);
void msgpack_write_bool(struct buf *buf, bool value);
/* A whole number below 2^53 as such, else floating point. */
void msgpack_write_number(struct buf *buf, double number);
/* Bytes that are no UTF-8 become U+FFFD. */
void msgpack_write_text(struct buf *buf, struct str text);
void msgpack_write_bytes(struct buf *buf, struct str bytes);
/* The head of an array of `count` values, of a map of `count` pairs; the values follow. */
void msgpack_write_array(struct buf *buf, uint32_t count);
void msgpack_write_map(struct buf *buf, uint32_t count);
/* Any value of sio.h; the placeholders of its JSON become bytes where they stand. JSON that is not valid becomes nil.
 */
void msgpack_write_value(struct buf *buf, const sio_value *value);

#endif
