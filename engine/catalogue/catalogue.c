#include "catalogue.h"

#include "leb128.h"
#include "parallel.h"
#include "strings.h"

static int catalogue_corrupt(struct file *file, const char *why)
{
    file->why = why;
    return FILE_CORRUPT;
}

/* The strings of an API lie side by side, in the order of struct format_api. */
static bool catalogue_check_api_strings(const struct catalogue *catalogue, const struct format_api *api)
{
    const uint32_t ids[] = { api->id,       api->title,    api->version, api->description,
                             api->provider, api->category, api->source };
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
        if (ids[i] >= catalogue->strings.size) return false;
    return true;
}

static bool catalogue_check_api(const struct catalogue *catalogue, uint32_t number, uint32_t first_element)
{
    const struct format_api *api = &catalogue->apis[number];
    uint64_t sum = 0;
    for (unsigned kind = 0; kind < FORMAT_KINDS; kind++) sum += api->counts[kind];
    if (!catalogue_check_api_strings(catalogue, api)) return false;
    if (api->first_element != first_element || api->element_count == 0 || sum != api->element_count) return false;
    if (api->element_count > catalogue->element_count - first_element) return false;
    if (api->text_offset > catalogue->texts.size || api->text_size > catalogue->texts.size - api->text_offset)
        return false;
    if (api->uses_offset > catalogue->uses.size || api->uses_size > catalogue->uses.size - api->uses_offset ||
        api->uses_offset % sizeof(uint32_t))
        return false;
    if (number == 0) return true;
    return str_compare(catalogue_string(catalogue, api[-1].id), catalogue_string(catalogue, api->id)) < 0;
}

static bool catalogue_check_apis(const struct catalogue *catalogue)
{
    uint32_t first_element = 0;
    for (uint32_t i = 0; i < catalogue->api_count; i++) {
        if (!catalogue_check_api(catalogue, i, first_element)) return false;
        first_element += catalogue->apis[i].element_count;
    }
    return first_element == catalogue->element_count;
}

/* One pass without branches inside: it reads all elements. */
static bool catalogue_check_elements(const struct catalogue *catalogue, const struct format_api *api)
{
    uint32_t strings = (uint32_t)catalogue->strings.size;
    uint32_t facts = (uint32_t)catalogue->facts.size;
    uint32_t end = api->first_element + api->element_count;
    bool bad = catalogue->elements[api->first_element].kind != CATALOGUE_API;
    for (uint32_t i = api->first_element; i < end; i++) {
        const struct format_element *element = &catalogue->elements[i];
        bad |= (element->name >= strings) | (element->owner >= strings) | (element->type >= strings) |
               (element->text >= strings) | (element->facts >= facts) | (element->kind >= FORMAT_KINDS) |
               (element->parent < api->first_element) | (element->parent > i) |
               ((element->kind == CATALOGUE_ENDPOINT) & (element->detail >= CATALOGUE_METHOD_COUNT)) |
               ((element->kind == CATALOGUE_PARAMETER) & (element->detail >= CATALOGUE_IN_COUNT));
    }
    return !bad;
}

/* The APIs are checked in so many parts, on two threads where there are many elements: it is the memory that takes the
 * time. */
enum { CATALOGUE_PARTS = 16, CATALOGUE_THREADS = 2, CATALOGUE_SMALL = 100000 };

/* Returns 1 when an element is damaged. */
static int catalogue_check_part(void *context, size_t part)
{
    const struct catalogue *catalogue = context;
    uint32_t first = (uint32_t)(part * catalogue->api_count / CATALOGUE_PARTS);
    uint32_t end = (uint32_t)((part + 1) * catalogue->api_count / CATALOGUE_PARTS);
    for (uint32_t i = first; i < end; i++)
        if (!catalogue_check_elements(catalogue, &catalogue->apis[i])) return 1;
    return 0;
}

