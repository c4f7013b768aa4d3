#include "match.h"

struct match_slice match_find(const struct dictionary *dictionary, struct str term)
{
    struct dictionary_range range = dictionary_prefix(dictionary, term);
    return (struct match_slice){
        .groups = dictionary->postings + range.start,
        .count = range.end - range.start,
        .exact = range.exact - range.start,
    };
}

void match_add(struct search_scratch *search, const struct match_slice *slice, uint32_t from, uint32_t to)
{
    search->steps += to - from;
    for (uint32_t i = from; i < to; i++) match_set_fresh(search, slice->groups[i]);
}

/* Of groups of one word of the bitmap that were fresh those that are new. */
static uint64_t match_new(struct search_scratch *search, size_t word, uint64_t bits)
{
    bits &= ~search->found[word];
    if (search->is_filtered) bits &= search->api_groups[word];
    search->found[word] |= bits;
    return bits;
}

/* What a class says of its groups: facts that are the same for all or refined for each; or none, when each group has
 * its best element. */
struct match_waiting {
    unsigned kind;
    size_t word;   /* of the bitmap */
    uint64_t bits; /* 0: nothing waits */
};
struct match_class {
    const struct rank_facts *facts;
    match_refine *refine;
    unsigned closed; /* kinds of which no more is wanted: the groups that follow have the same facts and a worse rank */
    uint32_t refined[FORMAT_KINDS];
    struct match_waiting waiting;
};

/* Of what a common beginning leads to only so many groups of a kind are told apart, the most important ones; the others
 * are counted. */
enum { MATCH_REFINED = 2000 };

static void match_collect(struct search_scratch *search, struct match_class *class, unsigned kind, uint32_t group)
{
    if (class->facts == NULL) {
        collect_add(&search->collect, search->best_keys[group], group, search->best_elements[group]);
        return;
    }
    struct rank_facts facts = *class->facts;
    facts.group = group;
    facts.rank = search->index->groups[group].rank;
    if (search->errors) facts.errors = search->errors;
    if (class->refine) class->refine(search, &facts);
    if (class->refine && ++class->refined[kind] == MATCH_REFINED) class->closed |= 1U << kind;
    bool is_taken = collect_add(&search->collect, rank_key(&facts), group, COLLECT_ANY);
    if (!is_taken && class->refine == NULL) class->closed |= 1U << kind;
}

static uint32_t match_group_of(size_t word, uint64_t bits)
{
    return (uint32_t)(word * BITMAP_BITS) + (uint32_t)__builtin_ctzll(bits);
}

static bool match_wants_kind(const struct search_scratch *search, const struct match_class *class, unsigned kind)
{
    return (search->kinds & ~class->closed) >> kind & 1;
}

static void match_collect_waiting(struct search_scratch *search, struct match_class *class)
{
    const struct match_waiting *at = &class->waiting;
    for (uint64_t bits = at->bits; bits && match_wants_kind(search, class, at->kind); bits &= bits - 1)
        match_collect(search, class, at->kind, match_group_of(at->word, bits));
    class->waiting.bits = 0;
}

/* What is told of groups lies far apart: the memory is asked for that of one word while the word before is collected.
 */
static void match_take_kind(struct search_scratch *search, struct match_class *class, unsigned kind, size_t word,
                            uint64_t fresh)
{
    uint64_t bits = match_new(search, word, fresh);
    search->totals[kind] += bitmap_count(bits);
    if (bits == 0 || !match_wants_kind(search, class, kind)) return;
    for (uint64_t rest = bits; rest; rest &= rest - 1)
        __builtin_prefetch(&search->index->groups[match_group_of(word, rest)].rank);
    match_collect_waiting(search, class);
    class->waiting = (struct match_waiting){ kind, word, bits };
}

/* The groups of one word of the bitmap, the first of which is of `kind`; where two kinds meet it has groups of both. */
static void match_take_word(struct search_scratch *search, struct match_class *class, unsigned kind, size_t word)
{
    const uint32_t *kind_first = search->index->head->kind_first;
    uint32_t number = (uint32_t)(word * BITMAP_BITS);
    uint64_t fresh = search->fresh[word];
    search->fresh[word] = 0;
    if (number + BITMAP_BITS <= kind_first[kind + 1]) {
        match_take_kind(search, class, kind, word, fresh);
        return;
    }
    for (; kind < FORMAT_KINDS && kind_first[kind] < number + BITMAP_BITS; kind++)
        if (kind_first[kind + 1] > number)
            match_take_kind(search, class, kind, word,
                            fresh & bitmap_edge(word, kind_first[kind], kind_first[kind + 1]));
}

static void match_take_class(struct search_scratch *search, struct match_class *class)
{
    const uint32_t *kind_first = search->index->head->kind_first;
    size_t blocks = bitmap_words(bitmap_words(search->index->head->group_count));
    unsigned kind = 0;
    for (size_t block = 0; block < blocks; block++) {
        for (uint64_t words = search->touched[block]; words; words &= words - 1) {
            size_t word = block * BITMAP_BITS + (size_t)__builtin_ctzll(words);
            while (kind + 1 < FORMAT_KINDS && kind_first[kind + 1] <= word * BITMAP_BITS) kind++;
            match_take_word(search, class, kind, word);
        }
        search->touched[block] = 0;
    }
    match_collect_waiting(search, class);
}

void match_take(struct search_scratch *search, const struct rank_facts *facts, match_refine *refine)
{
    match_take_class(search, &(struct match_class){ .facts = facts, .refine = refine });
}

void match_take_best(struct search_scratch *search)
{
    match_take_class(search, &(struct match_class){ .facts = NULL });
}

bool match_is_open(const struct search_scratch *search, uint32_t group)
{
    return !bitmap_has(search->found, group) && (!search->is_filtered || bitmap_has(search->api_groups, group));
}

uint32_t match_api_of(struct search_scratch *search, uint32_t element)
{
    const uint32_t *firsts = search->api_firsts;
    uint32_t low = search->near_api, high = low + 1;
    if (element >= firsts[low] && element < firsts[high]) return low;
    low = 0;
    high = search->catalogue->api_count;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (firsts[middle] <= element)
            low = middle;
        else
            high = middle;
    }
    return search->near_api = low;
}

/* Among elements with equal facts the weightier one, with its API's weight, then the first stands for the group. */
void match_offer(struct search_scratch *search, uint32_t element, uint32_t group, struct rank_facts *facts)
{
    facts->group = group;
    facts->rank = search->index->groups[group].rank;
    facts->errors = search->errors;
    uint64_t key = rank_key(facts);
    if (!match_is_wanted(search, element)) return;
    bool is_first = !bitmap_has(search->fresh, group);
    if (!is_first && key > search->best_keys[group]) return;
    uint32_t api = search->catalogue->apis[match_api_of(search, element)].first_element;
    unsigned weight = (unsigned)search->index->weights[element] + search->index->weights[api];
    bool is_equal = !is_first && key == search->best_keys[group];
    if (is_equal && weight < search->best_weights[group]) return;
    if (is_equal && weight == search->best_weights[group] && element >= search->best_elements[group]) return;
    match_set_fresh(search, group);
    search->best_keys[group] = key;
    search->best_elements[group] = element;
    search->best_weights[group] = (uint16_t)weight;
}
