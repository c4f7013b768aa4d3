/* eio.h - the packets of Engine.IO, protocols 4 and 3, over WebSocket and long-polling.
 *
 * A packet is a type and text or bytes.
 *
 *                             protocol 4                       protocol 3
 *   WebSocket text            4hello                           4hello
 *   WebSocket text, b64=1     bAQID                            b4AQID
 *   WebSocket binary          01 02 03  (always a message)     04 01 02 03  (type first)
 *   polling body, text        4hello 1e bAQID                  6:4hello6:b4AQID  (UTF-16 code units)
 *   polling body, binary      -                                00 06 ff 4hello 01 04 ff 04 01 02 03
 *                                                              (00 text, 01 binary; one octet a digit; bytes)
 *
 * Readers check everything, decode base64 in place (it only shrinks) and allocate nothing: what they give
 * points into the bytes they were given. `protocol` is 3 or 4. */
#ifndef SIO_WIRE_EIO_H
#define SIO_WIRE_EIO_H

#include "buf.h"
#include "str.h"

#include <stdint.h>

enum eio_type { EIO_OPEN, EIO_CLOSE, EIO_PING, EIO_PONG, EIO_MESSAGE, EIO_UPGRADE, EIO_NOOP };

struct eio_packet {
    enum eio_type type;
    bool is_binary;
    char *data; /* may be written to; never NULL */
    size_t size;
};

/* Reads what one WebSocket message carries; text is valid UTF-8 (ws.h has checked it).
 * False for an empty message, an unknown type, bad base64. */
bool eio_read(struct eio_packet *packet, int protocol, bool is_binary, char *bytes, size_t size);

/* Writes what one WebSocket message of text carries: the type's digit and the text. */
void eio_write(struct buf *buf, enum eio_type type, struct str text);
/* Writes what one WebSocket message carries for a binary message: to a binary frame ... */
void eio_write_binary(struct buf *buf, int protocol, struct str bytes);
/* ... or to a text frame, where the client asked for b64=1. */
void eio_write_base64(struct buf *buf, int protocol, struct str bytes);

struct eio_handshake {
    struct str sid;
    bool offers_websocket; /* "upgrades" is ["websocket"], else [] */
    uint32_t ping_interval_ms, ping_timeout_ms;
    uint64_t max_payload; /* bytes */
};
/* Writes the JSON text of the open packet, without its type: {"sid":...,"upgrades":...,"pingInterval":...,
 * "pingTimeout":...,"maxPayload":...}, in this order. */
void eio_write_handshake(struct buf *buf, const struct eio_handshake *handshake);

/* ---- Polling bodies ---------------------------------------------------------------------------------------- */

enum eio_form {
    EIO_FORM_TEXT,   /* text/plain; binary packets are base64 */
    EIO_FORM_BINARY, /* application/octet-stream: protocol 3 only */
};

struct eio_payload {
    char *at, *end; /* what is still to be read */
    int protocol;
    enum eio_form form;
};

/* Begins to read the body of a POST. False when it is empty, not UTF-8 though its form is text, or of a form that the
 * protocol does not have. */
bool eio_payload_init(struct eio_payload *payload, int protocol, enum eio_form form, char *body, size_t size);
enum eio_next { EIO_NEXT_PACKET, EIO_NEXT_END, EIO_NEXT_ERROR };
/* The next packet. After EIO_NEXT_ERROR (a bad packet, a length that does not fit) read no further. */
enum eio_next eio_payload_next(struct eio_payload *payload, struct eio_packet *packet);

/* Appends one packet to the body of a poll's answer; `body` holds nothing but what earlier calls with the same protocol
 * and form wrote. Binary packets are messages. Protocol 3 uses EIO_FORM_BINARY for the whole body where the client
 * takes it (no b64=1) and one of the packets is binary. */
void eio_payload_write(struct buf *body, int protocol, enum eio_form form, enum eio_type type, bool is_binary,
                       struct str data);

/* JSONP (protocol 3): the body of a POST is a form with one field d, in which newlines are written \n and a backslash
 * before an n is doubled. Decodes it in place; *size is then the payload's. False when there is no field d or it is not
 * UTF-8. */
bool eio_jsonp_read(char *body, size_t *size, char **payload);
/* The answer to a poll with j=<index>: ___eio[<index>]("<payload as a JavaScript string>"); */
void eio_jsonp_write(struct buf *buf, uint32_t index, struct str payload);

#endif