int catalogue_open(struct catalogue *catalogue, struct file *file)
{
    struct str apis = file_section(file, FORMAT_APIS);
    struct str elements = file_section(file, FORMAT_ELEMENTS);
    *catalogue = (struct catalogue){
        .strings = file_section(file, FORMAT_STRINGS),
        .facts = file_section(file, FORMAT_FACTS),
        .texts = file_section(file, FORMAT_TEXTS),
        .uses = file_section(file, FORMAT_USES),
        .apis = (const struct format_api *)(const void *)apis.at,
        .elements = (const struct format_element *)(const void *)elements.at,
    };
    if (!catalogue->strings.at || !catalogue->facts.at || !catalogue->texts.at || !catalogue->uses.at || !apis.at ||
        !elements.at)
        return catalogue_corrupt(file, "a section of the catalogue is missing");
    if (catalogue->strings.size == 0 || catalogue->strings.size > UINT32_MAX || catalogue->facts.size == 0 ||
        catalogue->facts.size > UINT32_MAX)
        return catalogue_corrupt(file, "the strings of the catalogue are damaged");
    if (apis.size % sizeof(struct format_api) || apis.size / sizeof(struct format_api) >= UINT32_MAX ||
        elements.size % sizeof(struct format_element) || elements.size / sizeof(struct format_element) >= UINT32_MAX)
        return catalogue_corrupt(file, "a section of the catalogue has an impossible size");
    catalogue->api_count = (uint32_t)(apis.size / sizeof(struct format_api));
    catalogue->element_count = (uint32_t)(elements.size / sizeof(struct format_element));
    if (!catalogue_check_apis(catalogue)) return catalogue_corrupt(file, "the list of APIs is damaged");
    unsigned threads = catalogue->element_count > CATALOGUE_SMALL ? CATALOGUE_THREADS : 1;
    if (parallel_run(threads, CATALOGUE_PARTS, catalogue_check_part, catalogue) != 0)
        return catalogue_corrupt(file, "the list of elements is damaged");
    return FILE_OK;
}

uint32_t catalogue_api_find(const struct catalogue *catalogue, struct str id)
{
    uint32_t low = 0, high = catalogue->api_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = str_compare(catalogue_string(catalogue, catalogue->apis[middle].id), id);
        if (order == 0) return middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return CATALOGUE_NONE;
}

uint32_t catalogue_api_of(const struct catalogue *catalogue, uint32_t element)
{
    if (element >= catalogue->element_count) return CATALOGUE_NONE;
    uint32_t low = 0, high = catalogue->api_count;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (catalogue->apis[middle].first_element <= element)
            low = middle;
        else
            high = middle;
    }
    return low;
}

struct catalogue_facts catalogue_facts(const struct catalogue *catalogue, const struct format_element *element)
{
    struct catalogue_facts facts = { .format = STR_EMPTY, .default_value = STR_EMPTY };
    struct str entry = strings_at(catalogue->facts, element->facts);
    size_t at = 0;
    uint32_t format, default_value, value_count;
    if (!leb128_read(entry, &at, &format) || !leb128_read(entry, &at, &default_value) ||
        !leb128_read(entry, &at, &value_count) || value_count > entry.size - at)
        return facts;
    facts.format = catalogue_string(catalogue, format);
    facts.default_value = catalogue_string(catalogue, default_value);
    facts.value_count = value_count;
    facts.values = str_cut(entry, at, entry.size);
    return facts;
}

struct str catalogue_facts_value(const struct catalogue *catalogue, struct catalogue_facts *facts)
{
    size_t at = 0;
    uint32_t id;
    if (!leb128_read(facts->values, &at, &id)) return STR_EMPTY;
    facts->values = str_cut(facts->values, at, facts->values.size);
    return catalogue_string(catalogue, id);
}

int catalogue_pack(const struct catalogue *catalogue, uint32_t api, struct pack *pack)
{
    if (api >= catalogue->api_count) return FILE_CORRUPT;
    const struct format_api *entry = &catalogue->apis[api];
    struct str bytes = { catalogue->texts.at + entry->text_offset, entry->text_size };
    int error = pack_open(pack, bytes);
    if (error == FILE_OK && pack->head->text_size != entry->text_bytes) error = FILE_CORRUPT;
    return error;
}

int catalogue_text(const struct catalogue *catalogue, uint32_t api, struct buf *text)
{
    struct pack pack;
    int error = catalogue_pack(catalogue, api, &pack);
    return error ? error : pack_text(&pack, text);
}
