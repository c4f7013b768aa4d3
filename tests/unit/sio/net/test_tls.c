#include "tls.h"
#include "tls_client.h"

#include <openssl/err.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

enum { CONNECTIONS = 2 * TLS_STEPS_A_TURN + 2, MOVES = 20000 };

/* The owner of every connection: gives back what it gets. */
struct owner {
    struct conn *conn;
    bool is_over;
    enum conn_end end;
    size_t got;
};

static struct loop loop, *second_loop;
static struct tls_gate gate;
static struct certificate_set *set;
static char folder[] = P_tmpdir "/sio-tls-XXXXXX", files[8][64];
static struct owner owners[CONNECTIONS];
static struct tls_client clients[CONNECTIONS];

static size_t owner_on_data(struct conn *conn, char *bytes, size_t size)
{
    ((struct owner *)conn->owner)->got += size;
    conn_write(conn, &(struct str){ bytes, size }, 1);
    return size;
}

static void owner_on_close(struct conn *conn, enum conn_end end)
{
    struct owner *owner = conn->owner;
    owner->end = end;
    owner->is_over = true;
}

static void owner_release(void *context)
{
    ((struct owner *)context)->conn = NULL;
}

static const struct conn_handler owner_handler = { owner_on_data, NULL, NULL, owner_on_close, owner_release };

static const char *file(const char *name)
{
    static int next;
    char *path = files[next++ % 8];
    snprintf(path, sizeof files[0], "%s/%s", folder, name);
    return path;
}

static int make_certificates(void **state)
{
    static const char *const names[] = { "one.example", "two.example", "locked.example" };
    (void)state;
    if (mkdtemp(folder) == NULL) return -1;
    for (int i = 0; i < 3; i++) tls_client_certificate(folder, names[i], i == 2 ? "secret" : NULL);
    return 0;
}

static int remove_certificates(void **state)
{
    static const char *const names[] = { "one.example.pem", "one.example.key",    "two.example.pem",
                                         "two.example.key", "locked.example.pem", "locked.example.key" };
    (void)state;
    for (int i = 0; i < 6; i++) unlink(file(names[i]));
    return rmdir(folder);
}

static int open_loop(void **state)
{
    char why[CERTIFICATE_WHY_BYTES];
    struct certificate_files both[] = { { file("one.example.pem"), file("one.example.key") },
                                        { file("two.example.pem"), file("two.example.key") } };
    (void)state;
    if (loop_init(&loop) != 0) return -1;
    tls_gate_init(&gate, &loop);
    set = certificate_set_load(both, 2, why);
    for (int i = 0; i < CONNECTIONS; i++) clients[i].fd = -1;
    return set ? 0 : -1;
}

static int close_loop(void **state)
{
    (void)state;
    conn_close_all(&loop);
    assert_int_equal(gate.pending, 0);
    loop_free(&loop);
    certificate_set_drop(set);
    for (int i = 0; i < CONNECTIONS; i++)
        if (clients[i].fd >= 0) tls_client_close(&clients[i]);
    return 0;
}

static void turn(void)
{
    assert_int_equal(loop_turn(&loop, 0), 0);
    if (second_loop) assert_int_equal(loop_turn(second_loop, 0), 0);
}

/* Connection `i` and the client at its other end. */
static struct tls_client *start(int i, int version)
{
    int fds[2];
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, fds), 0);
    owners[i] = (struct owner){ 0 };
    owners[i].conn = conn_open(&loop, fds[0], &owner_handler, &owners[i], 64);
    assert_non_null(owners[i].conn);
    assert_int_equal(tls_start(&gate, owners[i].conn, set), 0);
    tls_client_open(&clients[i], fds[1], version);
    return &clients[i];
}

static int shake(struct tls_client *client)
{
    int result = 0;
    for (int i = 0; i < MOVES && result == 0; i++) {
        result = tls_client_shake(client);
        if (!tls_client_move(client) && result == 0) result = tls_client_shake(client) == 1 ? 1 : -1;
        turn();
    }
    return result;
}

static struct tls_client *shaken(int i, int version)
{
    struct tls_client *client = start(i, version);
    assert_int_equal(shake(client), 1);
    return client;
}

/* Sends `size` bytes and expects the same ones back. */
static void echo(struct tls_client *client, int size)
{
    char *sent = malloc((size_t)size), *heard = malloc((size_t)size);
    int got = 0, some = 0;
    assert_true(sent && heard);
    for (int i = 0; i < size; i++) sent[i] = (char)(i * 31 % 251);
    assert_int_equal(SSL_write(client->ssl, sent, size), size);
    while (got < size) {
        tls_client_move(client);
        turn();
        some = tls_client_read(client, heard + got, size - got);
        assert_true(some >= 0);
        got += some;
    }
    assert_memory_equal(sent, heard, (size_t)size);
    free(sent);
    free(heard);
}

