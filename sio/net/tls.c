#include "tls.h"

#include <errno.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <stdlib.h>

struct tls {
    struct conn_layer layer;
    struct conn *conn;
    struct tls_gate *gate;
    struct certificate_set *set;
    SSL *ssl; /* NULL: nothing has come yet, or our side has ended */
    BIO_METHOD *method;
    struct tls *older, *newer; /* in the gate */
    struct timer timer;        /* until the handshake is done */
    bool is_pending, is_ready;
};

static struct tls *tls_of(const struct conn *conn)
{
    return (struct tls *)(uintptr_t)conn->layer;
}

/* ---- Below OpenSSL: the socket, without the SIGPIPE that its own BIO raises ---------------------------------- */

static int tls_bio_result(BIO *bio, ssize_t result, int retry)
{
    BIO_clear_retry_flags(bio);
    if (result < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR))
        BIO_set_flags(bio, retry | BIO_FLAGS_SHOULD_RETRY);
    return (int)result;
}

static int tls_bio_read(BIO *bio, char *bytes, int size)
{
    ssize_t got = conn_socket.io->read(BIO_get_data(bio), bytes, (size_t)size);
    if (got == 0) BIO_set_flags(bio, BIO_FLAGS_IN_EOF);
    return tls_bio_result(bio, got, BIO_FLAGS_READ);
}

static int tls_bio_write(BIO *bio, const char *bytes, int size)
{
    struct iovec part = { (void *)(uintptr_t)bytes, (size_t)size };
    return tls_bio_result(bio, conn_socket.io->write(BIO_get_data(bio), &part, 1), BIO_FLAGS_WRITE);
}

static long tls_bio_control(BIO *bio, int command, long number, void *at)
{
    (void)number;
    (void)at;
    if (command == BIO_CTRL_EOF) return BIO_test_flags(bio, BIO_FLAGS_IN_EOF) != 0;
    return command == BIO_CTRL_FLUSH;
}

static BIO_METHOD *tls_bio_method(void)
{
    BIO_METHOD *method = BIO_meth_new(BIO_TYPE_SOURCE_SINK, "conn");
    if (method == NULL) return NULL;
    BIO_meth_set_read(method, tls_bio_read);
    BIO_meth_set_write(method, tls_bio_write);
    BIO_meth_set_ctrl(method, tls_bio_control);
    return method;
}

/* ---- The gate ---------------------------------------------------------------------------------------------- */

void tls_gate_init(struct tls_gate *gate, struct loop *loop)
{
    *gate = (struct tls_gate){ .loop = loop, .pending_max = TLS_PENDING_MAX };
}

static void tls_leave_gate(struct tls *tls)
{
    struct tls_gate *gate = tls->gate;
    timer_cancel(&gate->loop->timers, &tls->timer);
    if (!tls->is_pending) return;
    tls->is_pending = false;
    gate->pending--;
    *(tls->older ? &tls->older->newer : &gate->oldest) = tls->newer;
    *(tls->newer ? &tls->newer->older : &gate->newest) = tls->older;
}

static void tls_give_up(struct tls *tls)
{
    tls_leave_gate(tls);
    conn_fail(tls->conn, CONN_STALLED);
}

static void tls_enter_gate(struct tls *tls)
{
    struct tls_gate *gate = tls->gate;
    if (gate->pending == gate->pending_max) tls_give_up(gate->oldest);
    tls->is_pending = true;
    tls->older = gate->newest;
    *(gate->newest ? &gate->newest->newer : &gate->oldest) = tls;
    gate->newest = tls;
    gate->pending++;
}

/* False: enough for this turn. What was not read is reported again in the next one. */
static bool tls_may_step(struct tls_gate *gate)
{
    if (gate->turn != gate->loop->turn) gate->steps = 0;
    gate->turn = gate->loop->turn;
    return gate->steps++ < TLS_STEPS_A_TURN;
}

static void tls_on_timer(struct timer *timer)
{
    tls_give_up((struct tls *)((char *)timer - offsetof(struct tls, timer)));
}

/* ---- The handshake ----------------------------------------------------------------------------------------- */

/* What OpenSSL says, in the words of read(2): 0 at the end, or -1 with errno set. */
static ssize_t tls_result(struct tls *tls, int result)
{
    int error = SSL_get_error(tls->ssl, result), system_error = errno;
    ERR_clear_error();
    errno = EPROTO;
    switch (error) {
    case SSL_ERROR_ZERO_RETURN: return 0;
    case SSL_ERROR_WANT_WRITE:
        tls->conn->io_wants_output = true;
        errno = EAGAIN;
        break;
    case SSL_ERROR_WANT_READ: errno = EAGAIN; break;
    case SSL_ERROR_SYSCALL: errno = system_error ? system_error : ECONNRESET; break;
    default: break;
    }
    return -1;
}

