#include "details_endpoint.h"

#include "limits.h"

#include <stdlib.h>

static void tag_fill(struct details_maker *maker, yyjson_val *value, struct engine_tag *tag)
{
    struct str name = document_str(yyjson_obj_get(value, "name"));
    if (name.size) tag->name = name;
    tag->docs = details_docs(value);
    details_describe(maker, document_str(yyjson_obj_get(value, "description")), &tag->description, &tag->html);
}

static yyjson_val *tag_list(const struct details_maker *maker)
{
    return document_get(maker->document, maker->document->root, STR("tags"));
}

void details_tags(struct details_maker *maker, yyjson_val *names)
{
    size_t size, i, max, k, most;
    yyjson_val *item, *value;
    struct engine_tag *tags = details_list(maker, yyjson_arr_size(names), LIMIT_DETAILS_HEADERS, sizeof *tags, &size);
    maker->details->tags = tags;
    yyjson_arr_foreach (names, i, max, item) {
        if (maker->details->tag_count == size) return;
        struct engine_tag *tag = &tags[maker->details->tag_count++];
        *tag = (struct engine_tag){ .name = document_str(item), .description = STR_EMPTY, .html = STR_EMPTY };
        tag->docs = details_docs(NULL);
        yyjson_arr_foreach (tag_list(maker), k, most, value) {
            if (k == LIMIT_DETAILS_TAGS || !str_equal(document_str(yyjson_obj_get(value, "name")), tag->name)) continue;
            tag_fill(maker, value, tag);
            break;
        }
    }
}

/* ---- Of an API --------------------------------------------------------------------------------------------------- */

struct tags {
    struct engine_tag *at;
    size_t count, size;
};

static struct engine_tag *tags_get(struct tags *tags, struct str name)
{
    for (size_t i = 0; i < tags->count; i++)
        if (str_equal(tags->at[i].name, name)) return &tags->at[i];
    if (tags->count == tags->size || name.size == 0) return NULL;
    struct engine_tag *tag = &tags->at[tags->count++];
    *tag = (struct engine_tag){ .name = name, .description = STR_EMPTY, .html = STR_EMPTY };
    tag->docs = details_docs(NULL);
    return tag;
}

/* The catalogue keeps the tags of each endpoint as its values, JSON text each. */
static struct str tags_name(struct details_maker *maker, struct str json)
{
    if (json.size >= 2 && str_find_byte(json, '\\') == STR_NONE) return str_cut(json, 1, json.size - 1);
    yyjson_doc *doc = yyjson_read(json.at, json.size, 0);
    struct str name = arena_copy(maker->arena, document_str(yyjson_doc_get_root(doc)));
    yyjson_doc_free(doc);
    return name;
}

static int tags_order(const void *a, const void *b)
{
    uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
    return left < right ? -1 : left > right;
}

static void tags_add(struct details_maker *maker, struct tags *tags, uint32_t facts_offset, uint64_t count)
{
    const struct format_element record = { .facts = facts_offset };
    struct catalogue_facts facts = catalogue_facts(maker->catalogue, &record);
    for (uint32_t i = 0; i < facts.value_count; i++) {
        struct engine_tag *tag = tags_get(tags, tags_name(maker, catalogue_facts_value(maker->catalogue, &facts)));
        if (tag) tag->count += count;
    }
}

/* Endpoints with the same tags have the same facts: sorted, each of these is looked at once. */
static void tags_count(struct details_maker *maker, struct tags *tags)
{
    const struct format_api *api = &maker->catalogue->apis[maker->api];
    uint32_t *facts = arena_alloc(maker->arena, (api->counts[CATALOGUE_ENDPOINT] + 1) * sizeof *facts);
    size_t count = 0;
    if (facts == NULL) return;
    for (uint32_t i = api->first_element; i < api->first_element + api->element_count; i++) {
        const struct format_element *record = &maker->catalogue->elements[i];
        if (record->kind == CATALOGUE_ENDPOINT && record->facts && count < api->counts[CATALOGUE_ENDPOINT])
            facts[count++] = record->facts;
    }
    if (count) qsort(facts, count, sizeof *facts, tags_order);
    for (size_t first = 0, end; first < count; first = end) {
        for (end = first + 1; end < count && facts[end] == facts[first];) end++;
        tags_add(maker, tags, facts[first], end - first);
    }
}

/* In the order of the document; those that it does not list behind, as they come. */
void details_api_tags(struct details_maker *maker)
{
    struct tags tags = { 0 };
    yyjson_val *item;
    size_t i, max;
    tags.at = details_list(maker, LIMIT_DETAILS_TAGS, LIMIT_DETAILS_TAGS, sizeof *tags.at, &tags.size);
    yyjson_arr_foreach (tag_list(maker), i, max, item) {
        struct engine_tag *tag = tags_get(&tags, document_str(yyjson_obj_get(item, "name")));
        if (tag && tag->description.size == 0) tag_fill(maker, item, tag);
    }
    tags_count(maker, &tags);
    maker->details->tags = tags.at;
    maker->details->tag_count = tags.count;
}
