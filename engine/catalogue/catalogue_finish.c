/* The second half of catalogue_union.h: from the union's numbers to ids. */
#include "catalogue_draft.h"
#include "leb128.h"
#include "parallel.h"
#include "strings.h"

#include <stdlib.h>

/* Places of texts that will be looked at so many numbers later are fetched ahead: they are spread over all memory. */
enum { UNION_AHEAD = 16 };

static uint32_t union_place(const struct catalogue_union *all, uint32_t string)
{
    return string ? all->strings[string % UNION_PARTS].places[string >> UNION_PART_BITS] - 1 : 0;
}

static uint32_t union_facts_place(const struct catalogue_union *all, uint32_t facts)
{
    return facts ? all->facts.places[facts] - 1 : 0;
}

static int union_api_order(const void *a, const void *b)
{
    return str_compare(((const struct union_api *)a)->id, ((const struct union_api *)b)->id);
}

/* The builders whose texts the ids were are gone. */
static void union_order_apis(struct catalogue_union *all)
{
    for (size_t i = 0; i < all->api_count; i++) {
        uint32_t id = all->apis[i].api.id;
        all->apis[i].id = interner_text(&all->strings[id % UNION_PARTS].interner, id >> UNION_PART_BITS);
    }
    if (all->api_count) qsort(all->apis, all->api_count, sizeof *all->apis, union_api_order);
}

static bool union_part_places(struct union_part *part)
{
    part->places = calloc(part->interner.count, sizeof *part->places);
    return part->places != NULL;
}

static bool union_places(struct catalogue_union *all)
{
    bool works = union_part_places(&all->facts);
    for (size_t i = 0; i < UNION_PARTS && works; i++) works = union_part_places(&all->strings[i]);
    return works;
}

/* ---- Strings and facts in the order of their first use ------------------------------------------------------ */

static void union_fetch(const struct catalogue_union *all, uint32_t string)
{
    const struct union_part *part = &all->strings[string % UNION_PARTS];
    __builtin_prefetch(&part->places[string >> UNION_PART_BITS], 1);
    __builtin_prefetch(&part->interner.texts[string >> UNION_PART_BITS]);
}

static bool union_place_strings(struct catalogue_union *all, const struct union_api *api)
{
    for (uint32_t i = 0; i < api->string_count; i++) {
        if (i + UNION_AHEAD < api->string_count) union_fetch(all, api->strings[i + UNION_AHEAD]);
        struct union_part *part = &all->strings[api->strings[i] % UNION_PARTS];
        uint32_t number = api->strings[i] >> UNION_PART_BITS;
        if (part->places[number]) continue;
        part->places[number] = (uint32_t)all->strings_size + 1;
        all->strings_size += strings_entry_size(part->interner.texts[number].size);
        if (all->strings_size >= UINT32_MAX) return false;
    }
    return true;
}

static void union_append_number(struct buf *entry, uint32_t number)
{
    uint8_t bytes[LEB128_SIZE_MAX];
    buf_append(entry, bytes, leb128_write(number, bytes));
}

/* As format.h has them: behind the default comes the number of values. */
static void union_write_facts(const struct catalogue_union *all, struct str numbers, struct buf *entry)
{
    size_t count = numbers.size / sizeof(uint32_t);
    buf_clear(entry);
    for (size_t i = 0; i < count; i++) {
        uint32_t string;
        memcpy(&string, numbers.at + i * sizeof string, sizeof string);
        if (i == CATALOGUE_FACTS_VALUES) union_append_number(entry, (uint32_t)(count - CATALOGUE_FACTS_VALUES));
        union_append_number(entry, union_place(all, string));
    }
    if (count == CATALOGUE_FACTS_VALUES) union_append_number(entry, 0);
}

static bool union_append_entry(struct buf *blob, struct str text)
{
    size_t size = strings_entry_size(text.size);
    char *at = buf_reserve(blob, size);
    if (at == NULL) return false;
    memset(at, 0, size);
    strings_write(at, text);
    blob->size += size;
    return true;
}

static bool union_place_facts(struct catalogue_union *all, const struct union_api *api, struct buf *entry)
{
    for (uint32_t i = 0; i < api->fact_count; i++) {
        uint32_t *place = &all->facts.places[api->facts[i]];
        if (*place) continue;
        *place = (uint32_t)all->made_facts.size + 1;
        union_write_facts(all, all->facts.interner.texts[api->facts[i]], entry);
        if (entry->error || !union_append_entry(&all->made_facts, buf_str(entry))) return false;
    }
    return true;
}

/* ---- The arrays --------------------------------------------------------------------------------------------- */

static void union_make_api(const struct catalogue_union *all, size_t number, struct format_api *made)
{
    uint32_t *strings[CATALOGUE_API_STRINGS];
    *made = all->apis[number].api;
    catalogue_api_strings(made, strings);
    for (unsigned i = 0; i < CATALOGUE_API_STRINGS; i++) *strings[i] = union_place(all, *strings[i]);
}

