#include "live.h"

#include <stdio.h>

static char seen[4096];
static sio_socket *last;

static const char *text(const char *value)
{
    return value ? value : "none";
}

static const char *on_connect(sio_socket *socket, sio_value auth, void *context)
{
    char address[SIO_ADDRESS_SIZE];
    sio_value again = sio_auth(socket);
    (void)context;
    assert_int_equal(again.kind, auth.kind);
    snprintf(seen, sizeof seen, "%s|%s|%s|%s|%s|%s|%s", sio_url(socket), text(sio_header(socket, "x-TEST")),
             text(sio_header(socket, "Cookie")), text(sio_query(socket, "a b")), text(sio_query(socket, "token")),
             auth.kind == SIO_JSON ? (const char *)auth.data.at : "none", sio_address(socket, address));
    assert_false(sio_is_secure(socket));
    last = socket;
    return NULL;
}

static void open_with(bool keeps_handshake)
{
    live_open((sio_options){ .keeps_handshake = keeps_handshake });
    sio_on_connect(sio_of(live_server, "/"), on_connect, NULL);
    sio_on_connect(sio_of(live_server, "/other"), on_connect, NULL);
    last = NULL;
}

/* Opens a session by polling and posts one packet. */
static void join(const char *target, const char *headers, const char *packet)
{
    char path[512], sid[21];
    int fd = live_connect();
    struct live_reply reply = live_request(fd, "GET", target, headers, NULL);
    assert_int_equal(reply.status, 200);
    assert_int_equal(sscanf(strstr(reply.body, "\"sid\":\""), "\"sid\":\"%20[^\"]", sid), 1);
    snprintf(path, sizeof path, "/socket.io/?EIO=%c&transport=polling&sid=%s", strstr(target, "EIO=4") ? '4' : '3',
             sid);
    if (packet) assert_int_equal(live_request(fd, "POST", path, NULL, packet).status, 200);
}

static void a_connect_function_reads_the_request(void **state)
{
    (void)state;
    open_with(false);
    join("/socket.io/?EIO=4&transport=polling&a%20b=c%26d+e&token=1%002&bad=%ff", "X-Test: one\r\nCOOKIE: a=b\r\n",
         "40{\"token\":\"x\"}");
    assert_string_equal(seen,
                        "/socket.io/?EIO=4&transport=polling&a%20b=c%26d+e&token=1%002&bad=%ff|one|a=b|c&d e|1%002|"
                        "{\"token\":\"x\"}|127.0.0.1");
    live_close();
}

static void it_is_forgotten_when_the_client_is_in(void **state)
{
    char address[SIO_ADDRESS_SIZE];
    (void)state;
    open_with(false);
    join("/socket.io/?EIO=4&transport=polling", "X-Test: one\r\n", "40{\"a\":1}");
    assert_null(sio_url(last));
    assert_null(sio_header(last, "X-Test"));
    assert_null(sio_query(last, "EIO"));
    assert_int_equal(sio_auth(last).kind, SIO_NULL);
    assert_int_equal(sio_handshake(last).kind, SIO_NULL);
    assert_string_equal(sio_address(last, address), "127.0.0.1");
    live_close();
}

static void it_is_kept_where_the_options_say_so(void **state)
{
    (void)state;
    open_with(true);
    join("/socket.io/?EIO=4&transport=polling&x=%22", "X-Test: \"one\"\r\nOrigin: http://a.b\r\n", "40{\"a\":1}");
    assert_string_equal(sio_header(last, "X-Test"), "\"one\"");
    assert_string_equal(sio_query(last, "EIO"), "4");
    assert_string_equal(sio_auth(last).data.at, "{\"a\":1}");
    const char *json = sio_handshake(last).data.at;
    assert_non_null(strstr(json,
                           "{\"headers\":{\"host\":\"localhost\",\"x-test\":\"\\\"one\\\"\",\"origin\":\"http://a.b\"},"
                           "\"time\":\""));
    assert_non_null(strstr(json, "\"address\":\"127.0.0.1\",\"xdomain\":true,\"secure\":false,\"issued\":"));
    assert_non_null(strstr(json, "\"url\":\"/socket.io/?EIO=4&transport=polling&x=%22\",\"query\":{\"EIO\":\"4\","
                                 "\"transport\":\"polling\",\"x\":\"\\\"\"},\"auth\":{\"a\":1}}"));
    live_close();
}

/* The query of the namespace goes before that of the connection, and is the auth too. */
static void old_clients_say_it_in_the_name(void **state)
{
    (void)state;
    open_with(true);
    join("/socket.io/?EIO=3&transport=polling&token=0&x=1", NULL, "25:40/other?token=a%20b&y=2,");
    assert_string_equal(sio_name(sio_namespace_of(last)), "/other");
    assert_string_equal(sio_query(last, "token"), "a b");
    assert_string_equal(sio_query(last, "x"), "1");
    assert_string_equal(sio_auth(last).data.at, "{\"token\":\"a b\",\"y\":\"2\"}");
    assert_non_null(strstr(sio_handshake(last).data.at,
                           "\"query\":{\"EIO\":\"3\",\"transport\":\"polling\",\"x\":\"1\","
                           "\"token\":\"a b\",\"y\":\"2\"}"));
    live_close();
}

/* Which members have it, and that each has its own. */
static void on_members(int error, const sio_member *members, size_t count, void *context)
{
    unsigned *found = context;
    assert_int_equal(error, 0);
    assert_int_equal(count, 2);
    for (size_t i = 0; i < count; i++) {
        assert_string_equal(members[i].transport, "polling");
        assert_int_equal(strlen(members[i].client), 12);
        if (members[i].handshake.kind == SIO_NULL) continue;
        assert_int_equal(members[i].handshake.kind, SIO_JSON);
        const char *json = members[i].handshake.data.at, *own = sio_handshake(members[i].socket).data.at;
        assert_string_equal(json, own);
        assert_int_equal(members[i].handshake.data.size, strlen(own));
        *found |= strstr(json, "\"auth\":{\"a\":1}}") ? 1u : strstr(json, "\"auth\":{}}") ? 2u : 4u;
    }
}

static void so_have_the_members_of_a_fetch(void **state)
{
    (void)state;
    for (unsigned keeps = 0; keeps < 2; keeps++) {
        unsigned found = 0;
        open_with(keeps);
        join("/socket.io/?EIO=4&transport=polling", "X-Test: one\r\n", "40{\"a\":1}");
        join("/socket.io/?EIO=4&transport=polling&x=%22", NULL, "40");
        assert_int_equal(sio_fetch(sio_of(live_server, "/"), (sio_to){ 0 }, on_members, &found), 0);
        assert_int_equal(found, keeps ? 3 : 0);
        live_close();
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_connect_function_reads_the_request), cmocka_unit_test(it_is_forgotten_when_the_client_is_in),
        cmocka_unit_test(it_is_kept_where_the_options_say_so),  cmocka_unit_test(old_clients_say_it_in_the_name),
        cmocka_unit_test(so_have_the_members_of_a_fetch),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
