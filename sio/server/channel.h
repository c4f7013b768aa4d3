/* channel.h - a connection while it speaks WebSocket (RFC 6455, RFC 7692): whole messages in, whole messages out. What
 * they mean is its owner's: an Engine.IO transport (websocket.h), or the user's own protocol (raw_websocket.c).
 *
 *   bytes ─▶ channel_read ─▶ on_message            on_message of one that lies whole in the input costs no copy
 *                        └▶ on_end: the close frame is answered, the connection ends
 *
 * Between two messages a channel holds no reader: it gets one when a message comes in pieces. */
#ifndef SERVER_CHANNEL_H
#define SERVER_CHANNEL_H

#include "caller.h"
#include "conn.h"
#include "ws.h"
#include "ws_deflate.h"

enum {
    /* Room for the few bytes that ws_read leaves unused: a header, or an unfinished control frame. */
    CHANNEL_INPUT_BYTES = 256,
    /* Smaller messages hardly shrink; the reference's threshold. */
    CHANNEL_DEFLATE_BYTES = 1024,
};

struct channel;

struct channel_handler {
    /* The most bytes of a message. */
    uint64_t (*message_max)(const struct channel *channel);
    /* `payload` may be written to. */
    void (*on_message)(struct channel *channel, bool is_binary, char *payload, size_t size);
    /* The other side closed it with `code`, or broke the protocol (`is_fault`) and is told so with it. */
    void (*on_end)(struct channel *channel, uint16_t code, bool is_fault);
};

struct channel {
    struct conn *conn;
    struct channel_deflate *deflate; /* NULL: it was not agreed */
    struct channel_partial *partial; /* a message of which only a part has come; NULL: none */
};

/* The worker whose connection it is. */
static inline struct worker *channel_worker(const struct channel *channel)
{
    return (struct worker *)((char *)channel->conn->loop - offsetof(struct worker, loop));
}
/* Answers a request that RFC 6455 §4.2.1, or a malformed Sec-WebSocket-Extensions, does not let through; false: it may.
 */
bool channel_refuse(sio_request *request);
/* Writes the 101, with request->reply_headers, and makes the connection the channel's; the caller gives it an owner
 * with conn_take_over. `deflate` may be NULL. False: no memory. */
bool channel_open(struct channel *channel, sio_request *request, const sio_deflate *deflate);
/* Frees what it holds. */
void channel_free(struct channel *channel);

/* Takes bytes as on_data does. */
size_t channel_read(struct channel *channel, const struct channel_handler *handler, char *bytes, size_t size);
/* Sends a message that consists of two parts. */
void channel_send(struct channel *channel, enum ws_opcode opcode, struct str first, struct str second);
/* Closes the client when it takes nothing and yet makes us answer (pings, bad packets): the limit is above the one for
 * messages. To be called when something was sent. */
void channel_check_backlog(struct channel *channel);
/* Sends the close frame and ends. */
void channel_finish(struct channel *channel, uint16_t code);
/* True when a message of `size` bytes would be compressed. */
bool channel_deflates(const struct channel *channel, size_t size);
/* Of a channel that keeps no context: the size of its window in bits, 8 to 15. What is compressed for it is good for
 * all with the same. 0: it does not compress, or what it compresses is its own. */
unsigned channel_shared_window(const struct channel *channel);
/* Appends the frame of a message that consists of two parts, compressed where `like`, which has a shared window, would
 * do it; NULL: not compressed. */
void channel_append(struct buf *buf, struct channel *like, enum ws_opcode opcode, struct str first, struct str second);

#endif
