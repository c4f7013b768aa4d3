/* tokenize.h - text into the words by which it is found. The index and the queries read text by the same rules.
 *
 * A word is a run of letters and digits. It also ends where a name's author began a new one:
 *
 *     imagePullSecrets → image Pull Secrets      a capital behind a small letter or a digit
 *     HTTPRoute        → HTTP Route              the last capital of several, before a small letter
 *     podIPs           → pod IPs                 … but the plural of an acronym stays whole
 *     v1beta1, sha256  → v1 beta1, sha256        digits belong to the letters before them; three small letters
 *                                                or more behind them are a word of their own
 *     x-ms_paging.next → x ms paging next        everything else separates
 *
 * Ideographs and kana, which are written without spaces, are words of one character each.
 * Words are compared in their plain form (letters.h): case folded and without accents, so that "größe" is found by
 * "grosse" and "GRÖSSE". That form may be shorter than the word, which is why each word is folded by itself and
 * tokenize_reach leads back; names are told from each other with their accents (tokenize_fold). */
#ifndef ENGINE_TOKENIZE_H
#define ENGINE_TOKENIZE_H

#include "str.h"

#include <stdbool.h>
#include <stddef.h>

/* A word counts up to here: what is longer in descriptions is base64 or the like. */
enum { TOKENIZE_WORD_BYTES = 64 };

struct tokenizer {
    struct str text;
    size_t at;
    bool is_prose; /* descriptions: HTML tags and the hosts of addresses ("https://…") are skipped */
};

/* Finds the next word: bytes [*start, *end) of the text, never empty. False at the end of the text. */
bool tokenize_next(struct tokenizer *tokenizer, size_t *start, size_t *end);

/* Writes the plain form of a word: at most word.size bytes; returns how many. */
size_t tokenize_plain(struct str word, char *plain);
/* How many bytes of the word the first `size` bytes of its plain form stand for, accents behind them included. */
size_t tokenize_reach(struct str word, size_t size);

/* Writes `text` in small letters (Latin, Greek, Cyrillic), accents kept: text.size bytes. */
void tokenize_fold(struct str text, char *folded);

/* Writes the letters and digits of `text` in their plain form, so that customer_id, customerId and "customer id" become
 * the same; a text that has none ("$", "@") stays as it is. At most text.size bytes; returns how many. */
size_t tokenize_squash(struct str text, char *squashed);

/* The number of words in `text`. */
size_t tokenize_count(struct str text);

#endif
