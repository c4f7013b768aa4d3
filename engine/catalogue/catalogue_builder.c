#include "catalogue_builder.h"

#include "interner.h"
#include "leb128.h"

#include <stdlib.h>
#include <zstd.h>

/* Over the default catalogue 46 MB; level 3 gives 43 MB and takes a third of a second more on each processor. */
enum { CATALOGUE_ZSTD_LEVEL = 1 };

struct catalogue_builder {
    struct interner strings;
    struct interner facts;
    struct format_api *apis;
    size_t api_count, api_capacity;
    struct format_element *elements;
    size_t element_count, element_capacity;
    struct buf texts;
    struct buf entry; /* the facts being written */
    ZSTD_CCtx *zstd;
    bool failed;
};

int catalogue_builder_create(struct catalogue_builder **created)
{
    *created = NULL;
    struct catalogue_builder *builder = calloc(1, sizeof *builder);
    if (builder == NULL) return FILE_NO_MEMORY;
    interner_init(&builder->strings);
    interner_init(&builder->facts);
    buf_init(&builder->texts, SIZE_MAX / 2);
    buf_init(&builder->entry, UINT32_MAX);
    *created = builder;
    return FILE_OK;
}

void catalogue_builder_destroy(struct catalogue_builder *builder)
{
    if (builder == NULL) return;
    interner_free(&builder->strings);
    interner_free(&builder->facts);
    buf_free(&builder->texts);
    buf_free(&builder->entry);
    free(builder->apis);
    free(builder->elements);
    ZSTD_freeCCtx(builder->zstd);
    free(builder);
}

void catalogue_builder_reset(struct catalogue_builder *builder)
{
    interner_reset(&builder->strings);
    interner_reset(&builder->facts);
    buf_clear(&builder->texts);
    builder->api_count = 0;
    builder->element_count = 0;
    builder->failed = false;
}

bool catalogue_builder_failed(const struct catalogue_builder *builder)
{
    return builder->failed || builder->strings.failed || builder->facts.failed || builder->texts.error ||
           builder->entry.error;
}

uint64_t catalogue_builder_size(const struct catalogue_builder *builder)
{
    return (uint64_t)builder->strings.size + builder->facts.size + builder->element_count * sizeof *builder->elements;
}

uint32_t catalogue_builder_string(struct catalogue_builder *builder, struct str text)
{
    return interner_add(&builder->strings, text);
}

static void catalogue_builder_number(struct catalogue_builder *builder, uint32_t number)
{
    uint8_t bytes[LEB128_SIZE_MAX];
    buf_append(&builder->entry, bytes, leb128_write(number, bytes));
}

uint32_t catalogue_builder_facts(struct catalogue_builder *builder, uint32_t format, uint32_t default_value,
                                 const uint32_t *values, uint32_t value_count)
{
    if (format == 0 && default_value == 0 && value_count == 0) return 0;
    buf_clear(&builder->entry);
    catalogue_builder_number(builder, format);
    catalogue_builder_number(builder, default_value);
    catalogue_builder_number(builder, value_count);
    for (uint32_t i = 0; i < value_count; i++) catalogue_builder_number(builder, values[i]);
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
    builder->elements[builder->element_count++] = *element;
    return number;
}

static bool catalogue_builder_start_zstd(struct catalogue_builder *builder)
{
    if (builder->zstd) return true;
    builder->zstd = ZSTD_createCCtx();
    if (builder->zstd == NULL) return false;
    return !ZSTD_isError(ZSTD_CCtx_setParameter(builder->zstd, ZSTD_c_compressionLevel, CATALOGUE_ZSTD_LEVEL)) &&
           !ZSTD_isError(ZSTD_CCtx_setParameter(builder->zstd, ZSTD_c_checksumFlag, 1));
}

int catalogue_builder_text(struct catalogue_builder *builder, struct str text)
{
    size_t bound = ZSTD_compressBound(text.size);
    char *at = NULL;
    if (builder->api_count && bound <= UINT32_MAX && catalogue_builder_start_zstd(builder))
        at = buf_reserve(&builder->texts, bound);
    size_t size = at ? ZSTD_compress2(builder->zstd, at, bound, text.at, text.size) : 0;
    if (at == NULL || ZSTD_isError(size)) {
        builder->failed = true;
        return FILE_NO_MEMORY;
    }
    struct format_api *api = &builder->apis[builder->api_count - 1];
    api->text_offset = builder->texts.size;
    api->text_size = (uint32_t)size;
    api->text_bytes = text.size;
    builder->texts.size += size;
    return FILE_OK;
}

