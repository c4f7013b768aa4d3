#include "suggest.h"

#include "utf8.h"

/* Puts `corrected` where `mistyped`, in small letters, first is in `text`. */
static bool suggest_replace(struct arena *arena, struct str *text, struct str mistyped, struct str corrected)
{
    char *folded = arena_alloc(arena, text->size + 1);
    if (folded == NULL) return false;
    tokenize_fold(*text, folded);
    size_t at = str_find((struct str){ folded, text->size }, mistyped);
    if (at == STR_NONE) return true;
    struct str rest = str_cut(*text, at + mistyped.size, text->size);
    char *replaced = arena_alloc(arena, at + corrected.size + rest.size + 1);
    if (replaced == NULL) return false;
    memcpy(replaced, text->at, at);
    memcpy(replaced + at, corrected.at, corrected.size);
    memcpy(replaced + at + corrected.size, rest.at, rest.size);
    *text = (struct str){ replaced, at + corrected.size + rest.size };
    return true;
}

/* The part of the best hit's name that was mistyped; empty when it is not its name that was found. */
static struct str suggest_name(const struct search_scratch *search)
{
    const struct collect_hit *best = &search->collect.hits[0];
    uint32_t element = best->element == COLLECT_ANY ? search->index->groups[best->group].best : best->element;
    const struct format_element *at = &search->catalogue->elements[element];
    struct str names[] = { catalogue_string(search->catalogue, at->name), STR_EMPTY };
    if (at->kind == CATALOGUE_ENDPOINT) names[1] = catalogue_string(search->catalogue, at->owner);
    struct highlight_range range;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (highlight_mistyped(&search->typo, names[i], &range)) return str_cut(names[i], range.start, range.end);
    return STR_EMPTY;
}

bool suggest_text(const struct search_scratch *search, struct str text, struct arena *arena, struct str *suggestion)
{
    *suggestion = STR_EMPTY;
    if (!search->is_unknown || search->collect.count == 0 || !rank_key_errors(search->collect.hits[0].key)) return true;
    struct str asked = text = utf8_cut(str_trim(text), LIMIT_QUERY_BYTES);
    for (unsigned i = 0; i < search->change_count; i++)
        if (!suggest_replace(arena, &text, search->changes[i].word, search->changes[i].corrected)) return false;
    struct str name = search->change_count ? STR_EMPTY : suggest_name(search);
    if (name.size && !suggest_replace(arena, &text, search->query.typed, name)) return false;
    if (!str_equal(text, asked)) *suggestion = text;
    return true;
}
