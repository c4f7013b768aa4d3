#include "trigrams.h"

#include "postings.h"

void trigrams_add(struct dictionary_builder *trigrams, struct str word)
{
    dictionary_builder_document(trigrams);
    for (size_t at = 0; at + TRIGRAM_BYTES <= word.size; at++)
        dictionary_builder_add(trigrams, str_cut(word, at, at + TRIGRAM_BYTES));
}

/* The packed numbers of words that have the trigram at `at` of the text. */
static struct str trigrams_list(const struct dictionary *trigrams, struct str text, size_t at)
{
    struct dictionary_range range = dictionary_exact(trigrams, str_cut(text, at, at + TRIGRAM_BYTES));
    return str_cut(trigrams->packed, range.start, range.end);
}

static uint32_t trigrams_read(struct str list, uint32_t *numbers)
{
    struct postings postings = postings_read(list, UINT32_MAX);
    uint32_t count = 0, number;
    while (count < TRIGRAMS_NUMBERS && postings_next(&postings, &number)) numbers[count++] = number;
    return count;
}

/* Leaves those of `numbers` that the list has, too. */
static uint32_t trigrams_intersect(struct str list, uint32_t *numbers, uint32_t count)
{
    struct postings postings = postings_read(list, UINT32_MAX);
    uint32_t kept = 0, other;
    bool has_other = postings_next(&postings, &other);
    for (uint32_t i = 0; i < count && has_other; i++) {
        while (has_other && other < numbers[i]) has_other = postings_next(&postings, &other);
        if (has_other && other == numbers[i]) numbers[kept++] = other;
    }
    return kept;
}

/* A list so many times longer than what is left costs more than a look at the words. */
enum { TRIGRAMS_LIST_WORTH = 16, TRIGRAMS_LISTS = 16 };

struct trigrams_search trigrams_find(const struct dictionary *trigrams, const struct dictionary *words, struct str text,
                                     uint32_t *numbers)
{
    struct trigrams_search search = { .trigrams = trigrams, .words = words, .text = text, .numbers = numbers };
    struct str lists[TRIGRAMS_LISTS];
    size_t count = text.size - TRIGRAM_BYTES + 1, rarest = 0;
    if (count > TRIGRAMS_LISTS) count = TRIGRAMS_LISTS;
    for (size_t i = 0; i < count; i++) {
        lists[i] = trigrams_list(trigrams, text, i);
        if (lists[i].size < lists[rarest].size) rarest = i;
    }
    search.count = trigrams_read(lists[rarest], numbers);
    for (size_t i = 0; i < count && search.count; i++)
        if (i != rarest && lists[i].size / TRIGRAMS_LIST_WORTH <= search.count)
            search.count = trigrams_intersect(lists[i], numbers, search.count);
    search.is_sure = text.size == TRIGRAM_BYTES;
    return search;
}

bool trigrams_next(struct trigrams_search *search, struct trigrams_word *word)
{
    while (search->at < search->count) {
        uint32_t number = search->numbers[search->at++];
        while (search->kind < FORMAT_KINDS && number - search->kind_first >= search->words[search->kind].count)
            search->kind_first += search->words[search->kind++].count;
        if (search->kind == FORMAT_KINDS) break; /* a file made to deceive */
        dictionary_seek(&search->cursor, &search->words[search->kind], number - search->kind_first);
        if (!search->is_sure && str_find(dictionary_term(&search->cursor), search->text) == STR_NONE) continue;
        *word = (struct trigrams_word){ search->kind, search->cursor.start, search->cursor.end };
        return true;
    }
    return false;
}
