#include "search.h"

#include "api_name.h"
#include "gaps.h"
#include "match.h"
#include "suggest.h"
#include "trigrams.h"

#include <stdlib.h>

/* Ranges of terms with typing errors that are kept of one text. */
enum { SEARCH_TYPOS = 4096 };

/* One piece of memory holds the sets of all units; it costs nothing until a set is used. */
static bool search_scratch_fill_sets(struct search_scratch *search, size_t groups)
{
    size_t words = bitmap_words(groups);
    uint64_t *sets = calloc((2 * MATCH_UNITS + LIMIT_QUERY_WORDS) * words, sizeof *sets);
    search->named[0] = sets;
    for (unsigned unit = 0; sets && unit < MATCH_UNITS; unit++) {
        search->named[unit] = sets + 2 * unit * words;
        search->named_exactly[unit] = search->named[unit] + words;
    }
    for (unsigned term = 0; sets && term < LIMIT_QUERY_WORDS; term++)
        search->named_partly[term] = sets + (2 * MATCH_UNITS + term) * words;
    return sets != NULL;
}

static bool search_scratch_fill(struct search_scratch *search)
{
    size_t groups = search->index->head->group_count + (size_t)1,
           entries = search->index->head->entry_count + (size_t)1;
    search->found = calloc(bitmap_words(groups), sizeof *search->found);
    search->fresh = calloc(bitmap_words(groups), sizeof *search->fresh);
    search->touched = calloc(bitmap_words(bitmap_words(groups)), sizeof *search->touched);
    search->api_groups = calloc(bitmap_words(groups), sizeof *search->api_groups);
    search->wanted = calloc(bitmap_words(search->catalogue->element_count + (size_t)1), sizeof *search->wanted);
    search->best_keys = calloc(groups, sizeof *search->best_keys);
    search->best_elements = calloc(groups, sizeof *search->best_elements);
    search->best_weights = calloc(groups, sizeof *search->best_weights);
    search->api_firsts = calloc(search->catalogue->api_count + (size_t)2, sizeof *search->api_firsts);
    search->in_api = calloc(search->catalogue->api_count + (size_t)1, sizeof *search->in_api);
    search->text_bits = calloc(bitmap_words(entries), sizeof *search->text_bits);
    search->text_others = calloc(bitmap_words(entries), sizeof *search->text_others);
    search->text_touched = calloc(bitmap_words(bitmap_words(entries)), sizeof *search->text_touched);
    search->text_bases = calloc(bitmap_words(entries), sizeof *search->text_bases);
    search->text_entries = calloc(MATCH_TEXTS_MAX, sizeof *search->text_entries);
    search->text_marks = calloc(MATCH_TEXTS_MAX, sizeof *search->text_marks);
    search->inside_numbers = calloc(TRIGRAMS_NUMBERS, sizeof *search->inside_numbers);
    search->typos.most = SEARCH_TYPOS;
    search->typos.matches = calloc(SEARCH_TYPOS, sizeof *search->typos.matches);
    search->collect.hits = calloc(LIMIT_OFFSET + LIMIT_RESULTS + 1, sizeof *search->collect.hits);
    bool has_sets = search_scratch_fill_sets(search, groups);
    bool has_cache = api_dictionaries_init(&search->of_apis, search->index);
    bool has_memory = search_memory_init(&search->memory);
    return has_sets && has_cache && has_memory && search->found && search->fresh && search->touched &&
           search->api_groups && search->wanted && search->best_keys && search->best_elements && search->best_weights &&
           search->api_firsts && search->in_api && search->text_bits && search->text_others && search->text_touched &&
           search->text_bases && search->text_entries && search->text_marks && search->inside_numbers &&
           search->typos.matches && search->collect.hits;
}

