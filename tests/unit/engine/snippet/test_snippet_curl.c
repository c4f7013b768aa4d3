/* What the snippets mean is asked of a real shell: each is run with a `curl` before the real one in PATH that prints
 * its arguments, a NUL behind each. */
#include "unit.h"

#include "snippet.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

struct run {
    char folder[64];
    struct document document;
    struct arena arena;
    struct buf code;
    struct sample_focus focus;
    struct str arguments[64];
    size_t count;
};

static void write_file(const char *path, struct str text, mode_t mode)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(text.at, 1, text.size, file), text.size);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(chmod(path, mode), 0);
}

static void run_shell(struct run *run)
{
    char path[128], command[512];
    snprintf(path, sizeof path, "%s/snippet.sh", run->folder);
    write_file(path, buf_str(&run->code), 0600);
    snprintf(command, sizeof command,
             "cd %s && PATH=%s:$PATH BEARER_TOKEN='t\"k' QUERY_KEY='a b' HEADER_KEY='a b' COOKIE_KEY='a b' "
             "BASIC_USERNAME=u BASIC_PASSWORD='p:w' MTLS_CERTIFICATE=c.pem MTLS_CERTIFICATE_KEY=k.pem sh ./snippet.sh",
             run->folder, run->folder);
    FILE *pipe = popen(command, "r");
    assert_non_null(pipe);
    char *output = arena_alloc(&run->arena, 1 << 16);
    assert_non_null(output);
    size_t size = fread(output, 1, 1 << 16, pipe);
    assert_int_equal(pclose(pipe), 0);
    struct str rest = { output, size };
    run->count = 0;
    while (rest.size && run->count < 64) {
        size_t end = str_find_byte(rest, '\0');
        assert_int_not_equal(end, STR_NONE);
        run->arguments[run->count++] = str_cut(rest, 0, end);
        rest = str_cut(rest, end + 1, rest.size);
    }
}

/* Runs the snippet for `method /a{p}` of the document. */
static void run_focused(struct run *run, enum catalogue_method method, const char *path, const char *json,
                        struct request_wish wish)
{
    struct document_fault fault;
    struct operation operation;
    struct request request;
    document_close(&run->document);
    arena_reset(&run->arena);
    buf_clear(&run->code);
    assert_int_equal(document_read(&run->document, str_from(json), &fault), DOCUMENT_OK);
    assert_true(operation_find(&operation, &run->document, method, str_from(path)));
    request_make(&operation, &wish, &run->arena, &request);
    assert_false(run->arena.failed);
    snippet_write(snippet_language_find(STR("curl")), &request, &run->code, &run->focus);
    assert_int_equal(run->code.error, BUF_OK);
    run_shell(run);
}

#define assert_arguments(run, ...)                                                                                     \
    do {                                                                                                               \
        static const char *const wanted[] = { "--fail-with-body", __VA_ARGS__ };                                       \
        for (size_t i = 0; i < (run)->count && i < sizeof wanted / sizeof *wanted; i++) {                              \
            char *got = strndup((run)->arguments[i].at, (run)->arguments[i].size);                                     \
            assert_string_equal(got, wanted[i]);                                                                       \
            free(got);                                                                                                 \
        }                                                                                                              \
        assert_int_equal((run)->count, sizeof wanted / sizeof *wanted);                                                \
    } while (0)

static const struct request_wish nothing = { .focus = STR_INIT(""), .server = STR_INIT(""), .has_digest = true };

static void a_get_is_just_its_url(void **state)
{
    struct run *run = *state;
    run_focused(run, CATALOGUE_METHOD_GET, "/pets/{petId}/{class}",
                "{\"servers\":[{\"url\":\"https://api.example.org/v1/\"}],\"paths\":{\"/pets/{petId}/"
                "{class}\":{\"get\":{\"parameters\":["
                "{\"in\":\"path\",\"name\":\"petId\",\"required\":true,\"schema\":{\"type\":\"string\",\"example\":\"a/"
                "b 'c'\"}},"
                "{\"in\":\"query\",\"name\":\"limit\",\"schema\":{\"type\":\"integer\"}}]}}}}",
                nothing);
    assert_arguments(run, "https://api.example.org/v1/pets/a%2Fb%20%27c%27/class");
    assert_int_equal(run->focus.end, 0);
}

