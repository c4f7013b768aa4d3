/* fuzz_index_file.c - an index file made to deceive: its checksums are put right first, so that the checks behind
 * them are reached; then all that the catalogue can be asked for is asked, and searches are made. */
#include <stdint.h>
#include <stdlib.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "catalogue.h"
#include "index.h"
#include "search.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { FUZZ_BYTES_MAX = 1 << 20 };

static void seal(uint8_t *image, size_t size)
{
    struct format_header *header = (struct format_header *)(void *)image;
    struct format_section *sections = (struct format_section *)(void *)(image + sizeof *header);
    if (size < FORMAT_SECTIONS_AT || header->section_count > FORMAT_SECTIONS_MAX) return;
    memcpy(header->magic, FORMAT_MAGIC, sizeof header->magic);
    header->version = FORMAT_VERSION;
    header->file_size = size;
    for (uint32_t i = 0; i < header->section_count; i++) {
        if (sections[i].offset > size || sections[i].size > size - sections[i].offset) continue;
        sections[i].checksum = XXH3_64bits(image + sections[i].offset, (size_t)sections[i].size);
    }
    header->checksum = 0;
    header->checksum = XXH3_64bits(image, sizeof *header + header->section_count * sizeof *sections);
}

static void ask(const struct catalogue *catalogue)
{
    struct buf text;
    buf_init(&text, FUZZ_BYTES_MAX);
    for (uint32_t i = 0; i < catalogue->api_count; i++) {
        buf_clear(&text);
        catalogue_text(catalogue, i, &text);
        if (catalogue_api_find(catalogue, catalogue_string(catalogue, catalogue->apis[i].id)) != i) abort();
    }
    for (uint32_t i = 0; i < catalogue->element_count; i++) {
        const struct format_element *element = &catalogue->elements[i];
        struct catalogue_facts facts = catalogue_facts(catalogue, element);
        while (facts.value_count-- > 0) catalogue_facts_value(catalogue, &facts);
        catalogue_short_name(catalogue_string(catalogue, element->name));
        if (catalogue_api_of(catalogue, i) >= catalogue->api_count) abort();
    }
    buf_free(&text);
}

static void search(const struct index *index, const struct catalogue *catalogue)
{
    static const char *const texts[] = { "name", "pod spec", "customer.id get", "a the", "nmae", "custmoerid", "ame", "=a" };
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
            if (index_open(&index, &file, &catalogue) == FILE_OK) search(&index, &catalogue);
        } else if (file.why == NULL)
            abort();
        file_close(&file);
    }
    free(image);
    return 0;
}