int search_scratch_create(struct search_scratch **scratch, const struct index *index, const struct catalogue *catalogue)
{
    struct search_scratch *search = *scratch = calloc(1, sizeof *search);
    if (search == NULL) return FILE_NO_MEMORY;
    search->index = index;
    search->catalogue = catalogue;
    search->gone = index->gaps ? index->gaps->elements : NULL;
    search->filter = (struct match_filter){ .api = CATALOGUE_NONE, .type = STR_EMPTY, .tag = STR_EMPTY };
    number_map_init(&search->types);
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
    free(search->wanted);
    number_map_free(&search->types);
    free(search->best_keys);
    free(search->best_elements);
    free(search->best_weights);
    free(search->api_firsts);
    free(search->named[0]);
    match_letters_free(search);
    free(search->in_api);
    api_dictionaries_free(&search->of_apis);
    free(search->text_bits);
    free(search->text_others);
    free(search->text_touched);
    free(search->text_bases);
    free(search->text_entries);
    free(search->text_marks);
    free(search->inside_numbers);
    free(search->typos.matches);
    pattern_destroy(search->pattern);
    search_memory_free(&search->memory);
    free(search->collect.hits);
    free(search);
}

static uint32_t search_find_api(const void *context, struct str name)
{
    const struct search_scratch *search = context;
    uint32_t rank;
    return api_name_find(search->index, search->catalogue, name, &rank);
}

/* What the text does not say is as the request has it. */
static void search_fill_filter(struct query_filter *filter, const struct query_filter *asked)
{
    unsigned said = filter->flags | filter->no_flags;
    if (!filter->methods) filter->methods = asked->methods;
    if (!filter->places) filter->places = asked->places;
    if (!filter->type.size && asked->type.size) filter->type = asked->type;
    if (asked->tag.size) filter->tag = asked->tag;
    filter->flags |= asked->flags & ~said;
    filter->no_flags |= asked->no_flags & ~said;
}

/* Inside an API that the text names, a row for the API itself would only be in the way. What is guessed does not go
 * before what was asked for. */
static unsigned search_kinds(struct query_syntax *syntax, const struct search_request *request)
{
    unsigned others = request->kinds & ~(1U << CATALOGUE_API);
    if (syntax->is_kind_guess && !(request->kinds & syntax->kinds)) syntax->kinds = 0;
    if (syntax->kinds) return syntax->kinds;
    return syntax->api != CATALOGUE_NONE && others ? others : request->kinds;
}

static void search_choose_dictionaries(struct search_scratch *search)
{
    const struct api_dictionaries *own = NULL;
    if (search->is_in_api)
        own = api_dictionaries_of(&search->of_apis, search->index, search->catalogue, search->filter.api);
    search->dictionaries = own ? own->dictionaries : search->index->dictionaries;
    search->stems = own ? (const uint32_t *)(const void *)own->stems.at : search->index->stems;
    search->spelling = own ? &own->spelling : &search->index->spelling;
}

static void search_read(struct search_scratch *search, const struct search_request *request)
{
    struct query_syntax *syntax = &search->syntax;
    if (request->is_pattern)
        query_syntax_plain(syntax, request->text);
    else if (request->find_api)
        query_syntax_read(syntax, request->text, request->find_api, request->find_context);
    else
        query_syntax_read(syntax, request->text, search_find_api, search);
    syntax->is_pattern |= request->is_pattern;
    syntax->is_text |= request->descriptions == 2;
    search_fill_filter(&syntax->filter, &request->filter);
    search->kinds = search_kinds(syntax, request);
    uint32_t api = syntax->api == CATALOGUE_NONE ? request->api : syntax->api;
    search->is_elsewhere = api == SEARCH_ELSEWHERE;
    match_filter(search, search->is_elsewhere ? CATALOGUE_NONE : api, &syntax->filter);
    search_choose_dictionaries(search);
}

static void search_reset(struct search_scratch *search)
{
    search->collect.count = 0;
    search->path_count = search->change_count = search->errors = 0;
    search->is_unknown = false;
    pattern_destroy(search->pattern);
    search->pattern = NULL;
    memset(search->totals, 0, sizeof search->totals);
    search->is_lower_bound = false;
    search->looks = search->entry_looks = 0;
    size_t size = bitmap_words(search->index->head->group_count) * sizeof *search->found;
    if (search->index->gaps)
        memcpy(search->found, search->index->gaps->groups, size);
    else
        memset(search->found, 0, size);
}

static uint32_t search_limit(const struct search_request *request)
{
    return request->limit < LIMIT_RESULTS ? request->limit : LIMIT_RESULTS;
}

static uint32_t search_offset(const struct search_request *request)
{
    return request->is_behind ? 0 : request->offset;
}

