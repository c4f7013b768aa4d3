/* match_elements.c - which elements are looked at when the terms are in different places. */
#include "match.h"

/* Of words that are everywhere there is no end. So many elements are looked at for one query, what has the whole words
 * before what only begins with them, what belongs to objects before what belongs to endpoints, and of each the more
 * important before the others: then the totals say that there may be more. */
enum { MATCH_LOOKS = 10 * 1000 };

static bool match_is_over(struct search_scratch *search)
{
    search->is_lower_bound |= search->looks >= MATCH_LOOKS;
    return search->looks >= MATCH_LOOKS;
}

static void match_element(struct search_scratch *search, uint32_t number)
{
    search->looks++;
    uint32_t group = search->index->group_of[number];
    if (!match_has_part(search, group, search->all) || bitmap_has(search->found, group)) return;
    match_terms in_name = match_named(search, group);
    if (in_name == 0) return;
    const struct format_element *element = &search->catalogue->elements[number];
    struct match_candidate at = { number, group, FORMAT_NO_OWNER, false, in_name };
    if (element->kind == CATALOGUE_PROPERTY || element->kind == CATALOGUE_PARAMETER)
        at.owner = search->index->group_of[element->parent];
    at.is_nested =
        element->kind == CATALOGUE_PROPERTY && element->owner != search->catalogue->elements[element->parent].name;
    match_candidate(search, &at);
}

/* What belongs to an object or an endpoint lies behind it. */
static void match_children(struct search_scratch *search, uint32_t owner)
{
    const struct format_element *elements = search->catalogue->elements;
    for (uint32_t i = owner + 1; i < search->high && elements[i].parent == owner; i++) match_element(search, i);
}

/* What lies inside a property comes behind it, before the next one beside it. */
static void match_inner(struct search_scratch *search, uint32_t outer)
{
    const struct format_element *elements = search->catalogue->elements, *at = &elements[outer];
    for (uint32_t i = outer + 1; i < search->high && elements[i].parent == at->parent && elements[i].owner != at->owner;
         i++)
        match_element(search, i);
}

/* The elements of a group whose name has some of the terms. Of common names there are tens of thousands, and few have
 * an owner that was asked for: so what their owners' names have is looked at first. */
static void match_members(struct search_scratch *search, uint32_t group, uint32_t first, uint32_t end)
{
    const struct index *index = search->index;
    struct match_candidate at = { .group = group, .in_name = match_named(search, group) };
    match_terms missing = search->all & (match_terms)~at.in_name;
    bool may_be_in_api = (missing & (match_terms)~search->in_some_api) == 0;
    if (bitmap_has(search->found, group)) return;
    search->looks += end - first;
    for (uint32_t i = first; i < end; i++) {
        uint32_t owner = index->member_owners[i];
        at.is_nested = owner & FORMAT_NESTED;
        at.owner = owner & ~FORMAT_NESTED;
        bool is_hopeless = at.owner == FORMAT_NO_OWNER || !match_has_part(search, at.owner, missing);
        if (is_hopeless && !at.is_nested && !may_be_in_api) continue;
        at.element = index->members[i];
        match_candidate(search, &at);
    }
}

static void match_group_range(const struct search_scratch *search, uint32_t group, uint32_t *first, uint32_t *end)
{
    const struct format_group *at = &search->index->groups[group];
    *first = at[0].first_member;
    *end = at[1].first_member;
    if (search->is_in_api) index_members(search->index, group, search->low, search->high, first, end);
}

static enum catalogue_kind match_slice_kind(unsigned slice)
{
    return slice == MATCH_SLICES - 1 ? CATALOGUE_ENDPOINT : (enum catalogue_kind)(slice % FORMAT_KINDS);
}

/* Calls `use` for each group of a part of a slice whose name has the term. */
typedef void match_group_use(struct search_scratch *search, uint32_t group, unsigned term, enum catalogue_kind kind);
static void match_each_of(struct search_scratch *search, unsigned term, unsigned slice, const struct match_slice *part,
                          match_group_use *use)
{
    for (uint32_t at = 0; at < part->count && !match_is_over(search); at++)
        if (match_named(search, part->groups[at]) >> term & 1)
            use(search, part->groups[at], term, match_slice_kind(slice));
}

