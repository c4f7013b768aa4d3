#include "match.h"

#include "tokenize.h"

/* Of a way to a property ("spec.template") so many words are looked at. */
enum { MATCH_OUTER_BYTES = 256 };

/* Words that a nested property's outer ones have: "template" of PodSpec.template.name. */
static match_mask match_outer(const struct search_scratch *search, const struct format_element *element)
{
    const struct catalogue *catalogue = search->catalogue;
    const struct format_element *object = &catalogue->elements[element->parent];
    if (element->kind != CATALOGUE_PROPERTY || element->owner == object->name) return 0;
    struct str owner = catalogue_string(catalogue, element->owner);
    struct tokenizer tokenizer = { .text = str_cut(owner, catalogue_string(catalogue, object->name).size, owner.size) };
    char folded[MATCH_OUTER_BYTES];
    if (tokenizer.text.size > sizeof folded) return 0;
    tokenize_fold(tokenizer.text, folded);
    match_mask mask = 0;
    size_t start, end;
    while (tokenize_next(&tokenizer, &start, &end))
        for (unsigned i = 0; i < search->query.word_count; i++)
            if (str_starts((struct str){ folded + start, end - start }, search->query.words[i]))
                mask |= (match_mask)(1U << i);
    return mask;
}

/* The facts of an element whose words are in its name, its owner, its API; false when some are nowhere. */
static bool match_facts(const struct search_scratch *search, uint32_t number, match_mask in_name,
                        struct rank_facts *facts)
{
    const struct format_element *element = &search->catalogue->elements[number];
    uint32_t owner = search->index->group_of[element->parent];
    bool is_owned = element->kind == CATALOGUE_PROPERTY || element->kind == CATALOGUE_PARAMETER;
    match_mask in_owner = is_owned ? search->in_name[owner] : 0;
    match_mask missing = search->all & (match_mask) ~(in_name | in_owner);
    if (missing) {
        in_owner |= match_outer(search, element);
        missing &= (match_mask)~in_owner;
    }
    if (missing & (match_mask)~search->in_some_api) return false;
    if (missing & (match_mask)~search->in_api[catalogue_api_of(search->catalogue, number)]) return false;
    in_owner &= (match_mask)~in_name;
    uint32_t group = search->index->group_of[number];
    *facts = (struct rank_facts){
        .place = missing ? RANK_API : RANK_OWNER,
        .loose = match_loose(search, group, in_name) + (in_owner ? match_loose(search, owner, in_owner) : 0),
        .rest = match_rest(search, group, in_name) + (in_owner ? match_rest(search, owner, in_owner) : 0),
    };
    if (!missing && facts->loose == 0 && facts->rest == 0) facts->place = RANK_OWNED;
    return true;
}

static void match_element(struct search_scratch *search, uint32_t element)
{
    uint32_t group = search->index->group_of[element];
    match_mask in_name = search->in_name[group];
    struct rank_facts facts;
    if (in_name == 0 || in_name == search->all || bitmap_has(search->found, group)) return;
    if (match_facts(search, element, in_name, &facts)) match_offer(search, element, &facts);
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

static bool match_has_children(enum catalogue_kind kind)
{
    return kind == CATALOGUE_OBJECT || kind == CATALOGUE_ENDPOINT;
}

/* All elements of a group, and what belongs to them. */
static void match_group(struct search_scratch *search, uint32_t group, enum catalogue_kind kind)
{
    const struct index *index = search->index;
    uint32_t first = index->groups[group].first_member, end = index->groups[group + 1].first_member;
    if (search->is_filtered) index_members(index, group, search->low, search->high, &first, &end);
    for (uint32_t i = first; i < end; i++) {
        match_element(search, index->members[i]);
        if (match_has_children(kind))
            match_children(search, index->members[i]);
        else if (kind == CATALOGUE_PROPERTY)
            match_inner(search, index->members[i]);
    }
}

static void match_range(struct search_scratch *search, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end; i++) match_element(search, i);
}

static enum catalogue_kind match_slice_kind(unsigned slice)
{
    return slice == MATCH_SLICES - 1 ? CATALOGUE_ENDPOINT : (enum catalogue_kind)(slice % FORMAT_KINDS);
}

/* An object has five properties and an endpoint four parameters on the average; a group has four elements. */
enum { MATCH_COST_CHILDREN = 20, MATCH_COST_GROUP = 4 };

static uint64_t match_cost(const struct search_scratch *search, unsigned number)
{
    const struct catalogue *catalogue = search->catalogue;
    uint64_t cost = 0;
    for (unsigned i = 0; i < MATCH_SLICES; i++)
        cost += (uint64_t)search->words[number].slices[i].count *
                (match_has_children(match_slice_kind(i)) ? MATCH_COST_CHILDREN : MATCH_COST_GROUP);
    if (search->in_some_api >> number & 1)
        for (uint32_t api = 0; api < catalogue->api_count; api++)
            if (search->in_api[api] >> number & 1) cost += catalogue->apis[api].element_count;
    return cost;
}

/* Every element that word `number` takes part in: in its name, its owner's, or its API's. */
static void match_driven(struct search_scratch *search, unsigned number)
{
    const struct catalogue *catalogue = search->catalogue;
    for (unsigned i = 0; i < MATCH_SLICES; i++) {
        const struct match_slice *slice = &search->words[number].slices[i];
        for (uint32_t at = 0; at < slice->count; at++) match_group(search, slice->groups[at], match_slice_kind(i));
    }
    for (uint32_t api = 0; api < catalogue->api_count; api++) {
        if (!(search->in_api[api] >> number & 1) || (search->is_filtered && api != search->api)) continue;
        match_range(search, catalogue->apis[api].first_element,
                    catalogue->apis[api].first_element + catalogue->apis[api].element_count);
    }
}

void match_elements(struct search_scratch *search)
{
    if (search->query.word_count < 2) return;
    uint64_t least = search->is_filtered ? search->high - search->low : UINT64_MAX;
    unsigned driver = LIMIT_QUERY_WORDS;
    for (unsigned i = 0; i < search->query.word_count; i++) {
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
