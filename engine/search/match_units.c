/* match_units.c - the words and terms of a query looked up, and which groups have which of them. */
#include "match.h"

static match_units match_bit(unsigned unit)
{
    return (match_units)1 << unit;
}

/* What begins with one or two letters is nearly everything: where the other terms are not in the same name, that would
 * be no answer, and much work. */
enum { MATCH_STRICT_BYTES = 2 };

match_terms match_complete(const struct search_scratch *search, match_units units)
{
    match_terms complete = 0;
    if (units == 0) return 0;
    for (unsigned i = 0; i < search->query.term_count; i++) {
        const struct query_term *term = &search->query.terms[i];
        match_units words = (match_bit(term->word_count) - 1) << term->first_word;
        if ((units & words) == words || units & match_bit(match_whole_unit(i))) complete |= (match_terms)(1U << i);
    }
    return complete;
}

match_terms match_named(const struct search_scratch *search, uint32_t group)
{
    match_units units = match_units_of(search, group, false);
    if (units & search->strict) units = (units & ~search->strict) | (units & match_units_of(search, group, true));
    return match_complete(search, units);
}

uint32_t match_strict_count(const struct search_scratch *search, unsigned unit, unsigned slice)
{
    const struct match_slice *at = &search->units[unit].slices[slice];
    return search->strict & match_bit(unit) ? at->exact : at->count;
}

unsigned match_loose(const struct search_scratch *search, uint32_t group, match_terms terms)
{
    match_terms exact = match_complete(search, match_units_of(search, group, true));
    return (unsigned)__builtin_popcount(terms & (unsigned)~exact);
}

unsigned match_letters(const struct search_scratch *search, match_terms terms)
{
    size_t letters = 0;
    for (unsigned rest = terms; rest; rest &= rest - 1)
        letters += search->query.terms[__builtin_ctz(rest)].squashed.size;
    return (unsigned)letters;
}

unsigned match_rest(const struct search_scratch *search, uint32_t group, match_terms terms)
{
    unsigned asked = match_letters(search, terms), letters = search->index->groups[group].letters;
    return letters > asked ? letters - asked : asked - letters;
}

/* ---- Looking up ------------------------------------------------------------------------------------------------ */

static void match_count(struct match_unit *unit)
{
    unit->count = 0;
    for (unsigned i = 0; i < MATCH_SLICES; i++) unit->count += unit->slices[i].count;
}

static void match_find_names(struct search_scratch *search, struct match_unit *unit, struct str squashed)
{
    for (unsigned kind = 0; kind < FORMAT_KINDS; kind++)
        unit->slices[FORMAT_KINDS + kind] = match_find(&search->dictionaries[INDEX_NAMES + kind], squashed);
}

static void match_find_word(struct search_scratch *search, unsigned number)
{
    const struct dictionary *dictionaries = search->dictionaries;
    struct match_unit *unit = &search->units[number];
    struct str word = search->query.words[number];
    memset(unit, 0, sizeof *unit);
    for (unsigned kind = 0; kind < FORMAT_KINDS; kind++)
        unit->slices[kind] = match_find(&dictionaries[INDEX_WORDS + kind], word);
    struct match_slice *methods = &unit->slices[MATCH_SLICES - 1];
    *methods = match_find(&dictionaries[INDEX_METHODS], word);
    methods->count = methods->exact; /* "p" is no method */
}

static void match_find_term(struct search_scratch *search, unsigned number)
{
    const struct query_term *term = &search->query.terms[number];
    unsigned unit = match_whole_unit(number);
    memset(&search->units[unit], 0, sizeof search->units[unit]);
    if (term->word_count == 1) unit = term->first_word;
    match_find_names(search, &search->units[unit], term->squashed);
}

/* The sets of a unit: of the groups that it leads to, of those that it is a whole word of, and of those that its term
 * leads to. */
struct match_sets {
    uint64_t *named, *exactly, *partly;
};

static struct match_sets match_sets_of(const struct search_scratch *search, unsigned number)
{
    unsigned term = number >= LIMIT_QUERY_WORDS ? number - LIMIT_QUERY_WORDS : 0;
    if (number < LIMIT_QUERY_WORDS)
        while (search->query.terms[term].first_word + search->query.terms[term].word_count <= number) term++;
    return (struct match_sets){ search->named[number], search->named_exactly[number], search->named_partly[term] };
}

/* With one term only the whole words are asked for again (match_terms.c finds the groups by itself). */
static void match_mark_letter(const struct search_scratch *search, const uint64_t *groups, struct match_sets sets)
{
    size_t words = bitmap_words(search->index->head->group_count);
    memcpy(sets.named, groups, words * sizeof *groups);
    for (size_t at = 0; at < words; at++) sets.partly[at] |= groups[at];
}

