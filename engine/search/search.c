#include "search.h"

#include "match.h"

#include <stdlib.h>

static bool search_scratch_fill(struct search_scratch *search)
{
    size_t groups = search->index->head->group_count + (size_t)1,
           entries = search->index->head->entry_count + (size_t)1;
    search->found = calloc(bitmap_words(groups), sizeof *search->found);
    search->fresh = calloc(bitmap_words(groups), sizeof *search->fresh);
    search->touched = calloc(bitmap_words(bitmap_words(groups)), sizeof *search->touched);
    search->api_groups = calloc(bitmap_words(groups), sizeof *search->api_groups);
    search->best_keys = calloc(groups, sizeof *search->best_keys);
    search->best_elements = calloc(groups, sizeof *search->best_elements);
    search->best_weights = calloc(groups, sizeof *search->best_weights);
    search->api_firsts = calloc(search->catalogue->api_count + (size_t)2, sizeof *search->api_firsts);
    search->in_name = calloc(groups, sizeof *search->in_name);
    search->in_name_exactly = calloc(groups, sizeof *search->in_name_exactly);
    search->in_api = calloc(search->catalogue->api_count + (size_t)1, sizeof *search->in_api);
    search->in_text = calloc(entries, sizeof *search->in_text);
    search->collect.hits = calloc(LIMIT_OFFSET + LIMIT_RESULTS, sizeof *search->collect.hits);
    return search->found && search->fresh && search->touched && search->api_groups && search->best_keys &&
           search->best_elements && search->best_weights && search->api_firsts && search->in_name &&
           search->in_name_exactly && search->in_api && search->in_text && search->collect.hits;
}

int search_scratch_create(struct search_scratch **scratch, const struct index *index, const struct catalogue *catalogue)
{
    struct search_scratch *search = *scratch = calloc(1, sizeof *search);
    if (search == NULL) return FILE_NO_MEMORY;
    search->index = index;
    search->catalogue = catalogue;
    search->api = CATALOGUE_NONE;
    if (search_scratch_fill(search)) {
        for (uint32_t api = 0; api < catalogue->api_count; api++)
            search->api_firsts[api] = catalogue->apis[api].first_element;
        search->api_firsts[catalogue->api_count] = catalogue->element_count;
        return FILE_OK;
    }
    search_scratch_destroy(search);
    *scratch = NULL;
    return FILE_NO_MEMORY;
}

void search_scratch_destroy(struct search_scratch *search)
{
    if (search == NULL) return;
    free(search->found);
    free(search->fresh);
    free(search->touched);
    free(search->api_groups);
    free(search->best_keys);
    free(search->best_elements);
    free(search->best_weights);
    free(search->api_firsts);
    free(search->in_name);
    free(search->in_name_exactly);
    free(search->in_api);
    free(search->in_text);
    free(search->collect.hits);
    free(search);
}

/* People stay in one API for many keystrokes, so its groups are kept. */
static void search_enter_api(struct search_scratch *search, uint32_t api)
{
    search->low = 0;
    search->high = search->catalogue->element_count;
    search->is_filtered = api != CATALOGUE_NONE;
    if (!search->is_filtered) return;
    const struct format_api *at = &search->catalogue->apis[api];
    search->low = at->first_element;
    search->high = at->first_element + at->element_count;
    if (search->api == api) return;
    search->api = api;
    memset(search->api_groups, 0, bitmap_words(search->index->head->group_count) * sizeof *search->api_groups);
    for (uint32_t i = search->low; i < search->high; i++) bitmap_set(search->api_groups, search->index->group_of[i]);
}

static void search_begin(struct search_scratch *search, const struct search_request *request)
{
    uint32_t limit = request->limit < LIMIT_RESULTS ? request->limit : LIMIT_RESULTS;
    uint32_t offset = request->offset < LIMIT_OFFSET ? request->offset : LIMIT_OFFSET;
    search_enter_api(search, request->api);
    search->kinds = request->kinds;
    search->collect.count = 0;
    search->collect.limit = limit + offset ? limit + offset : 1;
    memset(search->totals, 0, sizeof search->totals);
    memset(search->found, 0, bitmap_words(search->index->head->group_count) * sizeof *search->found);
}

