#include "unit.h"

#include "catalogue_builder.h"
#include "document.h"
#include "outline.h"
#include "pointer.h"
#include "position.h"
#include "ref.h"

#include <stdlib.h>

/* A text as it is read whole, and as it is stored and opened. */
struct both {
    struct buf text;
    struct document whole, opened;
    struct catalogue_builder *builder;
    struct catalogue catalogue;
    struct unpacker *unpacker;
    struct pack pack;
};

static void both_open(struct both *both)
{
    struct document_fault fault;
    struct outline outline;
    struct str text = buf_str(&both->text);
    assert_int_equal(document_read(&both->whole, text, &fault), DOCUMENT_OK);
    outline_init(&outline);
    assert_int_equal(outline_make(&outline, &both->whole, text), DOCUMENT_OK);
    assert_int_equal(catalogue_builder_create(&both->builder), FILE_OK);
    struct format_api api = { .id = catalogue_builder_string(both->builder, STR("a")) };
    catalogue_builder_api(both->builder, &api);
    struct pack_outline cuts = outline_pack(&outline);
    assert_int_equal(catalogue_builder_pack(both->builder, text, &cuts), FILE_OK);
    assert_int_equal(catalogue_builder_finish(both->builder, &both->catalogue), FILE_OK);
    assert_int_equal(unpacker_create(&both->unpacker), FILE_OK);
    assert_int_equal(catalogue_pack(&both->catalogue, 0, &both->pack), FILE_OK);
    assert_int_equal(document_open(&both->opened, &both->pack, both->unpacker), DOCUMENT_OK);
    outline_free(&outline);
}

static void both_close(struct both *both)
{
    document_close(&both->opened);
    document_close(&both->whole);
    unpacker_destroy(both->unpacker);
    catalogue_builder_destroy(both->builder);
    buf_free(&both->text);
}

static void assert_same(yyjson_val *a, yyjson_val *b)
{
    if (a == NULL || b == NULL) {
        assert_ptr_equal(a, b);
        return;
    }
    assert_true(yyjson_equals(a, b));
}

/* Where a value stands, as a look through the whole text finds it. */
static void assert_same_span(struct both *both, yyjson_val *whole, yyjson_val *opened)
{
    struct str text = both->whole.text;
    struct document_span span;
    struct buf copy;
    size_t mark = both->text.size - text.size, start = position_of_value(text, (size_t)(whole - both->whole.root));
    buf_init(&copy, 64 << 20);
    assert_true(document_span(&both->opened, opened, &span));
    assert_int_equal(span.start, start + mark);
    assert_int_equal(span.size, position_value_end(text, start) - start);
    assert_int_equal(span.line, position_of(text, start).line);
    assert_true(document_copy(&both->opened, span.start, span.size, &copy));
    assert_true(str_equal(buf_str(&copy), str_cut(text, start, start + span.size)));
    buf_free(&copy);
}

/* Every member of an object of the whole document, and names that it has not. */
static void assert_same_members(struct both *both, yyjson_val *whole, yyjson_val *opened)
{
    for (struct document_member at = document_first(whole); at.left; document_next(&at)) {
        struct str key = document_str(at.key);
        yyjson_val *of_whole = document_get(&both->whole, whole, key);
        yyjson_val *of_opened = document_get(&both->opened, opened, key);
        assert_same(of_opened, of_whole);
        assert_same_span(both, of_whole, of_opened);
    }
    static const struct str missing[] = { STR_INIT("missing"), STR_INIT(""), STR_INIT("a"), STR_INIT("k1 ") };
    for (size_t i = 0; i < sizeof missing / sizeof *missing; i++)
        assert_same(document_get(&both->opened, opened, missing[i]), document_get(&both->whole, whole, missing[i]));
}

