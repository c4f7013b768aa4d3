#include "member.h"

#include "document.h"
#include "map.h"

#include <stdlib.h>

/* What is known of one container: an object's members by key, or an array's elements by position. */
struct member_list {
    struct member_list *next;
    yyjson_val *container; /* its address is the key in member_index.lists */
    struct map keys;
    yyjson_val **elements;
};

struct member_index {
    struct map lists;
    struct member_list *first;
    bool failed;
};

struct member_index *member_index_create(void)
{
    return calloc(1, sizeof(struct member_index));
}

static void member_list_free(struct member_list *list)
{
    map_free(&list->keys);
    free(list->elements);
    free(list);
}

void member_index_destroy(struct member_index *index)
{
    if (index == NULL) return;
    while (index->first) {
        struct member_list *next = index->first->next;
        member_list_free(index->first);
        index->first = next;
    }
    map_free(&index->lists);
    free(index);
}

void member_index_fail(struct member_index *index)
{
    index->failed = true;
}

bool member_index_failed(const struct member_index *index)
{
    return index->failed;
}

static bool member_list_keys(struct member_list *list)
{
    for (struct document_member at = document_first(list->container); at.left; document_next(&at)) {
        bool added;
        uint64_t *place = map_put(&list->keys, document_str(at.key), &added);
        if (place == NULL) return false;
        if (added) *place = (uintptr_t)at.value;
    }
    return true;
}

static bool member_list_elements(struct member_list *list)
{
    size_t i, count;
    yyjson_val *value;
    list->elements = calloc(yyjson_arr_size(list->container), sizeof(yyjson_val *));
    if (list->elements == NULL) return false;
    yyjson_arr_foreach (list->container, i, count, value) list->elements[i] = value;
    return true;
}

static struct member_list *member_list_make(struct member_index *index, yyjson_val *container)
{
    struct member_list *list = calloc(1, sizeof *list);
    if (list == NULL) return NULL;
    list->container = container;
    struct str key = { (const char *)&list->container, sizeof list->container };
    bool works = yyjson_is_obj(container) ? member_list_keys(list) : member_list_elements(list);
    uint64_t *place = works ? map_put(&index->lists, key, NULL) : NULL;
    if (place == NULL) {
        member_list_free(list);
        return NULL;
    }
    *place = (uintptr_t)list;
    list->next = index->first;
    index->first = list;
    return list;
}

static struct member_list *member_list_of(struct member_index *index, yyjson_val *container)
{
    if (index == NULL || unsafe_yyjson_get_len(container) < MEMBER_INDEX_FROM) return NULL;
    uint64_t *place = map_find(&index->lists, (struct str){ (const char *)&container, sizeof container });
    return place ? (struct member_list *)(uintptr_t)*place : member_list_make(index, container);
}

yyjson_val *member_find(struct member_index *index, yyjson_val *object, struct str key)
{
    struct member_list *list = member_list_of(index, object);
    if (list == NULL) return yyjson_obj_getn(object, key.at, key.size);
    uint64_t *place = map_find(&list->keys, key);
    return place ? (yyjson_val *)(uintptr_t)*place : NULL;
}

yyjson_val *member_at(struct member_index *index, yyjson_val *array, size_t position)
{
    struct member_list *list = member_list_of(index, array);
    if (list == NULL) return yyjson_arr_get(array, position);
    return position < yyjson_arr_size(array) ? list->elements[position] : NULL;
}
