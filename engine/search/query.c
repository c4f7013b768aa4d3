#include "query.h"

#include "tokenize.h"
#include "utf8.h"

static bool query_has(const struct query *query, struct str word)
{
    for (unsigned i = 0; i < query->word_count; i++)
        if (str_equal(query->words[i], word)) return true;
    return false;
}

void query_parse(struct query *query, struct str text)
{
    text = utf8_cut(str_trim(text), LIMIT_QUERY_BYTES);
    query->word_count = 0;
    query->typed = (struct str){ query->typed_bytes, text.size };
    tokenize_fold(text, query->typed_bytes);
    query->squashed = (struct str){ query->squashed_bytes, tokenize_squash(text, query->squashed_bytes) };
    struct tokenizer tokenizer = { .text = text };
    char *at = query->word_bytes;
    size_t start, end;
    while (query->word_count < LIMIT_QUERY_WORDS && tokenize_next(&tokenizer, &start, &end)) {
        struct str word = str_cut(text, start, end - start > TOKENIZE_WORD_BYTES ? start + TOKENIZE_WORD_BYTES : end);
        tokenize_fold(word, at);
        word.at = at;
        if (query_has(query, word)) continue;
        query->words[query->word_count++] = word;
        at += word.size;
    }
}
