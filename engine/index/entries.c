#include "entries.h"

#include "group_terms.h"
#include "number_map.h"

#include <stdlib.h>

struct entry_draft {
    uint64_t key;
    uint32_t element;
    uint8_t weight;
};

struct entries_maker {
    const struct catalogue *catalogue;
    struct groups *groups;
    struct entries *entries;
    struct dictionary_builder *words;
    struct number_map documents; /* key → document */
    struct buf order;            /* uint32_t: the document of each entry */
    struct buf document_words;   /* uint8_t by document */
    struct buf elements;         /* uint32_t by entry */
    struct entry_draft *drafts;  /* of one group */
};

/* By what an element's texts are told apart: equal keys, equal texts. 0: it has none. An endpoint's summary counts, an
 * API's id stands for what it has beside the description. */
static uint64_t entries_key(const struct format_element *element)
{
    bool has_more = element->kind == CATALOGUE_ENDPOINT || element->kind == CATALOGUE_API;
    return (uint64_t)element->text << 32 | (has_more ? element->type : 0);
}

static void entries_write(struct entries_maker *maker, const struct format_element *element, uint32_t number)
{
    const struct catalogue *catalogue = maker->catalogue;
    struct dictionary_builder *words = maker->words;
    group_terms_words(words, catalogue_string(catalogue, element->text), true);
    if (element->kind == CATALOGUE_ENDPOINT) group_terms_words(words, catalogue_string(catalogue, element->type), true);
    if (element->kind != CATALOGUE_API) return;
    const struct format_api *api = &catalogue->apis[catalogue_api_of(catalogue, number)];
    group_terms_words(words, catalogue_string(catalogue, api->category), false);
    group_terms_words(words, catalogue_string(catalogue, api->provider), false);
}

static uint32_t entries_document(struct entries_maker *maker, const struct entry_draft *draft)
{
    bool added;
    uint32_t *document = number_map_put(&maker->documents, draft->key, maker->words->document_count, &added);
    if (document == NULL) {
        maker->words->has_failed = true;
        return 0;
    }
    if (!added) return *document;
    uint32_t number = *document;
    size_t before = maker->words->log.size;
    dictionary_builder_document(maker->words);
    entries_write(maker, &maker->catalogue->elements[draft->element], draft->element);
    size_t count = (maker->words->log.size - before) / sizeof(uint32_t);
    buf_append_byte(&maker->document_words, (char)(uint8_t)(count < UINT8_MAX ? count : UINT8_MAX));
    return number;
}

static int entries_compare(const void *a, const void *b)
{
    const struct entry_draft *left = a, *right = b;
    if (left->key != right->key) return left->key < right->key ? -1 : 1;
    if (left->weight != right->weight) return left->weight > right->weight ? -1 : 1;
    return left->element < right->element ? -1 : left->element > right->element;
}

/* The members of a group that have a text; how many. */
static size_t entries_drafts(struct entries_maker *maker, uint32_t group)
{
    const struct groups *groups = maker->groups;
    size_t count = 0;
    for (uint32_t i = groups->groups[group].first_member; i < groups->groups[group + 1].first_member; i++) {
        uint32_t element = groups->members[i];
        uint64_t key = entries_key(&maker->catalogue->elements[element]);
        if (key) maker->drafts[count++] = (struct entry_draft){ key, element, groups->weights[element] };
    }
    return count;
}

static void entries_group(struct entries_maker *maker, uint32_t group)
{
    maker->groups->groups[group].first_entry = (uint32_t)(maker->elements.size / sizeof(uint32_t));
    size_t count = entries_drafts(maker, group);
    qsort(maker->drafts, count, sizeof *maker->drafts, entries_compare);
    for (size_t i = 0; i < count; i++) {
        if (i && maker->drafts[i].key == maker->drafts[i - 1].key) continue;
        uint32_t document = entries_document(maker, &maker->drafts[i]);
        buf_append(&maker->order, &document, sizeof document);
        buf_append(&maker->elements, &maker->drafts[i].element, sizeof maker->drafts[i].element);
    }
}

static uint32_t entries_largest_group(const struct groups *groups)
{
    uint32_t largest = 0;
    for (uint32_t group = 0; group < groups->count; group++) {
        uint32_t count = groups->groups[group + 1].first_member - groups->groups[group].first_member;
        if (count > largest) largest = count;
    }
    return largest;
}

static void entries_fill(const struct entries_maker *maker)
{
    const uint32_t *elements = (const uint32_t *)(const void *)maker->elements.at;
    const uint32_t *order = (const uint32_t *)(const void *)maker->order.at;
    for (uint32_t entry = 0; entry < maker->entries->count; entry++) {
        maker->entries->entries[entry] = (struct format_entry){
            .element = elements[entry],
            .group = maker->groups->group_of[elements[entry]],
            .owner = groups_owner(maker->groups, maker->catalogue, elements[entry]),
            .api = catalogue_api_of(maker->catalogue, elements[entry]),
        };
        maker->entries->words[entry] = (uint8_t)maker->document_words.at[order[entry]];
    }
}

static int entries_finish(struct entries_maker *maker)
{
    struct entries *entries = maker->entries;
    if (maker->order.error || maker->elements.error || maker->document_words.error) return FILE_NO_MEMORY;
    entries->count = (uint32_t)(maker->elements.size / sizeof(uint32_t));
    maker->groups->groups[maker->groups->count].first_entry = entries->count;
    entries->entries = malloc((entries->count + (size_t)1) * sizeof *entries->entries);
    entries->words = malloc(entries->count + (size_t)1);
    if (!entries->entries || !entries->words) return FILE_NO_MEMORY;
    entries_fill(maker);
    const uint32_t *order = (const uint32_t *)(const void *)maker->order.at;
    return dictionary_builder_finish(maker->words, order, entries->count, 0, true);
}

int entries_make(struct entries *entries, struct groups *groups, const struct catalogue *catalogue,
                 struct dictionary_builder *words)
{
    struct entries_maker maker = { .catalogue = catalogue, .groups = groups, .entries = entries, .words = words };
    *entries = (struct entries){ .count = 0 };
    number_map_init(&maker.documents);
    buf_init(&maker.order, UINT32_MAX);
    buf_init(&maker.document_words, UINT32_MAX);
    buf_init(&maker.elements, UINT32_MAX);
    maker.drafts = malloc((entries_largest_group(groups) + (size_t)1) * sizeof *maker.drafts);
    int error = maker.drafts ? FILE_OK : FILE_NO_MEMORY;
    for (uint32_t group = 0; group < groups->count && error == FILE_OK; group++) {
        entries_group(&maker, group);
        if (words->has_failed) error = FILE_NO_MEMORY;
    }
    if (error == FILE_OK) error = entries_finish(&maker);
    number_map_free(&maker.documents);
    buf_free(&maker.order);
    buf_free(&maker.document_words);
    buf_free(&maker.elements);
    free(maker.drafts);
    if (error) entries_free(entries);
    return error;
}

void entries_free(struct entries *entries)
{
    free(entries->entries);
    free(entries->words);
    *entries = (struct entries){ .count = 0 };
}
