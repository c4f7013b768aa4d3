/* tls.h - TLS 1.2 and 1.3 between a connection and its socket: a conn_io, so that nothing above conn.h knows of it.
 *
 *   conn_read ─▶ tls_read ─▶ OpenSSL ─▶ BIO ─▶ recv          conn_send ─▶ tls_write ─▶ OpenSSL ─▶ BIO ─▶ sendmsg
 *
 * A handshake is what an attacker gets cheaply: some bytes of his cost the server a signature and some 40 KB until it
 * is done. Hence a few a turn, a number at once, and a time to finish in. */
#ifndef NET_TLS_H
#define NET_TLS_H

#include "certificate.h"
#include "conn.h"

enum {
    /* Signatures of RSA 2048 take a millisecond: those who are served wait no longer than this many. */
    TLS_STEPS_A_TURN = 8,
    /* Handshakes begun and not done. One more drops the oldest: an honest client is done in three round trips, so who
     * wants to keep it out has to open this many connections within that time. */
    TLS_PENDING_MAX = 1024,
    TLS_HANDSHAKE_MS = 10 * 1000,
};

struct tls;

/* What the handshakes of one loop share. */
struct tls_gate {
    struct loop *loop;
    struct tls *oldest, *newest; /* begun and not done */
    uint32_t pending, pending_max;
    uint64_t turn; /* in which `steps` were taken */
    uint32_t steps;
};

void tls_gate_init(struct tls_gate *gate, struct loop *loop);
/* Lets the connection, which was opened just now, speak TLS; it keeps a reference to `set`. 0, or -1: no memory. */
int tls_start(struct tls_gate *gate, struct conn *conn, struct certificate_set *set);
/* Tells one that speaks TLS, and whose handshake is done, which gate is that of its loop now. */
void tls_adopt(struct tls_gate *gate, struct conn *conn);
/* True when the connection speaks TLS. */
bool tls_is_below(const struct conn *conn);

#endif
