#include "group_drafts.h"

#include "tokenize.h"
#include "version.h"

#include <stdlib.h>

/* The bits that the parts of an endpoint's key have: method, number of the folded path, of the folded operationId. */
enum { GROUP_DRAFTS_NAME_BITS = 28 };

static bool group_drafts_fold(struct group_drafts *drafts, struct str name, uint32_t *number)
{
    char *folded = arena_alloc(&drafts->arena, name.size + 1);
    if (folded == NULL) return false;
    tokenize_fold(name, folded);
    size_t size = name.size;
    /* Versions of an object are one row. */
    if (drafts->kind == CATALOGUE_OBJECT) size = version_stem((struct str){ folded, size }, folded);
    bool added;
    uint64_t *place = map_put(&drafts->folded, (struct str){ folded, size }, &added);
    if (place == NULL || drafts->folded.count >= (size_t)1 << GROUP_DRAFTS_NAME_BITS) return false;
    if (added) *place = drafts->folded.count - 1;
    *number = (uint32_t)*place;
    return true;
}

/* The number of the folded form of a string; false when there is no memory. */
static bool group_drafts_name(struct group_drafts *drafts, uint32_t string, uint32_t *number)
{
    bool added;
    uint32_t *known = number_map_put(&drafts->names, string, 0, &added);
    if (known == NULL) return false;
    if (added && !group_drafts_fold(drafts, catalogue_string(drafts->catalogue, string), known)) return false;
    *number = *known;
    return true;
}

/* Endpoints are told apart by method and operationId, too; all else by kind and name. */
static bool group_drafts_number(struct group_drafts *drafts, const struct format_element *element, uint32_t *number)
{
    uint32_t name, operation;
    bool added;
    if (!group_drafts_name(drafts, element->name, &name)) return false;
    *number = name;
    if (drafts->kind != CATALOGUE_ENDPOINT) return true;
    if (!group_drafts_name(drafts, element->owner, &operation)) return false;
    uint64_t key = ((uint64_t)element->detail << GROUP_DRAFTS_NAME_BITS | name) << GROUP_DRAFTS_NAME_BITS | operation;
    const uint32_t *known = number_map_put(&drafts->keys, key, drafts->count, &added);
    if (known) *number = *known;
    return known != NULL;
}

static bool group_drafts_add(struct group_drafts *drafts, uint32_t element)
{
    if (drafts->count == drafts->capacity) {
        uint32_t capacity = drafts->capacity ? drafts->capacity * 2 : 1024;
        struct group_draft *larger = reallocarray(drafts->drafts, capacity, sizeof *larger);
        if (larger == NULL) return false;
        drafts->drafts = larger;
        drafts->capacity = capacity;
    }
    drafts->drafts[drafts->count++] = (struct group_draft){
        .element = element, .best = element, .last_api = CATALOGUE_NONE, .last_owner = CATALOGUE_NONE
    };
    return true;
}

/* An owner's elements of one name come one after the other, so that counting the changes counts the owners. */
static void group_drafts_take(const struct group_drafts *drafts, struct group_draft *draft, uint32_t element,
                              uint32_t api)
{
    const struct format_element *at = &drafts->catalogue->elements[element];
    draft->count++;
    bool is_other_api = draft->last_api != api;
    draft->api_count += is_other_api;
    draft->owner_count += is_other_api || draft->last_owner != at->owner;
    draft->last_api = api;
    draft->last_owner = at->owner;
    unsigned weight = (unsigned)drafts->weights[element] + drafts->weights[drafts->catalogue->apis[api].first_element];
    if (draft->count > 1 && weight <= draft->best_weight) return;
    draft->best = element;
    draft->best_weight = weight;
}

static bool group_drafts_collect(struct group_drafts *drafts, uint32_t *group_of)
{
    const struct catalogue *catalogue = drafts->catalogue;
    for (uint32_t api = 0; api < catalogue->api_count; api++) {
        uint32_t first = catalogue->apis[api].first_element, end = first + catalogue->apis[api].element_count;
        for (uint32_t element = first; element < end; element++) {
            const struct format_element *at = &catalogue->elements[element];
            if (at->kind != drafts->kind) continue;
            uint32_t number;
            if (!group_drafts_number(drafts, at, &number)) return false;
            if (number == drafts->count && !group_drafts_add(drafts, element)) return false;
            group_of[element] = number;
            group_drafts_take(drafts, &drafts->drafts[number], element, api);
            drafts->element_count++;
        }
    }
    return true;
}

static void group_drafts_free_maps(struct group_drafts *drafts)
{
    arena_free(&drafts->arena);
    map_free(&drafts->folded);
    number_map_free(&drafts->names);
    number_map_free(&drafts->keys);
}

int group_drafts_make(struct group_drafts *drafts, const struct catalogue *catalogue, const uint8_t *weights,
                      enum catalogue_kind kind, uint32_t *group_of)
{
    *drafts = (struct group_drafts){ .catalogue = catalogue, .weights = weights, .kind = kind };
    arena_init(&drafts->arena, SIZE_MAX / 2);
    bool works = group_drafts_collect(drafts, group_of);
    group_drafts_free_maps(drafts);
    if (works) return FILE_OK;
    group_drafts_free(drafts);
    return FILE_NO_MEMORY;
}

void group_drafts_free(struct group_drafts *drafts)
{
    free(drafts->drafts);
    *drafts = (struct group_drafts){ .count = 0 };
}
