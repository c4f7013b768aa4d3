#include "conn.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

static ssize_t conn_socket_read(struct conn *conn, void *bytes, size_t size)
{
    return recv(conn->source.fd, bytes, size, 0);
}

/* sendmsg, as writev would raise SIGPIPE; for a single part, which is the rule, the kernel has less to read with send.
 */
static ssize_t conn_socket_write(struct conn *conn, const struct iovec *parts, int count)
{
    if (count == 1) return send(conn->source.fd, parts->iov_base, parts->iov_len, MSG_NOSIGNAL);
    struct msghdr message = { .msg_iov = (struct iovec *)parts, .msg_iovlen = (size_t)count };
    return sendmsg(conn->source.fd, &message, MSG_NOSIGNAL);
}

static int conn_socket_shut(struct conn *conn)
{
    return shutdown(conn->source.fd, SHUT_WR);
}

static void conn_socket_close(struct conn *conn)
{
    int fd = conn->source.fd;
    loop_remove(conn->loop, &conn->source);
    close(fd);
}

static const struct conn_io conn_socket_io = { conn_socket_read, conn_socket_write, conn_socket_shut,
                                               conn_socket_close };
const struct conn_layer conn_socket = { &conn_socket_io };

static void conn_watch(struct conn *conn)
{
    uint32_t events = 0;
    if (conn->is_closed) return;
    if (conn->is_paused)
        events |= conn->needs_peer ? EPOLLRDHUP : 0;
    else if (backlog_size(&conn->backlog) <= CONN_UNSENT_HIGH)
        events |= EPOLLIN;
    if (backlog_size(&conn->backlog) || conn->wants_drain || conn->io_wants_output) events |= EPOLLOUT;
    loop_change(conn->loop, &conn->source, events);
}

/* Tells the loop what has become of the backlog since it had `before` bytes. */
static void conn_count_unsent(struct conn *conn, size_t before)
{
    counter_add(&conn->loop->unsent, (uint64_t)backlog_size(&conn->backlog) - before);
}

static void conn_drop_backlog(struct conn *conn)
{
    size_t before = backlog_size(&conn->backlog);
    backlog_clear(&conn->backlog);
    conn_count_unsent(conn, before);
}

void conn_fail(struct conn *conn, enum conn_end end)
{
    if (conn->is_closed || conn->is_broken) return;
    conn->is_broken = true;
    conn->end = (uint8_t)end;
    conn_drop_backlog(conn);
    loop_later(conn->loop, &conn->task);
}

/* ---- Output ----------------------------------------------------------------------------------------------- */

static bool conn_is_writable(const struct conn *conn)
{
    return !conn->is_closed && !conn->is_broken && !conn->is_shut;
}

/* Bytes the kernel took: 0 when it takes none now, or the connection is broken. */
static size_t conn_send(struct conn *conn, const struct iovec *parts, int count)
{
    ssize_t sent;
    do sent = conn->layer->io->write(conn, parts, count);
    while (sent < 0 && errno == EINTR);
    if (sent >= 0) {
        counter_add(&conn->loop->bytes_out, (uint64_t)sent);
        return (size_t)sent;
    }
    if (errno != EAGAIN && errno != EWOULDBLOCK) conn_fail(conn, CONN_BROKEN);
    return 0;
}

static void conn_start_waiting(struct conn *conn)
{
    timer_set(&conn->loop->timers, &conn->timer, conn->loop->now_ms, CONN_STALL_MS);
    conn_watch(conn);
}

/* The backlog had `before` bytes. */
static void conn_wait(struct conn *conn, size_t before)
{
    size_t size = backlog_size(&conn->backlog);
    if (before == 0 && size)
        conn_start_waiting(conn);
    else if (size > CONN_UNSENT_HIGH)
        conn_watch(conn);
}