/* One more than is shown tells whether there is more. */
static void search_begin(struct search_scratch *search, const struct search_request *request)
{
    uint32_t offset = search_offset(request) < LIMIT_OFFSET ? search_offset(request) : LIMIT_OFFSET;
    search_read(search, request);
    search->collect.limit = search_limit(request) + offset + 1;
    search->collect.is_behind = request->is_behind;
    search->collect.last = request->last;
    search_reset(search);
}

/* The weightiest member that counts, then the first; and how many there are. Members of an owner lie side by side, as
 * groups_take counts them. */
static void search_count(struct search_scratch *search, uint32_t first, uint32_t end, struct search_hit *hit)
{
    const struct index *index = search->index;
    const struct format_element *elements = search->catalogue->elements;
    const struct format_api *apis = search->catalogue->apis;
    unsigned best_weight = 0;
    uint32_t best = COLLECT_ANY, last_owner = CATALOGUE_NONE, last_api = CATALOGUE_NONE;
    /* The group of the owner tells owners apart, too, but those of nested properties; the elements lie far away. */
    for (uint32_t i = first; i < end; i++) {
        uint32_t element = index->members[i];
        if (!match_is_wanted(search, element)) continue;
        uint32_t api = match_api_of(search, element);
        hit->count++;
        hit->api_count += api != last_api;
        uint32_t owner = index->member_owners[i];
        if (owner & FORMAT_NESTED || owner == FORMAT_NO_OWNER) owner = elements[element].owner;
        hit->owner_count += api != last_api || owner != last_owner;
        last_api = api;
        last_owner = owner;
        unsigned weight = (unsigned)index->weights[element] + index->weights[apis[api].first_element];
        if (best != COLLECT_ANY && weight <= best_weight) continue;
        best = element;
        best_weight = weight;
    }
    if (hit->element == COLLECT_ANY) hit->element = best;
}

/* What stands for a group, and for how much. */
static void search_represent(struct search_scratch *search, const struct collect_hit *found, struct search_hit *hit)
{
    const struct index *index = search->index;
    const struct format_group *group = &index->groups[found->group];
    *hit =
        (struct search_hit){ .key = found->key, .group = found->group, .element = found->element, .value = STR_EMPTY };
    if (rank_criterion_value(found->key, 0) == RANK_VALUE && found->element != COLLECT_ANY)
        match_value(search, found->element, &hit->value);
    uint32_t first = group[0].first_member, end = group[1].first_member;
    if (search->is_filtered || (search->gone && bitmap_has(index->gaps->partly, found->group))) {
        index_members(index, found->group, search->low, search->high, &first, &end);
        search_count(search, first, end, hit);
    } else {
        hit->owner_count = group->owner_count;
        hit->api_count = group->api_count;
        hit->count = end - first;
        if (hit->element == COLLECT_ANY) hit->element = group->best;
    }
    hit->element = match_version(search, found->group, hit->element);
}

static size_t search_highlight_pattern(struct pattern *pattern, struct str name, struct highlight_range *range)
{
    size_t start, end;
    if (!pattern_find(pattern, name, &start, &end)) return 0;
    *range = (struct highlight_range){ (uint32_t)start, (uint32_t)end };
    return 1;
}

static size_t search_highlight_name(const struct search_scratch *search, uint64_t key, struct str name,
                                    struct highlight_range *ranges)
{
    if (search->pattern) return search_highlight_pattern(search->pattern, name, ranges);
    size_t count = highlight_name(&search->query, name, ranges);
    if (count) return count;
    if (rank_key_errors(key)) return highlight_mistyped(&search->typo, name, ranges);
    switch (rank_criterion_value(key, 0)) {
    case RANK_INITIALS: return highlight_initials(&search->query, name, ranges);
    case RANK_INSIDE: return highlight_inside(&search->query, name, ranges);
    default: return 0;
    }
}

