#include "collect.h"

static void collect_swap(struct collect_hit *a, struct collect_hit *b)
{
    struct collect_hit hit = *a;
    *a = *b;
    *b = hit;
}

static bool collect_is_worse(const struct collect_hit *a, const struct collect_hit *b)
{
    return a->key != b->key ? a->key > b->key : a->group > b->group;
}

static void collect_sift_up(struct collect_hit *hits, uint32_t at)
{
    while (at > 0 && collect_is_worse(&hits[at], &hits[(at - 1) / 2])) {
        collect_swap(&hits[at], &hits[(at - 1) / 2]);
        at = (at - 1) / 2;
    }
}

static void collect_sift_down(struct collect_hit *hits, uint32_t count)
{
    for (uint32_t at = 0, child; (child = 2 * at + 1) < count; at = child) {
        if (child + 1 < count && collect_is_worse(&hits[child + 1], &hits[child])) child++;
        if (!collect_is_worse(&hits[child], &hits[at])) return;
        collect_swap(&hits[at], &hits[child]);
    }
}

bool collect_wants(const struct collect *collect, uint64_t key, uint32_t group)
{
    struct collect_hit hit = { key, group, COLLECT_ANY };
    return collect->count < collect->limit || collect_is_worse(&collect->hits[0], &hit);
}

bool collect_add(struct collect *collect, uint64_t key, uint32_t group, uint32_t element)
{
    struct collect_hit hit = { key, group, element };
    if (!collect_wants(collect, key, group)) return false;
    if (collect->is_behind && !collect_is_worse(&hit, &collect->last)) return true;
    if (collect->count < collect->limit) {
        collect->hits[collect->count] = hit;
        collect_sift_up(collect->hits, collect->count++);
    } else {
        collect->hits[0] = hit;
        collect_sift_down(collect->hits, collect->count);
    }
    return true;
}

void collect_sort(struct collect *collect)
{
    for (uint32_t end = collect->count; end > 1; end--) {
        collect_swap(&collect->hits[0], &collect->hits[end - 1]);
        collect_sift_down(collect->hits, end - 1);
    }
}