/* Keeps what lies behind the first `sent` bytes of the parts. */
static void conn_keep(struct conn *conn, const struct iovec *parts, int count, size_t sent)
{
    if (!conn_is_writable(conn)) return;
    size_t before = backlog_size(&conn->backlog);
    for (int i = 0; i < count; i++) {
        size_t done = sent < parts[i].iov_len ? sent : parts[i].iov_len;
        sent -= done;
        if (done == parts[i].iov_len) continue;
        struct str left = { (const char *)parts[i].iov_base + done, parts[i].iov_len - done };
        if (backlog_append(&conn->backlog, left) != 0) {
            conn_count_unsent(conn, before);
            conn_fail(conn, CONN_NO_MEMORY);
            return;
        }
    }
    conn_count_unsent(conn, before);
    conn_wait(conn, before);
}

static void conn_send_or_keep(struct conn *conn, const struct iovec *parts, int count)
{
    size_t sent = backlog_size(&conn->backlog) ? 0 : conn_send(conn, parts, count);
    conn_keep(conn, parts, count, sent);
}

static bool conn_is_corked(const struct conn *conn)
{
    return conn->loop->corked == conn;
}

static void conn_flush_cork(struct conn *conn)
{
    struct loop *loop = conn->loop;
    if (!conn_is_corked(conn) || loop->cork_size == 0) return;
    struct iovec part = { loop->cork, loop->cork_size };
    loop->cork_size = 0;
    if (conn_is_writable(conn)) conn_send_or_keep(conn, &part, 1);
}

static bool conn_write_corked(struct conn *conn, const struct str *parts, size_t count, size_t size)
{
    struct loop *loop = conn->loop;
    if (!conn_is_corked(conn) || size > LOOP_CORKED_MAX || size > LOOP_CORK_BYTES - loop->cork_size) return false;
    for (size_t i = 0; i < count; i++) {
        if (parts[i].size) memcpy(loop->cork + loop->cork_size, parts[i].at, parts[i].size);
        loop->cork_size += parts[i].size;
    }
    return true;
}

void conn_write(struct conn *conn, const struct str *parts, size_t count)
{
    enum { PARTS = 8 };
    size_t size = 0;
    if (!conn_is_writable(conn)) return;
    for (size_t i = 0; i < count; i++) size += parts[i].size;
    if (conn_write_corked(conn, parts, count, size)) return;
    conn_flush_cork(conn);
    for (size_t done = 0; done < count && conn_is_writable(conn); done += PARTS) {
        struct iovec vector[PARTS];
        size_t some = count - done < PARTS ? count - done : PARTS;
        for (size_t i = 0; i < some; i++)
            vector[i] = (struct iovec){ (void *)(uintptr_t)parts[done + i].at, parts[done + i].size };
        conn_send_or_keep(conn, vector, (int)some);
    }
}

void conn_write_shared(struct conn *conn, struct shared *shared)
{
    struct str bytes = { shared->bytes, shared->size };
    if (!conn_is_writable(conn) || conn_write_corked(conn, &bytes, 1, bytes.size)) return;
    conn_flush_cork(conn);
    if (!conn_is_writable(conn)) return;
    size_t sent = 0, before = backlog_size(&conn->backlog);
    if (before == 0) sent = conn_send(conn, &(struct iovec){ shared->bytes, shared->size }, 1);
    if (!conn_is_writable(conn) || sent == shared->size) return;
    if (backlog_append_shared(&conn->backlog, shared, sent) != 0) {
        conn_fail(conn, CONN_NO_MEMORY);
        return;
    }
    conn_count_unsent(conn, before);
    conn_wait(conn, before);
}

size_t conn_unsent(const struct conn *conn)
{
    return backlog_size(&conn->backlog);
}

void conn_want_drain(struct conn *conn)
{
    conn->wants_drain = true;
    conn_watch(conn);
}

/* ---- End --------------------------------------------------------------------------------------------------- */

void conn_close(struct conn *conn)
{
    if (conn->is_closed) return;
    conn->is_closed = true;
    if (conn_is_corked(conn)) conn->loop->cork_size = 0;
    timer_cancel(&conn->loop->timers, &conn->timer);
    conn_drop_backlog(conn);
    conn->layer->io->close(conn);
    loop_later(conn->loop, &conn->task);
}

