#include "hit_versions.h"

#include "element_id.h"
#include "version.h"

#include <stdlib.h>

/* GitHub has eleven; a name that hundreds of objects share is none of versions. */
enum { HIT_VERSIONS_MAX = 32 };

static int hit_versions_order(const void *a, const void *b)
{
    const struct engine_version *left = a, *right = b;
    int order = version_compare(left->version, right->version);
    /* GitHub's enterprise servers all say 1.1.4 and differ in their ids. */
    if (order == 0) order = version_compare(left->id, right->id);
    return order ? order : str_compare(left->id, right->id);
}

/* What is told apart in the list: of an object the part of its name, of an API its version. Empty: it is none of them.
 */
static struct str hit_versions_of(const struct segment *segment, uint32_t shown, uint32_t element)
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
static void hit_versions_members(const struct segment *segment, const struct search_hit *found, uint32_t *first,
                                 uint32_t *end)
{
    const struct catalogue *catalogue = &segment->catalogue;
    uint32_t low = 0, high = catalogue->element_count;
    if (catalogue->elements[found->element].kind == CATALOGUE_OBJECT) {
        const struct format_api *api = &catalogue->apis[catalogue_api_of(catalogue, found->element)];
        low = api->first_element;
        high = low + api->element_count;
    }
    index_members(&segment->index, found->group, low, high, first, end);
}

void hit_versions_fill(const struct segment *segment, const struct search_hit *found, struct arena *arena,
                       struct engine_hit *hit)
{
    struct engine_version versions[HIT_VERSIONS_MAX];
    uint32_t first, end;
    size_t count = 0;
    if (hit->kind != ENGINE_OBJECT && hit->kind != ENGINE_API) return;
    hit_versions_members(segment, found, &first, &end);
    if (end - first < 2) return;
    for (uint32_t i = first; i < end && count < HIT_VERSIONS_MAX; i++) {
        uint32_t element = segment->index.members[i];
        struct str version = hit_versions_of(segment, found->element, element);
        if (version.size == 0) continue;
        struct str id = element_id_write(&segment->catalogue, element, arena);
        versions[count++] = (struct engine_version){ .version = version, .id = id };
    }
    if (count < 2) return;
    qsort(versions, count, sizeof *versions, hit_versions_order);
    struct engine_version *kept = arena_alloc(arena, count * sizeof *kept);
    if (kept == NULL) return;
    memcpy(kept, versions, count * sizeof *kept);
    hit->versions = kept;
    hit->version_count = count;
}