/* The weightiest member within the range that counts, then the first. */
static uint32_t search_best(const struct search_scratch *search, uint32_t first, uint32_t end)
{
    const struct index *index = search->index;
    uint32_t best = index->members[first];
    for (uint32_t i = first + 1; i < end; i++)
        if (index->weights[index->members[i]] > index->weights[best]) best = index->members[i];
    return best;
}

/* Members of an owner lie side by side, as groups_take counts them. */
static uint32_t search_owners(const struct search_scratch *search, uint32_t first, uint32_t end)
{
    uint32_t count = 0, last = CATALOGUE_NONE;
    for (uint32_t i = first; i < end; i++) {
        uint32_t owner = search->catalogue->elements[search->index->members[i]].owner;
        count += owner != last;
        last = owner;
    }
    return count;
}

/* What stands for a group, and for how much. */
static void search_represent(const struct search_scratch *search, const struct collect_hit *found,
                             struct search_hit *hit)
{
    const struct index *index = search->index;
    const struct format_group *group = &index->groups[found->group];
    *hit = (struct search_hit){ .key = found->key, .group = found->group, .element = found->element };
    uint32_t first = group[0].first_member, end = group[1].first_member;
    if (search->is_filtered) {
        index_members(index, found->group, search->low, search->high, &first, &end);
        hit->owner_count = search_owners(search, first, end);
        hit->api_count = 1;
    } else {
        hit->owner_count = group->owner_count;
        hit->api_count = group->api_count;
    }
    hit->count = end - first;
    if (hit->element == COLLECT_ANY) hit->element = search->is_filtered ? search_best(search, first, end) : group->best;
}

static bool search_highlight(const struct search_scratch *search, struct arena *arena, struct search_hit *hit)
{
    struct highlight_range found[HIGHLIGHT_RANGES];
    const struct format_element *element = &search->catalogue->elements[hit->element];
    hit->range_count = highlight_name(&search->query, catalogue_string(search->catalogue, element->name), found);
    if (hit->range_count == 0) return true;
    struct highlight_range *ranges = arena_alloc(arena, hit->range_count * sizeof *ranges);
    if (ranges == NULL) return false;
    memcpy(ranges, found, hit->range_count * sizeof *ranges);
    hit->ranges = ranges;
    return true;
}

static int search_finish(struct search_scratch *search, const struct search_request *request, struct arena *arena,
                         struct search_answer *answer)
{
    struct collect *collect = &search->collect;
    collect_sort(collect);
    memcpy(answer->totals, search->totals, sizeof answer->totals);
    uint32_t limit = request->limit < LIMIT_RESULTS ? request->limit : LIMIT_RESULTS;
    if (limit == 0 || request->offset > LIMIT_OFFSET || request->offset >= collect->count) return FILE_OK;
    uint32_t count = collect->count - request->offset < limit ? collect->count - request->offset : limit;
    struct search_hit *hits = arena_alloc(arena, count * sizeof *hits);
    if (hits == NULL) return FILE_NO_MEMORY;
    for (uint32_t i = 0; i < count; i++) {
        search_represent(search, &collect->hits[request->offset + i], &hits[i]);
        if (!search_highlight(search, arena, &hits[i])) return FILE_NO_MEMORY;
    }
    answer->hits = hits;
    answer->hit_count = count;
    return FILE_OK;
}

/* Runs the classes; whether any of names found something. */
static bool search_classes(struct search_scratch *search, const struct search_request *request, bool is_split)
{
    query_parse(&search->query, request->text, is_split);
    if (search->query.squashed.size == 0) return true;
    if (!is_split) match_names(search);
    match_units_begin(search);
    match_terms_in_names(search);
    match_elements(search);
    bool has_found = false;
    for (unsigned kind = 0; kind < FORMAT_KINDS; kind++) has_found |= search->totals[kind] > 0;
    bool is_last = has_found || is_split || search->query.word_count < 2;
    if (request->descriptions && is_last) match_texts(search);
    match_units_end(search);
    return is_last;
}

int search_run(struct search_scratch *search, const struct search_request *request, struct arena *arena,
               struct search_answer *answer)
{
    *answer = (struct search_answer){ .hits = NULL };
    search_begin(search, request);
    /* "PodSpec.restartPolicy" is a name first, and a place when there is no such name. */
    if (!search_classes(search, request, false)) search_classes(search, request, true);
    return search_finish(search, request, arena, answer);
}