/* Ends our side once all has been sent; what is in the cork has not. */
static void conn_shut(struct conn *conn)
{
    if (!conn->is_finishing || conn->is_shut || conn->is_closed || backlog_size(&conn->backlog) || conn_is_corked(conn))
        return;
    conn->is_shut = true;
    if (conn->layer->io->shut(conn) != 0) {
        conn_close(conn);
        return;
    }
    timer_set(&conn->loop->timers, &conn->timer, conn->loop->now_ms, CONN_LINGER_MS);
    conn_watch(conn);
}

void conn_finish(struct conn *conn)
{
    if (conn->is_closed || conn->is_finishing) return;
    conn->is_finishing = true;
    conn->is_paused = conn->wants_drain = false;
    timer_cancel(&conn->loop->timers, &conn->timer);
    if (backlog_size(&conn->backlog))
        conn_start_waiting(conn);
    else
        conn_shut(conn);
}

bool conn_is_open(const struct conn *conn)
{
    return conn_is_writable(conn) && !conn->is_finishing;
}

/* The connection is gone: tells the owner, who has not asked for it. */
static void conn_end_now(struct conn *conn, enum conn_end end)
{
    if (conn->is_closed) return;
    bool has_owner = !conn->is_finishing;
    conn_close(conn);
    if (has_owner) conn->handler->on_close(conn, end);
}

static void conn_unlink(struct conn *conn)
{
    *conn->link = conn->next;
    if (conn->next) conn->next->link = conn->link;
}

static void conn_free(struct conn *conn)
{
    conn_unlink(conn);
    if (conn->handler->release) conn->handler->release(conn->owner);
    if (conn->rest) buf_free(conn->rest);
    free(conn->rest);
    free(conn);
}

static void conn_on_timer(struct timer *timer)
{
    struct conn *conn = (struct conn *)((char *)timer - offsetof(struct conn, timer));
    if (conn->is_finishing)
        conn_close(conn);
    else if (backlog_size(&conn->backlog))
        conn_end_now(conn, CONN_STALLED);
    else if (conn->handler->on_deadline)
        conn->handler->on_deadline(conn);
}

void conn_deadline(struct conn *conn, uint32_t delay_ms)
{
    if (conn->is_closed || conn->is_finishing || backlog_size(&conn->backlog)) return;
    if (delay_ms)
        timer_set(&conn->loop->timers, &conn->timer, conn->loop->now_ms, delay_ms);
    else
        timer_cancel(&conn->loop->timers, &conn->timer);
}

/* ---- Input ------------------------------------------------------------------------------------------------- */

static bool conn_takes_input(const struct conn *conn)
{
    return !conn->is_closed && !conn->is_broken && !conn->is_finishing && !conn->is_paused;
}

/* Hands out `bytes`, to the next owner too when one takes over meanwhile. Returns how many were used. */
static size_t conn_hand_out(struct conn *conn, char *bytes, size_t size)
{
    const struct conn_handler *handler;
    size_t used = 0;
    do {
        handler = conn->handler;
        used += handler->on_data(conn, bytes + used, size - used);
    } while (conn->handler != handler && used < size && conn_takes_input(conn));
    return used;
}

static struct buf *conn_rest(struct conn *conn)
{
    if (conn->rest == NULL) {
        conn->rest = malloc(sizeof *conn->rest);
        if (conn->rest) buf_init(conn->rest, (size_t)conn->input_limit + LOOP_RECEIVE_BYTES);
    }
    return conn->rest;
}

static void conn_drop_rest(struct conn *conn)
{
    if (conn->rest == NULL) return;
    buf_free(conn->rest);
    free(conn->rest);
    conn->rest = NULL;
}

static void conn_keep_rest(struct conn *conn, const char *bytes, size_t size)
{
    struct buf *rest = conn_rest(conn);
    if (rest) buf_append(rest, bytes, size);
    if (rest == NULL || rest->error == BUF_NO_MEMORY)
        conn_fail(conn, CONN_NO_MEMORY);
    else if (rest->error == BUF_FULL)
        conn_fail(conn, CONN_OVERFULL);
}

/* The rest is taken out of the connection meanwhile, as an owner may close it. */
static void conn_hand_out_rest(struct conn *conn)
{
    if (conn->rest == NULL || !conn_takes_input(conn)) return;
    size_t used = conn_hand_out(conn, conn->rest->at, conn->rest->size);
    buf_consume(conn->rest, used);
    if (conn->rest->size == 0 || conn->is_closed || conn->is_finishing)
        conn_drop_rest(conn);
    else if (conn->rest->size > conn->input_limit && conn_takes_input(conn))
        conn_fail(conn, CONN_OVERFULL);
}

