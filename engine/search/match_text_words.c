/* match_text_words.c - which words of descriptions a word of the query stands for. */
#include "match.h"

/* A word of fewer letters begins so many words that it says nothing about a description. */
enum { MATCH_TEXT_PREFIX_BYTES = 4 };

static bool match_is_in_range(struct dictionary_range range, uint32_t term)
{
    return term >= range.first && term < range.last;
}

/* Forms of the same word. Ends in any file: what is no ring is not followed for ever. */
static void match_find_forms(const uint32_t *stems, uint32_t term, struct match_text_word *word)
{
    uint32_t next = stems[term];
    for (unsigned i = 0; i < MATCH_FORMS && next != term; i++, next = stems[next])
        word->forms[word->form_count++] = next;
}

static uint64_t match_text_bytes(const struct dictionary *dictionary, struct dictionary_range range)
{
    return dictionary->posting_starts[range.last] - dictionary->posting_starts[range.first];
}

static void match_find_text_word(struct search_scratch *search, unsigned number)
{
    const struct dictionary *dictionary = &search->dictionaries[INDEX_TEXTS];
    struct match_text_word *word = &search->text_words[number];
    struct str text = search->query.words[number];
    struct dictionary_range exact = dictionary_exact(dictionary, text);
    *word = (struct match_text_word){ .range = exact };
    if (text.size >= MATCH_TEXT_PREFIX_BYTES) word->range = dictionary_prefix(dictionary, text);
    if (exact.first < exact.last) match_find_forms(search->stems, exact.first, word);
    word->exact = exact.first < exact.last ? exact.first : UINT32_MAX;
    word->cost = match_text_bytes(dictionary, word->range);
    for (unsigned i = 0; i < word->form_count; i++)
        if (!match_is_in_range(word->range, word->forms[i]))
            word->cost += match_text_bytes(dictionary, (struct dictionary_range){ word->forms[i], word->forms[i] + 1 });
}

void match_text_words(struct search_scratch *search)
{
    for (unsigned i = 0; i < search->query.word_count; i++) match_find_text_word(search, i);
}

bool match_text_term(const struct match_text_word *word, unsigned number, uint32_t *term)
{
    uint32_t count = word->range.last - word->range.first;
    *term = number < count ? word->range.first + number : UINT32_MAX;
    if (number < count) return true;
    if (number - count >= word->form_count) return false;
    *term = word->forms[number - count];
    return true;
}
