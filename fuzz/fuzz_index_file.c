/* fuzz_index_file.c - an index file made to deceive: its checksums are put right first, those of the stored
 * specifications too, so that the checks behind them are reached; then all that the catalogue can be asked for is
 * asked, objects are looked up in the specifications, searches are made, and uses are looked for. */
#include <stdint.h>
#include <stdlib.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "catalogue.h"
#include "document.h"
#include "index.h"
#include "refs.h"
#include "search.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { FUZZ_BYTES_MAX = 1 << 20 };

static void seal_pack(uint8_t *at, size_t size)
{
    struct format_pack *head = (struct format_pack *)(void *)at;
    if (size < sizeof *head) return;
    uint64_t end = sizeof *head + (head->map_count + (uint64_t)1) * sizeof(struct format_pack_map) +
                   (head->block_count + (uint64_t)1) * sizeof(struct format_pack_block) +
                   head->piece_count * (uint64_t)sizeof(struct format_pack_piece);
    if (end > size) return;
    head->checksum = XXH3_64bits(at + sizeof head->checksum, (size_t)end - sizeof head->checksum);
}

static struct format_section *section(uint8_t *image, size_t size, uint32_t id)
{
    struct format_header *header = (struct format_header *)(void *)image;
    struct format_section *sections = (struct format_section *)(void *)(image + sizeof *header);
    for (uint32_t i = 0; i < header->section_count; i++)
        if (sections[i].id == id && sections[i].offset <= size && sections[i].size <= size - sections[i].offset)
            return &sections[i];
    return NULL;
}

static void seal_packs(uint8_t *image, size_t size)
{
    const struct format_section *apis = section(image, size, FORMAT_APIS), *texts = section(image, size, FORMAT_TEXTS);
    if (apis == NULL || texts == NULL || apis->offset % FORMAT_ALIGN || texts->offset % FORMAT_ALIGN) return;
    const struct format_api *api = (const struct format_api *)(const void *)(image + apis->offset);
    for (size_t i = 0; i < apis->size / sizeof *api; i++) {
        if (api[i].text_offset % PACK_ALIGN || api[i].text_offset > texts->size) continue;
        if (api[i].text_size <= texts->size - api[i].text_offset)
            seal_pack(image + texts->offset + api[i].text_offset, api[i].text_size);
    }
}

static void seal(uint8_t *image, size_t size)
{
    struct format_header *header = (struct format_header *)(void *)image;
    struct format_section *sections = (struct format_section *)(void *)(image + sizeof *header);
    if (size < FORMAT_SECTIONS_AT || header->section_count > FORMAT_SECTIONS_MAX) return;
    memcpy(header->magic, FORMAT_MAGIC, sizeof header->magic);
    header->version = FORMAT_VERSION;
    header->file_size = size;
    seal_packs(image, size);
    for (uint32_t i = 0; i < header->section_count; i++) {
        if (sections[i].offset > size || sections[i].size > size - sections[i].offset) continue;
        sections[i].checksum = XXH3_64bits(image + sections[i].offset, (size_t)sections[i].size);
    }
    header->checksum = 0;
    header->checksum = XXH3_64bits(image, sizeof *header + header->section_count * sizeof *sections);
}

/* Who uses each object, by the lists and by the ways that lead to it. */
static void look_for_uses(const struct index *index, const struct catalogue *catalogue)
{
    const struct refs_source source = { catalogue, index };
    struct arena arena;
    arena_init(&arena, FUZZ_BYTES_MAX * 8);
    for (uint32_t i = 0; i < catalogue->element_count; i++) {
        const struct refs_question question = { .element = i, .counted = ~0u, .listed = ~0u, .limit = 100 };
        struct engine_refs refs = { .total = 0 };
        arena_reset(&arena);
        if (refs_find(&source, &question, &arena, &refs) == ENGINE_OK && refs.ref_count > refs.total) abort();
    }
    arena_free(&arena);
}

/* Each object in its specification. */
static void look_up(const struct catalogue *catalogue, uint32_t api, struct unpacker *unpacker)
{
    struct pack pack;
    struct document document;
    if (catalogue_pack(catalogue, api, &pack) != FILE_OK) return;
    if (document_open(&document, &pack, unpacker) != DOCUMENT_OK) return;
    yyjson_val *components = document_get(&document, document.root, STR("components"));
    yyjson_val *schemas = document_get(&document, components, STR("schemas"));
    const struct format_api *of = &catalogue->apis[api];
    for (uint32_t i = of->first_element; i < of->first_element + of->element_count; i++)
        document_get(&document, schemas, catalogue_string(catalogue, catalogue->elements[i].name));
    document_close(&document);
}

static void ask(const struct catalogue *catalogue)
{
    struct buf text;
    struct unpacker *unpacker;
    if (unpacker_create(&unpacker) != FILE_OK) abort();
    buf_init(&text, FUZZ_BYTES_MAX);
    for (uint32_t i = 0; i < catalogue->api_count; i++) {
        buf_clear(&text);
        catalogue_text(catalogue, i, &text);
        look_up(catalogue, i, unpacker);
        if (catalogue_api_find(catalogue, catalogue_string(catalogue, catalogue->apis[i].id)) != i) abort();
    }
    for (uint32_t i = 0; i < catalogue->element_count; i++) {
        const struct format_element *element = &catalogue->elements[i];
        struct catalogue_facts facts = catalogue_facts(catalogue, element);
        while (facts.value_count-- > 0) catalogue_facts_value(catalogue, &facts);
        catalogue_short_name(catalogue_string(catalogue, element->name));
        if (catalogue_api_of(catalogue, i) >= catalogue->api_count) abort();
    }
    unpacker_destroy(unpacker);
    buf_free(&text);
}

static void search(const struct index *index, const struct catalogue *catalogue)
{
    static const char *const texts[] = { "name", "pod spec", "customer.id get", "a the", "nmae", "custmoerid",
                                         "ame",  "=a" };
    struct search_scratch *scratch;
    struct search_answer answer;
    struct arena arena;
    arena_init(&arena, FUZZ_BYTES_MAX);
    if (search_scratch_create(&scratch, index, catalogue) != FILE_OK) return;
    for (size_t i = 0; i < 2 * sizeof texts / sizeof *texts; i++) {
        struct search_request request = {
            .text = str_from(texts[i / 2]), .kinds = 31, .limit = 100, .descriptions = true
        };
        request.api = i % 2 && catalogue->api_count ? 0 : CATALOGUE_NONE;
        arena_reset(&arena);
        search_run(scratch, &request, &arena, &answer);
    }
    search_scratch_destroy(scratch);
    arena_free(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct file file;
    struct index index;
    struct catalogue catalogue;
    void *image = NULL;
    if (size > FUZZ_BYTES_MAX || posix_memalign(&image, FORMAT_ALIGN, size ? size : 1) != 0) return 0;
    if (size) memcpy(image, data, size);
    seal(image, size);
    if (file_open_memory(&file, image, size) == FILE_OK) {
        if (catalogue_open(&catalogue, &file) == FILE_OK) {
            ask(&catalogue);
            if (index_open(&index, &file, &catalogue) == FILE_OK) {
                search(&index, &catalogue);
                look_for_uses(&index, &catalogue);
            }
        } else if (file.why == NULL)
            abort();
        file_close(&file);
    }
    free(image);
    return 0;
}
