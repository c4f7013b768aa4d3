#include "live.h"
#include "tls_client.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static char folder[] = P_tmpdir "/sio-secure-XXXXXX", one_cert[64], one_key[64], two_cert[64], two_key[64];
static char logged[512];

static void on_log(int level, const char *message, void *context)
{
    (void)level;
    (void)context;
    snprintf(logged, sizeof logged, "%s", message);
}

static int set_up(void **state)
{
    (void)state;
    if (mkdtemp(folder) == NULL) return -1;
    snprintf(one_cert, sizeof one_cert, "%s/one.example.pem", folder);
    snprintf(one_key, sizeof one_key, "%s/one.example.key", folder);
    snprintf(two_cert, sizeof two_cert, "%s/two.example.pem", folder);
    snprintf(two_key, sizeof two_key, "%s/two.example.key", folder);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    unlink(one_cert);
    unlink(one_key);
    unlink(two_cert);
    unlink(two_key);
    return rmdir(folder);
}

static int open_server(void **state)
{
    (void)state;
    logged[0] = '\0';
    tls_client_certificate(folder, "one.example", NULL);
    tls_client_certificate(folder, "two.example", NULL);
    live_open((sio_options){ .tls_cert = one_cert,
                             .tls_key = one_key,
                             .tls_more = &(sio_certificate){ two_cert, two_key },
                             .tls_more_count = 1,
                             .on_log = on_log });
    return 0;
}

static int close_server(void **state)
{
    (void)state;
    live_close();
    return 0;
}

/* Both sides until the handshake is done or has failed. */
static struct tls_client connect_as(const char *name)
{
    struct tls_client client;
    int result = 0;
    tls_client_open(&client, live_connect(), 0);
    SSL_set_tlsext_host_name(client.ssl, name);
    while ((result = tls_client_shake(&client)) == 0) {
        tls_client_move(&client);
        assert_int_equal(sio_server_step(live_server, 1), 0);
    }
    assert_int_equal(result, 1);
    return client;
}

/* What comes until `end` stands in it. */
static const char *hear(struct tls_client *client, const char *end)
{
    static char heard[8192];
    int size = 0;
    heard[0] = '\0';
    while (strstr(heard, end) == NULL) {
        tls_client_move(client);
        assert_int_equal(sio_server_step(live_server, 1), 0);
        int got = tls_client_read(client, heard + size, (int)sizeof heard - 1 - size);
        assert_true(got >= 0 && size + got < (int)sizeof heard - 1);
        size += got;
        heard[size] = '\0';
    }
    return heard;
}

static void say(struct tls_client *client, const char *text)
{
    assert_int_equal(SSL_write(client->ssl, text, (int)strlen(text)), strlen(text));
}

static void open_a_session(struct tls_client *client)
{
    say(client, "GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: localhost\r\n\r\n");
    assert_non_null(strstr(hear(client, "\"maxPayload\""), "0{\"sid\":\""));
}

static void polling_goes_over_it(void **state)
{
    (void)state;
    struct tls_client client = connect_as("one.example");
    open_a_session(&client);
    open_a_session(&client);
    tls_client_close(&client);
}

static void websocket_goes_over_it(void **state)
{
    (void)state;
    struct tls_client client = connect_as("one.example");
    say(&client,
        "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\n"
        "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
    assert_non_null(strstr(hear(&client, "\"maxPayload\""), "HTTP/1.1 101 "));
    assert_int_equal(SSL_write(client.ssl,
                               "\x81\x82\0\0\0\0"
                               "40",
                               8),
                     8);
    hear(&client, "40{\"sid\":\"");
    tls_client_close(&client);
}

static void the_name_chooses_the_certificate(void **state)
{
    (void)state;
    struct tls_client one = connect_as("one.example"), two = connect_as("two.example");
    assert_true(tls_client_sees(&one, "one.example"));
    assert_true(tls_client_sees(&two, "two.example"));
    tls_client_close(&one);
    tls_client_close(&two);
}

static void a_client_in_the_clear_is_dropped(void **state)
{
    (void)state;
    int fd = live_connect();
    live_say(fd, "GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: localhost\r\n\r\n");
    assert_true(live_is_closed(fd));
    live_hang_up(&fd);
}

static void certificates_are_read_anew(void **state)
{
    (void)state;
    struct tls_client old = connect_as("one.example");
    X509 *before = SSL_get1_peer_certificate(old.ssl);
    tls_client_certificate(folder, "one.example", NULL);
    sio_server_reload_certificates(live_server);
    live_turns(1);
    struct tls_client young = connect_as("one.example");
    X509 *after = SSL_get1_peer_certificate(young.ssl);
    assert_int_not_equal(X509_cmp(before, after), 0);
    open_a_session(&old);
    open_a_session(&young);
    assert_string_equal(logged, "");
    X509_free(before);
    X509_free(after);
    tls_client_close(&old);
    tls_client_close(&young);
}

static void a_file_that_is_broken_changes_nothing(void **state)
{
    (void)state;
    assert_int_equal(truncate(two_key, 20), 0);
    sio_server_reload_certificates(live_server);
    live_turns(1);
    assert_non_null(strstr(logged, "two.example.key: "));
    struct tls_client client = connect_as("two.example");
    assert_true(tls_client_sees(&client, "two.example"));
    open_a_session(&client);
    tls_client_close(&client);
}

static int create(sio_options options)
{
    sio_server *server;
    int error = sio_server_create(&server, &options);
    sio_server_destroy(server);
    return error;
}

static void what_cannot_be_kept_secret_is_not_served(void **state)
{
    sio_certificate pair = { one_cert, one_key };
    (void)state;
    assert_int_equal(create((sio_options){ .tls_cert = one_cert }), SIO_ETLS);
    assert_int_equal(create((sio_options){ .tls_key = one_key }), SIO_ETLS);
    assert_int_equal(create((sio_options){ .tls_cert = one_cert, .tls_key = two_key }), SIO_ETLS);
    assert_int_equal(create((sio_options){ .tls_cert = "missing.pem", .tls_key = one_key }), SIO_ETLS);
    assert_int_equal(create((sio_options){ .tls_more = &pair, .tls_more_count = 1 }), SIO_ETLS);
    assert_int_equal(
        create((sio_options){
            .tls_cert = one_cert, .tls_key = one_key, .tls_more = &(sio_certificate){ 0 }, .tls_more_count = 1 }),
        SIO_ETLS);
    assert_int_equal(
        create((sio_options){ .tls_cert = one_cert, .tls_key = one_key, .tls_more = &pair, .tls_more_count = 1 << 20 }),
        SIO_EINVAL);
    sio_server_reload_certificates(NULL);
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, open_server, close_server)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(polling_goes_over_it),
        TEST(websocket_goes_over_it),
        TEST(the_name_chooses_the_certificate),
        TEST(a_client_in_the_clear_is_dropped),
        TEST(certificates_are_read_anew),
        TEST(a_file_that_is_broken_changes_nothing),
        TEST(what_cannot_be_kept_secret_is_not_served),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
