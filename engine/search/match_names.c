#include "match.h"

#include "tokenize.h"

static bool match_is_typed(const struct search_scratch *search, struct str name)
{
    char folded[LIMIT_QUERY_BYTES];
    if (name.size != search->query.typed.size) return false;
    tokenize_fold(name, folded);
    return memcmp(folded, search->query.typed.at, name.size) == 0;
}

/* Names of one squashed form: the one that was typed goes first. */
static void match_refine_whole(const struct search_scratch *search, struct rank_facts *facts)
{
    const struct catalogue *catalogue = search->catalogue;
    const struct format_element *element = &catalogue->elements[search->index->groups[facts->group].best];
    struct str name = catalogue_string(catalogue, element->name);
    bool is_typed = element->kind == CATALOGUE_API || match_is_typed(search, name) ||
                    match_is_typed(search, catalogue_short_name(name));
    if (element->kind == CATALOGUE_ENDPOINT)
        is_typed = is_typed || match_is_typed(search, catalogue_string(catalogue, element->owner));
    facts->is_respelled = !is_typed;
}

/* Both classes for one kind each; a kind's dictionary leads to groups of that kind only. */
void match_names(struct search_scratch *search)
{
    const struct index *index = search->index;
    struct match_slice slices[FORMAT_KINDS];
    for (unsigned kind = 0; kind < FORMAT_KINDS; kind++) {
        slices[kind] = match_find(&index->dictionaries[INDEX_NAMES + kind], search->query.squashed);
        match_add(search, &slices[kind], 0, slices[kind].exact);
    }
    match_take(search, &(struct rank_facts){ .place = RANK_WHOLE }, match_refine_whole);
    for (unsigned kind = 0; kind < FORMAT_KINDS; kind++)
        match_add(search, &slices[kind], slices[kind].exact, slices[kind].count);
    match_take(search, &(struct rank_facts){ .place = RANK_START }, NULL);
}
