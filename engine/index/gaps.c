#include "gaps.h"

#include <stdlib.h>

static void gaps_mark_api(struct gaps *gaps, const struct index *index, const struct format_api *api, uint32_t *counts)
{
    for (uint32_t i = api->first_element; i < api->first_element + api->element_count; i++) {
        uint32_t group = index->group_of[i];
        bitmap_set(gaps->elements, i);
        bitmap_set(gaps->partly, group);
        counts[group]++;
        if (counts[group] < index->groups[group + 1].first_member - index->groups[group].first_member) continue;
        bitmap_set(gaps->groups, group);
        gaps->partly[group / BITMAP_BITS] &= ~((uint64_t)1 << group % BITMAP_BITS);
    }
}

int gaps_make(struct gaps *gaps, const struct index *index, const struct catalogue *catalogue, const uint32_t *apis,
              size_t count)
{
    size_t group_words = bitmap_words(index->head->group_count + (size_t)1);
    *gaps = (struct gaps){ .elements = NULL };
    if (count == 0) return FILE_OK;
    gaps->elements = calloc(bitmap_words(catalogue->element_count + (size_t)1), sizeof(uint64_t));
    gaps->groups = calloc(group_words, sizeof(uint64_t));
    gaps->partly = calloc(group_words, sizeof(uint64_t));
    gaps->apis = calloc(bitmap_words(catalogue->api_count + (size_t)1), sizeof(uint64_t));
    uint32_t *counts = calloc(index->head->group_count + (size_t)1, sizeof *counts);
    bool works = gaps->elements && gaps->groups && gaps->partly && gaps->apis && counts;
    for (size_t i = 0; works && i < count; i++) {
        if (bitmap_has(gaps->apis, apis[i])) continue;
        bitmap_set(gaps->apis, apis[i]);
        gaps_mark_api(gaps, index, &catalogue->apis[apis[i]], counts);
    }
    free(counts);
    if (!works) gaps_free(gaps);
    return works ? FILE_OK : FILE_NO_MEMORY;
}

void gaps_free(struct gaps *gaps)
{
    free(gaps->elements);
    free(gaps->groups);
    free(gaps->partly);
    free(gaps->apis);
    *gaps = (struct gaps){ .elements = NULL };
}
