/* fuzz_openapi.c - specification text → document → elements of the catalogue → a catalogue that reads back, the stored
 * specification piece by piece. */
#include <stdint.h>
#include <stdlib.h>

#include "openapi3.h"
#include "outline.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* However small it is, it is stored in pieces, and each is found as it is in the whole. */
static void pack(struct catalogue_builder *builder, const struct document *document, struct str text)
{
    struct outline outline;
    outline_init(&outline);
    outline.text_bytes = outline.map_bytes = 0;
    if (outline_make(&outline, document, text) != DOCUMENT_OK) abort();
    struct pack_outline cuts = outline_pack(&outline);
    if (catalogue_builder_pack(builder, text, &cuts) != FILE_OK) abort();
    outline_free(&outline);
}

static void compare_members(const struct document *whole, yyjson_val *of_whole, const struct document *opened,
                            yyjson_val *of_opened)
{
    for (struct document_member at = document_first(of_whole); at.left; document_next(&at)) {
        struct str key = document_str(at.key);
        yyjson_val *value = document_get(whole, of_whole, key), *other = document_get(opened, of_opened, key);
        if (other == NULL || yyjson_get_type(value) != yyjson_get_type(other)) abort();
        /* What is in a map that was cut is not in the map. */
        if (yyjson_get_len(value) != yyjson_get_len(other) && yyjson_obj_size(other) != 0) abort();
    }
}

static void compare(const struct document *whole, const struct catalogue *catalogue)
{
    struct pack packed;
    struct unpacker *unpacker;
    struct document opened;
    if (unpacker_create(&unpacker) != FILE_OK || catalogue_pack(catalogue, 0, &packed) != FILE_OK) abort();
    if (document_open(&opened, &packed, unpacker) != DOCUMENT_OK) abort();
    static const struct str maps[] = { STR_INIT("paths"), STR_INIT("webhooks"), STR_INIT("components"),
                                       STR_INIT("x-maps") };
    for (size_t i = 0; i < sizeof maps / sizeof *maps; i++) {
        yyjson_val *of_whole = document_get(whole, whole->root, maps[i]);
        yyjson_val *of_opened = document_get(&opened, opened.root, maps[i]);
        compare_members(whole, of_whole, &opened, of_opened);
        for (struct document_member at = document_first(of_whole); at.left; document_next(&at)) {
            struct str key = document_str(at.key);
            compare_members(whole, document_get(whole, of_whole, key), &opened, document_get(&opened, of_opened, key));
        }
    }
    if (document_error(&opened) != DOCUMENT_OK) abort();
    document_close(&opened);
    unpacker_destroy(unpacker);
}

static void read_back(struct catalogue_builder *builder, const struct document *document, struct str text)
{
    struct catalogue catalogue;
    if (catalogue_builder_finish(builder, &catalogue) != FILE_OK || catalogue.api_count != 1) abort();
    for (uint32_t i = 0; i < catalogue.element_count; i++) {
        const struct format_element *element = &catalogue.elements[i];
        struct catalogue_facts facts = catalogue_facts(&catalogue, element);
        while (facts.value_count-- > 0) catalogue_facts_value(&catalogue, &facts);
        if (facts.values.size || element->parent > i || element->kind >= FORMAT_KINDS) abort();
    }
    struct buf kept;
    buf_init(&kept, text.size + 64);
    if (catalogue_text(&catalogue, 0, &kept) != FILE_OK || !str_equal(buf_str(&kept), text)) abort();
    buf_free(&kept);
    compare(document, &catalogue);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str text = { (const char *)data, size };
    struct document document;
    struct document_fault fault;
    struct catalogue_builder *builder;
    if (document_read(&document, text, &fault) != DOCUMENT_OK) return 0;
    if (catalogue_builder_create(&builder) != FILE_OK) abort();
    if (openapi3_read(&document, STR("fuzzed"), STR("fuzzed.json"), builder, &fault) == DOCUMENT_OK) {
        pack(builder, &document, text);
        read_back(builder, &document, text);
    } else if (fault.what[0] == '\0') {
        abort(); /* a refusal without a word */
    }
    catalogue_builder_destroy(builder);
    document_close(&document);
    return 0;
}
