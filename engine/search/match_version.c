/* match_version.c - of the versions of an object that one row stands for, the one that is shown. */
#include "match.h"

#include "version.h"

static struct str match_version_name(const struct search_scratch *search, uint32_t element)
{
    return catalogue_string(search->catalogue, search->catalogue->elements[element].name);
}

static bool match_is_letter(struct str text, size_t at)
{
    return at < text.size && ((text.at[at] >= '0' && text.at[at] <= '9') || (text.at[at] | 0x20) >= 'a');
}

/* The version was typed, and is no part of another: "v1" of "v1 deployment", not of "v1beta1". */
static bool match_is_version_typed(const struct search_scratch *search, struct str version)
{
    struct str text = search->syntax.text;
    for (size_t at = 0; at + version.size <= text.size; at++) {
        if ((at && match_is_letter(text, at - 1)) || match_is_letter(text, at + version.size)) continue;
        if (str_equal_nocase(str_cut(text, at, at + version.size), version)) return true;
    }
    return false;
}

uint32_t match_version(struct search_scratch *search, uint32_t group, uint32_t element)
{
    const struct format_element *at = &search->catalogue->elements[element];
    struct str best = version_part(match_version_name(search, element));
    if (at->kind != CATALOGUE_OBJECT || best.size == 0 || match_is_version_typed(search, best)) return element;
    const struct format_api *api = &search->catalogue->apis[match_api_of(search, element)];
    uint32_t first, end;
    index_members(search->index, group, api->first_element, api->first_element + api->element_count, &first, &end);
    for (uint32_t i = first; i < end; i++) {
        uint32_t other = search->index->members[i];
        if (!match_is_wanted(search, other)) continue;
        struct str version = version_part(match_version_name(search, other));
        if (match_is_version_typed(search, version)) return other;
        if (version.size == 0 || version_compare(version, best) >= 0) continue;
        element = other;
        best = version;
    }
    return element;
}
