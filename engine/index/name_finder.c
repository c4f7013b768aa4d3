#include "name_finder.h"

#include "limits.h"
#include "tokenize.h"

static void name_finder_group(const struct index *index, uint32_t group, const struct format_api *api,
                              void (*take)(void *context, uint32_t element), void *context)
{
    uint32_t first, end;
    index_members(index, group, api->first_element, api->first_element + api->element_count, &first, &end);
    for (uint32_t i = first; i < end; i++) take(context, index->members[i]);
}

/* The last part of an object's name is a term of its group, whatever stands before it. */
static void name_finder_each(const struct element_finder *finder, const struct format_api *api,
                             enum catalogue_kind kind, struct str name, void (*take)(void *context, uint32_t element),
                             void *context)
{
    const struct index *index = ((const struct name_finder *)(const void *)finder)->index;
    const struct dictionary *names = &index->dictionaries[INDEX_NAMES + kind];
    char squashed[LIMIT_ID_BYTES];
    if (kind == CATALOGUE_OBJECT) name = catalogue_short_name(name);
    if (name.size > sizeof squashed) return;
    struct str term = str_cut((struct str){ squashed, tokenize_squash(name, squashed) }, 0, DICTIONARY_TERM_BYTES);
    struct dictionary_range range = dictionary_exact(names, term);
    for (uint32_t i = range.start; i < range.end; i++) name_finder_group(index, names->postings[i], api, take, context);
}

struct name_finder name_finder(const struct index *index)
{
    return (struct name_finder){ { name_finder_each }, index };
}
