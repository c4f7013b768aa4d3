/* trigrams.h - words of names by what is anywhere in them: three bytes side by side (a trigram) → the words that have
 * them.
 *
 *     "ecr" ──▶ secret, secrets, decrypt, …          "ret" ──▶ secret, secrets, return, …
 *     "ecret" is in both lists: secret, secrets (and what has both elsewhere, which a look at the word tells)
 *
 * Words are numbered through: those of the names of the first kind, of the second, … as their dictionaries have them.
 * It is a packed dictionary like others: of trigrams, its postings are these numbers. */
#ifndef ENGINE_TRIGRAMS_H
#define ENGINE_TRIGRAMS_H

#include "dictionary.h"
#include "dictionary_builder.h"

enum { TRIGRAM_BYTES = 3 };

/* Adds the next word: they come in the order of their numbers, from 0 on. */
void trigrams_add(struct dictionary_builder *trigrams, struct str word);

/* A word that has the text in it. */
struct trigrams_word {
    unsigned kind;
    uint32_t start, end; /* its postings in the dictionary of the words of this kind */
};

/* Goes through the words of the dictionaries `words` (FORMAT_KINDS of them, in the order of the kinds) that have `text`
 * in them, TRIGRAM_BYTES or more. */
struct trigrams_search {
    const struct dictionary *trigrams, *words;
    struct str text;
    uint32_t *numbers; /* of words that may have it */
    uint32_t count, at;
    bool is_sure; /* they have */
    unsigned kind;
    uint32_t kind_first; /* number of the first word of the kind */
    struct dictionary_cursor cursor;
};

/* `numbers` has room for TRIGRAMS_NUMBERS: where more words have even the rarest trigram, those behind are left out. */
enum { TRIGRAMS_NUMBERS = 16 * 1024 };
struct trigrams_search trigrams_find(const struct dictionary *trigrams, const struct dictionary *words, struct str text,
                                     uint32_t *numbers);
/* False behind the last. */
bool trigrams_next(struct trigrams_search *search, struct trigrams_word *word);

#endif
