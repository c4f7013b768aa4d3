/* test_tls_memory.c - every allocation of a TLS connection fails once, OpenSSL's own too: that connection may end, the
 * one beside it stays, and the next one is served. */
#include "tls.h"
#include "tls_client.h"

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

/* ---- Failing ----------------------------------------------------------------------------------------------- */

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);

static bool is_server;
static unsigned long allocations, failing; /* the one with this number fails; 0: none */

static bool fails(void)
{
    return is_server && ++allocations == failing;
}

/* The linker leads the room's calls here (--wrap). */
void *__wrap_malloc(size_t size)
{
    return fails() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return fails() ? NULL : __real_calloc(count, size);
}

static void *openssl_malloc(size_t size, const char *file, int line)
{
    (void)file;
    (void)line;
    return size == 0 || fails() ? NULL : __real_malloc(size);
}

static void *openssl_realloc(void *old, size_t size, const char *file, int line)
{
    (void)file;
    (void)line;
    return fails() ? NULL : realloc(old, size);
}

static void openssl_free(void *at, const char *file, int line)
{
    (void)file;
    (void)line;
    free(at);
}

/* ---- Both sides -------------------------------------------------------------------------------------------- */

enum { MOVES = 200 };

static struct loop loop;
static struct tls_gate gate;
static struct certificate_set *set;
static char folder[] = P_tmpdir "/sio-tls-memory-XXXXXX", cert[64], key[64];

static size_t on_data(struct conn *conn, char *bytes, size_t size)
{
    conn_write(conn, &(struct str){ bytes, size }, 1);
    return size;
}

static void on_close(struct conn *conn, enum conn_end end)
{
    (void)conn;
    (void)end;
}

static const struct conn_handler handler = { on_data, NULL, NULL, on_close, NULL };

static void turn(void)
{
    is_server = true;
    assert_int_equal(loop_turn(&loop, 0), 0);
    is_server = false;
}

/* A connection and its client; the client's end is closed at once when there is no memory for the server's. */
static void start(struct tls_client *client)
{
    int fds[2];
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, fds), 0);
    tls_client_open(client, fds[1], 0);
    is_server = true;
    struct conn *conn = conn_open(&loop, fds[0], &handler, NULL, 64);
    if (conn && tls_start(&gate, conn, set) != 0) conn_close(conn);
    is_server = false;
}

/* True when the server answers. */
static bool talk(struct tls_client *client)
{
    char heard[8];
    int shaken = 0, got = 0;
    bool has_said = false, is_open = true;
    for (int i = 0; i < MOVES && is_open && shaken >= 0 && got == 0; i++) {
        if (shaken == 0) shaken = tls_client_shake(client);
        if (shaken == 1 && !has_said) has_said = SSL_write(client->ssl, "word", 4) == 4;
        is_open = tls_client_move(client);
        turn();
        if (shaken == 1) got = tls_client_read(client, heard, sizeof heard);
    }
    return got == 4;
}

static void one_connection_at_most_is_lost(void **state)
{
    (void)state;
    bool is_last = false;
    struct tls_client beside, hit;
    start(&beside);
    assert_true(talk(&beside));
    for (unsigned long number = 1; !is_last; number++) {
        allocations = 0;
        failing = number;
        start(&hit);
        bool is_served = talk(&hit);
        tls_client_close(&hit);
        turn();
        turn();
        is_last = allocations < failing;
        failing = 0;
        assert_true(is_served || !is_last);
        ERR_clear_error();
        assert_true(talk(&beside));
        assert_null(loop.conns->next); /* nothing is left of the other */
        assert_int_equal(gate.pending, 0);
    }
    start(&hit);
    assert_true(talk(&hit));
    tls_client_close(&hit);
    tls_client_close(&beside);
    for (int i = 0; i < 3; i++) turn();
    assert_null(loop.conns);
}

/* A set that cannot be read leaves nothing behind. There are thousands of allocations, OpenSSL's: all of the first ones
 * fail, and some of those that follow. */
static void certificates_need_memory(void **state)
{
    char why[CERTIFICATE_WHY_BYTES];
    struct certificate_files pair = { cert, key };
    struct certificate_set *read = NULL;
    (void)state;
    for (unsigned long number = 1; read == NULL; number += 1 + number / 16) {
        allocations = 0;
        failing = number;
        is_server = true;
        read = certificate_set_load(&pair, 1, why);
        is_server = false;
        if (allocations < failing) assert_non_null(read);
        if (read && allocations >= failing) { /* it did without */
            certificate_set_drop(read);
            read = NULL;
        }
        failing = 0;
        ERR_clear_error();
    }
    certificate_set_drop(read);
}

static int set_up(void **state)
{
    char why[CERTIFICATE_WHY_BYTES];
    struct certificate_files pair = { cert, key };
    (void)state;
    if (mkdtemp(folder) == NULL || loop_init(&loop) != 0) return -1;
    snprintf(cert, sizeof cert, "%s/a.example.pem", folder);
    snprintf(key, sizeof key, "%s/a.example.key", folder);
    tls_client_certificate(folder, "a.example", NULL);
    tls_gate_init(&gate, &loop);
    set = certificate_set_load(&pair, 1, why);
    return set ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    loop_free(&loop);
    certificate_set_drop(set);
    unlink(cert);
    unlink(key);
    return rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_connection_at_most_is_lost),
        cmocka_unit_test(certificates_need_memory),
    };
    if (CRYPTO_set_mem_functions(openssl_malloc, openssl_realloc, openssl_free) != 1) return 1;
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