static void required_parameters_go_to_their_places(void **state)
{
    struct run *run = *state;
    run_focused(
        run, CATALOGUE_METHOD_POST, "/a",
        "{\"paths\":{\"/a\":{\"post\":{\"parameters\":["
        "{\"in\":\"query\",\"name\":\"q&x\",\"required\":true,\"example\":\"a&b=c $(id) `id` !\"},"
        "{\"in\":\"query\",\"name\":\"list\",\"required\":true,\"example\":[1,\"two\"]},"
        "{\"in\":\"query\",\"name\":\"flat\",\"required\":true,\"explode\":false,\"example\":[1,2]},"
        "{\"in\":\"query\",\"name\":\"deep\",\"required\":true,\"style\":\"deepObject\",\"example\":{\"k\":\"v\"}},"
        "{\"in\":\"query\",\"name\":\"json\",\"required\":true,\"content\":{\"application/"
        "json\":{\"example\":{\"a\":1}}}},"
        "{\"in\":\"header\",\"name\":\"X-Line\",\"required\":true,\"example\":\"one\\r\\nX-Evil: two\"},"
        "{\"in\":\"header\",\"name\":\"X-Empty\",\"required\":true,\"example\":\"\"},"
        "{\"in\":\"header\",\"name\":\"@/etc/passwd\",\"required\":true,\"example\":\"x\"},"
        "{\"in\":\"header\",\"name\":\"Accept\",\"required\":true,\"example\":\"x\"},"
        "{\"in\":\"cookie\",\"name\":\"s\",\"required\":true,\"example\":\"1;2\"}]}}}}",
        nothing);
    assert_arguments(
        run, "-X", "POST",
        "https://example.com/a?q%26x=a%26b%3Dc%20%24%28id%29%20%60id%60%20%21&list=1&list=two&flat=1,2&deep%5Bk%5D=v"
        "&json=%7B%22a%22%3A1%7D",
        "-H", "X-Line: one  X-Evil: two", "-H", "X-Empty;", "-b", "s=1%3B2");
}

static void a_hostile_body_arrives_as_it_is(void **state)
{
    struct run *run = *state;
    run_focused(run, CATALOGUE_METHOD_PUT, "/a",
                "{\"paths\":{\"/a\":{\"put\":{\"requestBody\":{\"content\":{\"application/json\":{\"example\":{"
                "\"q'\\\"\":\"it's $HOME `id` $(id) \\\\ \\n !! #{1} </script> \\u00e9\"}}}}}}}}",
                nothing);
    assert_arguments(run, "-X", "PUT", "https://example.com/a", "-H", "Content-Type: application/json", "--data-raw",
                     "{\n  \"q'\\\"\": \"it's $HOME `id` $(id) \\\\ \\n !! #{1} </script> \xc3\xa9\"\n}");
}

static void forms_are_sent_field_by_field(void **state)
{
    struct run *run = *state;
    run_focused(run, CATALOGUE_METHOD_POST, "/a",
                "{\"paths\":{\"/a\":{\"post\":{\"requestBody\":{\"content\":{\"application/"
                "x-www-form-urlencoded\":{\"schema\":{"
                "\"properties\":{\"a=@b\":{\"type\":\"string\",\"example\":\"@/etc/"
                "passwd&x\"},\"n\":{\"type\":\"integer\"}}}}}}}}}}",
                nothing);
    assert_arguments(run, "-X", "POST", "https://example.com/a", "-H",
                     "Content-Type: application/x-www-form-urlencoded", "-d", "a%3D%40b=%40%2Fetc%2Fpasswd%26x", "-d",
                     "n=1");
    run_focused(run, CATALOGUE_METHOD_POST, "/a",
                "{\"paths\":{\"/a\":{\"post\":{\"requestBody\":{\"content\":{\"multipart/form-data\":{\"schema\":{"
                "\"properties\":{\"text\":{\"type\":\"string\",\"example\":\"@/etc/"
                "passwd\"},\"file\":{\"type\":\"string\",\"format\":\"binary\"},"
                "\"a=b\":{\"type\":\"string\"}}}}}}}}}}",
                nothing);
    assert_arguments(run, "-X", "POST", "https://example.com/a", "--form-string", "text=@/etc/passwd", "-F",
                     "file=@file.bin;type=application/octet-stream");
    run_focused(run, CATALOGUE_METHOD_POST, "/a",
                "{\"paths\":{\"/a\":{\"post\":{\"requestBody\":{\"content\":{\"application/"
                "x-www-form-urlencoded\":{\"example\":{"
                "\"deep\":{\"a\":[{\"b\":1}]},\"json\":{\"c\":2},\"list\":[3,4]},\"encoding\":{\"deep\":{\"style\":"
                "\"deepObject\"}}}}}}}}}",
                nothing);
    assert_arguments(run, "-X", "POST", "https://example.com/a", "-H",
                     "Content-Type: application/x-www-form-urlencoded", "-d", "deep%5Ba%5D%5B0%5D%5Bb%5D=1", "-d",
                     "json=%7B%22c%22%3A2%7D", "-d", "list=3", "-d", "list=4");
    run_focused(run, CATALOGUE_METHOD_POST, "/a",
                "{\"paths\":{\"/a\":{\"post\":{\"requestBody\":{\"content\":{\"multipart/form-data\":{\"example\":{"
                "\"meta\":{\"q\":\"\\\"@;\\\\\"},\"n\":\"<x;type=y\"},\"encoding\":{\"n\":{\"contentType\":\"text/"
                "csv\"}}}}}}}}}",
                nothing);
    assert_arguments(run, "-X", "POST", "https://example.com/a", "-F",
                     "meta=\"{\\\"q\\\":\\\"\\\\\\\"@;\\\\\\\\\\\"}\";type=application/json", "-F",
                     "n=\"<x;type=y\";type=text/csv");
    run_focused(run, CATALOGUE_METHOD_POST, "/a",
                "{\"paths\":{\"/a\":{\"post\":{\"requestBody\":{\"content\":{\"*/*\":{\"example\":{}}}}}}}}", nothing);
    assert_arguments(run, "-X", "POST", "https://example.com/a", "-H", "Content-Type: application/json", "--data-raw",
                     "{}");
    run_focused(run, CATALOGUE_METHOD_POST, "/a",
                "{\"paths\":{\"/a\":{\"post\":{\"requestBody\":{\"content\":{\"application/octet-stream\":{}}}}}}}",
                nothing);
    assert_arguments(run, "-X", "POST", "https://example.com/a", "-H", "Content-Type: application/octet-stream",
                     "--data-binary", "@file.bin");
}

