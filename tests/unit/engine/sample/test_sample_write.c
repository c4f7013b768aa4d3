#include "unit.h"

#include "sample.h"
#include "sample_write.h"

static struct arena arena;
static struct document document;
static struct buf text;
static struct sample_focus focus;

static int set_up(void **state)
{
    (void)state;
    arena_init(&arena, 1 << 22);
    buf_init(&text, 1 << 20);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    document_close(&document);
    buf_free(&text);
    arena_free(&arena);
    return 0;
}

/* A sample of the document's member `x`, a Media Type Object, written in a format. */
static struct str write_named(const char *json, enum sample_format format, struct str name, struct str at)
{
    struct document_fault fault;
    document_close(&document);
    buf_clear(&text);
    if (document_read(&document, str_from(json), &fault) != DOCUMENT_OK) fail_msg("%s", fault.what);
    yyjson_val *holder = yyjson_obj_get(document.root, "x");
    struct sample_wish wish = { .focus = at };
    struct sample_node *node = sample_make_of(&document, holder, &wish, &arena);
    assert_non_null(node);
    struct sample_source source = { &document, yyjson_obj_get(holder, "schema"), yyjson_obj_get(holder, "encoding"),
                                    name };
    sample_write(&text, format, node, &source, &arena, &focus);
    assert_int_equal(text.error, BUF_OK);
    return buf_str(&text);
}

static struct str write_as(const char *json, enum sample_format format)
{
    return write_named(json, format, STR_EMPTY, STR_EMPTY);
}

static struct str marked(void)
{
    return str_cut(buf_str(&text), focus.start, focus.end);
}

/* ---- Forms ------------------------------------------------------------------------------------------------------- */

static void a_form_is_pairs(void **state)
{
    (void)state;
    assert_str(
        write_as("{\"x\":{\"example\":{\"a b\":\"1&2=3\",\"n\":null,\"list\":[1,\"\xc3\xa9\"],\"o\":{\"k\":true}}}}",
                 SAMPLE_FORM),
        "a%20b=1%262%3D3&n=null&list=1&list=%C3%A9&o=%7B%0A%20%20%22k%22%3A%20true%0A%7D");
    assert_str(write_as("{\"x\":{\"example\":{}}}", SAMPLE_FORM), "");
    assert_str(write_as("{\"x\":{\"example\":\"a b\"}}", SAMPLE_FORM), "a%20b");
}

static void the_encoding_says_how(void **state)
{
    (void)state;
    assert_str(
        write_as(
            "{\"x\":{\"example\":{\"o\":{\"a\":1,\"b\":[{\"c\":2},3]},\"l\":[1,2],\"p\":[1,2],\"s\":[1,2],\"q\":[[1]]},"
            "\"encoding\":{\"o\":{\"style\":\"deepObject\"},\"l\":{\"explode\":false},\"p\":{\"style\":"
            "\"pipeDelimited\"},"
            "\"s\":{\"style\":\"spaceDelimited\",\"explode\":false},\"q\":{\"explode\":false}}}}",
            SAMPLE_FORM),
        "o%5Ba%5D=1&o%5Bb%5D%5B0%5D%5Bc%5D=2&o%5Bb%5D%5B1%5D=3&l=1%2C2&p=1%7C2&s=1%202&q=%5B%0A%20%201%0A%5D");
}

