#include "versions.h"

#include "element_id.h"
#include "version.h"

#include <stdlib.h>

/* GitHub has eleven; a name that hundreds of objects share is none of versions. */
enum { VERSIONS_MAX = 32 };

static int versions_order(const void *a, const void *b)
{
    const struct engine_version *left = a, *right = b;
    int order = version_compare(left->version, right->version);
    /* GitHub's enterprise servers all say 1.1.4 and differ in their ids. */
    if (order == 0) order = version_compare(left->id, right->id);
    return order ? order : str_compare(left->id, right->id);
}

/* What is told apart in the list: of an object the part of its name, of an API its version. Empty: it is none of them.
 */
static struct str versions_of(const struct segment *segment, uint32_t shown, uint32_t element)
{
    const struct catalogue *catalogue = &segment->catalogue;
    if (catalogue->elements[shown].kind == CATALOGUE_OBJECT)
        return version_part(catalogue_string(catalogue, catalogue->elements[element].name));
    uint32_t number = catalogue_api_of(catalogue, element), own = catalogue_api_of(catalogue, shown);
    bool is_same =
        catalogue->apis[number].provider == catalogue->apis[own].provider && segment_has_api(segment, number);
    return is_same ? catalogue_string(catalogue, catalogue->apis[number].version) : STR_EMPTY;
}

/* The members that are versions of one another, side by side. */
static void versions_members(const struct segment *segment, uint32_t shown, uint32_t group, uint32_t *first,
                             uint32_t *end)
{
    const struct catalogue *catalogue = &segment->catalogue;
    uint32_t low = 0, high = catalogue->element_count;
    if (catalogue->elements[shown].kind == CATALOGUE_OBJECT) {
        const struct format_api *api = &catalogue->apis[catalogue_api_of(catalogue, shown)];
        low = api->first_element;
        high = low + api->element_count;
    }
    index_members(&segment->index, group, low, high, first, end);
}

static size_t versions_collect(const struct segment *segment, uint32_t shown, uint32_t group, struct arena *arena,
                               struct engine_version *found)
{
    uint32_t first, end;
    size_t count = 0;
    versions_members(segment, shown, group, &first, &end);
    if (end - first < 2) return 0;
    for (uint32_t i = first; i < end && count < VERSIONS_MAX; i++) {
        uint32_t element = segment->index.members[i];
        struct str version = versions_of(segment, shown, element);
        if (version.size == 0) continue;
        found[count++] = (struct engine_version){ version, element_id_write(&segment->catalogue, element, arena) };
    }
    return count;
}

void versions_find(const struct segment *segment, uint32_t element, uint32_t group, struct arena *arena,
                   const struct engine_version **versions, size_t *count)
{
    struct engine_version found[VERSIONS_MAX];
    unsigned kind = segment->catalogue.elements[element].kind;
    *versions = NULL;
    *count = 0;
    if (kind != CATALOGUE_OBJECT && kind != CATALOGUE_API) return;
    size_t all = versions_collect(segment, element, group, arena, found);
    if (all < 2) return;
    qsort(found, all, sizeof *found, versions_order);
    struct engine_version *kept = arena_alloc(arena, all * sizeof *kept);
    if (kept == NULL) return;
    memcpy(kept, found, all * sizeof *kept);
    *versions = kept;
    *count = all;
}
