#include "unit.h"

#include "limits.h"
#include "pointer.h"
#include "ref.h"

static struct document document;

/* The document of RFC 6901 §5, with some more. */
static const struct str example =
    STR_INIT("{\"foo\":[\"bar\",\"baz\"],\"\":0,\"a/b\":1,\"c%d\":2,\"e^f\":3,\"g|h\":4,\"i\\\\j\":5,\"k\\\"l\":6,\" "
             "\":7,\"m~n\":8,"
             "\"ref\":{\"$ref\":\"#/a~1b\"},\"twice\":{\"$ref\":\"#/ref\"},\"self\":{\"$ref\":\"#/self\"},"
             "\"ping\":{\"$ref\":\"#/pong\"},\"pong\":{\"$ref\":\"#/ping\"},\"nowhere\":{\"$ref\":\"#/no\"},"
             "\"outside\":{\"$ref\":\"other.json#/x\"},\"schema\":{\"properties\":{\"$ref\":{\"type\":\"string\"}}}}");

static int open_document(void **state)
{
    (void)state;
    struct document_fault fault;
    return document_read(&document, example, &fault);
}

static int close_document(void **state)
{
    (void)state;
    document_close(&document);
    return 0;
}

static void the_examples_of_the_rfc(void **state)
{
    (void)state;
    const struct {
        struct str pointer, fragment;
        int value;
    } examples[] = {
        { STR("/"), STR("#/"), 0 },          { STR("/a~1b"), STR("#/a~1b"), 1 }, { STR("/c%d"), STR("#/c%25d"), 2 },
        { STR("/e^f"), STR("#/e%5Ef"), 3 },  { STR("/g|h"), STR("#/g%7Ch"), 4 }, { STR("/i\\j"), STR("#/i%5Cj"), 5 },
        { STR("/k\"l"), STR("#/k%22l"), 6 }, { STR("/ "), STR("#/%20"), 7 },     { STR("/m~0n"), STR("#/m~0n"), 8 },
    };
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        assert_int_equal(yyjson_get_int(pointer_get(&document, examples[i].pointer)), examples[i].value);
        assert_int_equal(yyjson_get_int(pointer_get_fragment(&document, examples[i].fragment)), examples[i].value);
    }
    assert_ptr_equal(pointer_get(&document, STR_EMPTY), document.root);
    assert_ptr_equal(pointer_get_fragment(&document, STR("#")), document.root);
    assert_str(document_str(pointer_get(&document, STR("/foo/0"))), "bar");
}

static void what_leads_nowhere(void **state)
{
    (void)state;
    const struct str pointers[] = {
        STR("foo"),    STR("/foo/2"),   STR("/foo/01"),
        STR("/foo/-"), STR("/foo/0/x"), STR("/foo/"),
        STR("/m~n"),   STR("/m~2n"),    STR("/foo/9999999999999999999"),
    };
    for (size_t i = 0; i < sizeof pointers / sizeof *pointers; i++) assert_null(pointer_get(&document, pointers[i]));
    assert_null(pointer_get_fragment(&document, STR("#/c%2")));
    assert_null(pointer_get_fragment(&document, STR("#/c%zzd")));
    assert_null(pointer_get_fragment(&document, STR("/a~1b")));
    assert_null(pointer_get_fragment(&document, STR_EMPTY));
}

static void references_are_followed_and_end(void **state)
{
    (void)state;
    yyjson_val *ref = pointer_get(&document, STR("/ref"));
    yyjson_val *twice = pointer_get(&document, STR("/twice"));
    assert_int_equal(yyjson_get_int(ref_resolve(&document, ref)), 1);
    assert_int_equal(yyjson_get_int(ref_resolve(&document, twice)), 1);
    assert_ptr_equal(ref_follow(&document, twice), ref);
    assert_null(ref_resolve(&document, pointer_get(&document, STR("/self"))));
    assert_null(ref_resolve(&document, pointer_get(&document, STR("/ping"))));
    assert_null(ref_resolve(&document, pointer_get(&document, STR("/nowhere"))));
    assert_null(ref_resolve(&document, pointer_get(&document, STR("/outside"))));
    assert_null(ref_resolve(&document, NULL));
    yyjson_val *number = pointer_get(&document, STR("/ "));
    assert_ptr_equal(ref_resolve(&document, number), number);
    assert_null(ref_follow(&document, number));
}

static void a_property_named_ref_is_no_reference(void **state)
{
    (void)state;
    yyjson_val *properties = pointer_get(&document, STR("/schema/properties"));
    assert_null(ref_text(&document, properties).at);
    assert_ptr_equal(ref_resolve(&document, properties), properties);
}

static void chains_end_at_the_limit(void **state)
{
    (void)state;
    struct document chain;
    struct document_fault fault;
    struct buf text;
    buf_init(&text, 1 << 16);
    buf_append_str(&text, STR("[0"));
    for (int i = 1; i <= LIMIT_REF_HOPS + 1; i++) buf_append_format(&text, ",{\"$ref\":\"#/%d\"}", i - 1);
    buf_append_byte(&text, ']');
    assert_int_equal(document_read(&chain, buf_str(&text), &fault), DOCUMENT_OK);
    assert_non_null(ref_resolve(&chain, document_at(&chain, chain.root, LIMIT_REF_HOPS)));
    assert_null(ref_resolve(&chain, document_at(&chain, chain.root, LIMIT_REF_HOPS + 1)));
    document_close(&chain);
    buf_free(&text);
}

static void tokens_are_escaped(void **state)
{
    (void)state;
    struct buf text;
    buf_init(&text, 100);
    pointer_append(&text, STR("a/b~c"));
    pointer_append(&text, STR_EMPTY);
    assert_str(buf_str(&text), "/a~1b~0c/");
    const struct {
        struct str fragment, last;
    } lasts[] = {
        { STR("#/components/schemas/Pet"), STR("Pet") },
        { STR("#/x/a~1b%20c"), STR("a/b c") },
        { STR("#/x/100%"), STR("100%") },
        { STR("#/x/~9"), STR("~9") },
        { STR("Pet"), STR("Pet") },
        { STR("#/"), STR("") },
    };
    for (size_t i = 0; i < sizeof lasts / sizeof *lasts; i++) {
        buf_clear(&text);
        pointer_append_last(&text, lasts[i].fragment);
        assert_true(str_equal(buf_str(&text), lasts[i].last));
    }
    buf_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_examples_of_the_rfc),         cmocka_unit_test(what_leads_nowhere),
        cmocka_unit_test(references_are_followed_and_end), cmocka_unit_test(a_property_named_ref_is_no_reference),
        cmocka_unit_test(chains_end_at_the_limit),         cmocka_unit_test(tokens_are_escaped),
    };
    return cmocka_run_group_tests_name("pointer", tests, open_document, close_document);
}