static bool search_highlight(const struct search_scratch *search, struct arena *arena, struct search_hit *hit)
{
    struct highlight_range found[HIGHLIGHT_RANGES];
    const struct format_element *element = &search->catalogue->elements[hit->element];
    struct str name = catalogue_string(search->catalogue, element->name);
    hit->range_count = search_highlight_name(search, hit->key, name, found);
    if (hit->range_count == 0) return true;
    struct highlight_range *ranges = arena_alloc(arena, hit->range_count * sizeof *ranges);
    if (ranges == NULL) return false;
    memcpy(ranges, found, hit->range_count * sizeof *ranges);
    hit->ranges = ranges;
    return true;
}

/* The way to a hit found by one; what the owner tells needs no telling again. */
static bool search_path(const struct search_scratch *search, struct arena *arena, struct search_hit *hit)
{
    for (unsigned i = 0; i < search->path_count; i++) {
        const struct match_path *path = &search->paths[i];
        if (path->group != hit->group || path->steps[path->count - 1] != hit->element) continue;
        if (search->catalogue->elements[hit->element].parent == path->steps[0]) return true;
        uint32_t *steps = arena_alloc(arena, path->count * sizeof *steps);
        if (steps == NULL) return false;
        memcpy(steps, path->steps, path->count * sizeof *steps);
        hit->path = steps;
        hit->path_count = path->count;
    }
    return true;
}

int search_show(struct search_scratch *search, const struct collect_hit *found, struct arena *arena,
                struct search_hit *hit)
{
    search_represent(search, found, hit);
    if (hit->element == COLLECT_ANY) return FILE_OK; /* none of the group counts */
    return search_highlight(search, arena, hit) && search_path(search, arena, hit) ? FILE_OK : FILE_NO_MEMORY;
}

uint64_t search_steps(const struct search_scratch *search)
{
    return search->steps;
}

bool search_suggest(const struct search_scratch *search, struct str text, struct arena *arena, struct str *suggestion)
{
    return suggest_text(search, text, arena, suggestion);
}

static int search_finish(struct search_scratch *search, const struct search_request *request, struct arena *arena,
                         struct search_answer *answer)
{
    struct collect *collect = &search->collect;
    if (!search_suggest(search, request->text, arena, &answer->suggestion)) return FILE_NO_MEMORY;
    uint32_t limit = search_limit(request), offset = search_offset(request);
    if (limit == 0 || offset > LIMIT_OFFSET || offset >= collect->count) return FILE_OK;
    uint32_t count = collect->count - offset < limit ? collect->count - offset : limit;
    struct search_hit *hits = arena_alloc(arena, count * sizeof *hits);
    if (hits == NULL) return FILE_NO_MEMORY;
    for (uint32_t i = 0; i < count; i++)
        if (search_show(search, &collect->hits[offset + i], arena, &hits[i]) != FILE_OK) return FILE_NO_MEMORY;
    answer->has_more = collect->count - offset > limit;
    answer->hits = hits;
    answer->hit_count = count;
    return FILE_OK;
}

static bool search_has_found(const struct search_scratch *search)
{
    bool has_found = false;
    for (unsigned kind = 0; kind < FORMAT_KINDS; kind++) has_found |= search->totals[kind] > 0;
    return has_found;
}

static void search_descriptions(struct search_scratch *search)
{
    query_parse(&search->query, search->syntax.text, false);
    search->has_texts = true;
    if (search->query.squashed.size == 0) return;
    match_units_find(search);
    match_units_mark(search);
    match_texts(search);
    match_units_unmark(search);
}

/* Runs the classes of words; whether any of names found something. */
static bool search_words(struct search_scratch *search, const struct search_request *request, bool is_split)
{
    query_parse(&search->query, search->syntax.text, is_split);
    search->change_count = search->errors = 0;
    search->has_texts = request->descriptions;
    if (search->query.squashed.size == 0) return true;
    match_units_find(search);
    if (!is_split) match_names(search);
    if (!is_split) match_paths(search);
    match_units_mark(search);
    match_terms_in_names(search);
    match_elements(search);
    uint64_t better = match_found_count(search);
    match_initials(search);
    match_inside(search);
    match_typos(search, better);
    match_inside_names(search);
    bool is_last = search_has_found(search) || is_split || !query_can_split(search->syntax.text);
    if (request->descriptions && is_last) match_texts(search);
    match_units_unmark(search);
    return is_last;
}

