/* match_several_texts.c - descriptions for several words.
 *
 * Each result has at least one term in its text. So the entries of the terms that the fewest descriptions have are
 * gathered, as long as they are few enough; the entries of the other words are only looked through for these. What
 * stands near each other is found by reading the best ones. */
#include "match_postings.h"

enum {
    MATCH_TEXT_GATHERED = 16 * 1024, /* entries that are looked at */
    MATCH_TEXT_READ = 400,           /* descriptions that are read, */
    MATCH_TEXT_READ_BYTES = 1 << 16, /* the best first, as long as they have no more than so many bytes together */
    MATCH_TEXT_AHEAD = 8,            /* entries between asking the memory for one and looking at it */
};
_Static_assert((int)MATCH_TEXT_GATHERED <= (int)MATCH_TEXTS_MAX, "the scratch has room for them");

static inline void match_gather_entry(struct search_scratch *search, uint32_t entry, unsigned word, bool is_exact)
{
    (void)word;
    (void)is_exact;
    bitmap_set(search->text_bits, entry);
    bitmap_set(search->text_touched, entry / BITMAP_BITS);
}

static inline void match_keep_entry(struct search_scratch *search, uint32_t entry, unsigned word, bool is_exact)
{
    (void)word;
    (void)is_exact;
    bitmap_set(search->text_others, entry);
}

/* Calls `use` for each word of the bitmap that may have bits, in order. */
typedef void match_text_use(struct search_scratch *search, size_t word);
static void match_each_text_word(struct search_scratch *search, match_text_use *use)
{
    size_t blocks = bitmap_words(bitmap_words(search->index->head->entry_count));
    for (size_t block = 0; block < blocks; block++)
        for (uint64_t words = search->text_touched[block]; words; words &= words - 1)
            use(search, block * BITMAP_BITS + (size_t)__builtin_ctzll(words));
}

static void match_count_word(struct search_scratch *search, size_t word)
{
    search->text_count += bitmap_count(search->text_bits[word]);
}

static void match_narrow_word(struct search_scratch *search, size_t word)
{
    search->text_bits[word] &= search->text_others[word];
}

static void match_clear_word(struct search_scratch *search, size_t word)
{
    search->text_bits[word] = 0;
    search->text_touched[word / BITMAP_BITS] &= ~((uint64_t)1 << word % BITMAP_BITS);
}

static uint32_t match_gathered(struct search_scratch *search)
{
    search->text_count = 0;
    match_each_text_word(search, match_count_word);
    return search->text_count;
}

/* ---- Which are looked at --------------------------------------------------------------------------------------- */

/* For each term the word of it that the fewest descriptions have, the rarest term first. */
static void match_text_order(const struct search_scratch *search, unsigned *words)
{
    const struct query *query = &search->query;
    for (unsigned i = 0; i < query->term_count; i++) {
        const struct query_term *term = &query->terms[i];
        unsigned rarest = term->first_word, at = i;
        for (unsigned word = rarest + 1; word < term->first_word + term->word_count; word++)
            if (search->text_words[word].cost < search->text_words[rarest].cost) rarest = word;
        for (; at > 0 && search->text_words[words[at - 1]].cost > search->text_words[rarest].cost; at--)
            words[at] = words[at - 1];
        words[at] = rarest;
    }
}

/* Of a term that is nearly everywhere those count that have the next one, too. */
static uint32_t match_narrow(struct search_scratch *search, const unsigned *words, uint32_t count)
{
    size_t size = bitmap_words(search->index->head->entry_count);
    for (unsigned i = 1; i < search->query.term_count && count > MATCH_TEXT_GATHERED; i++) {
        match_each_entry(search, words[i], match_keep_entry);
        match_each_text_word(search, match_narrow_word);
        memset(search->text_others, 0, size * sizeof *search->text_others);
        count = match_gathered(search);
        search->is_lower_bound = true;
    }
    return count;
}

static void match_gather(struct search_scratch *search, const unsigned *words)
{
    uint64_t room = MATCH_TEXT_GATHERED;
    match_each_entry(search, words[0], match_gather_entry);
    uint32_t count = match_gathered(search);
    if (count > MATCH_TEXT_GATHERED) match_narrow(search, words, count);
    room -= count < room ? count : room;
    for (unsigned i = 1; i < search->query.term_count; i++) {
        /* Each entry takes a byte at least. */
        bool is_left_out = search->text_words[words[i]].cost > room;
        search->is_lower_bound |= is_left_out;
        if (is_left_out) break;
        room -= search->text_words[words[i]].cost;
        match_each_entry(search, words[i], match_gather_entry);
    }
}

/* Numbers the entries of a word of the bitmap, behind those before it. */
static void match_number_word(struct search_scratch *search, size_t word)
{
    search->text_bases[word] = search->text_count;
    for (uint64_t bits = search->text_bits[word]; bits; bits &= bits - 1) {
        if (search->text_count == MATCH_TEXTS_MAX) {
            search->text_bits[word] &= ~bits;
            search->is_lower_bound = true;
            return;
        }
        search->text_marks[search->text_count] = 0;
        search->text_entries[search->text_count++] = (uint32_t)(word * BITMAP_BITS) + (uint32_t)__builtin_ctzll(bits);
    }
}

