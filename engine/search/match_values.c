/* match_values.c - what may have the value that was typed: IfNotPresent leads to imagePullPolicy. */
#include "match.h"

#include "tokenize.h"
#include "values.h"

enum {
    /* One digit or letter is a value of nearly everything. */
    MATCH_VALUE_BYTES = 2,
    /* Descriptions of a kilobyte are read for their values, of tens of thousands of elements when a filter leaves those
     * of "name" or "type": so many are looked at for one query, */
    MATCH_VALUE_LOOKS = 20000,
    /* and so many for one row that is shown. */
    MATCH_VALUE_ROW_LOOKS = 64,
};

/* The element's first value that the text is, or begins when `is_start`. */
static bool match_value_of(const struct search_scratch *search, uint32_t element, bool is_start, struct str *value)
{
    struct values values = values_of(search->catalogue, &search->catalogue->elements[element]);
    char squashed[VALUES_BYTES];
    while (values_next(&values, value)) {
        struct str found = { squashed, tokenize_squash(*value, squashed) };
        if (is_start ? str_starts(found, search->query.squashed) : str_equal(found, search->query.squashed))
            return true;
    }
    *value = STR_EMPTY;
    return false;
}

bool match_value_element(const struct search_scratch *search, uint32_t group, bool is_start, uint32_t *element,
                         struct str *value)
{
    const struct index *index = search->index;
    uint32_t first = index->groups[group].first_member, end = index->groups[group + 1].first_member;
    if (*element != COLLECT_ANY) return match_value_of(search, *element, is_start, value);
    uint32_t best = index->groups[group].best;
    if (match_is_wanted(search, best)) *element = best;
    if (*element == best && match_value_of(search, best, is_start, value)) return true;
    if (end - first > MATCH_VALUE_ROW_LOOKS) end = first + MATCH_VALUE_ROW_LOOKS;
    for (uint32_t i = first; i < end; i++) {
        uint32_t member = index->members[i];
        if (!match_is_wanted(search, member) || !match_value_of(search, member, is_start, value)) continue;
        *element = member;
        return true;
    }
    return false;
}

/* A group has the value, but perhaps none of its elements that count. */
static void match_value_group(struct search_scratch *search, uint32_t group, bool is_start, uint32_t *looks)
{
    uint32_t first, end;
    struct rank_facts facts = { .place = RANK_VALUE, .loose = is_start };
    struct str value;
    if (!match_is_open(search, group)) return;
    index_members(search->index, group, search->low, search->high, &first, &end);
    for (uint32_t i = first; i < end; i++) {
        uint32_t element = search->index->members[i];
        if (!match_is_wanted(search, element)) continue;
        if ((*looks)++ >= MATCH_VALUE_LOOKS) {
            search->is_lower_bound = true;
            return;
        }
        if (match_value_of(search, element, is_start, &value)) match_offer(search, element, group, &facts);
    }
}

static void match_value_slice(struct search_scratch *search, const struct match_slice *slice, bool is_start)
{
    uint32_t from = is_start ? slice->exact : 0, to = is_start ? slice->count : slice->exact, looks = 0;
    if (!search->is_filtered) {
        match_add(search, slice, from, to);
        match_take(search, &(struct rank_facts){ .place = RANK_VALUE, .loose = is_start }, NULL);
        return;
    }
    for (uint32_t i = from; i < to; i++) match_value_group(search, slice->groups[i], is_start, &looks);
    match_take_best(search);
}

static bool match_has_letter(struct str text)
{
    for (size_t i = 0; i < text.size; i++)
        if ((unsigned char)text.at[i] >= 'A') return true;
    return false;
}

void match_values(struct search_scratch *search)
{
    struct str text = search->query.squashed;
    if (text.size < MATCH_VALUE_BYTES || text.size > VALUES_BYTES || !match_has_letter(text)) return;
    struct match_slice slice = match_find(&search->dictionaries[INDEX_VALUES], text);
    match_value_slice(search, &slice, false);
}

void match_asked_values(struct search_scratch *search)
{
    struct match_slice slice = match_find(&search->dictionaries[INDEX_VALUES], search->query.squashed);
    if (search->syntax.is_listing) {
        match_add(search, &slice, 0, slice.count);
        match_take(search, &(struct rank_facts){ .place = RANK_LISTED }, NULL);
        return;
    }
    match_value_slice(search, &slice, false);
    if (!search->syntax.is_exact) match_value_slice(search, &slice, true);
}
