/* match_order.c - whether the words of a query stand in a name in the order in which they were typed. */
#include "match.h"

#include "tokenize.h"

enum { MATCH_ORDER_BYTES = 512 }; /* what is longer is not looked at */

/* True when the letters and digits from `start` on begin with `word`: "customerid" in customer_id. */
static bool match_order_begins(struct str folded, size_t start, struct str word)
{
    size_t done = 0;
    for (size_t i = start; i < folded.size && done < word.size; i++) {
        unsigned char byte = (unsigned char)folded.at[i];
        bool is_letter = byte >= 0x80 || (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9');
        if (!is_letter) continue;
        if (folded.at[i] != word.at[done]) return false;
        done++;
    }
    return done == word.size;
}

static bool match_order_in(const struct query *query, struct str name)
{
    char folded[MATCH_ORDER_BYTES];
    if (name.size == 0 || name.size > sizeof folded) return false;
    tokenize_fold(name, folded);
    struct tokenizer tokenizer = { .text = name };
    size_t start, end;
    unsigned word = 0;
    while (word < query->word_count && tokenize_next(&tokenizer, &start, &end))
        word += match_order_begins((struct str){ folded, name.size }, start, query->words[word]);
    return word == query->word_count;
}

bool match_is_in_order(const struct search_scratch *search, uint32_t element)
{
    const struct catalogue *catalogue = search->catalogue;
    const struct format_element *at = &catalogue->elements[element];
    if (match_order_in(&search->query, catalogue_string(catalogue, at->name))) return true;
    if (at->kind == CATALOGUE_API) return match_order_in(&search->query, catalogue_string(catalogue, at->type));
    return at->kind == CATALOGUE_ENDPOINT && (match_order_in(&search->query, catalogue_string(catalogue, at->owner)) ||
                                              match_order_in(&search->query, catalogue_string(catalogue, at->type)));
}
