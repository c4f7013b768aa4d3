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
static struct dictionary_range name_finder_groups(const struct dictionary *names, enum catalogue_kind kind,
                                                  struct str name)
{
    char squashed[LIMIT_ID_BYTES];
    if (kind == CATALOGUE_OBJECT) name = catalogue_short_name(name);
    if (name.size > sizeof squashed) return (struct dictionary_range){ 0 };
    struct str term = str_cut((struct str){ squashed, tokenize_squash(name, squashed) }, 0, DICTIONARY_TERM_BYTES);
    return dictionary_exact(names, term);
}

static void name_finder_each(const struct element_finder *finder, const struct format_api *api,
                             enum catalogue_kind kind, struct str name, void (*take)(void *context, uint32_t element),
                             void *context)
{
    const struct index *index = ((const struct name_finder *)(const void *)finder)->index;
    const struct dictionary *names = &index->dictionaries[INDEX_NAMES + kind];
    struct dictionary_range range = name_finder_groups(names, kind, name);
    for (uint32_t i = range.start; i < range.end; i++) name_finder_group(index, names->postings[i], api, take, context);
}

uint32_t name_finder_count(const struct index *index, const struct format_api *api, enum catalogue_kind kind,
                           struct str name)
{
    const struct dictionary *names = &index->dictionaries[INDEX_NAMES + kind];
    struct dictionary_range range = name_finder_groups(names, kind, name);
    uint32_t count = 0;
    for (uint32_t i = range.start; i < range.end; i++) {
        uint32_t first, end;
        index_members(index, names->postings[i], api->first_element, api->first_element + api->element_count, &first,
                      &end);
        count += end - first;
    }
    return count;
}

struct name_finder name_finder(const struct index *index)
{
    return (struct name_finder){ { name_finder_each }, index };
}
