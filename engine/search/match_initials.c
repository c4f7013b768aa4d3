#include "match.h"

/* "ips" is imagePullSecrets. One word of the query stands for those of the name, so there are no others. */
void match_initials(struct search_scratch *search)
{
    const struct dictionary *dictionary = &search->index->dictionaries[INDEX_INITIALS];
    if (search->query.word_count != 1) return;
    struct dictionary_range range = dictionary_exact(dictionary, search->query.words[0]);
    struct match_slice slice = { .groups = dictionary->postings + range.start, .count = range.end - range.start };
    match_add(search, &slice, 0, slice.count);
    match_take(search, &(struct rank_facts){ .place = RANK_INITIALS }, NULL);
}