static void conn_take(struct conn *conn, char *bytes, size_t size)
{
    if (conn->rest) {
        conn_keep_rest(conn, bytes, size);
        conn_hand_out_rest(conn);
        return;
    }
    size_t used = conn_hand_out(conn, bytes, size);
    if (used < size && !conn->is_closed && !conn->is_finishing) conn_keep_rest(conn, bytes + used, size - used);
}

/* The other side sends no more, but may still read: what it has not got is sent before the connection closes. */
static void conn_on_peer_end(struct conn *conn)
{
    conn->has_ended = true;
    if (conn->is_finishing || backlog_size(&conn->backlog) == 0)
        conn_end_now(conn, CONN_ENDED);
    else
        conn_pause(conn, false);
}

static void conn_read(struct conn *conn)
{
    ssize_t size = conn->layer->io->read(conn, conn->loop->receive, LOOP_RECEIVE_BYTES);
    if (size > 0) {
        counter_add(&conn->loop->bytes_in, (uint64_t)size);
        if (!conn->is_finishing) conn_take(conn, conn->loop->receive, (size_t)size);
    } else if (size == 0) {
        conn_on_peer_end(conn);
    } else if (errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR) {
        conn_end_now(conn, CONN_BROKEN);
    } else if (conn->io_wants_output) {
        conn_watch(conn);
    }
}

/* ---- The loop's calls -------------------------------------------------------------------------------------- */

static void conn_cork(struct conn *conn)
{
    conn->loop->corked = conn;
    conn->loop->cork_size = 0;
}

static void conn_uncork(struct conn *conn)
{
    conn_flush_cork(conn);
    conn->loop->corked = NULL;
    conn_shut(conn);
}

static void conn_on_drained(struct conn *conn)
{
    timer_cancel(&conn->loop->timers, &conn->timer);
    conn->wants_drain = false;
    if (conn->has_ended)
        conn_end_now(conn, CONN_ENDED);
    else if (!conn->is_finishing && conn->handler->on_drain)
        conn->handler->on_drain(conn);
}

static void conn_drain(struct conn *conn)
{
    struct iovec parts[BACKLOG_PARTS];
    int count = backlog_parts(&conn->backlog, parts);
    if (count) {
        size_t sent = conn_send(conn, parts, count);
        size_t before = backlog_size(&conn->backlog);
        backlog_consume(&conn->backlog, sent);
        conn_count_unsent(conn, before);
        if (sent) timer_set(&conn->loop->timers, &conn->timer, conn->loop->now_ms, CONN_STALL_MS);
    }
    if (backlog_size(&conn->backlog) == 0 && !conn->is_broken) conn_on_drained(conn);
    conn_watch(conn);
}

/* One that is paused must not be read from, so the kernel's flags have to tell that the other side is gone. */
static void conn_on_input(struct conn *conn, uint32_t events)
{
    if (!conn->is_paused)
        conn_read(conn);
    else if (events & (EPOLLERR | EPOLLHUP))
        conn_end_now(conn, CONN_BROKEN);
    else if (events & EPOLLRDHUP && conn->needs_peer)
        conn_end_now(conn, CONN_ENDED);
}

/* Reading goes on where `io` could not write; there may be nothing else to send. */
static uint32_t conn_turn_to_input(struct conn *conn, uint32_t events)
{
    conn->io_wants_output = false;
    conn_watch(conn);
    if (backlog_size(&conn->backlog) == 0 && !conn->wants_drain) events &= ~(uint32_t)EPOLLOUT;
    return events | EPOLLIN;
}

static void conn_on_ready(struct loop_source *source, uint32_t events)
{
    struct conn *conn = (struct conn *)source;
    if (conn->io_wants_output) events = conn_turn_to_input(conn, events);
    conn_cork(conn);
    if (events & EPOLLOUT) conn_drain(conn);
    if (events & ~(uint32_t)EPOLLOUT && !conn->is_closed && !conn->is_broken) conn_on_input(conn, events);
    conn_uncork(conn);
}