static void secrets_come_from_the_environment(void **state)
{
    struct run *run = *state;
    static const char schemes[] =
        "\"components\":{\"securitySchemes\":{\"bearer\":{\"type\":\"http\",\"scheme\":\"Bearer\"},"
        "\"basic\":{\"type\":\"http\",\"scheme\":\"basic\"},"
        "\"query\":{\"type\":\"apiKey\",\"in\":\"query\",\"name\":\"key\"},"
        "\"header\":{\"type\":\"apiKey\",\"in\":\"header\",\"name\":\"X-`id`$HOME\"},"
        "\"cookie\":{\"type\":\"apiKey\",\"in\":\"cookie\",\"name\":\"k\"},"
        "\"digest\":{\"type\":\"http\",\"scheme\":\"Digest\"},\"mtls\":{\"type\":\"mutualTLS\"}}}";
    char json[2048];
    snprintf(json, sizeof json,
             "{\"security\":[{\"bearer\":[],\"query\":[],\"header\":[],\"cookie\":[]},{\"basic\":[]}],\"paths\":{\"/"
             "a\":{\"get\":{},"
             "\"head\":{\"security\":[{\"basic\":[]}]},\"delete\":{\"security\":[]},\"put\":{\"security\":[{\"gone\":[]"
             "}]}}},%s}",
             schemes);
    run_focused(run, CATALOGUE_METHOD_GET, "/a", json, nothing);
    assert_arguments(run, "https://example.com/a", "--url-query", "key=a b", "-H", "Authorization: Bearer t\"k", "-H",
                     "X-`id`$HOME: a b", "-b", "k=a b");
    run_focused(run, CATALOGUE_METHOD_HEAD, "/a", json, nothing);
    assert_arguments(run, "--head", "https://example.com/a", "-u", "u:p:w");
    run_focused(run, CATALOGUE_METHOD_DELETE, "/a", json, nothing);
    assert_arguments(run, "-X", "DELETE", "https://example.com/a");
    run_focused(run, CATALOGUE_METHOD_PUT, "/a", json, nothing);
    assert_arguments(run, "-X", "PUT", "https://example.com/a");
}

static void hostile_paths_and_servers_stay_one_argument(void **state)
{
    struct run *run = *state;
    run_focused(run, CATALOGUE_METHOD_GET, "/a'\"; rm -rf $HOME `id` [1-9] {x\n#frag",
                "{\"servers\":[{\"url\":\"-K /etc/passwd\"}],\"paths\":{\"/a'\\\"; rm -rf $HOME `id` [1-9] "
                "{x\\n#frag\":{\"get\":{}}}}",
                nothing);
    assert_arguments(run,
                     "https://example.com/-K%20/etc/passwd/a'%22;%20rm%20-rf%20$HOME%20%60id%60%20%5B1-9%5D%20%7Bx%0A");
}

