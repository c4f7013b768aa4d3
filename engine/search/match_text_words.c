/* match_text_words.c - which words of descriptions a word of the query stands for. */
#include "match.h"

/* A word of fewer letters begins so many words that it says nothing about a description. */
enum { MATCH_TEXT_PREFIX_BYTES = 4 };

/* Forms of the same word that the range does not have. Ends in any file: what is no ring is not followed for ever. */
static void match_find_forms(const struct search_scratch *search, struct match_text_word *word)
{
    const struct dictionary *dictionary = &search->dictionaries[INDEX_TEXTS];
    struct dictionary_cursor cursor = { .dictionary = NULL };
    uint32_t next = search->stems[word->exact];
    for (unsigned i = 0; i < MATCH_FORMS && next != word->exact; i++, next = search->stems[next]) {
        if (next >= word->range.first && next < word->range.last) continue;
        dictionary_seek(&cursor, dictionary, next);
        struct str text = str_cut(dictionary_term(&cursor), 0, TOKENIZE_WORD_BYTES);
        struct match_form *form = &word->forms[word->form_count++];
        form->entry = next;
        form->start = cursor.start;
        form->end = cursor.end;
        form->size = (unsigned)text.size;
        memcpy(form->bytes, text.at, text.size);
        word->cost += form->end - form->start;
    }
}

static void match_find_text_word(struct search_scratch *search, unsigned number)
{
    const struct dictionary *dictionary = &search->dictionaries[INDEX_TEXTS];
    struct match_text_word *word = &search->text_words[number];
    struct str text = search->query.words[number];
    bool is_prefix = text.size >= MATCH_TEXT_PREFIX_BYTES;
    word->range = is_prefix ? dictionary_prefix(dictionary, text) : dictionary_exact(dictionary, text);
    word->exact = word->range.exact > word->range.start ? word->range.first : UINT32_MAX;
    word->cost = word->range.end - word->range.start;
    word->form_count = 0;
    if (word->exact != UINT32_MAX) match_find_forms(search, word);
}

void match_text_words(struct search_scratch *search)
{
    for (unsigned i = 0; i < search->query.word_count; i++) match_find_text_word(search, i);
}

bool match_next_text_term(const struct search_scratch *search, const struct match_text_word *word,
                          struct match_text_term *term)
{
    uint32_t count = word->range.last - word->range.first;
    unsigned number = term->number++;
    if (number >= count + word->form_count) return false;
    if (number >= count) {
        const struct match_form *form = &word->forms[number - count];
        term->start = form->start;
        term->end = form->end;
        term->is_exact = false;
        return true;
    }
    dictionary_seek(&term->cursor, &search->dictionaries[INDEX_TEXTS], word->range.first + number);
    term->start = term->cursor.start;
    term->end = term->cursor.end;
    term->is_exact = term->cursor.entry == word->exact;
    return true;
}
