#include "catalogue_builder.h"

#include "catalogue_draft.h"

#include <stdlib.h>

int catalogue_builder_create(struct catalogue_builder **created)
{
    *created = NULL;
    struct catalogue_builder *builder = calloc(1, sizeof *builder);
    if (builder == NULL) return FILE_NO_MEMORY;
    interner_init(&builder->strings);
    interner_init(&builder->facts);
    buf_init(&builder->texts, SIZE_MAX / 2);
    buf_init(&builder->uses, UINT32_MAX);
    buf_init(&builder->entry, UINT32_MAX);
    uses_writer_init(&builder->uses_writer);
    *created = builder;
    return FILE_OK;
}

void catalogue_builder_destroy(struct catalogue_builder *builder)
{
    if (builder == NULL) return;
    interner_free(&builder->strings);
    interner_free(&builder->facts);
    buf_free(&builder->texts);
    buf_free(&builder->uses);
    uses_writer_free(&builder->uses_writer);
    buf_free(&builder->entry);
    free(builder->apis);
    free(builder->elements);
    packer_destroy(builder->packer);
    catalogue_union_destroy(builder->finished);
    free(builder);
}

void catalogue_builder_reset(struct catalogue_builder *builder)
{
    interner_reset(&builder->strings);
    interner_reset(&builder->facts);
    buf_clear(&builder->texts);
    buf_clear(&builder->uses);
    builder->api_count = 0;
    builder->element_count = 0;
    builder->failed = false;
}

bool catalogue_builder_failed(const struct catalogue_builder *builder)
{
    return builder->failed || builder->strings.failed || builder->facts.failed || builder->texts.error ||
           builder->uses.error || builder->entry.error || !uses_writer_works(&builder->uses_writer);
}

uint64_t catalogue_builder_size(const struct catalogue_builder *builder)
{
    return builder->strings.bytes + builder->facts.bytes + builder->element_count * sizeof *builder->elements;
}

uint32_t catalogue_builder_string(struct catalogue_builder *builder, struct str text)
{
    return interner_add(&builder->strings, text);
}

uint32_t catalogue_builder_facts(struct catalogue_builder *builder, uint32_t format, uint32_t default_value,
                                 const uint32_t *values, uint32_t value_count)
{
    if (format == 0 && default_value == 0 && value_count == 0) return 0;
    const uint32_t head[CATALOGUE_FACTS_VALUES] = { format, default_value };
    buf_clear(&builder->entry);
    buf_append(&builder->entry, head, sizeof head);
    buf_append(&builder->entry, values, value_count * sizeof *values);
    return interner_add(&builder->facts, buf_str(&builder->entry));
}

/* Makes room for one more in an array; false when there is no memory or no 32-bit number left. */
static bool catalogue_builder_room(void **array, size_t *capacity, size_t count, size_t size)
{
    if (count < *capacity) return true;
    size_t larger = *capacity ? *capacity + *capacity / 2 : 64;
    if (count >= UINT32_MAX - 1) return false;
    void *at = reallocarray(*array, larger, size);
    if (at == NULL) return false;
    *array = at;
    *capacity = larger;
    return true;
}

static bool catalogue_builder_room_for_api(struct catalogue_builder *builder)
{
    void *array = builder->apis;
    bool fits = catalogue_builder_room(&array, &builder->api_capacity, builder->api_count, sizeof *builder->apis);
    builder->apis = array;
    builder->failed |= !fits;
    return fits;
}

static bool catalogue_builder_room_for_element(struct catalogue_builder *builder)
{
    void *array = builder->elements;
    bool fits =
        catalogue_builder_room(&array, &builder->element_capacity, builder->element_count, sizeof *builder->elements);
    builder->elements = array;
    builder->failed |= !fits;
    return fits;
}

