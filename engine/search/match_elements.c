#include "match.h"

#include "tokenize.h"

/* An element looked at. Where it is known, what else would have to be fetched from far away is handed along. */
struct match_candidate {
    uint32_t element;
    uint32_t group;
    uint32_t owner; /* the group of its object or endpoint, or FORMAT_NO_OWNER */
    bool is_nested;
    match_terms in_name; /* not 0 */
};

/* Of the way to a property ("spec.template") so much is looked at. */
enum { MATCH_OUTER_BYTES = 256 };

static match_units match_word_units(const struct search_scratch *search, struct str word)
{
    match_units units = 0;
    for (unsigned i = 0; i < search->query.word_count; i++)
        if (str_starts(word, search->query.words[i])) units |= (match_units)1 << i;
    return units;
}

/* What the terms find in the way from an object to a nested property: "template" of PodSpec.template.name. */
struct match_way {
    match_terms terms;
    unsigned rest; /* letters by which the innermost part and the terms in it differ */
};

static match_terms match_words_of(const struct search_scratch *search, struct str way)
{
    struct tokenizer tokenizer = { .text = way };
    char folded[MATCH_OUTER_BYTES];
    match_units units = 0;
    size_t start, end;
    tokenize_fold(way, folded);
    while (tokenize_next(&tokenizer, &start, &end))
        units |= match_word_units(search, (struct str){ folded + start, end - start });
    return match_complete(search, units);
}

static struct match_way match_outer(const struct search_scratch *search, uint32_t property)
{
    const struct catalogue *catalogue = search->catalogue;
    const struct format_element *element = &catalogue->elements[property];
    struct str owner = catalogue_string(catalogue, element->owner);
    struct str way =
        str_cut(owner, catalogue_string(catalogue, catalogue->elements[element->parent].name).size, owner.size);
    if (way.size > MATCH_OUTER_BYTES) return (struct match_way){ 0, 0 };
    size_t dot = str_find_last_byte(way, '.');
    struct str inner = str_cut(way, dot == STR_NONE ? 0 : dot + 1, way.size);
    char squashed[MATCH_OUTER_BYTES];
    unsigned letters = (unsigned)tokenize_squash(inner, squashed);
    unsigned asked = match_letters(search, match_words_of(search, inner));
    return (struct match_way){ match_words_of(search, way), letters > asked ? letters - asked : asked - letters };
}

/* The owner's letters that were not asked for. A term that is in the name, too ("access token token type"), may count
 * for the owner or not. */
static unsigned match_owner_rest(const struct search_scratch *search, const struct match_candidate *at,
                                 match_terms in_owner)
{
    unsigned all = match_rest(search, at->owner, in_owner);
    unsigned own = match_rest(search, at->owner, in_owner & (match_terms)~at->in_name);
    return all < own ? all : own;
}

/* Offers the candidate when all terms are in its name, its owner, the way to it, or its API. */
static void match_candidate(struct search_scratch *search, const struct match_candidate *at)
{
    match_terms in_owner = at->owner == FORMAT_NO_OWNER ? 0 : match_named(search, at->owner);
    match_terms missing = search->all & (match_terms) ~(at->in_name | in_owner);
    struct match_way way = { 0, 0 };
    if (missing && at->is_nested) way = match_outer(search, at->element);
    missing &= (match_terms)~way.terms;
    if (missing & (match_terms)~search->in_some_api) return;
    if (missing && missing & (match_terms)~search->in_api[catalogue_api_of(search->catalogue, at->element)]) return;
    bool is_owned = (match_terms)~at->in_name & in_owner & search->all;
    struct rank_facts facts = { .place = missing ? RANK_API : RANK_OWNER };
    facts.loose = match_loose(search, at->group, at->in_name);
    facts.rest = match_rest(search, at->group, at->in_name);
    if (is_owned) facts.loose += match_loose(search, at->owner, in_owner & (match_terms)~at->in_name);
    if (is_owned) facts.rest += match_owner_rest(search, at, in_owner);
    if (way.terms) facts.rest += way.rest;
    if (!missing && facts.loose == 0 && facts.rest == 0) facts.place = RANK_OWNED;
    match_offer(search, at->element, &facts);
}

