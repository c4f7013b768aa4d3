/* match_letters.c - words of one letter, "image p" being typed. A letter begins a word in the names of 40,000 groups;
 * so the set of each is made once, and then copied and intersected 64 groups at a time. */
#include "match.h"

#include <stdlib.h>

/* Which of the sets is the word's; MATCH_LETTERS: none. */
static unsigned match_letter_number(struct str word)
{
    if (word.size != 1) return MATCH_LETTERS;
    if (word.at[0] >= 'a' && word.at[0] <= 'z') return (unsigned)(word.at[0] - 'a');
    return word.at[0] >= '0' && word.at[0] <= '9' ? (unsigned)(26 + word.at[0] - '0') : MATCH_LETTERS;
}

static uint64_t *match_letter_make(const struct search_scratch *search, const struct match_unit *unit)
{
    uint64_t *groups = calloc(bitmap_words(search->index->head->group_count + (size_t)1), sizeof *groups);
    if (groups == NULL) return NULL;
    for (unsigned i = 0; i < MATCH_SLICES; i++) {
        const struct match_slice *slice = &unit->slices[i];
        for (uint32_t at = 0; at < slice->count; at++) bitmap_set(groups, slice->groups[at]);
    }
    return groups;
}

const uint64_t *match_letter_groups(struct search_scratch *search, unsigned unit)
{
    bool is_of_all = search->dictionaries == search->index->dictionaries;
    if (!is_of_all || unit >= search->query.word_count) return NULL;
    unsigned number = match_letter_number(search->query.words[unit]);
    if (number == MATCH_LETTERS) return NULL;
    uint64_t **groups = &search->letters[number];
    if (*groups == NULL) *groups = match_letter_make(search, &search->units[unit]);
    return *groups;
}

void match_letters_free(struct search_scratch *search)
{
    for (unsigned i = 0; i < MATCH_LETTERS; i++) free(search->letters[i]);
}
