#include "live.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LARGE = 1000000 };

static int client;
static char folder[] = P_tmpdir "/sio-files-XXXXXX", root[64];

static void on_request(sio_request *request, void *context)
{
    (void)context;
    sio_reply_file(request, root);
}

static void write_file(const char *name, const char *bytes, size_t size)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    fclose(file);
}

static void link_to(const char *target, const char *name)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    assert_int_equal(symlink(target, path), 0);
}

static void make_folder(const char *name)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    assert_int_equal(mkdir(path, 0700), 0);
}

static int open_files(void **state)
{
    (void)state;
    strcpy(folder + strlen(folder) - 6, "XXXXXX");
    if (mkdtemp(folder) == NULL) return -1;
    make_folder("root");
    make_folder("root/sub");
    make_folder("root/.git");
    snprintf(root, sizeof root, "%s/root", folder);
    write_file("secret", "secret", 6);
    write_file("root/index.html", "<p>home", 7);
    write_file("root/sub/index.html", "<p>sub", 6);
    write_file("root/main.js", "0123456789", 10);
    write_file("root/main.js.gz", "gzip", 4);
    write_file("root/main.js.br", "brotli", 6);
    write_file("root/a b\xc3\xa9.txt", "name", 4);
    write_file("root/empty.css", "", 0);
    write_file("root/.git/config", "hidden", 6);
    link_to("../secret", "root/link");
    link_to("main.js", "root/inside.js");
    link_to("/etc", "root/etc");
    char *large = malloc(LARGE);
    assert_non_null(large);
    for (int i = 0; i < LARGE; i++) large[i] = (char)('a' + i % 23);
    write_file("root/large.bin", large, LARGE);
    free(large);
    live_open((sio_options){ .on_request = on_request });
    client = live_connect();
    return 0;
}

static int close_files(void **state)
{
    char command[128];
    (void)state;
    live_hang_up(&client);
    live_close();
    snprintf(command, sizeof command, "rm -r '%s'", folder);
    return system(command);
}

static void files_have_type_and_length(void **state)
{
    (void)state;
    struct live_reply reply = live_get(client, "/main.js");
    assert_int_equal(reply.status, 200);
    assert_string_equal(reply.body, "0123456789");
    assert_string_equal(live_header(&reply, "Content-Type"), "text/javascript; charset=utf-8");
    assert_string_equal(live_header(&reply, "Accept-Ranges"), "bytes");
    assert_int_equal(strlen(live_header(&reply, "Last-Modified")), 29);
    assert_string_equal(live_get(client, "/").body, "<p>home");
    assert_string_equal(live_get(client, "/sub/").body, "<p>sub");
    assert_string_equal(live_get(client, "/a%20b%C3%A9.txt").body, "name");
    reply = live_get(client, "/empty.css");
    assert_int_equal(reply.status, 200);
    assert_string_equal(live_header(&reply, "Content-Length"), "0");
}

static void nothing_outside_root_is_served(void **state)
{
    static const char *const targets[] = {
        "/../secret", "/%2e%2e/secret", "/sub/../../secret", "/..%2fsecret", "//etc/passwd",
        "/link",      "/etc/passwd",    "/.git/config",      "/sub",         "/none",
        "/main.js/",  "/sub/..",        "/%2Fetc%2Fpasswd",  "/./../secret",
    };
    (void)state;
    for (size_t i = 0; i < sizeof targets / sizeof *targets; i++) {
        struct live_reply reply = live_get(client, targets[i]);
        if (reply.status != 404) fail_msg("%s: %d %s", targets[i], reply.status, reply.body);
    }
    assert_string_equal(live_get(client, "/inside.js").body, "0123456789"); /* a link that stays inside */
}

static void conditions(void **state)
{
    char more[256], etag[128];
    (void)state;
    struct live_reply reply = live_get(client, "/main.js");
    snprintf(etag, sizeof etag, "%s", live_header(&reply, "ETag"));
    snprintf(more, sizeof more, "If-None-Match: \"x\", W/%s\r\n", etag);
    reply = live_request(client, "GET", "/main.js", more, NULL);
    assert_int_equal(reply.status, 304);
    assert_string_equal(live_header(&reply, "Content-Length"), "");
    assert_string_equal(live_header(&reply, "ETag"), etag);
    assert_int_equal(live_request(client, "GET", "/main.js", "If-None-Match: \"x\"\r\n", NULL).status, 200);
    assert_int_equal(
        live_request(client, "GET", "/main.js", "If-Modified-Since: Tue, 31 Dec 2999 23:59:59 GMT\r\n", NULL).status,
        304);
    assert_int_equal(
        live_request(client, "GET", "/main.js", "If-Modified-Since: Thu, 01 Jan 1970 00:00:00 GMT\r\n", NULL).status,
        200);
}

