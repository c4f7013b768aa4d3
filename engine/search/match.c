#include "match.h"

struct match_slice match_find(const struct dictionary *dictionary, struct str term)
{
    struct dictionary_range range = dictionary_prefix(dictionary, term);
    if (range.first == range.last) return (struct match_slice){ dictionary->postings, 0, 0 };
    bool has_exact = dictionary_term(dictionary, range.first).size == term.size;
    const uint32_t *starts = dictionary->posting_starts;
    return (struct match_slice){
        .groups = dictionary->postings + starts[range.first],
        .count = starts[range.last] - starts[range.first],
        .exact = has_exact ? starts[range.first + 1] - starts[range.first] : 0,
    };
}

void match_add(struct search_scratch *search, const struct match_slice *slice, uint32_t from, uint32_t to)
{
    uint64_t *fresh = search->fresh;
    for (uint32_t i = from; i < to; i++) bitmap_set(fresh, slice->groups[i]);
}

/* The groups of `word` in [first, end) that are fresh, and new; they are no longer fresh then but found. */
static uint64_t match_new(struct search_scratch *search, size_t word, uint32_t first, uint32_t end)
{
    uint64_t bits = search->fresh[word] & bitmap_edge(word, first, end);
    if (bits == 0) return 0;
    search->fresh[word] &= ~bits;
    bits &= ~search->found[word];
    if (search->is_filtered) bits &= search->api_groups[word];
    search->found[word] |= bits;
    return bits;
}

/* Offers one group; false when it, and so all behind it that have the same facts, is too bad. */
static bool match_collect(struct search_scratch *search, const struct rank_facts *facts, match_refine *refine,
                          uint32_t group)
{
    struct rank_facts own = *facts;
    own.group = group;
    own.rank = search->index->groups[group].rank;
    if (refine) refine(search, &own);
    return collect_add(&search->collect, rank_key(&own), group, COLLECT_ANY) || refine;
}

void match_take(struct search_scratch *search, const struct rank_facts *facts, match_refine *refine)
{
    const uint32_t *kind_first = search->index->head->kind_first;
    for (unsigned kind = 0; kind < FORMAT_KINDS; kind++) {
        uint32_t first = kind_first[kind], end = kind_first[kind + 1];
        bool is_wanted = search->kinds >> kind & 1;
        for (size_t word = first / BITMAP_BITS; word < bitmap_words(end); word++) {
            uint64_t bits = match_new(search, word, first, end);
            search->totals[kind] += (unsigned)__builtin_popcountll(bits);
            for (; bits && is_wanted; bits &= bits - 1) {
                uint32_t group = (uint32_t)(word * BITMAP_BITS) + (uint32_t)__builtin_ctzll(bits);
                is_wanted = match_collect(search, facts, refine, group);
            }
        }
    }
}

bool match_is_open(const struct search_scratch *search, uint32_t group)
{
    return !bitmap_has(search->found, group) && (!search->is_filtered || bitmap_has(search->api_groups, group));
}

static unsigned match_weight(const struct search_scratch *search, uint32_t element)
{
    const struct format_api *api = &search->catalogue->apis[catalogue_api_of(search->catalogue, element)];
    return search->index->weights[element] + search->index->weights[api->first_element];
}

/* Among elements with equal facts the weightier one, then the first stands for the group. */
static bool match_is_weightier(const struct search_scratch *search, uint32_t element, uint32_t than)
{
    unsigned weight = match_weight(search, element), other = match_weight(search, than);
    return weight != other ? weight > other : element < than;
}

void match_offer(struct search_scratch *search, uint32_t element, struct rank_facts *facts)
{
    uint32_t group = search->index->group_of[element];
    facts->group = group;
    facts->rank = search->index->groups[group].rank;
    uint64_t key = rank_key(facts);
    if (!bitmap_has(search->fresh, group))
        bitmap_set(search->fresh, group);
    else if (key > search->best_keys[group])
        return;
    else if (key == search->best_keys[group] && !match_is_weightier(search, element, search->best_elements[group]))
        return;
    search->best_keys[group] = key;
    search->best_elements[group] = element;
}

void match_take_best(struct search_scratch *search)
{
    const uint32_t *kind_first = search->index->head->kind_first;
    for (unsigned kind = 0; kind < FORMAT_KINDS; kind++) {
        uint32_t first = kind_first[kind], end = kind_first[kind + 1];
        bool is_wanted = search->kinds >> kind & 1;
        for (size_t word = first / BITMAP_BITS; word < bitmap_words(end); word++) {
            uint64_t bits = match_new(search, word, first, end);
            search->totals[kind] += (unsigned)__builtin_popcountll(bits);
            for (; bits && is_wanted; bits &= bits - 1) {
                uint32_t group = (uint32_t)(word * BITMAP_BITS) + (uint32_t)__builtin_ctzll(bits);
                collect_add(&search->collect, search->best_keys[group], group, search->best_elements[group]);
            }
        }
    }
}