static void a_multipart_form_has_parts(void **state)
{
    (void)state;
    assert_str(write_as("{\"x\":{\"schema\":{\"properties\":{\"name\":{\"type\":\"string\"},"
                        "\"file\":{\"type\":\"string\",\"format\":\"binary\"},"
                        "\"meta\":{\"type\":\"object\",\"properties\":{\"id\":{\"type\":\"integer\"}}},"
                        "\"pages\":{\"type\":\"array\",\"items\":{\"type\":\"string\",\"format\":\"binary\"}}}},"
                        "\"encoding\":{\"file\":{\"contentType\":\"image/png, image/jpeg\"}}}}",
                        SAMPLE_MULTIPART),
               "--example-boundary\nContent-Disposition: form-data; name=\"name\"\n\nexample\n"
               "--example-boundary\nContent-Disposition: form-data; name=\"file\"; filename=\"example.bin\"\n"
               "Content-Type: image/png\n\n(the file's bytes)\n"
               "--example-boundary\nContent-Disposition: form-data; name=\"meta\"\nContent-Type: application/json\n\n"
               "{\n  \"id\": 1\n}\n"
               "--example-boundary\nContent-Disposition: form-data; name=\"pages\"; filename=\"example.bin\"\n"
               "Content-Type: application/octet-stream\n\n(the file's bytes)\n"
               "--example-boundary--");
}

/* What a specification says can end neither a header nor a part. */
static void names_in_parts_are_escaped(void **state)
{
    (void)state;
    assert_str(write_as("{\"x\":{\"example\":{\"a\\\"\\r\\nX: y\":\"1\"},\"encoding\":{\"a\\\"\\r\\nX: "
                        "y\":{\"contentType\":\"t\\r\\nX: y\"}}}}",
                        SAMPLE_MULTIPART),
               "--example-boundary\nContent-Disposition: form-data; name=\"a%22%0D%0AX: y\"\nContent-Type: tX: y\n\n1\n"
               "--example-boundary--");
}

static void a_field_is_marked(void **state)
{
    (void)state;
    const char *json =
        "{\"x\":{\"schema\":{\"required\":[\"a\"],\"properties\":{\"a\":{\"type\":\"integer\"},"
        "\"b\":{\"type\":\"array\",\"minItems\":2,\"items\":{\"type\":\"integer\"}},\"c\":{\"type\":\"integer\"}}}}}";
    assert_str(write_named(json, SAMPLE_FORM, STR_EMPTY, STR("b")), "a=1&b=1&b=2");
    assert_str(marked(), "b=1&b=2");
    write_named(json, SAMPLE_MULTIPART, STR_EMPTY, STR("c"));
    assert_str(marked(), "--example-boundary\nContent-Disposition: form-data; name=\"c\"\n\n1\n");
}

/* ---- XML --------------------------------------------------------------------------------------------------------- */

#define XML_HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"

static void xml_is_named_as_its_hints_say(void **state)
{
    (void)state;
    const char *json = "{\"x\":{\"schema\":{\"$ref\":\"#/"
                       "Pet\"}},\"Pet\":{\"xml\":{\"name\":\"pet\",\"namespace\":\"urn:pets\",\"prefix\":\"p\"},"
                       "\"properties\":{\"id\":{\"type\":\"integer\",\"xml\":{\"attribute\":true}},"
                       "\"name\":{\"type\":\"string\",\"xml\":{\"name\":\"petName\",\"prefix\":\"p\"}},"
                       "\"photos\":{\"type\":\"array\",\"xml\":{\"wrapped\":true,\"name\":\"photoUrls\"},\"items\":{"
                       "\"type\":\"string\",\"xml\":{\"name\":\"photo\"}}},"
                       "\"tags\":{\"type\":\"array\",\"xml\":{\"name\":\"ignored\"},\"items\":{\"type\":\"object\","
                       "\"properties\":{\"id\":{\"type\":\"integer\"}}}},"
                       "\"$odd name\":{\"type\":\"boolean\"},\"nothing\":{\"type\":\"object\"}}}}";
    assert_str(write_as(json, SAMPLE_XML), XML_HEAD "<p:pet xmlns:p=\"urn:pets\" id=\"1\">\n"
                                                    "  <p:petName>example</p:petName>\n"
                                                    "  <photoUrls>\n"
                                                    "    <photo>photos</photo>\n"
                                                    "  </photoUrls>\n"
                                                    "  <tags>\n"
                                                    "    <id>1</id>\n"
                                                    "  </tags>\n"
                                                    "  <_odd_name>true</_odd_name>\n"
                                                    "  <nothing/>\n"
                                                    "</p:pet>");
    write_named(json, SAMPLE_XML, STR_EMPTY, STR("photos"));
    assert_str(marked(), "  <photoUrls>\n    <photo>photos</photo>\n  </photoUrls>");
}