static void search_classes(struct search_scratch *search, const struct search_request *request)
{
    const struct query_syntax *syntax = &search->syntax;
    if (syntax->is_listing || syntax->is_exact || syntax->is_value || syntax->is_pattern)
        query_parse(&search->query, syntax->text, false);
    if (syntax->is_value)
        match_asked_values(search);
    else if (syntax->is_listing)
        match_all(search);
    else if (syntax->is_text)
        search_descriptions(search);
    else if (syntax->is_exact)
        match_exact_names(search);
    else if (syntax->is_pattern && match_pattern(search))
        return;
    /* "PodSpec.restartPolicy" is a name first, and a place when there is no such name. */
    else if (!search_words(search, request, false))
        search_words(search, request, true);
}

/* "post patch containing" may be a question about anything. */
static bool search_was_wrong_guess(const struct search_scratch *search)
{
    uint64_t wanted = 0;
    for (unsigned kind = 0; kind < FORMAT_KINDS; kind++)
        if (search->kinds >> kind & 1) wanted += search->totals[kind];
    return wanted == 0 && search->syntax.is_kind_guess && search_has_found(search);
}

static void search_run_classes(struct search_scratch *search, const struct search_request *request)
{
    if (!search->is_elsewhere) search_classes(search, request);
    if (search_was_wrong_guess(search)) {
        search_reset(search);
        search->kinds = request->kinds;
        search_classes(search, request);
    }
    collect_sort(&search->collect);
}

static void search_tell(const struct search_scratch *search, struct search_answer *answer)
{
    *answer = (struct search_answer){
        .suggestion = STR_EMPTY,
        .kinds = search->kinds,
        .api = search->is_in_api ? search->filter.api : CATALOGUE_NONE,
        .is_lower_bound = search->is_lower_bound,
    };
    memcpy(answer->totals, search->totals, sizeof answer->totals);
}

void search_collect(struct search_scratch *search, const struct search_request *request, struct search_answer *answer)
{
    search->steps = 0;
    search_begin(search, request);
    search_run_classes(search, request);
    search_tell(search, answer);
}

static void search_remember(struct search_scratch *search, const struct search_memory_key *key)
{
    const struct collect *collect = &search->collect;
    if (key->text == 0 || collect->count > SEARCH_MEMORY_ROWS) return;
    struct search_remembered *place = search_memory_place(&search->memory, key);
    place->count = collect->count;
    place->is_lower_bound = search->is_lower_bound;
    place->kinds = search->kinds;
    memcpy(place->totals, search->totals, sizeof place->totals);
    memcpy(place->hits, collect->hits, collect->count * sizeof *collect->hits);
}

static void search_recall(struct search_scratch *search, const struct search_remembered *known)
{
    query_parse(&search->query, search->syntax.text, false);
    search->collect.count = known->count;
    search->is_lower_bound = known->is_lower_bound;
    search->kinds = known->kinds;
    memcpy(search->totals, known->totals, sizeof search->totals);
    memcpy(search->collect.hits, known->hits, known->count * sizeof *known->hits);
}

/* As search_collect, but that of a remembered answer it is not known which groups were counted. */
static void search_collect_once(struct search_scratch *search, const struct search_request *request,
                                struct search_answer *answer)
{
    struct search_memory_key key = search_memory_key(request);
    const struct search_remembered *known = search_memory_find(&search->memory, &key);
    search->steps = 0;
    search_begin(search, request);
    if (known) {
        search_recall(search, known);
    } else {
        search_run_classes(search, request);
        search_remember(search, &key);
    }
    search_tell(search, answer);
}

const struct collect_hit *search_collected(const struct search_scratch *search, size_t *count)
{
    *count = search->collect.count;
    return search->collect.hits;
}

bool search_has_counted(const struct search_scratch *search, uint32_t group)
{
    const struct gaps *gaps = search->index->gaps;
    return bitmap_has(search->found, group) && !(gaps && bitmap_has(gaps->groups, group));
}

int search_run(struct search_scratch *search, const struct search_request *request, struct arena *arena,
               struct search_answer *answer)
{
    search_collect_once(search, request, answer);
    return search_finish(search, request, arena, answer);
}

size_t search_highlight_text(const struct search_scratch *search, struct str text, struct highlight_range *ranges)
{
    return highlight_text(&search->query, text, ranges);
}
