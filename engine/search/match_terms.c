#include "match.h"

/* One word: two classes of plain slices, the whole names among them found before. */
static void match_single(struct search_scratch *search)
{
    const struct match_unit *unit = &search->units[0];
    for (unsigned i = 0; i < FORMAT_KINDS; i++) match_add(search, &unit->slices[i], 0, unit->slices[i].exact);
    match_take(search, &(struct rank_facts){ .place = RANK_NAME }, NULL);
    for (unsigned i = 0; i < FORMAT_KINDS; i++)
        match_add(search, &unit->slices[i], unit->slices[i].exact, unit->slices[i].count);
    match_take(search, &(struct rank_facts){ .place = RANK_NAME, .loose = 1 }, NULL);
    const struct match_slice *methods = &unit->slices[MATCH_SLICES - 1];
    match_add(search, methods, 0, methods->count);
    match_take(search, &(struct rank_facts){ .place = RANK_METHOD }, NULL);
}

static void match_refine_name(struct search_scratch *search, struct rank_facts *facts)
{
    facts->loose = match_loose(search, facts->group, search->all);
    facts->rest = match_rest(search, facts->group, search->all);
    /* A look at the name costs more than all before, and few are good enough. */
    if (!collect_wants(&search->collect, rank_key(facts), facts->group)) return;
    facts->is_reordered = !match_is_in_order(search, search->index->groups[facts->group].best);
}

/* ---- One term of several words --------------------------------------------------------------------------------- */

/* The words of the query by how many groups they lead to, the fewest first. */
static void match_order_words(const struct search_scratch *search, unsigned *words)
{
    for (unsigned i = 0; i < search->query.word_count; i++) {
        unsigned at = i;
        for (; at > 0 && search->units[words[at - 1]].count > search->units[i].count; at--) words[at] = words[at - 1];
        words[at] = i;
    }
}

/* Sets the groups of a unit that are in `among`, unless that is NULL. */
static void match_set_among(const struct match_unit *unit, const uint64_t *among, uint64_t *groups)
{
    for (unsigned i = 0; i < MATCH_SLICES; i++) {
        const struct match_slice *slice = &unit->slices[i];
        for (uint32_t at = 0; at < slice->count; at++)
            if (among == NULL || bitmap_has(among, slice->groups[at])) bitmap_set(groups, slice->groups[at]);
    }
}

static void match_add_among(struct search_scratch *search, const struct match_unit *unit, const uint64_t *among)
{
    for (unsigned i = 0; i < MATCH_SLICES; i++) {
        const struct match_slice *slice = &unit->slices[i];
        for (uint32_t at = 0; at < slice->count; at++)
            if (bitmap_has(among, slice->groups[at])) match_set_fresh(search, slice->groups[at]);
    }
}

static void match_add_both(struct search_scratch *search, const uint64_t *groups, const uint64_t *among)
{
    for (size_t at = 0; at < bitmap_words(search->index->head->group_count); at++) {
        uint64_t both = groups[at] & among[at];
        if (both == 0) continue;
        search->fresh[at] |= both;
        bitmap_set(search->touched, (uint32_t)at);
    }
}

/* Of the rarest word the groups are marked, of each next one those that are still in, and the most common one, which
 * may be a letter with 40,000 groups, is only intersected or gone through. */
static void match_words_together(struct search_scratch *search)
{
    unsigned words[LIMIT_QUERY_WORDS], last = search->query.word_count - 1;
    match_order_words(search, words);
    for (unsigned i = 0; i < last; i++)
        match_set_among(&search->units[words[i]], i ? search->named[i - 1] : NULL, search->named[i]);
    const uint64_t *letter = match_letter_groups(search, words[last]);
    if (letter)
        match_add_both(search, letter, search->named[last - 1]);
    else
        match_add_among(search, &search->units[words[last]], search->named[last - 1]);
    for (unsigned i = 0; i < last; i++) match_clear(search, &search->units[words[i]], false, search->named[i]);
}

static void match_one_term(struct search_scratch *search)
{
    const struct match_unit *whole = &search->units[match_whole_unit(0)];
    match_words_together(search);
    for (unsigned i = 0; i < MATCH_SLICES; i++) match_add(search, &whole->slices[i], 0, whole->slices[i].count);
    match_take(search, &(struct rank_facts){ .place = RANK_NAME }, match_refine_name);
}

/* ---- Several terms --------------------------------------------------------------------------------------------- */

/* The units of the term that leads to the fewest groups, and how many it leads to. */
static match_units match_rarest_drivers(const struct search_scratch *search, uint64_t *least)
{
    match_units rarest = 0;
    *least = UINT64_MAX;
    for (unsigned i = 0; i < search->query.term_count; i++) {
        match_units drivers = match_drivers(search, i);
        uint64_t cost = 0;
        for (match_units rest = drivers; rest; rest &= rest - 1) cost += search->units[__builtin_ctz(rest)].count;
        if (cost >= *least) continue;
        *least = cost;
        rarest = drivers;
    }
    return rarest;
}

/* Each group that the rarest term leads to is looked at for the others. */
static void match_several_by_group(struct search_scratch *search, match_units drivers)
{
    for (; drivers; drivers &= drivers - 1) {
        const struct match_unit *unit = &search->units[__builtin_ctz(drivers)];
        for (unsigned i = 0; i < MATCH_SLICES; i++)
            for (uint32_t at = 0; at < unit->slices[i].count; at++) {
                uint32_t group = unit->slices[i].groups[at];
                if (match_complete(search, match_units_of(search, group, false)) == search->all)
                    match_set_fresh(search, group);
            }
    }
}

/* Where even the rarest leads to many, the sets are intersected, 64 groups at a time. */
static void match_several_by_sets(struct search_scratch *search)
{
    const struct query *query = &search->query;
    for (size_t at = 0; at < bitmap_words(search->index->head->group_count); at++) {
        uint64_t all = UINT64_MAX;
        for (unsigned i = 0; i < query->term_count && all; i++) {
            const struct query_term *term = &query->terms[i];
            uint64_t in_words = UINT64_MAX;
            for (unsigned word = 0; word < term->word_count; word++)
                in_words &= search->named[term->first_word + word][at];
            all &= in_words | search->named[match_whole_unit(i)][at];
        }
        if (all == 0) continue;
        search->fresh[at] = all;
        bitmap_set(search->touched, (uint32_t)at);
    }
}

enum { MATCH_MANY = 1000 };

static void match_several(struct search_scratch *search)
{
    uint64_t count;
    match_units drivers = match_rarest_drivers(search, &count);
    if (count > MATCH_MANY)
        match_several_by_sets(search);
    else
        match_several_by_group(search, drivers);
    match_take(search, &(struct rank_facts){ .place = RANK_NAME }, match_refine_name);
}

void match_terms_in_names(struct search_scratch *search)
{
    if (search->query.word_count == 1)
        match_single(search);
    else if (search->query.term_count == 1)
        match_one_term(search);
    else if (search->query.term_count > 1)
        match_several(search);
}