static void xml_without_hints_has_its_own_names(void **state)
{
    (void)state;
    assert_str(
        write_as("{\"x\":{\"schema\":{\"$ref\":\"#/Order\"}},\"Order\":{\"properties\":{\"lines\":{\"type\":\"array\","
                 "\"minItems\":2,\"items\":{\"type\":\"integer\"}}}}}",
                 SAMPLE_XML),
        XML_HEAD "<Order>\n  <lines>1</lines>\n  <lines>2</lines>\n</Order>");
    assert_str(
        write_as("{\"x\":{\"schema\":{\"type\":\"array\",\"items\":{\"type\":\"integer\",\"xml\":{\"name\":\"n\"}}}}}",
                 SAMPLE_XML),
        XML_HEAD "<root>\n  <n>1</n>\n</root>");
    assert_str(write_named("{\"x\":{\"schema\":{\"type\":\"integer\"}}}", SAMPLE_XML, STR("a"), STR_EMPTY),
               XML_HEAD "<a>1</a>");
}

static void what_is_no_xml_is_escaped(void **state)
{
    (void)state;
    assert_str(
        write_as("{\"x\":{\"example\":{\"a<b\":\"<&>\\\"\\u0000\\ud83d\\ude00\",\"1\":null,\"\":[]}}}", SAMPLE_XML),
        XML_HEAD "<root>\n  <a_b>&lt;&amp;&gt;&quot;\xef\xbf\xbd\xf0\x9f\x98\x80</a_b>\n  <_1/>\n</root>");
    assert_str(write_as("{\"x\":{\"example\":\"<a>\\n</a>\"}}", SAMPLE_XML), "<a>\n</a>");
}

/* ---- All --------------------------------------------------------------------------------------------------------- */

static void formats_are_known_by_name_and_media_type(void **state)
{
    (void)state;
    static const struct {
        struct str media_type;
        int format; /* -1: none */
    } cases[] = {
        { STR_INIT("application/json"), SAMPLE_JSON },
        { STR_INIT("application/vnd.api+json; charset=utf-8"), SAMPLE_JSON },
        { STR_INIT("text/xml"), SAMPLE_XML },
        { STR_INIT("application/soap+xml"), SAMPLE_XML },
        { STR_INIT("Application/X-WWW-Form-Urlencoded"), SAMPLE_FORM },
        { STR_INIT("multipart/form-data"), SAMPLE_MULTIPART },
        { STR_INIT("application/yaml"), SAMPLE_YAML },
        { STR_INIT("text/plain"), -1 },
        { STR_INIT("*/*"), -1 },
        { STR_INIT(""), -1 },
    };
    enum sample_format format;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int found = sample_format_of(cases[i].media_type, &format) ? (int)format : -1;
        if (found != cases[i].format) fail_msg("%s", cases[i].media_type.at);
    }
    assert_true(sample_format_read(STR("YAML"), &format));
    assert_int_equal(format, SAMPLE_YAML);
    assert_false(sample_format_read(STR("toml"), &format));
    assert_false(sample_format_read(STR_EMPTY, &format));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_form_is_pairs, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_encoding_says_how, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_multipart_form_has_parts, set_up, tear_down),
        cmocka_unit_test_setup_teardown(names_in_parts_are_escaped, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_field_is_marked, set_up, tear_down),
        cmocka_unit_test_setup_teardown(xml_is_named_as_its_hints_say, set_up, tear_down),
        cmocka_unit_test_setup_teardown(xml_without_hints_has_its_own_names, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_no_xml_is_escaped, set_up, tear_down),
        cmocka_unit_test(formats_are_known_by_name_and_media_type),
    };
    return cmocka_run_group_tests_name("sample_write", tests, NULL, NULL);
}
