/* match_filter.c - which elements and groups count: those of one API, and those that a filter leaves.
 *
 * Both stay the same for many keystrokes, so what they come to is kept until they change. Without an API the elements
 * of all are looked at once, which takes some milliseconds. */
#include "match.h"

/* ---- Types ----------------------------------------------------------------------------------------------------- */

/* These are what something is, not what it is made of: "array of string" is an array. */
static bool match_filter_is_plain_type(struct str wanted)
{
    static const struct str plain[] = { STR_INIT("string"),  STR_INIT("integer"), STR_INIT("number"),
                                        STR_INIT("boolean"), STR_INIT("object"),  STR_INIT("null"),
                                        STR_INIT("array"),   STR_INIT("map") };
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        if (str_equal_nocase(plain[i], wanted)) return true;
    return false;
}

/* A word of the type text ("array of Container", "one of Cat, Dog", "string or integer") is the wanted one. */
static bool match_filter_type_fits(struct str type, struct str wanted, bool is_plain)
{
    struct str word;
    while (str_split(&type, ' ', &word)) {
        if (word.size && word.at[word.size - 1] == ',') word.size--;
        if (str_equal_nocase(word, wanted)) return true;
        if (is_plain && (str_equal(word, STR("array")) || str_equal(word, STR("map")))) return false;
    }
    return false;
}

/* Types repeat, and are interned: each is read once. */
static bool match_filter_type_id_fits(struct search_scratch *search, const struct match_filter *filter, uint32_t type)
{
    bool added;
    if (type == search->last_type) return search->last_type_fits;
    uint32_t *known = number_map_put(&search->types, type, 0, &added), fits = 0;
    if (known == NULL || added)
        fits = match_filter_type_fits(catalogue_string(search->catalogue, type), filter->type, filter->is_plain);
    else
        fits = *known;
    if (known) *known = fits;
    search->last_type = type;
    return search->last_type_fits = fits;
}

/* ---- Tags ------------------------------------------------------------------------------------------------------ */

/* `json`: a string as JSON writes it. */
static bool match_filter_tag_is(struct str json, struct str wanted)
{
    size_t size = 0;
    for (size_t i = 1; i + 1 < json.size; i++, size++) {
        if (json.at[i] == '\\') i++;
        if (size == wanted.size || json.at[i] != wanted.at[size]) return false;
    }
    return size == wanted.size;
}

/* The catalogue keeps the tags of an endpoint as its values. Those of one group stand side by side, and share them. */
static bool match_filter_tags_fit(struct search_scratch *search, struct str wanted,
                                  const struct format_element *element)
{
    if (element->facts == search->last_tags) return search->last_tags_fit;
    struct catalogue_facts facts = catalogue_facts(search->catalogue, element);
    bool fits = false;
    for (uint32_t i = 0; i < facts.value_count && !fits; i++)
        fits = match_filter_tag_is(catalogue_facts_value(search->catalogue, &facts), wanted);
    search->last_tags = element->facts;
    return search->last_tags_fit = fits;
}

/* ---- Elements -------------------------------------------------------------------------------------------------- */

/* What can be required or nullable at all; "required:no" does not mean objects. */
enum { MATCH_FIELDS = 1 << CATALOGUE_PROPERTY | 1 << CATALOGUE_PARAMETER };

static bool match_filter_is_told(const struct query_filter *filter)
{
    return filter->methods || filter->places || filter->flags || filter->no_flags || filter->type.size ||
           filter->tag.size;
}

static unsigned match_filter_kinds(const struct query_filter *told)
{
    unsigned kinds = (1U << FORMAT_KINDS) - 1;
    if (told->methods || told->tag.size) kinds &= 1 << CATALOGUE_ENDPOINT;
    if (told->places) kinds &= 1 << CATALOGUE_PARAMETER;
    if (told->no_flags & (unsigned)~CATALOGUE_DEPRECATED) kinds &= MATCH_FIELDS;
    if (told->type.size) kinds &= MATCH_FIELDS | 1 << CATALOGUE_OBJECT;
    return kinds;
}

