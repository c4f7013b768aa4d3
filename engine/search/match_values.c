/* match_values.c - what may have the value that was typed: IfNotPresent leads to imagePullPolicy. */
#include "match.h"

#include "tokenize.h"
#include "values.h"

enum {
    /* One digit or letter is a value of nearly everything. */
    MATCH_VALUE_BYTES = 2,
    /* Descriptions of a kilobyte are read for their values, of tens of thousands of elements when a filter leaves those
     * of "name" or "type": so many are looked at for one query. */
    MATCH_VALUE_LOOKS = 20000,
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

bool match_value(const struct search_scratch *search, uint32_t element, struct str *value)
{
    return match_value_of(search, element, search->syntax.is_value, value);
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

/* Where all elements count, the index tells one of the group that has the value. */
static void match_value_told(struct search_scratch *search, const struct match_slice *slice, uint32_t at, bool is_start)
{
    const struct index *index = search->index;
    struct rank_facts facts = { .place = RANK_VALUE, .loose = is_start };
    size_t posting = (size_t)(slice->groups + at - index->dictionaries[INDEX_VALUES].postings);
    if (match_is_open(search, slice->groups[at]))
        match_offer(search, index->value_elements[posting], slice->groups[at], &facts);
}

static void match_value_slice(struct search_scratch *search, const struct match_slice *slice, bool is_start)
{
    uint32_t from = is_start ? slice->exact : 0, to = is_start ? slice->count : slice->exact, looks = 0;
    for (uint32_t i = from; i < to; i++)
        if (search->is_filtered || search->gone)
            match_value_group(search, slice->groups[i], is_start, &looks);
        else
            match_value_told(search, slice, i, is_start);
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