/* The slices in the order in which they are gone through: whole names first, then words of names, then methods. */
static unsigned match_slice_order(unsigned number)
{
    static const unsigned kinds[FORMAT_KINDS] = { CATALOGUE_OBJECT, CATALOGUE_PROPERTY, CATALOGUE_PARAMETER,
                                                  CATALOGUE_ENDPOINT, CATALOGUE_API };
    if (number == MATCH_SLICES - 1) return number;
    return number < FORMAT_KINDS ? FORMAT_KINDS + kinds[number] : kinds[number - FORMAT_KINDS];
}

/* Calls `use` for each group whose name has the term; for some more than once. */
static void match_each_group(struct search_scratch *search, unsigned term, match_group_use *use)
{
    match_units drivers = match_drivers(search, term);
    for (unsigned number = 0; number < 2 * MATCH_SLICES; number++) {
        unsigned slice = match_slice_order(number % MATCH_SLICES);
        for (match_units rest = drivers; rest; rest &= rest - 1) {
            unsigned unit = (unsigned)__builtin_ctz(rest);
            const struct match_slice *at = &search->units[unit].slices[slice];
            if (at->count == 0) continue;
            uint32_t exact = at->exact, count = match_strict_count(search, unit, slice);
            struct match_slice part = { at->groups, exact, exact };
            if (number >= MATCH_SLICES) part = (struct match_slice){ at->groups + exact, count - exact, 0 };
            match_each_of(search, term, slice, &part, use);
        }
    }
}

/* ---- The first way: all elements of an API ----------------------------------------------------------------------- */

static void match_range(struct search_scratch *search, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end && !match_is_over(search); i++) match_element(search, i);
}

/* ---- The second way: every element that one term takes part in: in its name, its owner's, or its API's ----------- */

static void match_use_around(struct search_scratch *search, uint32_t group, unsigned term, enum catalogue_kind kind)
{
    (void)term;
    const uint32_t *members = search->index->members;
    uint32_t first, end;
    match_group_range(search, group, &first, &end);
    match_members(search, group, first, end);
    if (kind == CATALOGUE_OBJECT || kind == CATALOGUE_ENDPOINT)
        for (uint32_t i = first; i < end; i++) match_children(search, members[i]);
    if (kind == CATALOGUE_PROPERTY)
        for (uint32_t i = first; i < end; i++) match_inner(search, members[i]);
}

static void match_by_term(struct search_scratch *search, unsigned term)
{
    const struct catalogue *catalogue = search->catalogue;
    match_each_group(search, term, match_use_around);
    for (uint32_t api = 0; api < catalogue->api_count && search->in_some_api >> term & 1; api++) {
        if (!(search->in_api[api] >> term & 1) || (search->is_in_api && api != search->filter.api)) continue;
        match_range(search, catalogue->apis[api].first_element,
                    catalogue->apis[api].first_element + catalogue->apis[api].element_count);
    }
}

/* How many elements the average group leads to (an object has five properties, an endpoint four parameters), and what
 * each costs more than one of many that lie side by side. */
enum { MATCH_COST = 12 * 4 };

static uint64_t match_cost_by_term(const struct search_scratch *search, unsigned term)
{
    const struct catalogue *catalogue = search->catalogue;
    uint64_t cost = 0;
    for (match_units drivers = match_drivers(search, term); drivers; drivers &= drivers - 1)
        for (unsigned slice = 0; slice < MATCH_SLICES; slice++)
            cost += MATCH_COST * (uint64_t)match_strict_count(search, (unsigned)__builtin_ctz(drivers), slice);
    for (uint32_t api = 0; api < catalogue->api_count && search->in_some_api >> term & 1; api++)
        if (search->in_api[api] >> term & 1) cost += catalogue->apis[api].element_count;
    return cost;
}

/* ---- Which way ------------------------------------------------------------------------------------------------- */

void match_elements(struct search_scratch *search)
{
    if (search->query.term_count < 2) return;
    uint64_t least = UINT64_MAX;
    unsigned rarest = 0;
    for (unsigned term = 0; term < search->query.term_count; term++) {
        uint64_t cost = match_cost_by_term(search, term);
        if (cost >= least) continue;
        least = cost;
        rarest = term;
    }
    if (search->is_in_api && search->high - search->low < least)
        match_range(search, search->low, search->high);
    else
        match_by_term(search, rarest);
    match_take_best(search);
}