void catalogue_builder_drop_api(struct catalogue_builder *builder)
{
    if (builder->api_count == 0) return;
    const struct format_api *api = &builder->apis[--builder->api_count];
    builder->element_count = api->first_element;
    if (api->text_size) builder->texts.size = (size_t)api->text_offset;
}

/* ---- Bringing builders together -------------------------------------------------------------------------- */

/* An API of one of the builders that are merged, and what its old string and facts ids are now: one number for each
 * FORMAT_STRING_ALIGN bytes of the old blob, 0 while an id was not met. */
struct catalogue_move {
    const struct catalogue_builder *from;
    uint32_t *strings, *facts;
};

struct catalogue_pick {
    struct str id;
    struct catalogue_move *move;
    uint32_t api;
};

static int catalogue_pick_order(const void *a, const void *b)
{
    return str_compare(((const struct catalogue_pick *)a)->id, ((const struct catalogue_pick *)b)->id);
}

static uint32_t catalogue_move_string(struct catalogue_builder *builder, struct catalogue_move *move, uint32_t id)
{
    if (id == 0) return 0;
    uint32_t *known = &move->strings[id / FORMAT_STRING_ALIGN];
    if (*known == 0) *known = interner_add(&builder->strings, interner_at(interner_blob(&move->from->strings), id));
    return *known;
}

static uint32_t catalogue_move_new_facts(struct catalogue_builder *builder, struct catalogue_move *move, uint32_t id)
{
    struct str old = interner_at(interner_blob(&move->from->facts), id);
    size_t at = 0;
    uint32_t number;
    buf_clear(&builder->entry);
    for (unsigned place = 0; leb128_read(old, &at, &number); place++)
        /* The third number is a count, all others are string ids. */
        catalogue_builder_number(builder, place == 2 ? number : catalogue_move_string(builder, move, number));
    return interner_add(&builder->facts, buf_str(&builder->entry));
}

static uint32_t catalogue_move_facts(struct catalogue_builder *builder, struct catalogue_move *move, uint32_t id)
{
    if (id == 0) return 0;
    uint32_t *known = &move->facts[id / FORMAT_STRING_ALIGN];
    if (*known == 0) *known = catalogue_move_new_facts(builder, move, id);
    return *known;
}

static void catalogue_move_elements(struct catalogue_builder *builder, struct catalogue_move *move,
                                    const struct format_api *from, uint32_t first)
{
    for (uint32_t i = 0; i < from->element_count && !catalogue_builder_failed(builder); i++) {
        if (!catalogue_builder_room_for_element(builder)) return;
        struct format_element element = move->from->elements[from->first_element + i];
        element.name = catalogue_move_string(builder, move, element.name);
        element.owner = catalogue_move_string(builder, move, element.owner);
        element.type = catalogue_move_string(builder, move, element.type);
        element.text = catalogue_move_string(builder, move, element.text);
        element.facts = catalogue_move_facts(builder, move, element.facts);
        element.parent = element.parent - from->first_element + first;
        builder->elements[builder->element_count++] = element;
    }
}

static void catalogue_move_api(struct catalogue_builder *builder, const struct catalogue_pick *pick)
{
    struct catalogue_move *move = pick->move;
    const struct format_api *from = &move->from->apis[pick->api];
    if (!catalogue_builder_room_for_api(builder)) return;
    struct format_api api = *from;
    api.id = catalogue_move_string(builder, move, from->id);
    api.title = catalogue_move_string(builder, move, from->title);
    api.version = catalogue_move_string(builder, move, from->version);
    api.description = catalogue_move_string(builder, move, from->description);
    api.provider = catalogue_move_string(builder, move, from->provider);
    api.category = catalogue_move_string(builder, move, from->category);
    api.source = catalogue_move_string(builder, move, from->source);
    api.first_element = (uint32_t)builder->element_count;
    api.text_offset = builder->texts.size;
    if (from->text_size) buf_append(&builder->texts, move->from->texts.at + from->text_offset, from->text_size);
    builder->apis[builder->api_count++] = api;
    catalogue_move_elements(builder, move, from, api.first_element);
}

static size_t catalogue_picks(struct catalogue_pick *picks, struct catalogue_move *move)
{
    struct str blob = interner_blob(&move->from->strings);
    for (uint32_t api = 0; api < move->from->api_count; api++)
        picks[api] = (struct catalogue_pick){ interner_at(blob, move->from->apis[api].id), move, api };
    return move->from->api_count;
}

static bool catalogue_move_start(struct catalogue_move *move, const struct catalogue_builder *from)
{
    move->from = from;
    move->strings = calloc(from->strings.size / FORMAT_STRING_ALIGN + 1, sizeof *move->strings);
    move->facts = calloc(from->facts.size / FORMAT_STRING_ALIGN + 1, sizeof *move->facts);
    return move->strings && move->facts;
}

