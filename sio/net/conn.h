/* conn.h - one connection: bytes in, bytes out, nothing held while it is idle.
 *
 *              on_data                             conn_write
 *   kernel ──▶ receive buffer of the loop ──▶ owner ──▶ cork of the loop ──▶ kernel
 *                      │ rest                              │ refused
 *                      ▼                                   ▼
 *              conn->rest (incomplete frame)       conn->backlog
 *
 * Everything that its owner writes while it handles one event is collected in the loop's cork and leaves in one call.
 * Writing never calls back: a connection that breaks while it is written to tells its owner at the end of the turn.
 * Below it is a conn_io: the kernel's socket here, TLS in tls.h. */
#ifndef NET_CONN_H
#define NET_CONN_H

#include "backlog.h"
#include "buf.h"
#include "loop.h"

#include <sys/types.h>

enum {
    /* A client that takes nothing of what it is sent for this long is gone, or holds memory on purpose. */
    CONN_STALL_MS = 30 * 1000,
    /* After the last byte was sent the other side gets this long to read it: closing with unread input would make the
     * kernel throw away what was sent (RFC 9112 §9.6). */
    CONN_LINGER_MS = 2 * 1000,
    /* A client is not read from while it leaves more than this unread. */
    CONN_UNSENT_HIGH = 256 * 1024,
};

enum conn_end {
    CONN_ENDED,     /* the other side closed it */
    CONN_BROKEN,    /* reset, or another error */
    CONN_STALLED,   /* nothing could be sent for CONN_STALL_MS */
    CONN_NO_MEMORY, /* for its input or output */
    CONN_OVERFULL,  /* its input does not end */
};

struct conn;

/* What a connection reads from and writes to, as read(2), writev(2), shutdown(2) of our side; `close` is called once.
 */
struct conn_io {
    ssize_t (*read)(struct conn *conn, void *bytes, size_t size);
    ssize_t (*write)(struct conn *conn, const struct iovec *parts, int count);
    int (*shut)(struct conn *conn);
    void (*close)(struct conn *conn);
};
/* What every new connection has below it, and with what: a layer that needs more memory begins with this. */
struct conn_layer {
    const struct conn_io *io;
};
extern const struct conn_layer conn_socket; /* tls.h is another */

struct conn_handler {
    /* Bytes have come; they may be written to. Returns how many were used: the rest comes again, with what follows it.
     */
    size_t (*on_data)(struct conn *conn, char *bytes, size_t size);
    /* All that was written has left. NULL: not wanted. */
    void (*on_drain)(struct conn *conn);
    /* The time set with conn_deadline is over. NULL: it sets none. */
    void (*on_deadline)(struct conn *conn);
    /* The connection is gone, not by a call of its owner. Called once; nothing can be written any more. */
    void (*on_close)(struct conn *conn, enum conn_end end);
    /* The last call: `owner` is not used any more and may be freed. */
    void (*release)(void *owner);
};

struct conn {
    struct loop_source source;
    struct loop_task task;
    struct loop *loop;
    struct conn *next, **link; /* in loop->conns */
    const struct conn_layer *layer;
    const struct conn_handler *handler;
    void *owner;
    struct timer timer;
    struct buf *rest; /* input not used yet; NULL: none */
    struct backlog backlog;
    uint32_t input_limit;  /* bytes the owner may leave unused */
    uint8_t end;           /* enum conn_end */
    bool is_paused : 1;    /* the owner takes no input now */
    bool needs_peer : 1;   /* while paused: the end of the other side closes it */
    bool is_resumed : 1;   /* the rest is to be handed out by the task */
    bool is_finishing : 1; /* nobody listens any more: send, wait, close */
    bool is_shut : 1;      /* our side has ended */
    bool has_ended : 1;    /* the other side sends no more */
    bool is_broken : 1;    /* the task is to tell the owner `end` */
    bool is_closed : 1;
    bool wants_drain : 1;
    bool io_wants_output : 1; /* to read, the layer has to be able to write first */
};

/* Takes over the connected, non-blocking `fd`, which is closed on failure. NULL: no memory, or epoll refused. */
struct conn *conn_open(struct loop *loop, int fd, const struct conn_handler *handler, void *owner,
                       uint32_t input_limit);
/* Another owner takes over, with what has not been used of the input. The old one is not released. */
void conn_take_over(struct conn *conn, const struct conn_handler *handler, void *owner, uint32_t input_limit);

/* Takes a paused connection out of its loop, with its unused input, what is unsent, and its deadline. To be called at
 * the end of the turn, from a task: false while it has a task of its own to run, so that it has to be asked again.
 * After that nothing is called for it, and it may be handed to another thread; conn_adopt must follow. */
bool conn_detach(struct conn *conn);
/* Puts it into another loop, in that one's thread, and hands out its input as if it had just come. When epoll refuses
 * it, or an end was reached on the way, the owner gets on_close at the end of the turn. */
void conn_adopt(struct loop *loop, struct conn *conn);

/* Sends `parts`, one behind the other; what the kernel refuses is kept. */
void conn_write(struct conn *conn, const struct str *parts, size_t count);
/* As conn_write with one part, which is not copied when it has to wait. */
void conn_write_shared(struct conn *conn, struct shared *shared);
/* Bytes that the kernel has not taken. */
size_t conn_unsent(const struct conn *conn);
/* Calls on_drain as soon as more can be sent, even when nothing is waiting. */
void conn_want_drain(struct conn *conn);

/* Stops on_data. With `needs_peer` the end of the other side's sending closes the connection meanwhile. */
void conn_pause(struct conn *conn, bool needs_peer);
/* Starts on_data again, at the end of the turn. */
void conn_resume(struct conn *conn);

/* Calls on_deadline after `delay_ms`; 0: never. One that has unsent bytes has CONN_STALL_MS instead, and the owner sets
 * its deadline again in on_drain. */
void conn_deadline(struct conn *conn, uint32_t delay_ms);

/* The owner is done: what was written is still sent, then the connection ends. Only `release` is called after that. */
void conn_finish(struct conn *conn);
/* Breaks it: at the end of the turn, in no other call, the owner gets on_close. What was to be sent is dropped. */
void conn_fail(struct conn *conn, enum conn_end end);
/* Ends it now. Only `release` is called after that. */
void conn_close(struct conn *conn);
/* True when it can still be written to. */
bool conn_is_open(const struct conn *conn);
/* conn_close for every connection of the loop, and frees them all. Not from inside a callback. */
void conn_close_all(struct loop *loop);

#endif
