/* match_postings.h - the entries of descriptions that have a word of the query. */
#ifndef ENGINE_MATCH_POSTINGS_H
#define ENGINE_MATCH_POSTINGS_H

#include "match.h"
#include "postings.h"

/* Bytes of postings, some thousand entries: so many are counted where none of them can be shown. */
enum { MATCH_TEXT_COUNTED = 4096 };

/* Calls `use` for each entry that has the word. Inlined, so that each use becomes a loop of its own: common words have
 * hundreds of thousands of entries. An entry may come once for each form of the word. */
typedef void match_entry_use(struct search_scratch *search, uint32_t entry, unsigned word, bool is_exact);
static inline __attribute__((always_inline)) void match_each_entry(struct search_scratch *search, unsigned word,
                                                                   match_entry_use *use)
{
    struct str packed = search->dictionaries[INDEX_TEXTS].packed;
    struct match_text_term term = { .number = 0 };
    while (match_next_text_term(search, &search->text_words[word], &term)) {
        struct postings postings =
            postings_read(str_cut(packed, term.start, term.end), search->index->head->entry_count);
        for (uint32_t entry; postings_next(&postings, &entry);) use(search, entry, word, term.is_exact);
    }
}

#endif