/* Growing step by step would copy what is there again and again. Memory that is not there yet fails later, if at all.
 */
static void catalogue_builder_reserve(struct catalogue_builder *builder, struct catalogue_builder *const *from,
                                      size_t count)
{
    size_t texts = 0, bytes = 0, frames = 0, elements = builder->element_count;
    for (size_t i = 0; i < count; i++) {
        texts += from[i]->strings.used;
        bytes += from[i]->strings.size;
        frames += from[i]->texts.size;
        elements += from[i]->element_count;
    }
    interner_reserve(&builder->strings, texts, bytes);
    buf_reserve(&builder->texts, frames);
    struct format_element *at = reallocarray(builder->elements, elements + 1, sizeof *at);
    if (at == NULL) return;
    builder->elements = at;
    builder->element_capacity = elements + 1;
}

int catalogue_builder_merge(struct catalogue_builder *builder, struct catalogue_builder *const *from, size_t count)
{
    size_t api_count = 0, pick_count = 0;
    for (size_t i = 0; i < count; i++) api_count += from[i]->api_count;
    struct catalogue_move *moves = calloc(count + 1, sizeof *moves);
    struct catalogue_pick *picks = calloc(api_count + 1, sizeof *picks);
    bool works = moves && picks;
    for (size_t i = 0; works && i < count; i++) {
        works = catalogue_move_start(&moves[i], from[i]);
        pick_count += catalogue_picks(picks + pick_count, &moves[i]);
    }
    if (works) catalogue_builder_reserve(builder, from, count);
    if (works) qsort(picks, pick_count, sizeof *picks, catalogue_pick_order);
    for (size_t i = 0; works && i < pick_count; i++) catalogue_move_api(builder, &picks[i]);
    for (size_t i = 0; moves && i < count; i++) {
        free(moves[i].strings);
        free(moves[i].facts);
    }
    free(moves);
    free(picks);
    builder->failed |= !works;
    return catalogue_builder_failed(builder) ? FILE_NO_MEMORY : FILE_OK;
}

static bool catalogue_builder_is_ordered(const struct catalogue_builder *builder)
{
    struct str blob = interner_blob(&builder->strings);
    for (size_t i = 1; i < builder->api_count; i++)
        if (str_compare(interner_at(blob, builder->apis[i - 1].id), interner_at(blob, builder->apis[i].id)) > 0)
            return false;
    return true;
}

static int catalogue_builder_order(struct catalogue_builder *builder)
{
    struct catalogue_builder *ordered;
    int error = catalogue_builder_create(&ordered);
    if (error) return error;
    error = catalogue_builder_merge(ordered, &builder, 1);
    if (error == FILE_OK) {
        struct catalogue_builder unordered = *builder;
        *builder = *ordered;
        *ordered = unordered;
    }
    catalogue_builder_destroy(ordered);
    return error;
}

int catalogue_builder_finish(struct catalogue_builder *builder, struct catalogue *catalogue)
{
    if (!catalogue_builder_is_ordered(builder) && catalogue_builder_order(builder) != FILE_OK) return FILE_NO_MEMORY;
    /* Where no element has any, the blobs would lack even the empty text that offset 0 stands for. */
    interner_add(&builder->strings, STR_EMPTY);
    interner_add(&builder->facts, STR_EMPTY);
    if (catalogue_builder_failed(builder)) return FILE_NO_MEMORY;
    *catalogue = (struct catalogue){
        .strings = interner_blob(&builder->strings),
        .facts = interner_blob(&builder->facts),
        .texts = buf_str(&builder->texts),
        .apis = builder->apis,
        .api_count = (uint32_t)builder->api_count,
        .elements = builder->elements,
        .element_count = (uint32_t)builder->element_count,
    };
    return FILE_OK;
}

int catalogue_builder_write(const struct catalogue_builder *builder, struct file_writer *writer)
{
    const struct {
        uint32_t section;
        const void *at;
        size_t size;
    } sections[] = {
        { FORMAT_STRINGS, builder->strings.at, builder->strings.size },
        { FORMAT_APIS, builder->apis, builder->api_count * sizeof *builder->apis },
        { FORMAT_ELEMENTS, builder->elements, builder->element_count * sizeof *builder->elements },
        { FORMAT_FACTS, builder->facts.at, builder->facts.size },
        { FORMAT_TEXTS, builder->texts.at, builder->texts.size },
    };
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++) {
        int error = file_writer_section(writer, sections[i].section, sections[i].at, sections[i].size);
        if (error) return error;
    }
    return FILE_OK;
}