static void match_mark(struct search_scratch *search, unsigned number)
{
    const struct match_unit *unit = &search->units[number];
    struct match_sets sets = match_sets_of(search, number);
    bool is_one_term = search->query.term_count == 1;
    if (unit->count == 0) return;
    search->marked |= match_bit(number);
    const uint64_t *letter = is_one_term ? NULL : match_letter_groups(search, number);
    if (letter) match_mark_letter(search, letter, sets);
    for (unsigned i = 0; i < MATCH_SLICES; i++) {
        const struct match_slice *slice = &unit->slices[i];
        for (uint32_t at = 0; at < slice->exact; at++) bitmap_set(sets.exactly, slice->groups[at]);
        for (uint32_t at = 0; at < slice->count && !is_one_term && !letter; at++) {
            bitmap_set(sets.named, slice->groups[at]);
            bitmap_set(sets.partly, slice->groups[at]);
        }
    }
}

/* Of a few groups what was set is cleared, of many all. */
void match_clear(const struct search_scratch *search, const struct match_unit *unit, bool exactly, uint64_t *groups)
{
    size_t words = bitmap_words(search->index->head->group_count);
    if (unit->count > words / 2) {
        memset(groups, 0, words * sizeof *groups);
        return;
    }
    for (unsigned i = 0; i < MATCH_SLICES; i++) {
        const struct match_slice *slice = &unit->slices[i];
        uint32_t count = exactly ? slice->exact : slice->count;
        for (uint32_t at = 0; at < count; at++) groups[slice->groups[at] / BITMAP_BITS] = 0;
    }
}

static void match_unmark(struct search_scratch *search, unsigned number)
{
    const struct match_unit *unit = &search->units[number];
    struct match_sets sets = match_sets_of(search, number);
    match_clear(search, unit, true, sets.exactly);
    if (search->query.term_count == 1) return;
    match_clear(search, unit, false, sets.named);
    match_clear(search, unit, false, sets.partly);
}

/* The groups of APIs are few; their elements are the APIs themselves. */
static void match_mark_apis(struct search_scratch *search)
{
    const struct index *index = search->index;
    uint32_t first = index->head->kind_first[CATALOGUE_API], end = index->head->kind_first[CATALOGUE_API + 1];
    if (search->is_in_api) {
        first = index->group_of[search->low];
        end = first + 1;
    }
    search->in_some_api = 0;
    memset(search->in_api, 0, search->catalogue->api_count * sizeof *search->in_api);
    for (uint32_t group = first; group < end; group++) {
        match_terms terms = match_named(search, group);
        if (terms == 0) continue;
        search->in_some_api |= terms;
        for (uint32_t i = index->groups[group].first_member; i < index->groups[group + 1].first_member; i++)
            search->in_api[catalogue_api_of(search->catalogue, index->members[i])] |= terms;
    }
}

void match_units_find(struct search_scratch *search)
{
    const struct query *query = &search->query;
    search->all = (match_terms)((1U << query->term_count) - 1);
    for (unsigned i = 0; i < query->word_count; i++) match_find_word(search, i);
    for (unsigned i = 0; i < query->term_count; i++) match_find_term(search, i);
    search->strict = 0;
    for (unsigned i = 0; i < query->word_count; i++) {
        if (query->words[i].size <= MATCH_STRICT_BYTES) search->strict |= match_bit(i);
        match_count(&search->units[i]);
    }
    for (unsigned i = 0; i < query->term_count; i++) match_count(&search->units[match_whole_unit(i)]);
}

const struct match_slice *match_whole_names(const struct search_scratch *search, unsigned kind)
{
    unsigned unit = search->query.word_count == 1 ? 0 : match_whole_unit(0);
    return &search->units[unit].slices[FORMAT_KINDS + kind];
}

void match_units_mark(struct search_scratch *search)
{
    const struct query *query = &search->query;
    if (query->word_count < 2) return;
    for (unsigned i = 0; i < query->word_count; i++) match_mark(search, i);
    for (unsigned i = 0; i < query->term_count; i++) match_mark(search, match_whole_unit(i));
    if (query->term_count > 1) match_mark_apis(search);
}

void match_units_unmark(struct search_scratch *search)
{
    for (match_units rest = search->marked; rest; rest &= rest - 1) match_unmark(search, (unsigned)__builtin_ctz(rest));
    search->marked = 0;
}

match_units match_drivers(const struct search_scratch *search, unsigned term)
{
    const struct query_term *at = &search->query.terms[term];
    unsigned rarest = at->first_word, whole = match_whole_unit(term);
    for (unsigned i = 1; i < at->word_count; i++)
        if (search->units[at->first_word + i].count < search->units[rarest].count) rarest = at->first_word + i;
    return match_bit(rarest) | match_bit(whole);
}
