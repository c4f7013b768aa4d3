/* packet.h - the packets of Socket.IO, protocols 5 (clients 3 and 4) and 4 (clients 1 and 2).
 *
 *     <type>[<attachments>-][<namespace>,][<acknowledgement id>][JSON]
 *
 *     0{"token":"x"}            1/admin,            2["name",1,{"a":2}]            212["name"]
 *     312["answer"]             51-/admin,["name",{"_placeholder":true,"num":0}]
 *
 * Reading is done in two calls: packet_read takes the head apart, packet_read_arguments checks the JSON and turns each
 * argument into a sio_value that points into the packet's own text, whose bytes it writes to: texts are decoded where
 * they lie, and every value gets its NUL where the comma or bracket behind it was. Nothing is copied or allocated.
 *
 * A binary packet is followed by its attachments, one WebSocket message each: the caller keeps (a copy of) the text
 * until they are there, then reads the arguments and gives them their bytes with packet_attach.
 *
 * Refused is what the reference server closes the connection for, with a code that names the rule. */
#ifndef SIO_WIRE_PACKET_H
#define SIO_WIRE_PACKET_H

#include "buf.h"
#include "sio.h"
#include "str.h"

#include <stdint.h>

enum packet_type {
    PACKET_CONNECT,
    PACKET_DISCONNECT,
    PACKET_EVENT,
    PACKET_ACK,
    PACKET_CONNECT_ERROR,
    PACKET_BINARY_EVENT,
    PACKET_BINARY_ACK,
};

#define PACKET_ERRORS(X)                                                                                               \
    X(PACKET_TYPE, "unknown packet type")                                                                              \
    X(PACKET_DIRECTION, "a packet that only servers send")                                                             \
    X(PACKET_ATTACHMENTS, "illegal number of attachments")                                                             \
    X(PACKET_NAMESPACE, "the namespace's name is too long")                                                            \
    X(PACKET_ID, "the acknowledgement id is too large")                                                                \
    X(PACKET_PAYLOAD, "a payload of the wrong kind for the packet's type")                                             \
    X(PACKET_JSON, "malformed JSON")                                                                                   \
    X(PACKET_EVENT_NAME, "an event's name is neither text nor a number")                                               \
    X(PACKET_RESERVED, "a reserved event name")                                                                        \
    X(PACKET_PLACEHOLDER, "a placeholder that stands for no attachment of its own")                                    \
    X(PACKET_ARGUMENTS, "too many arguments")                                                                          \
    X(PACKET_MSGPACK, "malformed MessagePack, or more than it may hold")                                               \
    X(PACKET_ROOM, "the array for the arguments is too small")
#define PACKET_X(name, text) name,
enum packet_error { PACKET_OK, PACKET_ERRORS(PACKET_X) };
#undef PACKET_X
/* The text of an error, constant. */
const char *packet_error_text(enum packet_error error);

#define PACKET_NO_ID UINT64_MAX

struct packet {
    enum packet_type type;
    uint32_t attachments; /* of the binary types: 1 to LIMIT_PACKET_ATTACHMENTS, else 0 */
    struct str nsp;       /* begins with '/'; "/" when none was given */
    uint64_t id;          /* PACKET_NO_ID, or up to 2^53 - 1 */
    char *json;           /* may be written to; not yet checked */
    size_t json_size;     /* 0: no payload */
};

/* Takes a text message from a client apart and checks what belongs to its type except the arguments: the auth value of
 * CONNECT is an object or absent, DISCONNECT has none, ACK has an array. `revision` is the Socket.IO protocol, 4 or 5:
 * in 4 the namespace may end in a query (packet_split_query). An EVENT or ACK without payload is accepted, as by the
 * reference: json_size is 0, nothing is to be delivered. The packet points into `text`, which is not changed. */
enum packet_error packet_read(struct packet *packet, int revision, char *text, size_t size);

/* Checks the payload of an EVENT or ACK (either form) and cuts it into `event` (decoded, NUL-ended; a numeric name as
 * it is written; empty for ACK) and `*count` values in `values`, which has room for `room`. Their kinds: SIO_NULL,
 * SIO_BOOL, SIO_NUMBER, SIO_TEXT (decoded, NUL-ended), SIO_JSON (arrays and objects, NUL-ended), and of binary packets
 * SIO_BYTES with at = NULL and the attachment's number as size, for packet_attach. Placeholders inside arrays and
 * objects are checked (see placeholder.h; no two for one attachment) and stay in their JSON. PACKET_ROOM: more values
 * than room; *count tells how many (at most LIMIT_PACKET_ARGUMENTS); nothing is changed, call again with more room.
 * After PACKET_OK the text is changed: it cannot be read again. */
enum packet_error packet_read_arguments(struct packet *packet, struct str *event, sio_value *values, size_t room,
                                        size_t *count);

/* Gives the SIO_BYTES values of a binary packet their bytes, and its SIO_JSON values what their placeholders stand for.
 * `attachments` are the packet's, all of kind SIO_BYTES; they are borrowed by the values. */
void packet_attach(sio_value *values, size_t count, const sio_value *attachments, uint32_t attachment_count);

/* Splits "/name?query" (protocol 4, where the query carries the auth data) into the name, which stays, and the query
 * without its '?', empty when there is none. */
struct str packet_split_query(struct str *nsp);

/* True for the names that only the library may emit: connect, connect_error, disconnect, disconnecting, newListener,
 * removeListener. */
bool packet_is_reserved(struct str event);

/* ---- Writing ----------------------------------------------------------------------------------------------- */
/* Each appends one packet to `buf`. SIO_BYTES values become placeholders and make the packet binary, and so do the
 * placeholders of SIO_JSON values for their own attachments. All are numbered in the order in which they stand; that
 * many attachments are returned, to be sent right behind, one packet_next_attachment after the other. JSON is written
 * as it is (json_text_valid tells), an empty one as null; but in a binary packet placeholders that stand for none of
 * their value's attachments become null, so that nobody's JSON can refer to another's bytes, or make a client refuse.
 */

/* `id` is PACKET_NO_ID where no acknowledgement is wanted. */
size_t packet_write_event(struct buf *buf, struct str nsp, uint64_t id, struct str event, sio_args args);
size_t packet_write_ack(struct buf *buf, struct str nsp, uint64_t id, sio_args args);
/* The array alone, to become a value of another event: ["event",…]. */
size_t packet_write_array(struct buf *buf, struct str event, sio_args args);

/* Where packet_next_attachment stands; zero-initialised, before the first. */
struct packet_position {
    size_t argument;
    const char *at;
};
/* The next attachment of a packet with these arguments. False when there is no further one. */
bool packet_next_attachment(sio_args args, struct packet_position *position, struct str *bytes);

/* `json` is the payload: {"sid":...} in protocol 5, empty in protocol 4. */
void packet_write_connect(struct buf *buf, struct str nsp, struct str json);
void packet_write_disconnect(struct buf *buf, struct str nsp);
/* Protocol 5: {"message":...} and "data" unless it is empty. Protocol 4: the data, or the message as a JSON string. */
void packet_write_connect_error(struct buf *buf, int revision, struct str nsp, struct str message, struct str data);

#endif