/* ---- Talking ----------------------------------------------------------------------------------------------- */

static void both_versions_carry_bytes(void **state)
{
    static const int versions[] = { TLS1_2_VERSION, TLS1_3_VERSION };
    (void)state;
    for (int i = 0; i < 2; i++) {
        struct tls_client *client = shaken(i, versions[i]);
        assert_int_equal(SSL_version(client->ssl), versions[i]);
        echo(client, 1);
        echo(client, 100000);
        assert_true(tls_is_below(owners[i].conn));
    }
    assert_int_equal(gate.pending, 0);
}

static void older_versions_are_refused(void **state)
{
    (void)state;
    assert_int_equal(shake(start(0, TLS1_1_VERSION)), -1);
    turn();
    assert_true(owners[0].is_over);
}

static void one_byte_at_a_time(void **state)
{
    (void)state;
    struct tls_client *client = start(0, 0);
    client->piece = 1;
    assert_int_equal(shake(client), 1);
    echo(client, 300);
}

/* The kernel takes records in parts: each is given again until it is through, while more is written behind it. */
static void what_a_slow_client_gets_is_whole(void **state)
{
    enum { BLOCK = 1000, BLOCKS = 3000 };
    char block[BLOCK], heard[BLOCK];
    (void)state;
    struct tls_client *client = shaken(0, 0);
    for (int i = 0; i < BLOCKS; i++) {
        memset(block, i % 251, sizeof block);
        struct str parts[] = { { block, 10 }, { block, BLOCK - 10 } };
        conn_write(owners[0].conn, parts, 2);
    }
    assert_true(conn_unsent(owners[0].conn) > 0);
    client->piece = 777;
    for (int done = 0; done < BLOCK * BLOCKS;) {
        int some = tls_client_read(client, heard, BLOCK - done % BLOCK);
        assert_true(some >= 0);
        for (int i = 0; i < some; i++) assert_int_equal((unsigned char)heard[i], (done + i) / BLOCK % 251);
        done += some;
        tls_client_move(client);
        turn();
    }
    assert_int_equal(conn_unsent(owners[0].conn), 0);
}

static void shared_bytes_and_small_parts_mix(void **state)
{
    enum { BYTES = 300000, ALL = 4 * (BYTES + 3) };
    static char large[BYTES], heard[ALL];
    (void)state;
    struct tls_client *client = shaken(0, 0);
    memset(large, 'x', sizeof large);
    struct shared *shared = shared_create((struct str){ large, BYTES }, STR_EMPTY);
    for (int i = 0; i < 4; i++) {
        conn_write(owners[0].conn, &STR("abc"), 1);
        conn_write_shared(owners[0].conn, shared);
    }
    shared_drop(shared);
    for (int done = 0; done < ALL;) {
        int some = tls_client_read(client, heard + done, ALL - done);
        assert_true(some >= 0);
        done += some;
        tls_client_move(client);
        turn();
    }
    for (int i = 0; i < 4; i++) assert_memory_equal(heard + i * (BYTES + 3), "abcxx", 5);
}

static void a_connection_moves_with_its_secrets(void **state)
{
    struct loop other;
    struct tls_gate other_gate;
    (void)state;
    struct tls_client *client = shaken(0, 0);
    echo(client, 10);
    assert_int_equal(loop_init(&other), 0);
    tls_gate_init(&other_gate, &other);
    conn_pause(owners[0].conn, false);
    assert_true(conn_detach(owners[0].conn));
    tls_adopt(&other_gate, owners[0].conn);
    conn_adopt(&other, owners[0].conn);
    second_loop = &other;
    echo(client, 100000);
    second_loop = NULL;
    conn_close_all(&other);
    assert_null(owners[0].conn);
    loop_free(&other);
}

/* ---- Agreeing ---------------------------------------------------------------------------------------------- */

static void the_protocol_is_http(void **state)
{
    const unsigned char *chosen;
    unsigned size;
    (void)state;
    struct tls_client *client = start(0, 0);
    SSL_set_alpn_protos(client->ssl, (const unsigned char *)"\x02h2\x08http/1.1", 12);
    assert_int_equal(shake(client), 1);
    SSL_get0_alpn_selected(client->ssl, &chosen, &size);
    assert_int_equal(size, 8);
    assert_memory_equal(chosen, "http/1.1", 8);
}