static void assert_both(struct both *both, size_t maps)
{
    struct buf text;
    buf_init(&text, 64 << 20);
    assert_int_equal(both->pack.head->map_count, maps);
    assert_int_equal(catalogue_text(&both->catalogue, 0, &text), FILE_OK);
    assert_true(str_equal(buf_str(&text), buf_str(&both->text)));
    buf_free(&text);
    yyjson_val *whole = both->whole.root, *opened = both->opened.root;
    static const char *const roots[] = { "paths", "webhooks", "x-more", "info" };
    for (size_t i = 0; i < sizeof roots / sizeof *roots; i++)
        assert_same_members(both, document_get(&both->whole, whole, str_from(roots[i])),
                            document_get(&both->opened, opened, str_from(roots[i])));
    assert_same_span(both, whole, opened);
    yyjson_val *components = document_get(&both->whole, whole, STR("components"));
    for (struct document_member at = document_first(components); at.left; document_next(&at)) {
        yyjson_val *other = document_get(&both->opened, opened, STR("components"));
        struct str key = document_str(at.key);
        assert_same_members(both, document_get(&both->whole, components, key), document_get(&both->opened, other, key));
        assert_same_span(both, document_get(&both->whole, components, key), document_get(&both->opened, other, key));
    }
    assert_int_equal(document_error(&both->opened), DOCUMENT_OK);
}

/* ---- Texts ------------------------------------------------------------------------------------------------------- */

/* What may stand between any two tokens. */
static const struct str spaces[] = { STR_INIT(""), STR_INIT(" "), STR_INIT("\n"), STR_INIT("\r\n\t  ") };

/* Members whose keys and values are hard to find the ends of; "$" stands for space. */
static const char *const members[] = {
    "\"k1\"$:$\"v\"",
    "\"k2\"$:$null",
    "\"k3\"$:$-1.5e3",
    "\"k4\"$:$true",
    "\"k5\"$:$[$]",
    "\"k6\"$:${$}",
    "\"k\\u0037\\n\\\"\"$:${$\"a\"$:$[$1$,${$\"b\"$:$\"}]\\\"{[\"$}$]$}",
    "\"{k8:[\"$:$\"\\\\\"",
    "\"a\\/b\"$:$[$[$]$,$[$[$\"\\\\\\\"]\"$]$]$]",
    "\"\"$:$\"the empty key\"",
    "\"k1\"$:$\"twice\"",
    "\"k\xC3\xA4\"$:$123456789012345678901234567890",
};

static void append_spaced(struct buf *text, const char *tokens, struct str space)
{
    for (; *tokens; tokens++) {
        if (*tokens == '$')
            buf_append_str(text, space);
        else
            buf_append_byte(text, *tokens);
    }
}

/* A map that is large enough to be cut; `last` is its last member. */
static void append_map(struct buf *text, const char *name, struct str space, size_t last, size_t size)
{
    append_spaced(text, "\"", space);
    append_spaced(text, name, space);
    append_spaced(text, "\"$:${$", space);
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        if (i == last) continue;
        append_spaced(text, members[i], space);
        append_spaced(text, "$,$", space);
    }
    append_spaced(text, "\"filler\"$:$\"", space);
    for (size_t i = 0; i < size; i++) buf_append_byte(text, (char)('a' + i % 23));
    append_spaced(text, "\"$,$", space);
    append_spaced(text, members[last], space);
    append_spaced(text, "$}", space);
}

static void append_document(struct buf *text, struct str space, size_t last)
{
    append_spaced(text, "${$\"openapi\"$:$\"3.1.0\"$,$\"info\"$:${$\"title\"$:$\"A\"$}$,$", space);
    append_map(text, "paths", space, last, 20000);
    append_spaced(text, "$,$\"tags\"$:$[${$}$]$,$\"components\"$:${$", space);
    append_map(text, "schemas", space, last, 30000);
    append_spaced(text, "$,$\"examples\"$:${$}$,$\"headers\"$:$7$,$", space);
    append_map(text, "responses", space, last, 100);
    append_spaced(text, "$,$", space);
    append_map(text, "securitySchemes", space, last, 9000);
    append_spaced(text, "$}$,$\"webhooks\"$:${$}$,$", space);
    append_map(text, "x-more", space, last, 70000);
    append_spaced(text, "$}$", space);
}

static void what_is_cut_out_is_found_as_before(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++) {
        for (size_t last = 0; last < sizeof members / sizeof *members; last++) {
            struct both both = { 0 };
            buf_init(&both.text, 64 << 20);
            if (last % 2) buf_append_str(&both.text, STR("\xEF\xBB\xBF"));
            append_document(&both.text, spaces[i], last);
            both_open(&both);
            assert_both(&both, 3); /* paths, schemas, x-more */
            both_close(&both);
        }
    }
}

