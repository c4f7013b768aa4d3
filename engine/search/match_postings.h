/* match_postings.h - the entries of descriptions that have a word of the query. */
#ifndef ENGINE_MATCH_POSTINGS_H
#define ENGINE_MATCH_POSTINGS_H

#include "match.h"
#include "postings.h"

/* Bytes of postings, some thousand entries: so many are counted where none of them can be shown. */
enum { MATCH_TEXT_COUNTED = 4096 };

static inline struct postings match_text_postings(const struct search_scratch *search, uint32_t term)
{
    const struct dictionary *dictionary = &search->dictionaries[INDEX_TEXTS];
    const uint32_t *starts = dictionary->posting_starts;
    return postings_read(str_cut(dictionary->packed, starts[term], starts[term + 1]), search->index->head->entry_count);
}

/* Calls `use` for each entry that has the word. Inlined, so that each use becomes a loop of its own: common words have
 * hundreds of thousands of entries. An entry may come once for each form of the word. */
typedef void match_entry_use(struct search_scratch *search, uint32_t entry, unsigned word, bool is_exact);
static inline __attribute__((always_inline)) void match_each_entry(struct search_scratch *search, unsigned word,
                                                                   match_entry_use *use)
{
    uint32_t term;
    for (unsigned i = 0; match_text_term(&search->text_words[word], i, &term); i++) {
        bool is_exact = term == search->text_words[word].exact;
        struct postings postings = match_text_postings(search, term);
        for (uint32_t entry; postings_next(&postings, &entry);) use(search, entry, word, is_exact);
    }
}

#endif