static void a_client_that_speaks_only_another_is_told(void **state)
{
    (void)state;
    struct tls_client *client = start(0, 0);
    SSL_set_alpn_protos(client->ssl, (const unsigned char *)"\x02h2", 3);
    ERR_clear_error();
    assert_int_equal(shake(client), -1);
    assert_int_equal(ERR_GET_REASON(ERR_peek_error()), SSL_R_TLSV1_ALERT_NO_APPLICATION_PROTOCOL);
}

static void the_name_asked_for_chooses_the_certificate(void **state)
{
    static const struct {
        const char *asked, *seen;
    } cases[] = { { "one.example", "one.example" },
                  { "two.example", "two.example" },
                  { "other.example", "one.example" },
                  { NULL, "one.example" } };
    (void)state;
    for (int i = 0; i < 4; i++) {
        struct tls_client *client = start(i, i % 2 ? TLS1_2_VERSION : TLS1_3_VERSION);
        if (cases[i].asked) SSL_set_tlsext_host_name(client->ssl, cases[i].asked);
        assert_int_equal(shake(client), 1);
        assert_true(tls_client_sees(client, cases[i].seen));
    }
}

static void a_client_does_not_renegotiate(void **state)
{
    (void)state;
    struct tls_client *client = shaken(0, TLS1_2_VERSION);
    assert_int_equal(SSL_renegotiate(client->ssl), 1);
    assert_int_equal(shake(client), -1);
}

static void a_key_update_is_answered(void **state)
{
    (void)state;
    struct tls_client *client = shaken(0, TLS1_3_VERSION);
    assert_int_equal(SSL_key_update(client->ssl, SSL_KEY_UPDATE_REQUESTED), 1);
    echo(client, 5000);
}

/* ---- Ends and attacks -------------------------------------------------------------------------------------- */

static void finishing_says_its_end(void **state)
{
    char byte;
    (void)state;
    struct tls_client *client = shaken(0, 0);
    conn_finish(owners[0].conn);
    tls_client_move(client);
    assert_int_equal(tls_client_read(client, &byte, 1), -1);
    assert_false(tls_client_move(client)); /* and the socket's */
}

static void the_clients_end_is_told(void **state)
{
    (void)state;
    struct tls_client *polite = shaken(0, 0), *rude = shaken(1, 0);
    SSL_shutdown(polite->ssl);
    tls_client_move(polite);
    shutdown(rude->fd, SHUT_RDWR);
    for (int i = 0; i < 3; i++) turn();
    assert_true(owners[0].is_over && owners[1].is_over);
    assert_int_equal(owners[0].end, CONN_ENDED);
    assert_int_equal(owners[1].end, CONN_ENDED);
}

static void a_client_that_speaks_plain_http_is_dropped(void **state)
{
    (void)state;
    struct tls_client *client = start(0, 0);
    assert_int_equal(write(client->fd, "GET / HTTP/1.1\r\n\r\n", 18), 18);
    for (int i = 0; i < 3; i++) turn();
    assert_true(owners[0].is_over);
    assert_int_equal(owners[0].end, CONN_BROKEN);
    assert_int_equal(owners[0].got, 0);
}

static void a_record_that_was_changed_ends_it(void **state)
{
    char *bytes;
    (void)state;
    struct tls_client *client = shaken(0, 0);
    assert_int_equal(SSL_write(client->ssl, "word", 4), 4);
    long size = BIO_get_mem_data(SSL_get_wbio(client->ssl), &bytes);
    bytes[size - 1] ^= 1;
    for (int i = 0; i < 3; i++) tls_client_move(client), turn();
    assert_true(owners[0].is_over);
    assert_int_equal(owners[0].end, CONN_BROKEN);
    assert_int_equal(owners[0].got, 0);
}

static void a_handshake_has_its_time(void **state)
{
    (void)state;
    struct tls_client *begun = start(0, 0), *done = shaken(1, 0);
    start(2, 0); /* says nothing */
    tls_client_shake(begun);
    tls_client_move(begun);
    turn();
    assert_int_equal(gate.pending, 1);
    timer_run(&loop.timers, loop.now_ms + TLS_HANDSHAKE_MS + 2 * TIMER_TICK_MS);
    for (int i = 0; i < 2; i++) loop_run_tasks(&loop);
    assert_true(owners[0].is_over && owners[2].is_over);
    assert_false(owners[1].is_over);
    assert_int_equal(owners[0].end, CONN_STALLED);
    echo(done, 10);
}

static void the_oldest_handshake_makes_room(void **state)
{
    (void)state;
    gate.pending_max = 2;
    for (int i = 0; i < 3; i++) {
        tls_client_shake(start(i, 0));
        tls_client_move(&clients[i]);
        turn();
    }
    turn();
    assert_true(owners[0].is_over);
    assert_false(owners[1].is_over || owners[2].is_over);
    assert_int_equal(gate.pending, 2);
    assert_int_equal(shake(&clients[1]), 1);
    assert_int_equal(shake(&clients[2]), 1);
}

