/* ws.h - the frames of WebSocket, RFC 6455, on the server's side.
 *
 * The reader takes the bytes of one connection in pieces of any size and reports slices of messages: unmasked in
 * place, checked, and pointing into the bytes it was given. It keeps no bytes itself, so that one receive
 * buffer can serve all connections of a loop:
 *
 *     received bytes ──► ws_read ──► piece { first and last }        handled where it lies, no copy
 *                                └─► piece { first } … { last }      appended to the connection's own buffer
 *                                └─► WS_WANT_MORE                    the few bytes not used are kept for next time
 *
 * Not used up are only bytes of an unfinished frame header (below 14) and of an unfinished control frame (below
 * 131). Payload is used up as it comes, and text is refused at its first bad byte.
 *
 * Compressed messages (RFC 7692) are inflated on the way: their slices lie in the memory of the deflate pool, are good
 * until the next call for any of its connections, and may be more than the pieces received. */
#ifndef SIO_WIRE_WS_H
#define SIO_WIRE_WS_H

#include "buf.h"
#include "str.h"
#include "utf8.h"

#include <stdint.h>

enum ws_opcode { /* RFC 6455 §11.8 */
                 WS_OPCODE_CONTINUATION = 0,
                 WS_OPCODE_TEXT = 1,
                 WS_OPCODE_BINARY = 2,
                 WS_OPCODE_CLOSE = 8,
                 WS_OPCODE_PING = 9,
                 WS_OPCODE_PONG = 10,
};

enum ws_close { /* RFC 6455 §7.4.1 */
                WS_CLOSE_NORMAL = 1000,
                WS_CLOSE_GOING_AWAY = 1001,
                WS_CLOSE_PROTOCOL = 1002,
                WS_CLOSE_NO_CODE = 1005, /* never on the wire: the close frame was empty */
                WS_CLOSE_DATA = 1007,
                WS_CLOSE_POLICY = 1008,
                WS_CLOSE_TOO_BIG = 1009,
                WS_CLOSE_INTERNAL = 1011,
};

enum ws_kind {
    WS_WANT_MORE, /* all that can be said is said */
    WS_TEXT,      /* a slice of a text message */
    WS_BINARY,    /* a slice of a binary message */
    WS_PING,      /* whole; answer it with a pong of the same payload (§5.5.2) */
    WS_PONG,      /* whole */
    WS_CLOSE,     /* whole; answer it with the same code and close; nothing more is reported */
    WS_ERROR,     /* send a close frame with `code` and close; nothing more is reported */
};

struct ws_piece {
    enum ws_kind kind;
    bool first, last; /* of WS_TEXT and WS_BINARY: the slice begins, ends a message; both for a whole one */
    uint16_t code;    /* WS_CLOSE: what the peer sent, or WS_CLOSE_NO_CODE. WS_ERROR: what to send */
    char *payload;    /* may be written to; inflated where it came compressed; of WS_CLOSE the reason; NULL or empty
                         where there is none */
    size_t size;
    const char *reason; /* WS_ERROR: a constant text */
};

struct ws_reader {
    struct ws_deflate *deflate; /* set it when permessage-deflate was agreed (ws_deflate.h); NULL: RSV1 is an error */
    uint64_t left;              /* payload of the frame in progress that is still to come */
    uint64_t message_size;      /* payload of the message in progress so far, this frame's whole payload included */
    uint64_t inflated_size;     /* what became of it, where it is compressed */
    size_t unmasked;            /* bytes offered again that are unmasked already */
    uint64_t message_max;
    struct utf8_state utf8;
    uint8_t mask[4];    /* turned so that [0] is for the next byte */
    uint8_t opcode;     /* of the message in progress; 0: none */
    bool in_frame;      /* the header of a data frame is read, its payload not whole */
    bool is_final;      /* that frame is the message's last */
    bool is_started;    /* a slice of the message is reported */
    bool is_compressed; /* the message came with RSV1 (RFC 7692 §6) */
    bool is_closed;     /* after WS_CLOSE or WS_ERROR: what comes is dropped (§1.4) */
};

/* A reader at the start of a connection; messages may have up to `message_max` bytes (a longer one is
 * WS_CLOSE_TOO_BIG, at the frame header that announces it; a compressed one also at the slice that exceeds it). */
void ws_reader_init(struct ws_reader *reader, uint64_t message_max);
/* Takes bytes and says the next thing about them; call again with the rest until it says WS_WANT_MORE.
 * Returns how many are used up; the rest comes again, in front of what is received next.
 * The bytes are written to (unmasked); a piece is good as long as they are. */
size_t ws_read(struct ws_reader *reader, char *bytes, size_t size, struct ws_piece *piece);

/* True between two messages, where a reader holds nothing: one begun anew is as good. */
bool ws_reader_is_idle(const struct ws_reader *reader);

enum { WS_HEADER_MAX = 10, WS_RSV1 = 0x40 };
/* Writes the header of an unfragmented, unmasked frame (§5.1) with `size` bytes of payload; `opcode` may be joined with
 * WS_RSV1. Returns its bytes: 2, 4 or 10. The payload follows it as it is. */
size_t ws_write_header(char out[WS_HEADER_MAX], int opcode, uint64_t size);
/* A whole frame. */
void ws_write(struct buf *buf, enum ws_opcode opcode, struct str payload);
/* A close frame. WS_CLOSE_NO_CODE gives the empty one; the reason is cut to the 123 bytes there are. */
void ws_write_close(struct buf *buf, uint16_t code, struct str reason);

/* True for the codes that may stand in a close frame (§7.4, and the registry up to 1014). */
bool ws_is_close_code(uint16_t code);

#endif