/* What could not be done in the middle of something else; the last thing is to free it. */
static void conn_on_task(struct loop_task *task)
{
    struct conn *conn = (struct conn *)((char *)task - offsetof(struct conn, task));
    if (conn->is_closed) {
        conn_free(conn);
        return;
    }
    if (conn->is_broken) {
        conn_end_now(conn, (enum conn_end)conn->end);
        return;
    }
    if (conn->is_resumed) {
        conn->is_resumed = false;
        conn_cork(conn);
        conn_hand_out_rest(conn);
        conn_uncork(conn);
    }
}

void conn_pause(struct conn *conn, bool needs_peer)
{
    conn->is_paused = true;
    conn->needs_peer = needs_peer;
    conn->is_resumed = false;
    conn_watch(conn);
}

void conn_resume(struct conn *conn)
{
    if (!conn->is_paused || conn->is_closed || conn->is_finishing) return;
    conn->is_paused = false;
    if (conn->rest) {
        conn->is_resumed = true;
        loop_later(conn->loop, &conn->task);
    }
    conn_watch(conn);
}

static void conn_link(struct conn *conn)
{
    conn->next = conn->loop->conns;
    conn->link = &conn->loop->conns;
    if (conn->next) conn->next->link = &conn->next;
    conn->loop->conns = conn;
}

struct conn *conn_open(struct loop *loop, int fd, const struct conn_handler *handler, void *owner, uint32_t input_limit)
{
    struct conn *conn = malloc(sizeof *conn);
    if (conn) {
        *conn = (struct conn){ .loop = loop, .layer = &conn_socket, .handler = handler, .owner = owner };
        conn->source = (struct loop_source){ .fd = fd, .on_ready = conn_on_ready };
        conn->task.fn = conn_on_task;
        conn->input_limit = input_limit;
        timer_init(&conn->timer, conn_on_timer);
        if (loop_add(loop, &conn->source, EPOLLIN) == 0) {
            conn_link(conn);
            return conn;
        }
    }
    close(fd);
    free(conn);
    return NULL;
}

/* ---- From loop to loop ------------------------------------------------------------------------------------- */

/* The timer keeps when it is due, 0 for never: all loops have the same clock. */
bool conn_detach(struct conn *conn)
{
    struct loop *loop = conn->loop;
    int fd = conn->source.fd;
    if (loop_is_queued(&conn->task)) return false;
    if (!timer_is_set(&conn->timer)) conn->timer.due = 0;
    timer_cancel(&loop->timers, &conn->timer);
    loop_remove(loop, &conn->source);
    conn->source.fd = fd;
    conn->source.events = 0;
    counter_subtract(&loop->unsent, backlog_size(&conn->backlog));
    conn_unlink(conn);
    conn->loop = NULL;
    return true;
}

static void conn_restore_timer(struct conn *conn)
{
    uint64_t due_ms = conn->timer.due * TIMER_TICK_MS, now_ms = conn->loop->now_ms;
    if (due_ms) timer_set(&conn->loop->timers, &conn->timer, now_ms, due_ms > now_ms ? due_ms - now_ms : 0);
}

void conn_adopt(struct loop *loop, struct conn *conn)
{
    conn->loop = loop;
    counter_add(&loop->unsent, backlog_size(&conn->backlog));
    conn_link(conn);
    conn_restore_timer(conn);
    if (loop_add(loop, &conn->source, 0) != 0) conn_fail(conn, CONN_NO_MEMORY);
    conn_resume(conn);
    conn_watch(conn);
}

/* The tasks that free them are run here, for there may be no further turn. */
void conn_close_all(struct loop *loop)
{
    for (struct conn *conn = loop->conns; conn; conn = conn->next) conn_close(conn);
    while (loop->conns) loop_run_tasks(loop);
}

void conn_take_over(struct conn *conn, const struct conn_handler *handler, void *owner, uint32_t input_limit)
{
    conn->handler = handler;
    conn->owner = owner;
    conn->input_limit = input_limit;
    if (conn->rest) conn->rest->limit = (size_t)input_limit + LOOP_RECEIVE_BYTES;
}
