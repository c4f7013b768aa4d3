/* ws_deflate.h - permessage-deflate, the compression of WebSocket messages (RFC 7692), on zlib.
 *
 *     Sec-WebSocket-Extensions ──► ws_deflate_negotiate ──► params ──► ws_deflate_write_params ──► the 101
 *                                                             │
 *     ws_reader.deflate = ws_deflate_init(pool, params) ◄─────┘
 *
 * The reader of ws.h then inflates by itself: its pieces are plain, whatever the client sent. Sending is
 * ws_deflate_write and a frame header with WS_RSV1; which messages are worth it is the caller's decision.
 *
 * Memory. A pool serves the connections of one thread. Without context takeover a connection holds an inflater (7 KB
 * and a window of 32 KB) only from the first to the last byte of a message, and never a deflater: idle it has
 * nothing but struct ws_deflate. With context takeover it keeps an inflater from its first compressed message on, and a
 * deflater (256 KB with 15 bits and memory level 8) from the first it is sent. */
#ifndef SIO_WIRE_WS_DEFLATE_H
#define SIO_WIRE_WS_DEFLATE_H

#include "buf.h"
#include "http1.h"
#include "str.h"

#include <stdint.h>

/* ---- Negotiation (§5, §7.1) -------------------------------------------------------------------------------- */

/* What the server wants, or what was agreed. */
struct ws_deflate_params {
    bool server_no_context_takeover, client_no_context_takeover;
    uint8_t server_max_window_bits, client_max_window_bits; /* 8 to 15; 0: not named, which means 15 */
};

enum ws_deflate_answer {
    WS_DEFLATE_NONE,      /* no offer, or none that can be accepted: go on without */
    WS_DEFLATE_AGREED,    /* *agreed is filled */
    WS_DEFLATE_MALFORMED, /* the header breaks the grammar (RFC 6455 §9.1): refuse the request with 400 */
};

/* Takes the first offer in the request's Sec-WebSocket-Extensions that is well-formed, names nothing unknown and
 * nothing twice, and allows what is wanted. The agreed window bits are the smaller of the offer's and the wanted ones.
 * An offer without client_max_window_bits is declined where `wanted` bounds them: the client would not keep to it
 * (§7.1.2.2). */
enum ws_deflate_answer ws_deflate_negotiate(const struct ws_deflate_params *wanted, const struct http1_request *request,
                                            struct ws_deflate_params *agreed);
/* Writes the value of the answer's Sec-WebSocket-Extensions. */
void ws_deflate_write_params(struct buf *buf, const struct ws_deflate_params *agreed);

/* ---- The pool ---------------------------------------------------------------------------------------------- */

struct ws_deflate_pool;

/* `level` is 1 (fast) to 9 (small), `memory_level` 1 to 9 (a deflater takes 2^(bits + 2) + 2^(memory level + 9) bytes);
 * 0 is zlib's default, 6 and 8. NULL: no memory, or values out of range. */
struct ws_deflate_pool *ws_deflate_pool_create(int level, int memory_level);
/* All connections of the pool are freed before. NULL is fine. */
void ws_deflate_pool_destroy(struct ws_deflate_pool *pool);

/* ---- A connection ------------------------------------------------------------------------------------------ */

struct ws_inflater;
struct ws_deflater;

struct ws_deflate {
    struct ws_deflate_pool *pool;
    struct ws_deflate_params params;
    struct ws_inflater *inflater; /* NULL: none held */
    struct ws_deflater *deflater; /* its own, with context takeover */
    bool has_input;               /* the message in progress has had a byte */
    bool is_final;                /* it has come to the end of a final block (§7.2.3.4) */
    uint8_t tail;                 /* bytes of the tail (§7.2.2) that the inflater has had */
};

/* A connection with what ws_deflate_negotiate agreed. Holds no memory. */
void ws_deflate_init(struct ws_deflate *deflate, struct ws_deflate_pool *pool, const struct ws_deflate_params *agreed);
/* Gives back what is held, also inside a message. */
void ws_deflate_free(struct ws_deflate *deflate);

enum { WS_DEFLATE_SLICE = 64 * 1024 };

struct ws_inflated {
    char *at; /* may be written to; good until the pool's next ws_deflate_read */
    size_t size;
    bool is_done; /* all input is used, and all that comes of it was given */
};

/* Inflates the next bytes of the message in progress; ws_read calls it. `is_end`: the message ends behind them. Gives
 * at most WS_DEFLATE_SLICE bytes at a time, so that a bomb is met by the ceiling on the message before it costs memory;
 * until is_done call again with the bytes that are not `*used`.
 * Returns 0 or the code to close with: 1007 for what is no DEFLATE data or is cut short, 1011 without memory. */
uint16_t ws_deflate_read(struct ws_deflate *deflate, struct str bytes, bool is_end, size_t *used,
                         struct ws_inflated *inflated);

/* Appends the payload of a compressed message, whose text or bytes are the `count` parts one behind the other; the
 * frame has the opcode with WS_RSV1. False without memory or room in `out`: with context takeover the connection is
 * then to be closed. Without it (server_no_context_takeover) the result depends on nothing but parts and window bits:
 * it may be sent to every connection that agreed on the same, or dropped where it is not smaller. */
bool ws_deflate_write(struct ws_deflate *deflate, struct buf *out, const struct str *parts, size_t count);

#endif