static inline void match_mark_entry(struct search_scratch *search, uint32_t entry, unsigned word, bool is_exact)
{
    uint64_t bits = search->text_bits[entry / BITMAP_BITS], bit = (uint64_t)1 << entry % BITMAP_BITS;
    if (!(bits & bit)) return;
    uint32_t number = search->text_bases[entry / BITMAP_BITS] + bitmap_count(bits & (bit - 1));
    search->text_marks[number] |= ((match_marks)is_exact << MATCH_MARK_EXACT | 1U) << word;
}

/* ---- Which count ----------------------------------------------------------------------------------------------- */

/* Terms that the owner and the API of an entry's element have; the API's only where they complete what is missing. */
static match_terms match_around(const struct search_scratch *search, uint32_t entry, match_terms missing)
{
    uint32_t owner = search->index->entries[entry].owner;
    match_terms around =
        owner == FORMAT_NO_OWNER || !match_has_part(search, owner, missing) ? 0 : match_named(search, owner);
    missing &= (match_terms)~around;
    if (missing == 0 || missing & (match_terms)~search->in_some_api) return around;
    return around | search->in_api[search->index->entries[entry].api];
}

/* An entry counts when all terms are in its text, the group's name, or around the element. */
static bool match_entry(const struct search_scratch *search, uint32_t number, struct rank_facts *facts)
{
    uint32_t entry = search->text_entries[number], group = search->index->entries[entry].group;
    match_marks marks = search->text_marks[number];
    match_terms in_text = match_complete(search, marks & ((1U << MATCH_MARK_EXACT) - 1));
    if (in_text == 0 || !match_is_open(search, group)) return false;
    match_terms in_name = match_has_part(search, group, search->all) ? match_named(search, group) : 0;
    match_terms missing = search->all & (match_terms) ~(in_text | in_name);
    if (missing) missing &= (match_terms)~match_around(search, entry, missing);
    if (missing) return false;
    /* "names" is a word of the description rather than the beginning of "namespace". */
    match_terms exact = match_complete(search, marks >> MATCH_MARK_EXACT),
                exact_name = in_name ? match_complete(search, match_units_of(search, group, true)) : 0;
    match_terms in_text_only = in_text & (match_terms) ~(in_name & (match_terms)(exact_name | (match_terms)~exact));
    *facts = (struct rank_facts){ .text_words = (unsigned)__builtin_popcount(in_text_only),
                                  .loose = (unsigned)__builtin_popcount((in_text | in_name) &
                                                                        (unsigned)~(exact | exact_name)),
                                  .spread = RANK_SPREAD_MOST };
    return true;
}

/* What a result would be worth, as far as it is known without reading. */
static uint64_t match_promise(const struct search_scratch *search, uint32_t entry, struct rank_facts facts)
{
    facts.place = RANK_TEXT;
    facts.spread = 0;
    facts.length = search->index->entry_words[entry];
    facts.rank = search->index->groups[search->index->entries[entry].group].rank;
    return rank_key(&facts);
}

static void match_offer_all(struct search_scratch *search, struct collect *best)
{
    struct rank_facts facts;
    for (uint32_t i = 0; i < search->text_count; i++) {
        if (i + MATCH_TEXT_AHEAD < search->text_count)
            __builtin_prefetch(&search->index->entries[search->text_entries[i + MATCH_TEXT_AHEAD]]);
        if (!match_entry(search, i, &facts)) continue;
        uint32_t entry = search->text_entries[i];
        collect_add(best, match_promise(search, entry, facts), i, entry);
        match_offer_entry(search, entry, &facts);
    }
}

static void match_offer_read(struct search_scratch *search, struct collect *best)
{
    struct rank_facts facts;
    size_t bytes = 0;
    collect_sort(best);
    for (uint32_t i = 0; i < best->count && bytes < MATCH_TEXT_READ_BYTES; i++) {
        if (!match_entry(search, best->hits[i].group, &facts)) continue;
        facts.spread = match_spread(search, best->hits[i].element, &bytes);
        /* Over all APIs "type" and "items" are met most, whatever is asked. */
        if (search->is_in_api) facts.uses = match_uses(search, search->index->entries[best->hits[i].element].group);
        match_offer_entry(search, best->hits[i].element, &facts);
    }
}

/* With enough better hits it remains to count: that is worth no more than finding them took. */
static bool match_text_is_needed(struct search_scratch *search, const unsigned *words, bool *is_read)
{
    struct rank_facts least = { .place = RANK_TEXT };
    *is_read = collect_wants(&search->collect, rank_key(&least), 0);
    bool is_needed = *is_read || search->text_words[words[0]].cost <= MATCH_TEXT_COUNTED;
    search->is_lower_bound |= !is_needed;
    return is_needed;
}

void match_several_texts(struct search_scratch *search)
{
    struct collect_hit hits[MATCH_TEXT_READ];
    struct collect best = { .hits = hits, .limit = MATCH_TEXT_READ };
    unsigned words[LIMIT_QUERY_WORDS];
    bool is_read;
    match_text_order(search, words);
    if (!match_text_is_needed(search, words, &is_read)) return;
    match_gather(search, words);
    search->text_count = 0;
    match_each_text_word(search, match_number_word);
    for (unsigned word = 0; word < search->query.word_count; word++) match_each_entry(search, word, match_mark_entry);
    match_offer_all(search, &best);
    if (is_read) match_offer_read(search, &best);
    match_take_best(search);
    match_each_text_word(search, match_clear_word);
}