static void the_parameter_in_focus_is_there_and_marked(void **state)
{
    struct run *run = *state;
    const char *json =
        "{\"paths\":{\"/a/"
        "{id}\":{\"get\":{\"parameters\":[{\"in\":\"query\",\"name\":\"limit\",\"schema\":{\"type\":\"integer\"}},"
        "{\"in\":\"header\",\"name\":\"X-Trace\",\"schema\":{\"type\":\"string\",\"example\":\"t\"}},"
        "{\"in\":\"path\",\"name\":\"id\",\"required\":true,\"schema\":{\"type\":\"integer\"}}],"
        "\"responses\":{\"200\":{\"content\":{\"application/json\":{}}}}}}}}";
    run_focused(run, CATALOGUE_METHOD_GET, "/a/{id}", json,
                (struct request_wish){ .focus = STR("limit"), .focus_in = CATALOGUE_IN_QUERY });
    assert_arguments(run, "https://example.com/a/1?limit=10", "-H", "Accept: application/json");
    assert_str(str_cut(buf_str(&run->code), run->focus.start, run->focus.end),
               "curl --fail-with-body \"$SERVER/a/$ID?limit=10\"");
    run_focused(run, CATALOGUE_METHOD_GET, "/a/{id}", json,
                (struct request_wish){ .focus = STR("X-Trace"), .focus_in = CATALOGUE_IN_HEADER });
    assert_str(str_cut(buf_str(&run->code), run->focus.start, run->focus.end), "  -H 'X-Trace: t'");
    run_focused(run, CATALOGUE_METHOD_GET, "/a/{id}", json,
                (struct request_wish){ .focus = STR("id"), .focus_in = CATALOGUE_IN_PATH });
    assert_str(str_cut(buf_str(&run->code), run->focus.start, run->focus.end), "ID=1");
}

static void no_memory_is_told(void **state)
{
    struct run *run = *state;
    run_focused(run, CATALOGUE_METHOD_POST, "/a",
                "{\"paths\":{\"/a\":{\"post\":{\"parameters\":[{\"in\":\"query\",\"name\":\"q\",\"required\":true}],"
                "\"requestBody\":{\"content\":{\"application/json\":{\"schema\":{\"properties\":{\"a\":{}}}}}}}}}}",
                nothing);
    struct operation operation;
    assert_true(operation_find(&operation, &run->document, CATALOGUE_METHOD_POST, STR("/a")));
    unsigned failures = 0;
    for (size_t limit = 0; limit < 8192; limit += 64) {
        struct arena arena;
        struct request request;
        arena_init(&arena, limit);
        request_make(&operation, &nothing, &arena, &request);
        failures += arena.failed;
        arena_free(&arena);
    }
    assert_in_range(failures, 2, 127);
}

static int set_up(void **state)
{
    struct run *run = calloc(1, sizeof *run);
    char path[128];
    if (run == NULL) return 1;
    snprintf(run->folder, sizeof run->folder, P_tmpdir "/test_snippet_curl.XXXXXX");
    if (mkdtemp(run->folder) == NULL) return 1;
    snprintf(path, sizeof path, "%s/curl", run->folder);
    write_file(path, STR("#!/bin/sh\nprintf '%s\\0' \"$@\"\n"), 0700);
    arena_init(&run->arena, 1 << 20);
    buf_init(&run->code, 1 << 16);
    *state = run;
    return 0;
}

static int tear_down(void **state)
{
    struct run *run = *state;
    char path[128];
    snprintf(path, sizeof path, "%s/curl", run->folder);
    unlink(path);
    snprintf(path, sizeof path, "%s/snippet.sh", run->folder);
    unlink(path);
    rmdir(run->folder);
    document_close(&run->document);
    arena_free(&run->arena);
    buf_free(&run->code);
    free(run);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_get_is_just_its_url),
        cmocka_unit_test(required_parameters_go_to_their_places),
        cmocka_unit_test(a_hostile_body_arrives_as_it_is),
        cmocka_unit_test(forms_are_sent_field_by_field),
        cmocka_unit_test(secrets_come_from_the_environment),
        cmocka_unit_test(hostile_paths_and_servers_stay_one_argument),
        cmocka_unit_test(the_parameter_in_focus_is_there_and_marked),
        cmocka_unit_test(no_memory_is_told),
    };
    return cmocka_run_group_tests_name("snippet_curl", tests, set_up, tear_down);
}