static void what_is_small_stays_whole(void **state)
{
    (void)state;
    static const char *const texts[] = { "{}", "[1]", "7", "{\"paths\":{\"/a\":{}},\"components\":[]}" };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct both both = { 0 };
        buf_init(&both.text, 1000);
        buf_append_str(&both.text, str_from(texts[i]));
        both_open(&both);
        assert_both(&both, 0);
        assert_same(both.opened.root, both.whole.root);
        both_close(&both);
    }
}

static void odd_roots_are_not_cut(void **state)
{
    (void)state;
    static const char *const texts[] = { "{\"paths\":[\"$\"]}", "[\"$\"]", "\"$\"", "{\"components\":\"$\"}",
                                         "{\"components\":{\"schemas\":[\"$\"],\"x\":null}}" };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct both both = { 0 };
        static char filler[40001];
        memset(filler, 'x', sizeof filler - 1);
        buf_init(&both.text, 1 << 20);
        append_spaced(&both.text, texts[i], str_from(filler));
        both_open(&both);
        assert_both(&both, 0);
        both_close(&both);
    }
}

/* ---- Ways through a document ------------------------------------------------------------------------------------- */

static void append_schemas(struct buf *text, unsigned count)
{
    buf_append_str(text, STR("{\"openapi\":\"3.0.0\",\"paths\":{\"/a/{id}\":{\"$ref\":\"#/paths/~1b\"},"
                             "\"/b\":{\"get\":{\"responses\":{\"200\":{\"$ref\":\"#/components/responses/R\"}}}}},"
                             "\"components\":{\"responses\":{\"R\":{\"x\":[1,2,{\"$ref\":\"#/components/schemas/S9\"}],"
                             "\"description\":\""));
    for (unsigned i = 0; i < 5000; i++) buf_append_byte(text, 'r');
    buf_append_str(text, STR("\"}},\"schemas\":{\"S0\":{\"type\":\"string\"}"));
    for (unsigned i = 1; i < count; i++)
        buf_append_format(text,
                          ",\"S%u\":{\"type\":\"object\",\"properties\":{\"p\":{\"$ref\":\"#/components/schemas/"
                          "S%u\"}},\"description\":\"the schema number %u of many\"}",
                          i, i * 7 % count, i);
    buf_append_str(text, STR("}}}"));
}

static void pointers_and_references_lead_into_pieces(void **state)
{
    (void)state;
    static const char *const pointers[] = { "",
                                            "/paths/~1a~1{id}",
                                            "/paths/~1b/get/responses/200",
                                            "/components/schemas/S1999/properties/p",
                                            "/components/schemas/S2000",
                                            "/components/responses/R/x/2",
                                            "/components/responses/R/x/3",
                                            "/components/schemas/S5/description/x" };
    struct both both = { 0 };
    buf_init(&both.text, 1 << 20);
    append_schemas(&both.text, 2000);
    both_open(&both);
    for (size_t i = 1; i < sizeof pointers / sizeof *pointers; i++)
        assert_same(pointer_get(&both.opened, str_from(pointers[i])), pointer_get(&both.whole, str_from(pointers[i])));
    yyjson_val *item = ref_resolve(&both.opened, pointer_get(&both.opened, STR("/paths/~1a~1{id}")));
    assert_non_null(document_get(&both.opened, item, STR("get")));
    yyjson_val *at = pointer_get(&both.opened, STR("/components/schemas/S1"));
    for (unsigned i = 0; i < 100; i++) {
        at = ref_follow(&both.opened, pointer_get(&both.opened, STR("/components/schemas/S1/properties/p")));
        assert_ptr_equal(at, pointer_get(&both.opened, STR("/components/schemas/S7"))); /* it stays where it is */
    }
    for (size_t i = 1; i < sizeof pointers / sizeof *pointers; i++)
        if (pointer_get(&both.whole, str_from(pointers[i])))
            assert_same_span(&both, pointer_get(&both.whole, str_from(pointers[i])),
                             pointer_get(&both.opened, str_from(pointers[i])));
    struct document_span span;
    assert_false(document_span(&both.opened, both.whole.root, &span));
    assert_int_equal(document_error(&both.opened), DOCUMENT_OK);
    assert_true(document_bytes(&both.opened) < document_bytes(&both.whole));
    both_close(&both);
}

