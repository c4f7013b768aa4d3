#include "api_name.h"

#include "gaps.h"
#include "limits.h"
#include "tokenize.h"

/* Groups are numbered by importance: the smallest of a term is its best. */
static uint32_t api_name_best(const struct index *index, const struct dictionary *dictionary, uint32_t start,
                              uint32_t end, uint32_t best)
{
    for (uint32_t i = start; i < end; i++) {
        uint32_t group = dictionary->postings[i];
        if (group < best && !(index->gaps && bitmap_has(index->gaps->groups, group))) best = group;
    }
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
static uint32_t api_name_short(const struct index *index, const struct dictionary *dictionary, struct str name)
{
    size_t letters = api_name_letters(name);
    uint32_t best = CATALOGUE_NONE;
    if (letters == 0) return best;
    struct dictionary_range range = dictionary_prefix(dictionary, str_cut(name, 0, 1));
    struct dictionary_cursor cursor = { .dictionary = NULL };
    for (uint32_t entry = range.first; entry < range.last; entry++) {
        dictionary_seek(&cursor, dictionary, entry);
        struct str term = dictionary_term(&cursor);
        if (term.size == letters && term.at[letters - 1] == name.at[name.size - 1])
            best = api_name_best(index, dictionary, cursor.start, cursor.end, best);
    }
    return best;
}

/* The API of a group's best element that counts. */
static uint32_t api_name_of_group(const struct index *index, const struct catalogue *catalogue, uint32_t group)
{
    uint32_t element = index->groups[group].best;
    uint32_t first = index->groups[group].first_member, end = index->groups[group + 1].first_member;
    if (index->gaps && bitmap_has(index->gaps->elements, element))
        for (uint32_t i = first; i < end && bitmap_has(index->gaps->elements, element); i++)
            element = index->members[i];
    return catalogue_api_of(catalogue, element);
}

static bool api_name_is_gone(const struct index *index, uint32_t api)
{
    return index->gaps && bitmap_has(index->gaps->apis, api);
}

uint32_t api_name_find(const struct index *index, const struct catalogue *catalogue, struct str name, uint32_t *rank)
{
    const struct dictionary *dictionary = &index->dictionaries[INDEX_NAMES + CATALOGUE_API];
    char squashed[LIMIT_QUERY_BYTES];
    uint32_t number = catalogue_api_find(catalogue, name), best = CATALOGUE_NONE;
    *rank = 0;
    if (number != CATALOGUE_NONE && !api_name_is_gone(index, number)) return number;
    if (name.size == 0 || name.size > sizeof squashed) return CATALOGUE_NONE;
    struct str wanted = { squashed, tokenize_squash(name, squashed) };
    struct dictionary_range range = dictionary_exact(dictionary, wanted);
    best = api_name_best(index, dictionary, range.start, range.end, best);
    if (best == CATALOGUE_NONE) best = api_name_short(index, dictionary, wanted);
    if (best == CATALOGUE_NONE) return best;
    *rank = 1U + index->groups[best].rank;
    return api_name_of_group(index, catalogue, best);
}
