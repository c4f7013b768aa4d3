#include "match.h"

#include "tokenize.h"

static bool match_is_folded(const struct search_scratch *search, struct str name, match_folded_is *is_name)
{
    char folded[LIMIT_QUERY_BYTES];
    if (name.size > sizeof folded) return false;
    tokenize_fold(name, folded);
    return is_name(search, (struct str){ folded, name.size });
}

static bool match_is_typed(const struct search_scratch *search, struct str folded)
{
    return str_equal(folded, search->query.typed);
}

static bool match_has_capital(struct str text)
{
    for (size_t i = 0; i < text.size; i++)
        if (text.at[i] >= 'A' && text.at[i] <= 'Z') return true;
    return false;
}

/* The name as it was typed, capitals and all. */
static bool match_is_name(const struct search_scratch *search, uint32_t element)
{
    const struct format_element *at = &search->catalogue->elements[element];
    struct str text = search->syntax.text, name = catalogue_string(search->catalogue, at->name);
    if (str_equal(text, name) || str_equal(text, catalogue_short_name(name))) return true;
    bool has_other = at->kind == CATALOGUE_ENDPOINT || at->kind == CATALOGUE_API;
    uint32_t other = at->kind == CATALOGUE_API ? at->type : at->owner;
    return has_other && str_equal(text, catalogue_string(search->catalogue, other));
}

unsigned match_uses(struct search_scratch *search, uint32_t group)
{
    enum { OF_ITS_OWN = 4, OF_PATH = 2 };
    uint32_t first, end;
    index_members(search->index, group, search->low, search->high, &first, &end);
    if (first == end) return 0;
    uint32_t element = search->index->members[first];
    const struct format_element *at = &search->catalogue->elements[element];
    switch (at->kind) {
    case CATALOGUE_API: return search->catalogue->apis[match_api_of(search, element)].element_count;
    case CATALOGUE_ENDPOINT:
    case CATALOGUE_OBJECT: return (end - first) * OF_ITS_OWN;
    default: return (end - first) * (at->flags & CATALOGUE_OF_PATH ? OF_PATH : 1);
    }
}

void match_refine_respelled(struct search_scratch *search, struct rank_facts *facts, match_folded_is *is_name)
{
    const struct catalogue *catalogue = search->catalogue;
    uint32_t shown = match_version(search, facts->group, search->index->groups[facts->group].best);
    const struct format_element *element = &catalogue->elements[shown];
    struct str name = catalogue_string(catalogue, element->name);
    bool is_typed = element->kind == CATALOGUE_API || match_is_folded(search, name, is_name) ||
                    match_is_folded(search, catalogue_short_name(name), is_name);
    if (element->kind == CATALOGUE_ENDPOINT)
        is_typed = is_typed || match_is_folded(search, catalogue_string(catalogue, element->owner), is_name);
    facts->is_respelled = !is_typed;
    facts->uses = match_uses(search, facts->group);
}

/* Names of one squashed form: the one that was typed goes first, then the one that is met more often. */
static void match_refine_whole(struct search_scratch *search, struct rank_facts *facts)
{
    match_refine_respelled(search, facts, match_is_typed);
    uint32_t shown = match_version(search, facts->group, search->index->groups[facts->group].best);
    facts->is_recased = match_has_capital(search->syntax.text) && !match_is_name(search, shown);
}

/* ---- Exactly ---------------------------------------------------------------------------------------------------- */

/* A group's names differ in the case of letters: what is typed letter by letter goes before the rest. */
static void match_exact_group(struct search_scratch *search, uint32_t group)
{
    const struct index *index = search->index;
    uint32_t first, end;
    index_members(index, group, search->low, search->high, &first, &end);
    for (uint32_t i = first; i < end; i++) {
        struct rank_facts facts = { .place = RANK_WHOLE, .is_respelled = !match_is_name(search, index->members[i]) };
        match_offer(search, index->members[i], group, &facts);
    }
}

/* Whole names are kept without what separates: of those found so, the ones that are typed with it count. */
void match_exact_names(struct search_scratch *search)
{
    for (unsigned kind = 0; kind < FORMAT_KINDS; kind++) {
        struct match_slice slice = match_find(&search->dictionaries[INDEX_NAMES + kind], search->query.squashed);
        for (uint32_t i = 0; i < slice.exact; i++) {
            struct rank_facts facts = { .group = slice.groups[i] };
            match_refine_whole(search, &facts);
            if (!facts.is_respelled && match_is_open(search, facts.group)) match_exact_group(search, facts.group);
        }
    }
    match_take_best(search);
}

/* ---- All that counts ------------------------------------------------------------------------------------------- */

void match_all(struct search_scratch *search)
{
    uint32_t count = search->index->head->group_count;
    for (size_t word = 0; word < bitmap_words(count); word++) {
        search->fresh[word] = bitmap_edge(word, 0, count);
        bitmap_set(search->touched, (uint32_t)word);
    }
    match_take(search, &(struct rank_facts){ .place = RANK_LISTED }, NULL);
}

/* ---- Whole names and their beginnings -------------------------------------------------------------------------- */

/* After match_units_find. Both classes for one kind each; a kind's dictionary leads to groups of that kind only. */
void match_names(struct search_scratch *search)
{
    struct match_slice slices[FORMAT_KINDS];
    bool is_one_term = search->query.squashed.size == search->query.terms[0].squashed.size; /* "list list" is not */
    for (unsigned kind = 0; kind < FORMAT_KINDS; kind++) {
        slices[kind] = is_one_term ? *match_whole_names(search, kind)
                                   : match_find(&search->dictionaries[INDEX_NAMES + kind], search->query.squashed);
        match_add(search, &slices[kind], 0, slices[kind].exact);
    }
    match_take(search, &(struct rank_facts){ .place = RANK_WHOLE }, match_refine_whole);
    match_values(search);
    for (unsigned kind = 0; kind < FORMAT_KINDS; kind++)
        match_add(search, &slices[kind], slices[kind].exact, slices[kind].count);
    match_take(search, &(struct rank_facts){ .place = RANK_START }, NULL);
}
