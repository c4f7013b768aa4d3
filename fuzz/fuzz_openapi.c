/* fuzz_openapi.c - specification text → document → elements of the catalogue → a catalogue that reads back. */
#include <stdint.h>
#include <stdlib.h>

#include "openapi3.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_back(struct catalogue_builder *builder, struct str text)
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
        if (catalogue_builder_text(builder, text) != FILE_OK) abort();
        read_back(builder, text);
    } else if (fault.what[0] == '\0') {
        abort(); /* a refusal without a word */
    }
    catalogue_builder_destroy(builder);
    document_close(&document);
    return 0;
}