/* Only now, as a connection that sends nothing must not cost what OpenSSL needs. */
static bool tls_open(struct tls *tls)
{
    tls->ssl = certificate_set_open(tls->set);
    tls->method = tls_bio_method();
    BIO *bio = tls->ssl && tls->method ? BIO_new(tls->method) : NULL;
    if (bio == NULL) return false;
    BIO_set_data(bio, tls->conn);
    BIO_set_init(bio, 1);
    SSL_set_bio(tls->ssl, bio, bio);
    tls_enter_gate(tls);
    return true;
}

static ssize_t tls_shake_hands(struct tls *tls)
{
    errno = EAGAIN;
    if (!tls_may_step(tls->gate)) return -1;
    errno = ENOMEM;
    if (tls->ssl == NULL && !tls_open(tls)) return -1;
    ERR_clear_error();
    errno = 0;
    int result = SSL_accept(tls->ssl);
    if (result != 1) return tls_result(tls, result);
    tls_leave_gate(tls);
    tls->is_ready = true;
    return 1;
}

/* ---- conn_io ----------------------------------------------------------------------------------------------- */

/* One record at a time: OpenSSL then keeps nothing behind it that epoll does not know of. */
static ssize_t tls_read(struct conn *conn, void *bytes, size_t size)
{
    struct tls *tls = tls_of(conn);
    if (conn->is_shut) return conn_socket.io->read(conn, bytes, size); /* nobody listens */
    ssize_t shaken = tls->is_ready ? 1 : tls_shake_hands(tls);
    if (shaken <= 0) return shaken;
    ERR_clear_error();
    errno = 0;
    int got = SSL_read(tls->ssl, bytes, size < INT32_MAX ? (int)size : INT32_MAX);
    return got > 0 ? got : tls_result(tls, got);
}

/* As much as goes into one record; a later call gives the same bytes again, cut elsewhere and with more behind them. */
static struct iovec tls_record(const struct iovec *parts, int count, size_t skipped, char gathered[])
{
    size_t size = 0;
    while (count && skipped >= parts->iov_len) skipped -= parts++->iov_len, count--;
    if (count && parts->iov_len - skipped >= SSL3_RT_MAX_PLAIN_LENGTH)
        return (struct iovec){ (char *)parts->iov_base + skipped, SSL3_RT_MAX_PLAIN_LENGTH };
    for (; count && size < SSL3_RT_MAX_PLAIN_LENGTH; parts++, count--, skipped = 0) {
        size_t room = SSL3_RT_MAX_PLAIN_LENGTH - size, some = parts->iov_len - skipped;
        if (some > room) some = room;
        memcpy(gathered + size, (const char *)parts->iov_base + skipped, some);
        size += some;
    }
    return (struct iovec){ gathered, size };
}

static ssize_t tls_write(struct conn *conn, const struct iovec *parts, int count)
{
    char gathered[SSL3_RT_MAX_PLAIN_LENGTH];
    struct tls *tls = tls_of(conn);
    ssize_t sent = 0;
    errno = EPROTO; /* no owner has anything to say before the client has spoken */
    if (!tls->is_ready || tls->ssl == NULL) return -1;
    for (;;) {
        struct iovec record = tls_record(parts, count, (size_t)sent, gathered);
        if (record.iov_len == 0) return sent;
        ERR_clear_error();
        errno = 0;
        int result = SSL_write(tls->ssl, record.iov_base, (int)record.iov_len);
        if (result <= 0) return sent ? sent : tls_result(tls, result);
        sent += result;
    }
}

static void tls_free_ssl(struct tls *tls)
{
    SSL_free(tls->ssl);
    BIO_meth_free(tls->method);
    tls->ssl = NULL;
    tls->method = NULL;
}

/* The alert that tells the end from a cut line; when the kernel takes none now the client has to do without. */
static int tls_shut(struct conn *conn)
{
    struct tls *tls = tls_of(conn);
    tls_leave_gate(tls);
    ERR_clear_error();
    if (tls->is_ready) SSL_shutdown(tls->ssl);
    ERR_clear_error();
    tls_free_ssl(tls);
    return conn_socket.io->shut(conn);
}

static void tls_close(struct conn *conn)
{
    struct tls *tls = tls_of(conn);
    tls_leave_gate(tls);
    tls_free_ssl(tls);
    certificate_set_drop(tls->set);
    free(tls);
    conn->layer = &conn_socket;
    conn_socket.io->close(conn);
}

static const struct conn_io tls_io = { tls_read, tls_write, tls_shut, tls_close };

int tls_start(struct tls_gate *gate, struct conn *conn, struct certificate_set *set)
{
    struct tls *tls = calloc(1, sizeof *tls);
    if (tls == NULL) return -1;
    tls->conn = conn;
    tls->gate = gate;
    tls->set = certificate_set_take(set);
    timer_init(&tls->timer, tls_on_timer);
    timer_set(&gate->loop->timers, &tls->timer, gate->loop->now_ms, TLS_HANDSHAKE_MS);
    tls->layer.io = &tls_io;
    conn->layer = &tls->layer;
    return 0;
}

void tls_adopt(struct tls_gate *gate, struct conn *conn)
{
    struct tls *tls = tls_of(conn);
    tls->gate = gate;
}

bool tls_is_below(const struct conn *conn)
{
    return conn->layer->io == &tls_io;
}
