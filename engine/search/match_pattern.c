/* match_pattern.c - names that a regular expression matches. Where every match has letters that the pattern tells, only
 * names with these are looked at; else all that count, the best of each kind first, until the time is up. */
#include "match.h"

#include "clock.h"

enum {
    MATCH_PATTERN_US =
        40 * 1000,             /* of 50 ms that no question may take: compiling, the last name and the answer follow */
    MATCH_PATTERN_LETTERS = 3, /* that a match must have for its names to be told from the others by them */
    MATCH_PATTERN_ROUND = 64,  /* names between two looks at the clock */
    MATCH_PATTERN_AHEAD = 16,  /* names lie anywhere: the memory is asked for them some steps before */
};

struct match_span {
    size_t start, end;
};

/* An element has up to two names: an object's last part, an endpoint's operationId, an API's id go for it, too. */
static bool match_pattern_name(struct search_scratch *search, uint32_t group, struct match_span *span)
{
    const struct catalogue *catalogue = search->catalogue;
    const struct format_element *element = &catalogue->elements[search->index->groups[group].best];
    struct str name = catalogue_string(catalogue, element->name), other = STR_EMPTY;
    if (element->kind == CATALOGUE_OBJECT) other = catalogue_short_name(name);
    if (element->kind == CATALOGUE_ENDPOINT) other = catalogue_string(catalogue, element->owner);
    if (element->kind == CATALOGUE_API) other = catalogue_string(catalogue, element->type);
    if (pattern_find(search->pattern, name, &span->start, &span->end)) return true;
    return other.size && other.size != name.size && pattern_find(search->pattern, other, &span->start, &span->end);
}

static void match_pattern_fetch(const struct search_scratch *search, uint32_t group)
{
    const struct index *index = search->index;
    if (group + 2 * MATCH_PATTERN_AHEAD >= index->head->group_count) return;
    const struct format_element *elements = search->catalogue->elements;
    __builtin_prefetch(&elements[index->groups[group + 2 * MATCH_PATTERN_AHEAD].best]);
    uint32_t name = elements[index->groups[group + MATCH_PATTERN_AHEAD].best].name;
    if (name < search->catalogue->strings.size) __builtin_prefetch(search->catalogue->strings.at + name);
}

static void match_pattern_group(struct search_scratch *search, uint32_t group)
{
    struct match_span span;
    search->steps++;
    if (!match_is_open(search, group) || !match_pattern_name(search, group, &span)) return;
    unsigned letters = search->index->groups[group].letters, asked = (unsigned)(span.end - span.start);
    struct rank_facts facts = { .place = RANK_PATTERN, .rank = search->index->groups[group].rank, .group = group };
    facts.rest = letters > asked ? letters - asked : 0;
    search->best_keys[group] = rank_key(&facts);
    search->best_elements[group] = COLLECT_ANY;
    match_set_fresh(search, group);
}

/* All groups of a kind; false when the time is up. */
static bool match_pattern_kind(struct search_scratch *search, unsigned kind, uint64_t until)
{
    const uint32_t *kind_first = search->index->head->kind_first;
    for (uint32_t group = kind_first[kind]; group < kind_first[kind + 1]; group++) {
        bool is_round = group % MATCH_PATTERN_ROUND == 0 || pattern_is_exhausted(search->pattern);
        if (pattern_is_worn_out(search->pattern) || (is_round && clock_us() >= until)) return false;
        if (!search->is_filtered) match_pattern_fetch(search, group);
        match_pattern_group(search, group);
    }
    return true;
}

/* Endpoints, whose two names are long, come last. */
static const uint8_t match_pattern_kinds[FORMAT_KINDS] = { CATALOGUE_API, CATALOGUE_OBJECT, CATALOGUE_PROPERTY,
                                                           CATALOGUE_PARAMETER, CATALOGUE_ENDPOINT };

/* The names that have the letters which every match has; false when the time is up. */
static bool match_pattern_narrowed(struct search_scratch *search, struct str literal, uint64_t until)
{
    char folded[LIMIT_QUERY_BYTES];
    bool is_done = true;
    tokenize_fold(literal, folded);
    for (unsigned kind = 0; kind < FORMAT_KINDS; kind++)
        match_add_inside(search, &search->dictionaries[INDEX_NAMES + kind], (struct str){ folded, literal.size });
    for (size_t word = 0; word < bitmap_words(search->index->head->group_count); word++) {
        uint64_t bits = search->fresh[word];
        search->fresh[word] = 0;
        for (; bits && is_done; bits &= bits - 1) {
            match_pattern_group(search, (uint32_t)(word * BITMAP_BITS) + (uint32_t)__builtin_ctzll(bits));
            is_done =
                !pattern_is_worn_out(search->pattern) && (!pattern_is_exhausted(search->pattern) || clock_us() < until);
        }
        if (word % MATCH_PATTERN_ROUND == 0) is_done &= clock_us() < until;
    }
    return is_done;
}

static bool match_pattern_everywhere(struct search_scratch *search, uint64_t until)
{
    bool is_done = true;
    for (int is_wanted = 1; is_wanted >= 0; is_wanted--)
        for (unsigned i = 0; i < FORMAT_KINDS && is_done; i++)
            if ((search->kinds >> match_pattern_kinds[i] & 1) == (unsigned)is_wanted)
                is_done = match_pattern_kind(search, match_pattern_kinds[i], until);
    return is_done;
}

bool match_pattern(struct search_scratch *search)
{
    uint64_t until = clock_us() + MATCH_PATTERN_US;
    int error = pattern_create(&search->pattern, search->syntax.text);
    if (error) {
        search->is_lower_bound = error == PATTERN_NO_MEMORY;
        return error == PATTERN_NO_MEMORY;
    }
    struct str literal = pattern_literal(search->syntax.text);
    bool is_done = literal.size >= MATCH_PATTERN_LETTERS ? match_pattern_narrowed(search, literal, until)
                                                         : match_pattern_everywhere(search, until);
    search->is_lower_bound = !is_done || pattern_is_exhausted(search->pattern);
    match_take_best(search);
    return true;
}
