#include "live.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static int client;
static char sid[21];

static int close_live(void **state)
{
    (void)state;
    live_hang_up(&client);
    live_close();
    return 0;
}

static void open_with(sio_options options)
{
    live_open(options);
    client = live_connect();
}

static const char *target(void)
{
    static char text[96];
    snprintf(text, sizeof text, "/socket.io/?EIO=4&transport=polling&sid=%s", sid);
    return text;
}

/* ---- Polls -------------------------------------------------------------------------------------------------- */

static char large[3001];

static const char *greet(sio_socket *socket, sio_value auth, void *context)
{
    (void)auth;
    (void)context;
    sio_emit(socket, "large", SIO_ARGS(sio_text(large)));
    return NULL;
}

static struct live_reply poll_large(const char *accept)
{
    memset(large, 'x', 3000);
    sio_on_connect(sio_of(live_server, "/"), greet, NULL);
    struct live_reply reply = live_get(client, "/socket.io/?EIO=4&transport=polling");
    assert_int_equal(sscanf(strstr(reply.body, "{\"sid\":\""), "{\"sid\":\"%20[^\"]", sid), 1);
    live_request(client, "POST", target(), NULL, "40");
    return live_request(client, "GET", target(), accept, NULL);
}

static void a_large_poll_is_compressed(void **state)
{
    (void)state;
    open_with((sio_options){ 0 });
    struct live_reply reply = poll_large("Accept-Encoding: gzip\r\n");
    assert_string_equal(live_header(&reply, "Content-Encoding"), "gzip");
    assert_string_equal(live_header(&reply, "Content-Type"), "text/plain; charset=UTF-8");
    assert_memory_equal(reply.body, "\x1f\x8b", 2);
    assert_true(reply.size < 300);
}

static const char *coding_of_poll(void)
{
    static char coding[32];
    struct live_reply reply = live_request(client, "GET", target(), "Accept-Encoding: gzip\r\n", NULL);
    snprintf(coding, sizeof coding, "%s", live_header(&reply, "Content-Encoding"));
    return coding;
}

/* A secret beside what others may choose must not be compressed (BREACH); with more in the same answer it is the
 * reference's rule that counts: one packet that may be is enough. */
static void what_is_not_to_be_compressed_is_not(void **state)
{
    (void)state;
    open_with((sio_options){ 0 });
    poll_large(NULL);
    sio_namespace *ns = sio_of(live_server, "/");
    const sio_to plain = { .is_uncompressed = true }, any = { .is_uncompressed = false };
    assert_int_equal(sio_broadcast(ns, plain, "secret", SIO_ARGS(sio_text(large))), 0);
    assert_string_equal(coding_of_poll(), "");
    assert_int_equal(sio_broadcast(ns, any, "more", SIO_ARGS(sio_text(large))), 0);
    assert_string_equal(coding_of_poll(), "gzip");
    assert_int_equal(sio_broadcast(ns, plain, "secret", SIO_ARGS(sio_text(large))), 0);
    assert_int_equal(sio_broadcast(ns, any, "more", SIO_NO_ARGS), 0);
    assert_string_equal(coding_of_poll(), "gzip");
    assert_int_equal(sio_broadcast(ns, plain, "secret", SIO_ARGS(sio_text(large))), 0);
    assert_string_equal(coding_of_poll(), "");
}

static void not_for_clients_that_do_not_ask(void **state)
{
    (void)state;
    open_with((sio_options){ 0 });
    struct live_reply reply = poll_large(NULL);
    assert_string_equal(live_header(&reply, "Content-Encoding"), "");
    assert_true(reply.size > 3000);
}

static void compression_can_be_switched_off(void **state)
{
    (void)state;
    open_with((sio_options){ .http_compression_bytes = UINT32_MAX });
    struct live_reply reply = poll_large("Accept-Encoding: gzip, br\r\n");
    assert_string_equal(live_header(&reply, "Content-Encoding"), "");
}

/* ---- Replies ------------------------------------------------------------------------------------------------ */

static void on_request(sio_request *request, void *context)
{
    const char *path = sio_request_path(request);
    (void)context;
    memset(large, ' ', 3000);
    if (strcmp(path, "/tagged") == 0) sio_reply_header(request, "ETag", "\"a\"");
    sio_reply(request, 200, strcmp(path, "/image") == 0 ? "image/png" : "application/json", large,
              strcmp(path, "/small") == 0 ? 1000 : 3000);
}

static const char *coding_of(const char *path, const char *method)
{
    struct live_reply reply = live_request(client, method, path, "Accept-Encoding: br;q=0.5, gzip\r\n", NULL);
    assert_int_equal(reply.status, 200);
    return live_header(&reply, "Content-Encoding");
}

static void replies_are_compressed_where_it_is_worth_it(void **state)
{
    (void)state;
    open_with((sio_options){ .on_request = on_request });
    assert_string_equal(coding_of("/", "GET"), "gzip");
    assert_string_equal(coding_of("/", "HEAD"), "gzip");
    assert_string_equal(coding_of("/small", "GET"), "");
    assert_string_equal(coding_of("/image", "GET"), "");
    assert_string_equal(coding_of("/tagged", "GET"), "");
    struct live_reply reply = live_get(client, "/");
    assert_string_equal(live_header(&reply, "Vary"), "Accept-Encoding");
    assert_int_equal(reply.size, 3000);
}

