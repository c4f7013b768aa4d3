/* match_inside.c - names that have the text anywhere in them.
 *
 * What is inside one word is found by its trigrams. What goes over the end of a word ("pullsec") is inside the whole
 * names alone, which are gone through: two or three milliseconds, which are spent only when nothing else was found. An
 * index of the trigrams of whole names would take more room than the names (docs/decisions/013). */
#include "match.h"

#include "trigrams.h"

/* Better hits, with which none are looked for. */
enum { MATCH_INSIDE_ENOUGH = 10 };

void match_add_inside(struct search_scratch *search, const struct dictionary *dictionary, struct str text)
{
    struct dictionary_cursor cursor = { .dictionary = NULL };
    if (dictionary->count == 0) return;
    dictionary_seek(&cursor, dictionary, 0);
    for (bool is_first = true; dictionary_next_inside(&cursor, text, is_first); is_first = false) {
        search->steps++;
        for (uint32_t i = cursor.start; i < cursor.end; i++) match_set_fresh(search, dictionary->postings[i]);
    }
}

static void match_add_words(struct search_scratch *search, struct str text)
{
    const struct dictionary *words = &search->dictionaries[INDEX_WORDS];
    struct trigrams_search words_inside =
        trigrams_find(&search->dictionaries[INDEX_TRIGRAMS], words, text, search->inside_numbers);
    struct trigrams_word word;
    search->steps += words_inside.count;
    while (trigrams_next(&words_inside, &word))
        for (uint32_t i = word.start; i < word.end; i++) match_set_fresh(search, words[word.kind].postings[i]);
}

static void match_refine_inside(struct search_scratch *search, struct rank_facts *facts)
{
    unsigned letters = search->index->groups[facts->group].letters, asked = (unsigned)search->query.squashed.size;
    facts->rest = letters > asked ? letters - asked : 0;
}

void match_inside(struct search_scratch *search)
{
    struct str text = search->query.squashed;
    if (search->query.term_count != 1 || text.size < TRIGRAM_BYTES) return;
    if (match_found_count(search) >= MATCH_INSIDE_ENOUGH) return;
    if (text.size <= TOKENIZE_WORD_BYTES) match_add_words(search, text);
    match_take(search, &(struct rank_facts){ .place = RANK_INSIDE }, match_refine_inside);
}

void match_inside_names(struct search_scratch *search)
{
    const struct dictionary *dictionaries = search->dictionaries;
    struct str text = search->query.squashed;
    if (search->query.term_count != 1 || text.size < TRIGRAM_BYTES || match_found_count(search)) return;
    for (unsigned kind = 0; kind < FORMAT_KINDS; kind++)
        match_add_inside(search, &dictionaries[INDEX_NAMES + kind], text);
    match_take(search, &(struct rank_facts){ .place = RANK_INSIDE }, match_refine_inside);
}