uint32_t catalogue_builder_api(struct catalogue_builder *builder, const struct format_api *api)
{
    uint32_t number = (uint32_t)builder->element_count;
    if (!catalogue_builder_room_for_api(builder)) return number;
    struct format_api *added = &builder->apis[builder->api_count++];
    uses_writer_clear(&builder->uses_writer);
    *added = (struct format_api){
        .id = api->id,
        .title = api->title,
        .version = api->version,
        .description = api->description,
        .provider = api->provider,
        .category = api->category,
        .source = api->source,
        .first_element = number,
    };
    struct format_element element = {
        .name = api->title,
        .parent = number,
        .type = api->id,
        .text = api->description,
        .kind = CATALOGUE_API,
    };
    return catalogue_builder_element(builder, &element);
}

uint32_t catalogue_builder_element(struct catalogue_builder *builder, const struct format_element *element)
{
    uint32_t number = (uint32_t)builder->element_count;
    if (builder->api_count == 0 || !catalogue_builder_room_for_element(builder)) {
        builder->failed = true;
        return number;
    }
    struct format_api *api = &builder->apis[builder->api_count - 1];
    api->element_count++;
    api->counts[element->kind]++;
    api->path_parameters += element->kind == CATALOGUE_PARAMETER && element->flags & CATALOGUE_OF_PATH;
    if (element->kind == CATALOGUE_OBJECT) uses_writer_object(&builder->uses_writer, number - api->first_element);
    builder->elements[builder->element_count++] = *element;
    return number;
}

void catalogue_builder_use(struct catalogue_builder *builder, uint32_t target, uint32_t user, uint32_t within,
                           enum uses_role role)
{
    uses_writer_add(&builder->uses_writer, target, user, within, role);
}

void catalogue_builder_end_api(struct catalogue_builder *builder)
{
    struct format_api *api = &builder->apis[builder->api_count - 1];
    api->uses_offset = builder->uses.size;
    if (catalogue_builder_failed(builder) || !uses_writer_write(&builder->uses_writer, &builder->uses))
        builder->failed = true;
    api->uses_size = (uint32_t)(builder->uses.size - api->uses_offset);
}

int catalogue_builder_pack(struct catalogue_builder *builder, struct str text, const struct pack_outline *outline)
{
    uint64_t offset = builder->texts.size;
    int error = builder->api_count ? FILE_OK : FILE_NO_MEMORY;
    if (error == FILE_OK && builder->packer == NULL) error = packer_create(&builder->packer);
    if (error == FILE_OK) error = packer_write(builder->packer, text, outline, &builder->texts);
    if (error == FILE_OK && builder->texts.size - offset > UINT32_MAX) error = FILE_NO_MEMORY;
    if (error) {
        builder->failed = true;
        return FILE_NO_MEMORY;
    }
    struct format_api *api = &builder->apis[builder->api_count - 1];
    api->text_offset = offset;
    api->text_size = (uint32_t)(builder->texts.size - offset);
    api->text_bytes = text.size;
    return FILE_OK;
}

int catalogue_builder_text(struct catalogue_builder *builder, struct str text)
{
    return catalogue_builder_pack(builder, text, &(struct pack_outline){ .cut_count = 0 });
}

void catalogue_builder_source(struct catalogue_builder *builder, uint64_t hash, int64_t time)
{
    if (builder->api_count == 0) return;
    builder->apis[builder->api_count - 1].source_hash = hash;
    builder->apis[builder->api_count - 1].source_time = time;
}

void catalogue_builder_drop_api(struct catalogue_builder *builder)
{
    if (builder->api_count == 0) return;
    const struct format_api *api = &builder->apis[--builder->api_count];
    builder->element_count = api->first_element;
    if (api->text_size) builder->texts.size = (size_t)api->text_offset;
    if (api->uses_size) builder->uses.size = (size_t)api->uses_offset;
}

int catalogue_builder_finish(struct catalogue_builder *builder, struct catalogue *catalogue)
{
    catalogue_union_destroy(builder->finished);
    int error = catalogue_union_create(&builder->finished);
    if (error == FILE_OK) error = catalogue_union_add(builder->finished, builder);
    if (error == FILE_OK) error = catalogue_union_finish(builder->finished, 1, catalogue);
    return error ? error : catalogue_union_join_texts(builder->finished, catalogue);
}

int catalogue_builder_write(const struct catalogue_builder *builder, struct file_writer *writer)
{
    return catalogue_union_write(builder->finished, writer);
}