static void ranges(void **state)
{
    char more[256];
    (void)state;
    struct live_reply reply = live_request(client, "GET", "/main.js", "Range: bytes=2-4\r\n", NULL);
    assert_int_equal(reply.status, 206);
    assert_string_equal(reply.body, "234");
    assert_string_equal(live_header(&reply, "Content-Range"), "bytes 2-4/10");
    snprintf(more, sizeof more, "Range: bytes=-3\r\nIf-Range: %s\r\n", live_header(&reply, "ETag"));
    assert_string_equal(live_request(client, "GET", "/main.js", more, NULL).body, "789");
    assert_string_equal(live_request(client, "GET", "/main.js", "Range: bytes=-3\r\nIf-Range: \"x\"\r\n", NULL).body,
                        "0123456789");
    reply = live_request(client, "GET", "/main.js", "Range: bytes=10-\r\n", NULL);
    assert_int_equal(reply.status, 416);
    assert_string_equal(live_header(&reply, "Content-Range"), "bytes */10");
    assert_int_equal(reply.size, 0);
}

static void precompressed_variants(void **state)
{
    char plain[128];
    (void)state;
    struct live_reply reply = live_get(client, "/main.js");
    snprintf(plain, sizeof plain, "%s", live_header(&reply, "ETag"));
    assert_string_equal(live_header(&reply, "Vary"), "Accept-Encoding");
    reply = live_request(client, "GET", "/main.js", "Accept-Encoding: gzip, br\r\n", NULL);
    assert_string_equal(reply.body, "brotli");
    assert_string_equal(live_header(&reply, "Content-Encoding"), "br");
    assert_string_equal(live_header(&reply, "Content-Type"), "text/javascript; charset=utf-8");
    assert_string_not_equal(live_header(&reply, "ETag"), plain);
    reply = live_request(client, "GET", "/main.js", "Accept-Encoding: gzip\r\n", NULL);
    assert_string_equal(reply.body, "gzip");
    reply = live_request(client, "GET", "/", "Accept-Encoding: gzip\r\n", NULL);
    assert_string_equal(live_header(&reply, "Vary"), "");
}

static void only_get_and_head(void **state)
{
    (void)state;
    struct live_reply reply = live_request(client, "HEAD", "/large.bin", NULL, NULL);
    assert_int_equal(reply.status, 200);
    assert_string_equal(live_header(&reply, "Content-Length"), "1000000");
    reply = live_request(client, "DELETE", "/main.js", NULL, NULL);
    assert_int_equal(reply.status, 405);
    assert_string_equal(live_header(&reply, "Allow"), "GET, HEAD");
}

/* Larger than what the kernel takes at once; the next request waits behind it. */
static void large_files_come_whole(void **state)
{
    (void)state;
    live_say(client, "GET /large.bin HTTP/1.1\r\nHost: a\r\n\r\nGET /main.js HTTP/1.1\r\nHost: a\r\n\r\n");
    struct live_reply reply = live_reply(client, true);
    assert_int_equal(reply.size, LARGE);
    for (int i = 0; i < LARGE; i++)
        if (reply.body[i] != 'a' + i % 23) fail_msg("byte %d is wrong", i);
    assert_string_equal(live_reply(client, true).body, "0123456789");
    reply = live_request(client, "GET", "/large.bin", "Range: bytes=300000-699999\r\nConnection: close\r\n", NULL);
    assert_int_equal(reply.size, 400000);
    assert_int_equal(reply.body[0], 'a' + 300000 % 23);
    assert_int_equal(reply.body[399999], 'a' + 699999 % 23);
    assert_true(live_is_closed(client));
}

static void a_client_that_leaves_in_the_middle(void **state)
{
    (void)state;
    int other = live_connect();
    live_say(other, "GET /large.bin HTTP/1.1\r\nHost: a\r\n\r\n");
    live_hang_up(&other);
    assert_string_equal(live_get(client, "/main.js").body, "0123456789");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_files, close_files)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(files_have_type_and_length),
        TEST(nothing_outside_root_is_served),
        TEST(conditions),
        TEST(ranges),
        TEST(precompressed_variants),
        TEST(only_get_and_head),
        TEST(large_files_come_whole),
        TEST(a_client_that_leaves_in_the_middle),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
