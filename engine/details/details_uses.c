#include "details_uses.h"

#include "catalogue.h"
#include "limits.h"
#include "ref.h"

#include <stdlib.h>

struct details_uses {
    struct details_use *at; /* by target, then order */
    size_t count, capacity;
    bool failed;
};

/* Where the walk is. */
struct uses_walk {
    struct details_uses *uses;
    const struct document *document;
    struct details_use here; /* all but the target */
};

/* ---- Collecting ------------------------------------------------------------------------------------------------- */

static bool uses_is_same(const struct details_use *a, const struct details_use *b)
{
    return a->target == b->target && a->name == b->name && a->property == b->property && a->method == b->method &&
           a->role == b->role;
}

static void uses_add(struct uses_walk *walk, yyjson_val *target)
{
    struct details_uses *uses = walk->uses;
    struct details_use use = walk->here;
    use.target = target;
    use.order = (uint32_t)uses->count;
    if (uses->count && uses_is_same(&uses->at[uses->count - 1], &use)) return;
    if (uses->count == uses->capacity) {
        size_t capacity = uses->capacity ? uses->capacity * 2 : 256;
        struct details_use *at = capacity > UINT32_MAX ? NULL : realloc(uses->at, capacity * sizeof *at);
        if (at == NULL) {
            uses->failed = true;
            return;
        }
        uses->at = at;
        uses->capacity = capacity;
    }
    uses->at[uses->count++] = use;
}

static void uses_schema(struct uses_walk *walk, yyjson_val *schema);

static void uses_list(struct uses_walk *walk, yyjson_val *list)
{
    yyjson_val *item;
    size_t i, max;
    yyjson_arr_foreach (list, i, max, item) uses_schema(walk, item);
}

static void uses_map(struct uses_walk *walk, yyjson_val *map)
{
    for (struct document_member at = document_first(map); at.left; document_next(&at)) uses_schema(walk, at.value);
}

static void uses_properties(struct uses_walk *walk, yyjson_val *properties)
{
    struct details_use outer = walk->here;
    for (struct document_member at = document_first(properties); at.left; document_next(&at)) {
        if (outer.method == NULL) {
            walk->here.property = at.value;
            walk->here.role = DETAILS_PROPERTY;
        }
        uses_schema(walk, at.value);
    }
    walk->here = outer;
}

/* Recursion ends: references are not followed, and the document is nested LIMIT_SPEC_DEPTH deep at most. */
static void uses_schema(struct uses_walk *walk, yyjson_val *schema)
{
    if (!yyjson_is_obj(schema) || walk->uses->failed) return;
    for (struct document_member at = document_first(schema); at.left; document_next(&at)) {
        struct str key = document_str(at.key);
        if (str_equal(key, STR("$ref"))) {
            yyjson_val *target = ref_follow(walk->document, schema);
            if (target) uses_add(walk, target);
        } else if (str_equal(key, STR("properties"))) {
            uses_properties(walk, at.value);
        } else if (str_equal(key, STR("allOf")) || str_equal(key, STR("oneOf")) || str_equal(key, STR("anyOf")) ||
                   str_equal(key, STR("prefixItems"))) {
            uses_list(walk, at.value);
        } else if (str_equal(key, STR("items")) || str_equal(key, STR("additionalProperties"))) {
            uses_schema(walk, at.value);
        } else if (str_equal(key, STR("patternProperties"))) {
            uses_map(walk, at.value);
        }
    }
}

static void uses_content(struct uses_walk *walk, yyjson_val *content)
{
    for (struct document_member at = document_first(content); at.left; document_next(&at)) {
        uses_schema(walk, document_get(walk->document, at.value, STR("schema")));
    }
}

static void uses_parameters(struct uses_walk *walk, yyjson_val *parameters)
{
    yyjson_val *item;
    size_t i, max;
    walk->here.role = DETAILS_PARAMETER;
    yyjson_arr_foreach (parameters, i, max, item) {
        yyjson_val *parameter = ref_resolve(walk->document, item);
        uses_schema(walk, document_get(walk->document, parameter, STR("schema")));
        uses_content(walk, document_get(walk->document, parameter, STR("content")));
    }
}

static void uses_operation(struct uses_walk *walk, yyjson_val *path_item, yyjson_val *operation)
{
    const struct document *document = walk->document;
    uses_parameters(walk, document_get(document, path_item, STR("parameters")));
    uses_parameters(walk, document_get(document, operation, STR("parameters")));
    walk->here.role = DETAILS_REQUEST;
    yyjson_val *body = ref_resolve(document, document_get(document, operation, STR("requestBody")));
    uses_content(walk, document_get(document, body, STR("content")));
    walk->here.role = DETAILS_RESPONSE;
    struct document_member at = document_first(document_get(document, operation, STR("responses")));
    for (; at.left; document_next(&at)) {
        yyjson_val *response = ref_resolve(document, at.value);
        uses_content(walk, document_get(document, response, STR("content")));
    }
}

static void uses_path(struct uses_walk *walk, yyjson_val *path, yyjson_val *item)
{
    enum catalogue_method method;
    yyjson_val *path_item = ref_resolve(walk->document, item);
    for (struct document_member at = document_first(path_item); at.left; document_next(&at)) {
        if (!yyjson_is_obj(at.value) || !catalogue_method_read(document_str(at.key), &method)) continue;
        walk->here = (struct details_use){ .name = path, .method = at.key };
        uses_operation(walk, path_item, at.value);
    }
}

/* ---- Looking up ------------------------------------------------------------------------------------------------- */

static int uses_order(const void *a, const void *b)
{
    const struct details_use *left = a, *right = b;
    if (left->target != right->target) return left->target < right->target ? -1 : 1;
    return left->order < right->order ? -1 : left->order > right->order;
}

/* Several media types of one response mostly have one schema: only the first use is kept. */
static void uses_unique(struct details_uses *uses)
{
    size_t kept = 0;
    for (size_t i = 0; i < uses->count; i++) {
        bool is_new = true;
        for (size_t back = 1; is_new && back <= kept && back <= 8; back++) {
            is_new = !uses_is_same(&uses->at[kept - back], &uses->at[i]);
        }
        if (is_new) uses->at[kept++] = uses->at[i];
    }
    uses->count = kept;
}

struct details_uses *details_uses_make(const struct document *document)
{
    struct details_uses *uses = calloc(1, sizeof *uses);
    if (uses == NULL) return NULL;
    struct uses_walk walk = { .uses = uses, .document = document };
    yyjson_val *components = document_get(document, document->root, STR("components"));
    struct document_member at = document_first(document_get(document, components, STR("schemas")));
    for (; at.left; document_next(&at)) {
        walk.here = (struct details_use){ .name = at.key, .role = DETAILS_PART };
        uses_schema(&walk, at.value);
    }
    at = document_first(document_get(document, document->root, STR("paths")));
    for (; at.left; document_next(&at)) uses_path(&walk, at.key, at.value);
    if (uses->failed) {
        details_uses_free(uses);
        return NULL;
    }
    if (uses->count) qsort(uses->at, uses->count, sizeof *uses->at, uses_order);
    uses_unique(uses);
    return uses;
}

void details_uses_free(struct details_uses *uses)
{
    if (uses) free(uses->at);
    free(uses);
}

const struct details_use *details_uses_of(const struct details_uses *uses, yyjson_val *target, size_t *count)
{
    size_t low = 0, high = uses->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (uses->at[middle].target < target)
            low = middle + 1;
        else
            high = middle;
    }
    *count = 0;
    while (low + *count < uses->count && uses->at[low + *count].target == target) (*count)++;
    return uses->at + low;
}