static bool match_filter_wants(struct search_scratch *search, const struct match_filter *filter,
                               const struct format_element *element)
{
    if (!(filter->kinds >> element->kind & 1) || (element->flags & filter->flags) != filter->flags ||
        element->flags & filter->no_flags)
        return false;
    if (filter->details && !(filter->details >> element->detail & 1)) return false;
    if (filter->tag.size && !match_filter_tags_fit(search, filter->tag, element)) return false;
    return filter->type.size == 0 || (element->type && match_filter_type_id_fits(search, filter, element->type));
}

/* ---- What is kept ---------------------------------------------------------------------------------------------- */

static bool match_filter_is_same(const struct match_filter *a, const struct match_filter *b)
{
    return a->api == b->api && a->is_told == b->is_told && a->kinds == b->kinds && a->details == b->details &&
           a->flags == b->flags && a->no_flags == b->no_flags && str_equal_nocase(a->type, b->type) &&
           str_equal(a->tag, b->tag);
}

static struct match_filter match_filter_make(uint32_t api, const struct query_filter *told)
{
    struct match_filter filter = {
        .api = api, .is_told = match_filter_is_told(told), .type = STR_EMPTY, .tag = STR_EMPTY
    };
    if (!filter.is_told) return filter;
    filter.kinds = match_filter_kinds(told);
    filter.details = told->methods ? told->methods : told->places;
    filter.flags = told->flags;
    filter.no_flags = told->no_flags;
    filter.type = str_cut(catalogue_short_name(told->type), 0, MATCH_TYPE_BYTES);
    filter.is_plain = match_filter_is_plain_type(filter.type);
    filter.tag = str_cut(told->tag, 0, MATCH_TAG_BYTES);
    return filter;
}

static void match_filter_keep(struct search_scratch *search, const struct match_filter *filter)
{
    search->filter = *filter;
    memcpy(search->type_bytes, filter->type.at, filter->type.size);
    search->filter.type.at = search->type_bytes;
    memcpy(search->tag_bytes, filter->tag.at, filter->tag.size);
    search->filter.tag.at = search->tag_bytes;
}

static void match_filter_apply(struct search_scratch *search, const struct match_filter *filter)
{
    const uint32_t *group_of = search->index->group_of;
    memset(search->api_groups, 0, bitmap_words(search->index->head->group_count) * sizeof *search->api_groups);
    if (filter->is_told)
        memset(search->wanted, 0, bitmap_words(search->catalogue->element_count) * sizeof *search->wanted);
    number_map_clear(&search->types);
    search->last_type = 0; /* the type of nothing */
    search->last_type_fits = false;
    search->last_tags = 0; /* the tags of nothing */
    search->last_tags_fit = false;
    for (uint32_t i = search->low; i < search->high; i++) {
        if (search->gone && bitmap_has(search->gone, i)) continue;
        if (filter->is_told) {
            if (!match_filter_wants(search, filter, &search->catalogue->elements[i])) continue;
            bitmap_set(search->wanted, i);
        }
        bitmap_set(search->api_groups, group_of[i]);
    }
}

void match_filter(struct search_scratch *search, uint32_t api, const struct query_filter *told)
{
    struct match_filter filter = match_filter_make(api, told);
    search->low = 0;
    search->high = search->catalogue->element_count;
    search->is_in_api = api != CATALOGUE_NONE;
    search->is_narrowed = filter.is_told;
    search->is_filtered = search->is_in_api || search->is_narrowed;
    if (search->is_in_api) {
        search->low = search->catalogue->apis[api].first_element;
        search->high = search->low + search->catalogue->apis[api].element_count;
    }
    if (!search->is_filtered || match_filter_is_same(&search->filter, &filter)) return;
    match_filter_apply(search, &filter);
    match_filter_keep(search, &filter);
}
