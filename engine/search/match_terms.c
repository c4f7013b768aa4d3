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

/* The units of the term that leads to the fewest groups. */
static match_units match_rarest_drivers(const struct search_scratch *search)
{
    match_units rarest = 0;
    uint64_t least = UINT64_MAX;
    for (unsigned i = 0; i < search->query.term_count; i++) {
        match_units drivers = match_drivers(search, i);
        uint64_t cost = 0;
        for (match_units rest = drivers; rest; rest &= rest - 1) cost += search->units[__builtin_ctz(rest)].count;
        if (cost >= least) continue;
        least = cost;
        rarest = drivers;
    }
    return rarest;
}

static void match_several(struct search_scratch *search)
{
    for (match_units drivers = match_rarest_drivers(search); drivers; drivers &= drivers - 1) {
        const struct match_unit *unit = &search->units[__builtin_ctz(drivers)];
        for (unsigned i = 0; i < MATCH_SLICES; i++)
            for (uint32_t at = 0; at < unit->slices[i].count; at++) {
                uint32_t group = unit->slices[i].groups[at];
                if (match_complete(search, match_units_of(search, group, false)) == search->all)
                    match_set_fresh(search, group);
            }
    }
    match_take(search, &(struct rank_facts){ .place = RANK_NAME }, match_refine_name);
}

void match_terms_in_names(struct search_scratch *search)
{
    if (search->query.word_count == 1)
        match_single(search);
    else if (search->query.word_count > 1)
        match_several(search);
}
