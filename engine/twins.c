#include "twins.h"

#include "buf.h"
#include "tokenize.h"
#include "version.h"

#include <stdlib.h>

/* Names as groups.h compares them: whatever the case of their letters. */
struct twins_text {
    struct buf folded, squashed;
};

struct twins_search {
    const struct segment *segments;
    struct twins_text name, operation, other;
};

static bool twins_fold(struct buf *folded, struct str text, bool is_object)
{
    buf_clear(folded);
    char *at = buf_reserve(folded, text.size + 1);
    if (at == NULL) return false;
    tokenize_fold(text, at);
    folded->size = is_object ? version_stem((struct str){ at, text.size }, at) : text.size;
    return true;
}

static const struct format_element *twins_element(const struct segment *segment, uint32_t group)
{
    return &segment->catalogue.elements[segment->index.groups[group].best];
}

static bool twins_same_text(struct twins_search *search, const struct buf *folded, struct str text, bool is_object)
{
    return text.size >= folded->size && twins_fold(&search->other.folded, text, is_object) &&
           str_equal(buf_str(&search->other.folded), buf_str(folded));
}

/* Endpoints agree in method and operationId, too. */
static bool twins_fit(struct twins_search *search, const struct segment *segment, uint32_t group,
                      const struct format_element *wanted)
{
    const struct format_element *at = twins_element(segment, group);
    if (segment->gaps.groups && bitmap_has(segment->gaps.groups, group)) return false;
    if (!twins_same_text(search, &search->name.folded, catalogue_string(&segment->catalogue, at->name),
                         at->kind == CATALOGUE_OBJECT))
        return false;
    if (wanted->kind != CATALOGUE_ENDPOINT) return true;
    return at->detail == wanted->detail &&
           twins_same_text(search, &search->operation.folded, catalogue_string(&segment->catalogue, at->owner), false);
}

static bool twins_read(struct twins_search *search, const struct segment *segment, const struct format_element *wanted)
{
    struct str name = catalogue_string(&segment->catalogue, wanted->name);
    buf_clear(&search->name.squashed);
    char *squashed = buf_reserve(&search->name.squashed, name.size + 1);
    if (squashed == NULL || !twins_fold(&search->name.folded, name, wanted->kind == CATALOGUE_OBJECT)) return false;
    search->name.squashed.size = tokenize_squash(name, squashed);
    return wanted->kind != CATALOGUE_ENDPOINT ||
           twins_fold(&search->operation.folded, catalogue_string(&segment->catalogue, wanted->owner), false);
}

/* The group of an earlier segment, or CATALOGUE_NONE. */
static uint32_t twins_in(struct twins_search *search, const struct segment *segment,
                         const struct format_element *wanted)
{
    const struct dictionary *names = &segment->index.dictionaries[INDEX_NAMES + wanted->kind];
    struct dictionary_range range = dictionary_exact(names, buf_str(&search->name.squashed));
    for (uint32_t i = range.start; i < range.end; i++)
        if (twins_fit(search, segment, names->postings[i], wanted)) return names->postings[i];
    return CATALOGUE_NONE;
}

static bool twins_find_group(struct twins_search *search, struct segment *segment, uint32_t number, uint32_t group)
{
    const struct format_element *wanted = twins_element(segment, group);
    bool added;
    segment->twins[group] = (uint64_t)number << 32 | group;
    if (!twins_read(search, segment, wanted)) return false;
    for (uint32_t other = 0; other < number; other++) {
        uint32_t twin = twins_in(search, &search->segments[other], wanted);
        if (twin == CATALOGUE_NONE) continue;
        segment->twins[group] = (uint64_t)other << 32 | twin;
        break;
    }
    return number_map_put(&segment->of_twins, segment->twins[group], group, &added) != NULL;
}

static void twins_text_init(struct twins_text *text)
{
    buf_init(&text->folded, SIZE_MAX / 2);
    buf_init(&text->squashed, SIZE_MAX / 2);
}

static void twins_text_free(struct twins_text *text)
{
    buf_free(&text->folded);
    buf_free(&text->squashed);
}

int twins_find(struct segment *segments, uint32_t number)
{
    struct segment *segment = &segments[number];
    struct twins_search search = { .segments = segments };
    uint32_t count = segment->index.head->group_count;
    if (number == 0) return FILE_OK;
    segment->twins = calloc(count + (size_t)1, sizeof *segment->twins);
    twins_text_init(&search.name);
    twins_text_init(&search.operation);
    twins_text_init(&search.other);
    bool works = segment->twins != NULL;
    for (uint32_t group = 0; works && group < count; group++)
        if (!segment->gaps.groups || !bitmap_has(segment->gaps.groups, group))
            works = twins_find_group(&search, segment, number, group);
    twins_text_free(&search.name);
    twins_text_free(&search.operation);
    twins_text_free(&search.other);
    return works ? FILE_OK : FILE_NO_MEMORY;
}

uint32_t twins_group(const struct segment *segments, uint32_t number, uint64_t row)
{
    const struct segment *segment = &segments[number];
    if (segment->twins == NULL) return row >> 32 == number ? (uint32_t)row : CATALOGUE_NONE;
    const uint32_t *group = number_map_find(&segment->of_twins, row);
    return group ? *group : CATALOGUE_NONE;
}
