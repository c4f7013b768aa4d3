#include "uses.h"

/* A number of at most 32 bits; false at the end, and for one that is none. Hundreds of thousands are read for one
 * question, most of one byte. */
static inline bool uses_number(struct uses_list *list, uint32_t *number)
{
    uint64_t value = 0;
    for (unsigned shift = 0; list->at < list->end && shift < 35; shift += 7) {
        uint8_t byte = *list->at++;
        value |= (uint64_t)(byte & 0x7F) << shift;
        if (byte & 0x80) continue;
        *number = (uint32_t)value;
        return value <= UINT32_MAX;
    }
    list->at = list->end;
    return false;
}

void uses_open(struct uses *uses, const struct catalogue *catalogue, uint32_t api)
{
    const struct format_api *of = &catalogue->apis[api];
    uint32_t count = of->counts[CATALOGUE_OBJECT];
    size_t head = (2 * (size_t)count + 1) * sizeof(uint32_t);
    *uses =
        (struct uses){ .catalogue = catalogue, .first_element = of->first_element, .element_count = of->element_count };
    if (of->uses_size < head) return;
    const char *at = catalogue->uses.at + of->uses_offset;
    uses->count = count;
    uses->objects = (const uint32_t *)(const void *)at;
    uses->starts = uses->objects + count;
    uses->lists = (struct str){ at + head, of->uses_size - head };
}

uint32_t uses_object_of(const struct uses *uses, uint32_t element)
{
    uint32_t low = 0, high = uses->count, place = element - uses->first_element;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (uses->objects[middle] == place) return middle;
        if (uses->objects[middle] < place)
            low = middle + 1;
        else
            high = middle;
    }
    return USES_NONE;
}

/* The API itself for a number that leads out of it. */
uint32_t uses_element(const struct uses *uses, uint32_t object)
{
    uint32_t place = uses->objects[object];
    return uses->first_element + (place < uses->element_count ? place : 0);
}

struct uses_list uses_list(const struct uses *uses, uint32_t object)
{
    struct uses_list list = { .uses = uses };
    uint32_t start = uses->starts[object], end = uses->starts[object + 1];
    if (start > end || end > uses->lists.size) return list;
    list.at = (const uint8_t *)uses->lists.at + start;
    list.end = (const uint8_t *)uses->lists.at + end;
    if (!uses_number(&list, &list.left)) list.left = 0;
    return list;
}

bool uses_next_object(struct uses_list *list, struct uses_of_object *use)
{
    const struct uses *uses = list->uses;
    uint32_t step, within;
    if (list->left == 0) return false;
    list->left--;
    bool is_good = uses_number(list, &step) && uses_number(list, &within) && step < uses->count - list->last;
    if (is_good) {
        use->object = list->last += step;
        use->element = uses_element(uses, use->object) + (within >> USES_ROLE_BITS);
        use->role = (enum uses_role)(within & ((1 << USES_ROLE_BITS) - 1));
        if (list->left == 0) list->last = 0;
        if (use->element - uses->first_element < uses->element_count) return true;
    }
    list->at = list->end;
    list->left = 0;
    return false;
}

bool uses_next_endpoint(struct uses_list *list, struct uses_of_endpoint *use)
{
    uint32_t step;
    if (!uses_number(list, &step) || (step >> USES_ROLE_BITS) >= list->uses->element_count - list->last) {
        list->at = list->end;
        return false;
    }
    list->last += step >> USES_ROLE_BITS;
    use->element = list->uses->first_element + list->last;
    use->role = (enum uses_role)(step & ((1 << USES_ROLE_BITS) - 1));
    return true;
}