static bool union_lay_out(struct catalogue_union *all)
{
    struct buf entry;
    uint64_t text_offset = 0;
    buf_init(&entry, UINT32_MAX);
    all->strings_size = strings_entry_size(0);
    bool works = union_append_entry(&all->made_facts, STR_EMPTY);
    for (size_t i = 0; i < all->api_count && works; i++) {
        struct format_api *api = &all->apis[i].api;
        api->first_element = (uint32_t)all->element_count;
        api->text_offset = text_offset;
        api->uses_offset = all->uses_size;
        all->element_count += api->element_count;
        text_offset += api->text_size;
        all->uses_size += api->uses_size;
        works = all->element_count < UINT32_MAX && union_place_strings(all, &all->apis[i]) &&
                union_place_facts(all, &all->apis[i], &entry);
        if (works) union_make_api(all, i, &all->made_apis[i]);
    }
    buf_free(&entry);
    return works;
}

static void union_copy_strings(const struct catalogue_union *all, const struct union_part *part)
{
    for (size_t number = 1; number < part->interner.count; number++)
        if (part->places[number])
            strings_write(all->made_strings + part->places[number] - 1, part->interner.texts[number]);
}

static void union_copy_elements(const struct catalogue_union *all, const struct union_api *api)
{
    struct format_element *made = all->made_elements + api->api.first_element;
    for (uint32_t i = 0; i < api->api.element_count; i++) {
        made[i] = api->elements[i];
        made[i].name = union_place(all, made[i].name);
        made[i].owner = union_place(all, made[i].owner);
        made[i].type = union_place(all, made[i].type);
        made[i].text = union_place(all, made[i].text);
        made[i].facts = union_facts_place(all, made[i].facts);
        made[i].parent += api->api.first_element;
    }
}

/* First the parts of the strings, then the APIs. What was copied is freed, so that it is not there twice for long. */
static int union_copy(void *context, size_t task)
{
    struct catalogue_union *all = context;
    if (task < UNION_PARTS) {
        union_copy_strings(all, &all->strings[task]);
        interner_free(&all->strings[task].interner);
        return FILE_OK;
    }
    struct union_api *api = &all->apis[task - UNION_PARTS];
    union_copy_elements(all, api);
    if (api->api.uses_size) memcpy(all->made_uses + api->api.uses_offset, api->uses, api->api.uses_size);
    free(api->elements);
    free(api->uses);
    api->elements = NULL;
    api->uses = NULL;
    return FILE_OK;
}

int catalogue_union_finish(struct catalogue_union *all, unsigned threads, struct catalogue *catalogue)
{
    union_order_apis(all);
    all->made_apis = malloc((all->api_count + 1) * sizeof *all->made_apis);
    if (all->made_apis == NULL || !union_places(all) || !union_lay_out(all)) return FILE_NO_MEMORY;
    all->made_strings = calloc(1, all->strings_size);
    all->made_elements = malloc((all->element_count + 1) * sizeof *all->made_elements);
    all->made_uses = malloc(all->uses_size + 1);
    if (all->made_strings == NULL || all->made_elements == NULL || all->made_uses == NULL) return FILE_NO_MEMORY;
    parallel_run(threads, UNION_PARTS + all->api_count, union_copy, all);
    *catalogue = (struct catalogue){
        .strings = { all->made_strings, all->strings_size },
        .facts = buf_str(&all->made_facts),
        .texts = STR_EMPTY,
        .uses = { all->made_uses, all->uses_size },
        .apis = all->made_apis,
        .api_count = (uint32_t)all->api_count,
        .elements = all->made_elements,
        .element_count = (uint32_t)all->element_count,
    };
    return FILE_OK;
}

/* ---- What was made ------------------------------------------------------------------------------------------- */

int catalogue_union_join_texts(struct catalogue_union *all, struct catalogue *catalogue)
{
    size_t size = 0;
    for (size_t i = 0; i < all->api_count; i++) size += all->apis[i].api.text_size;
    all->made_texts = malloc(size + 1);
    if (all->made_texts == NULL) return FILE_NO_MEMORY;
    catalogue->texts = (struct str){ all->made_texts, size };
    for (size_t i = 0; i < all->api_count; i++) {
        const struct format_api *api = &all->apis[i].api;
        if (api->text_size) memcpy(all->made_texts + api->text_offset, all->apis[i].text, api->text_size);
    }
    return FILE_OK;
}

static int union_write_texts(const struct catalogue_union *all, struct file_writer *writer)
{
    int error = file_writer_begin(writer, FORMAT_TEXTS);
    for (size_t i = 0; i < all->api_count && error == FILE_OK; i++)
        error = file_writer_append(writer, all->apis[i].text, all->apis[i].api.text_size);
    return error;
}

int catalogue_union_write(const struct catalogue_union *all, struct file_writer *writer)
{
    const struct {
        uint32_t section;
        const void *at;
        size_t size;
    } sections[] = {
        { FORMAT_STRINGS, all->made_strings, all->strings_size },
        { FORMAT_APIS, all->made_apis, all->api_count * sizeof *all->made_apis },
        { FORMAT_ELEMENTS, all->made_elements, all->element_count * sizeof *all->made_elements },
        { FORMAT_FACTS, all->made_facts.at, all->made_facts.size },
        { FORMAT_USES, all->made_uses, all->uses_size },
    };
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++) {
        int error = file_writer_section(writer, sections[i].section, sections[i].at, sections[i].size);
        if (error) return error;
    }
    return union_write_texts(all, writer);
}
