/* match_candidate.c - one element, some of whose terms are in its name: are the others in its owner, or in its API? */
#include "match.h"

#include "tokenize.h"

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
    char plain[MATCH_OUTER_BYTES];
    match_units units = 0;
    size_t start, end;
    while (tokenize_next(&tokenizer, &start, &end))
        units |= match_word_units(search, (struct str){ plain, tokenize_plain(str_cut(way, start, end), plain) });
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

void match_candidate(struct search_scratch *search, const struct match_candidate *at)
{
    search->steps++;
    match_terms in_owner = at->owner == FORMAT_NO_OWNER ? 0 : match_named(search, at->owner);
    match_terms missing = search->all & (match_terms) ~(at->in_name | in_owner);
    struct match_way way = { 0, 0 };
    if (missing && at->is_nested) way = match_outer(search, at->element);
    missing &= (match_terms)~way.terms;
    if (missing & (match_terms)~search->in_some_api) return;
    if (missing && missing & (match_terms)~search->in_api[match_api_of(search, at->element)]) return;
    bool is_owned = (match_terms)~at->in_name & in_owner & search->all;
    struct rank_facts facts = { .place = missing ? RANK_API : RANK_OWNER };
    facts.loose = match_loose(search, at->group, at->in_name);
    facts.rest = match_rest(search, at->group, at->in_name);
    if (is_owned) facts.loose += match_loose(search, at->owner, in_owner & (match_terms)~at->in_name);
    if (is_owned) facts.rest += match_owner_rest(search, at, in_owner);
    if (way.terms) facts.rest += way.rest;
    if (!missing && facts.loose == 0 && facts.rest == 0) facts.place = RANK_OWNED;
    match_offer(search, at->element, at->group, &facts);
}
