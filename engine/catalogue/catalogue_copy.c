/* catalogue_builder_copy: what is in a catalogue need not be read from its specification again. */
#include "catalogue_draft.h"

static uint32_t catalogue_copy_string(struct catalogue_builder *builder, const struct catalogue *from, uint32_t string)
{
    return string ? catalogue_builder_string(builder, catalogue_string(from, string)) : 0;
}

static uint32_t catalogue_copy_facts(struct catalogue_builder *builder, const struct catalogue *from,
                                     const struct format_element *element, struct buf *values)
{
    if (element->facts == 0) return 0;
    struct catalogue_facts facts = catalogue_facts(from, element);
    buf_clear(values);
    uint32_t format = catalogue_builder_string(builder, facts.format);
    uint32_t default_value = catalogue_builder_string(builder, facts.default_value);
    for (uint32_t i = 0; i < facts.value_count; i++) {
        uint32_t value = catalogue_builder_string(builder, catalogue_facts_value(from, &facts));
        buf_append(values, &value, sizeof value);
    }
    return catalogue_builder_facts(builder, format, default_value, (const uint32_t *)(const void *)values->at,
                                   (uint32_t)(values->size / sizeof(uint32_t)));
}

static void catalogue_copy_elements(struct catalogue_builder *builder, const struct catalogue *from,
                                    const struct format_api *api, uint32_t first)
{
    struct buf values;
    buf_init(&values, UINT32_MAX);
    /* The first one is the API itself, which catalogue_builder_api has added. */
    for (uint32_t i = 1; i < api->element_count && !catalogue_builder_failed(builder); i++) {
        struct format_element element = from->elements[api->first_element + i];
        element.name = catalogue_copy_string(builder, from, element.name);
        element.owner = catalogue_copy_string(builder, from, element.owner);
        element.type = catalogue_copy_string(builder, from, element.type);
        element.text = catalogue_copy_string(builder, from, element.text);
        element.facts = catalogue_copy_facts(builder, from, &element, &values);
        element.parent = element.parent - api->first_element + first;
        catalogue_builder_element(builder, &element);
    }
    builder->failed |= values.error != BUF_OK;
    buf_free(&values);
}

static uint32_t catalogue_copy_head(struct catalogue_builder *builder, const struct catalogue *from,
                                    const struct format_api *api)
{
    struct format_api copy = *api;
    uint32_t *strings[CATALOGUE_API_STRINGS];
    catalogue_api_strings(&copy, strings);
    for (unsigned i = 0; i < CATALOGUE_API_STRINGS; i++)
        *strings[i] = catalogue_copy_string(builder, from, *strings[i]);
    return catalogue_builder_api(builder, &copy);
}

int catalogue_builder_copy(struct catalogue_builder *builder, const struct catalogue *from, uint32_t api)
{
    const struct format_api *old = &from->apis[api];
    uint32_t first = catalogue_copy_head(builder, from, old);
    if (catalogue_builder_failed(builder)) return FILE_NO_MEMORY;
    struct format_api *copy = &builder->apis[builder->api_count - 1];
    copy->text_offset = builder->texts.size;
    copy->text_size = old->text_size;
    copy->text_bytes = old->text_bytes;
    buf_append(&builder->texts, from->texts.at + old->text_offset, old->text_size);
    copy->uses_offset = builder->uses.size;
    copy->uses_size = old->uses_size;
    buf_append(&builder->uses, from->uses.at + old->uses_offset, old->uses_size);
    catalogue_builder_source(builder, old->source_hash, old->source_time);
    catalogue_copy_elements(builder, from, old, first);
    return catalogue_builder_failed(builder) ? FILE_NO_MEMORY : FILE_OK;
}