/* ---- The client's bundles ------------------------------------------------------------------------------------ */

static char folder[] = P_tmpdir "/bundle.XXXXXX";

static void put(const char *name, const char *text, size_t repeat)
{
    char path[64];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    for (size_t i = 0; i < repeat; i++) fputs("function(){}", file);
    fclose(file);
}

static int make_folder(void **state)
{
    (void)state;
    if (mkdtemp(folder) == NULL) return -1;
    put("socket.io.js", "/*!\n * Socket.IO v4.8.1-rc.2\n */\n", 200);
    put("socket.io.min.js.map", "{}", 0);
    put("other.js", "secret", 0);
    return 0;
}

static int remove_folder(void **state)
{
    static const char *const names[] = { "socket.io.js", "socket.io.min.js.map", "other.js" };
    char path[64];
    (void)state;
    for (size_t i = 0; i < 3; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        unlink(path);
    }
    return rmdir(folder);
}

static void bundles_are_served(void **state)
{
    (void)state;
    open_with((sio_options){ .client_folder = folder, .cors_origin = "*" });
    struct live_reply reply = live_get(client, "/socket.io/socket.io.js?v=1");
    assert_int_equal(reply.status, 200);
    assert_string_equal(live_header(&reply, "Content-Type"), "application/javascript; charset=utf-8");
    assert_string_equal(live_header(&reply, "ETag"), "\"4.8.1-rc.2\"");
    assert_string_equal(live_header(&reply, "Cache-Control"), "public, max-age=0");
    assert_string_equal(live_header(&reply, "Access-Control-Allow-Origin"), "*");
    assert_memory_equal(reply.body, "/*!\n * Socket.IO v4.8.1", 23);
    assert_int_equal(live_request(client, "HEAD", "/socket.io/socket.io.js", NULL, NULL).status, 200);
    reply = live_get(client, "/socket.io/socket.io.min.js.map");
    assert_string_equal(live_header(&reply, "Content-Type"), "application/json; charset=utf-8");
    assert_string_equal(reply.body, "{}");
}

static void bundles_are_compressed(void **state)
{
    (void)state;
    open_with((sio_options){ .client_folder = folder });
    struct live_reply reply = live_request(client, "GET", "/socket.io/socket.io.js", "Accept-Encoding: gzip\r\n", NULL);
    assert_string_equal(live_header(&reply, "Content-Encoding"), "gzip");
    assert_memory_equal(reply.body, "\x1f\x8b", 2);
    reply = live_request(client, "GET", "/socket.io/socket.io.js", "Accept-Encoding: gzip, br\r\n", NULL);
    assert_string_equal(live_header(&reply, "Content-Encoding"), "br");
    assert_true(reply.size < 200);
}

static void bundles_that_have_not_changed(void **state)
{
    (void)state;
    open_with((sio_options){ .client_folder = folder });
    static const char *const matching[] = { "If-None-Match: \"4.8.1-rc.2\"\r\n",
                                            "If-None-Match: W/\"4.8.1-rc.2\"\r\n" };
    for (size_t i = 0; i < 2; i++) {
        struct live_reply reply = live_request(client, "GET", "/socket.io/socket.io.js", matching[i], NULL);
        assert_int_equal(reply.status, 304);
        assert_int_equal(reply.size, 0);
    }
    assert_int_equal(
        live_request(client, "GET", "/socket.io/socket.io.js", "If-None-Match: \"4.8.0\"\r\n", NULL).status, 200);
}

static void nothing_else_is_served(void **state)
{
    (void)state;
    open_with((sio_options){ .client_folder = folder });
    assert_int_equal(live_get(client, "/socket.io/other.js").status, 400);
    assert_int_equal(live_get(client, "/socket.io/socket.io.min.js").status, 400);
    assert_int_equal(live_get(client, "/socket.io/../other.js").status, 400);
    assert_int_equal(live_request(client, "POST", "/socket.io/socket.io.js", NULL, "x").status, 400);
}

static void a_folder_without_bundles_is_an_error(void **state)
{
    sio_server *server;
    (void)state;
    assert_int_equal(sio_server_create(&server, &(sio_options){ .client_folder = "/nowhere" }), SIO_ESYS);
}

#define TEST(name) cmocka_unit_test_teardown(name, close_live)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_large_poll_is_compressed),
        TEST(what_is_not_to_be_compressed_is_not),
        TEST(not_for_clients_that_do_not_ask),
        TEST(compression_can_be_switched_off),
        TEST(replies_are_compressed_where_it_is_worth_it),
        TEST(bundles_are_served),
        TEST(bundles_are_compressed),
        TEST(bundles_that_have_not_changed),
        TEST(nothing_else_is_served),
        cmocka_unit_test(a_folder_without_bundles_is_an_error),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