static int answered(void)
{
    int count = 0;
    char byte;
    for (int i = 0; i < CONNECTIONS; i++) count += recv(clients[i].fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 1;
    return count;
}

static void a_turn_takes_few_steps(void **state)
{
    (void)state;
    for (int i = 0; i < CONNECTIONS; i++) {
        tls_client_shake(start(i, 0));
        tls_client_move(&clients[i]);
    }
    assert_int_equal(answered(), 0);
    turn();
    assert_int_equal(answered(), TLS_STEPS_A_TURN);
    turn();
    assert_int_equal(answered(), 2 * TLS_STEPS_A_TURN);
    turn();
    assert_int_equal(answered(), CONNECTIONS);
}

/* The kernel has no room for the server's part of the handshake: it goes on when there is. */
static void a_handshake_waits_for_room(void **state)
{
    char junk[4096] = { 0 };
    size_t filled = 0;
    (void)state;
    struct tls_client *client = start(0, 0);
    for (ssize_t sent; (sent = send(owners[0].conn->source.fd, junk, sizeof junk, MSG_DONTWAIT)) > 0;)
        filled += (size_t)sent;
    tls_client_shake(client);
    tls_client_send(client);
    turn();
    assert_true(owners[0].conn->io_wants_output);
    while (filled) {
        ssize_t got = recv(client->fd, junk, filled < sizeof junk ? filled : sizeof junk, 0);
        assert_true(got > 0);
        filled -= (size_t)got;
    }
    assert_int_equal(shake(client), 1);
    assert_false(owners[0].conn->io_wants_output);
    echo(client, 10);
}

/* ---- Certificates ------------------------------------------------------------------------------------------- */

static void refused(const char *cert, const char *key, const char *blamed)
{
    char why[CERTIFICATE_WHY_BYTES];
    struct certificate_files pair = { file(cert), file(key) };
    assert_null(certificate_set_load(&pair, 1, why));
    assert_non_null(strstr(why, blamed));
}

static void files_that_cannot_be_used_are_named(void **state)
{
    char why[CERTIFICATE_WHY_BYTES];
    (void)state;
    refused("missing.pem", "one.example.key", "missing.pem: ");
    refused("one.example.pem", "missing.key", "missing.key: ");
    refused("one.example.pem", "two.example.key", "two.example.key: ");
    refused("one.example.key", "one.example.key", "one.example.key: ");
    refused("locked.example.pem", "locked.example.key",
            "locked.example.key: "); /* and nobody is asked for its password */
    assert_null(certificate_set_load(NULL, 0, why));
}

static void connections_keep_the_set_they_began_with(void **state)
{
    char why[CERTIFICATE_WHY_BYTES];
    struct certificate_files pair = { file("two.example.pem"), file("two.example.key") };
    (void)state;
    struct tls_client *old = shaken(0, 0), *between = start(1, 0);
    tls_client_shake(between);
    tls_client_move(between);
    turn();
    certificate_set_drop(set);
    set = certificate_set_load(&pair, 1, why);
    assert_non_null(set);
    assert_int_equal(shake(between), 1);
    assert_true(tls_client_sees(between, "one.example"));
    assert_true(tls_client_sees(shaken(2, 0), "two.example"));
    echo(old, 1000);
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, open_loop, close_loop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(both_versions_carry_bytes),
        TEST(older_versions_are_refused),
        TEST(one_byte_at_a_time),
        TEST(what_a_slow_client_gets_is_whole),
        TEST(shared_bytes_and_small_parts_mix),
        TEST(a_connection_moves_with_its_secrets),
        TEST(the_protocol_is_http),
        TEST(a_client_that_speaks_only_another_is_told),
        TEST(the_name_asked_for_chooses_the_certificate),
        TEST(a_client_does_not_renegotiate),
        TEST(a_key_update_is_answered),
        TEST(finishing_says_its_end),
        TEST(the_clients_end_is_told),
        TEST(a_client_that_speaks_plain_http_is_dropped),
        TEST(a_record_that_was_changed_ends_it),
        TEST(a_handshake_has_its_time),
        TEST(the_oldest_handshake_makes_room),
        TEST(a_turn_takes_few_steps),
        TEST(a_handshake_waits_for_room),
        TEST(files_that_cannot_be_used_are_named),
        TEST(connections_keep_the_set_they_began_with),
    };
    return cmocka_run_group_tests(tests, make_certificates, remove_certificates);
}