static void little_is_loaded_for_little(void **state)
{
    (void)state;
    struct both both = { 0 };
    buf_init(&both.text, 64 << 20);
    append_schemas(&both.text, 30000);
    both_open(&both);
    size_t before = document_bytes(&both.opened);
    assert_non_null(pointer_get(&both.opened, STR("/components/schemas/S20000")));
    assert_true(document_bytes(&both.opened) < before + 300000);
    assert_true(before < 300000);
    both_close(&both);
}

/* ---- Damage ------------------------------------------------------------------------------------------------------ */

/* The stored text is no JSON, or its frames are not what they were: that is told, and nothing is found. */
static void damage_is_told(void **state)
{
    (void)state;
    struct both both = { 0 };
    buf_init(&both.text, 1 << 20);
    append_schemas(&both.text, 2000);
    both_open(&both);
    document_close(&both.opened);
    uint32_t last = both.pack.head->block_count - 1;
    char *frame = (char *)(uintptr_t)both.pack.frames + both.pack.blocks[last].frame;
    memset(frame + 8, 0, 64);
    assert_int_equal(document_open(&both.opened, &both.pack, both.unpacker), DOCUMENT_OK);
    assert_non_null(pointer_get(&both.opened, STR("/components/schemas/S0")));
    assert_int_equal(document_error(&both.opened), DOCUMENT_OK);
    assert_null(pointer_get(&both.opened, STR("/components/schemas/S1999")));
    assert_int_equal(document_error(&both.opened), DOCUMENT_BAD);
    both_close(&both);
}

static void places_of_pieces_that_lie_are_told(void **state)
{
    (void)state;
    struct both both = { 0 };
    buf_init(&both.text, 1 << 20);
    append_schemas(&both.text, 2000);
    both_open(&both);
    struct format_pack_piece *pieces = (struct format_pack_piece *)(uintptr_t)both.pack.pieces;
    static const uint32_t lies[] = { 0, 1, 100, UINT32_MAX };
    for (size_t lie = 0; lie < sizeof lies / sizeof *lies; lie++) {
        document_close(&both.opened);
        assert_int_equal(document_open(&both.opened, &both.pack, both.unpacker), DOCUMENT_OK);
        size_t count;
        uint32_t map = both.pack.head->map_count - 1;
        const struct format_pack_piece *found = pack_find(&both.pack, map, pack_hash(STR("S1234")), &count);
        assert_int_equal(count, 1);
        uint32_t truth = found->offset;
        pieces[found - both.pack.pieces].offset = lies[lie];
        assert_null(pointer_get(&both.opened, STR("/components/schemas/S1234")));
        assert_int_equal(document_error(&both.opened), DOCUMENT_BAD);
        /* Inside, but not where a member begins. */
        document_close(&both.opened);
        assert_int_equal(document_open(&both.opened, &both.pack, both.unpacker), DOCUMENT_OK);
        pieces[found - both.pack.pieces].offset = truth + 3;
        assert_null(pointer_get(&both.opened, STR("/components/schemas/S1234")));
        pieces[found - both.pack.pieces].offset = truth;
    }
    both_close(&both);
}

static void a_skeleton_that_is_no_json_is_damage(void **state)
{
    (void)state;
    struct both both = { 0 };
    struct document document;
    buf_init(&both.text, 1 << 20);
    append_schemas(&both.text, 2000);
    both_open(&both);
    struct format_pack_map *maps = (struct format_pack_map *)(uintptr_t)both.pack.maps;
    maps[0].value = 1; /* a key */
    assert_int_equal(document_open(&document, &both.pack, both.unpacker), DOCUMENT_BAD);
    maps[0].value = UINT32_MAX;
    assert_int_equal(document_open(&document, &both.pack, both.unpacker), DOCUMENT_BAD);
    assert_null(document.root);
    document_close(&document);
    both_close(&both);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_cut_out_is_found_as_before),
        cmocka_unit_test(what_is_small_stays_whole),
        cmocka_unit_test(odd_roots_are_not_cut),
        cmocka_unit_test(pointers_and_references_lead_into_pieces),
        cmocka_unit_test(little_is_loaded_for_little),
        cmocka_unit_test(damage_is_told),
        cmocka_unit_test(places_of_pieces_that_lie_are_told),
        cmocka_unit_test(a_skeleton_that_is_no_json_is_damage),
    };
    return cmocka_run_group_tests_name("pieces", tests, NULL, NULL);
}
