#include "api_name.h"

#include "limits.h"
#include "tokenize.h"

/* Groups are numbered by importance: the smallest of a term is its best. */
static uint32_t api_name_best(const struct dictionary *dictionary, uint32_t entry, uint32_t best)
{
    for (uint32_t i = dictionary->posting_starts[entry]; i < dictionary->posting_starts[entry + 1]; i++)
        if (dictionary->postings[i] < best) best = dictionary->postings[i];
    return best;
}

/* How many letters "k8s" stands for: the number and the letters around it; 0 when it has another form. */
static size_t api_name_letters(struct str name)
{
    size_t letters = 0;
    if (name.size < 3 || name.size > 4) return 0;
    for (size_t i = 1; i + 1 < name.size; i++) {
        if (name.at[i] < '0' || name.at[i] > '9') return 0;
        letters = letters * 10 + (size_t)(name.at[i] - '0');
    }
    return letters ? letters + 2 : 0;
}

/* Names with that many letters, the same first one and the same last. */
static uint32_t api_name_short(const struct dictionary *dictionary, struct str name)
{
    size_t letters = api_name_letters(name);
    uint32_t best = CATALOGUE_NONE;
    if (letters == 0) return best;
    struct dictionary_range range = dictionary_prefix(dictionary, str_cut(name, 0, 1));
    for (uint32_t entry = range.first; entry < range.last; entry++) {
        struct str term = dictionary_term(dictionary, entry);
        if (term.size == letters && term.at[letters - 1] == name.at[name.size - 1])
            best = api_name_best(dictionary, entry, best);
    }
    return best;
}

uint32_t api_name_find(const struct index *index, const struct catalogue *catalogue, struct str name)
{
    const struct dictionary *dictionary = &index->dictionaries[INDEX_NAMES + CATALOGUE_API];
    char squashed[LIMIT_QUERY_BYTES];
    uint32_t number = catalogue_api_find(catalogue, name), best = CATALOGUE_NONE;
    if (number != CATALOGUE_NONE || name.size == 0 || name.size > sizeof squashed) return number;
    struct str wanted = { squashed, tokenize_squash(name, squashed) };
    struct dictionary_range range = dictionary_exact(dictionary, wanted);
    if (range.first < range.last) best = api_name_best(dictionary, range.first, best);
    if (best == CATALOGUE_NONE) best = api_name_short(dictionary, wanted);
    return best == CATALOGUE_NONE ? best : catalogue_api_of(catalogue, index->groups[best].best);
}