static void match_element(struct search_scratch *search, uint32_t number)
{
    uint32_t group = search->index->group_of[number];
    if (search->in_name[group] == 0 || bitmap_has(search->found, group)) return;
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

/* The elements of a group whose name has some of the terms. */
static void match_members(struct search_scratch *search, uint32_t group, uint32_t first, uint32_t end)
{
    const struct index *index = search->index;
    struct match_candidate at = { .group = group, .in_name = match_named(search, group) };
    if (bitmap_has(search->found, group)) return;
    for (uint32_t i = first; i < end; i++) {
        at.element = index->members[i];
        at.owner = index->member_owners[i] & ~FORMAT_NESTED;
        at.is_nested = index->member_owners[i] & FORMAT_NESTED;
        match_candidate(search, &at);
    }
}

/* All elements of a group, and what belongs to them. */
static void match_group(struct search_scratch *search, uint32_t group, enum catalogue_kind kind)
{
    const struct index *index = search->index;
    uint32_t first = index->groups[group].first_member, end = index->groups[group + 1].first_member;
    if (search->is_filtered) index_members(index, group, search->low, search->high, &first, &end);
    match_members(search, group, first, end);
    if (kind == CATALOGUE_OBJECT || kind == CATALOGUE_ENDPOINT)
        for (uint32_t i = first; i < end; i++) match_children(search, index->members[i]);
    if (kind == CATALOGUE_PROPERTY)
        for (uint32_t i = first; i < end; i++) match_inner(search, index->members[i]);
}

static void match_range(struct search_scratch *search, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end; i++) match_element(search, i);
}

static enum catalogue_kind match_slice_kind(unsigned slice)
{
    return slice == MATCH_SLICES - 1 ? CATALOGUE_ENDPOINT : (enum catalogue_kind)(slice % FORMAT_KINDS);
}

static void match_slice_groups(struct search_scratch *search, unsigned term, unsigned unit, unsigned slice)
{
    uint32_t count = match_strict_count(search, unit, slice);
    for (uint32_t at = 0; at < count; at++) {
        uint32_t group = search->units[unit].slices[slice].groups[at];
        if (match_named(search, group) >> term & 1) match_group(search, group, match_slice_kind(slice));
    }
}

/* Every element that a term takes part in: in its name, its owner's, or its API's. */
static void match_driven(struct search_scratch *search, unsigned term)
{
    const struct catalogue *catalogue = search->catalogue;
    for (match_units drivers = match_drivers(search, term); drivers; drivers &= drivers - 1)
        for (unsigned slice = 0; slice < MATCH_SLICES; slice++)
            match_slice_groups(search, term, (unsigned)__builtin_ctz(drivers), slice);
    for (uint32_t api = 0; api < catalogue->api_count && search->in_some_api >> term & 1; api++) {
        if (!(search->in_api[api] >> term & 1) || (search->is_filtered && api != search->api)) continue;
        match_range(search, catalogue->apis[api].first_element,
                    catalogue->apis[api].first_element + catalogue->apis[api].element_count);
    }
}

/* How many elements the average group leads to: an object has five properties and an endpoint four parameters, which
 * lie scattered; those of an API are read in one go. */
enum { MATCH_COST = 12 };

static uint64_t match_cost(const struct search_scratch *search, unsigned term)
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

void match_elements(struct search_scratch *search)
{
    if (search->query.term_count < 2) return;
    uint64_t least = search->is_filtered ? search->high - search->low : UINT64_MAX;
    unsigned driver = LIMIT_QUERY_WORDS;
    for (unsigned i = 0; i < search->query.term_count; i++) {
        uint64_t cost = match_cost(search, i);
        if (cost >= least) continue;
        least = cost;
        driver = i;
    }
    if (driver == LIMIT_QUERY_WORDS)
        match_range(search, search->low, search->high);
    else
        match_driven(search, driver);
    match_take_best(search);
}
