#include "usage.h"

#include "pointer.h"
#include "reading.h"

#include <stdlib.h>

enum {
    USAGE_HOPS = 4,    /* each may nest as deep as the document does, on the stack */
    USAGE_INLINED = 4, /* times the values of the document; what is left out then is only not known to be used */
    USAGE_RECORD_BYTES = 12,
};

/* ---- Targets ---------------------------------------------------------------------------------------------------- */

/* Of members of one name the first one counts, whatever it is. */
static bool usage_add_object(struct usage *usage, yyjson_val *key, yyjson_val *value)
{
    bool is_new, is_object = object_is_read(value);
    uint64_t *place = map_put(&usage->names, document_str(key), &is_new);
    if (place == NULL) return false;
    if (is_new) *place = is_object ? usage->object_count : USES_NONE;
    if (is_object) usage->objects[usage->object_count++] = value;
    return true;
}

bool usage_start(struct reading *reading, yyjson_val *schemas)
{
    struct usage *usage = &reading->usage;
    *usage = (struct usage){ .object_count = 0 };
    map_init(&usage->names);
    map_init(&usage->shared);
    buf_init(&usage->targets, UINT32_MAX);
    usage->inlined_limit = (uint64_t)USAGE_INLINED * yyjson_doc_get_val_count(reading->document->json);
    usage->objects = malloc((yyjson_obj_size(schemas) + 1) * sizeof(yyjson_val *));
    if (usage->objects == NULL) return false;
    for (struct document_member at = document_first(schemas); at.left; document_next(&at))
        if (!usage_add_object(usage, at.key, at.value)) return false;
    return true;
}

void usage_end(struct reading *reading)
{
    free(reading->usage.objects);
    map_free(&reading->usage.names);
    map_free(&reading->usage.shared);
    buf_free(&reading->usage.targets);
}

/* Values lie in the order of the text. */
static uint32_t usage_object(const struct usage *usage, const yyjson_val *value)
{
    uint32_t low = 0, high = usage->object_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (usage->objects[middle] == value) return middle;
        if (usage->objects[middle] < value)
            low = middle + 1;
        else
            high = middle;
    }
    return USES_NONE;
}

void usage_record(struct reading *reading, uint32_t target, struct usage_user user)
{
    reading->work += USAGE_RECORD_BYTES;
    if (reading->usage.is_collecting)
        buf_append(&reading->usage.targets, &target, sizeof target);
    else
        catalogue_builder_use(reading->builder, target, user.user, user.within, user.role);
}

static void usage_inline(struct reading *reading, yyjson_val *schema, struct usage_user user)
{
    struct usage *usage = &reading->usage;
    if (usage->hops == USAGE_HOPS || !yyjson_is_ctn(schema)) return;
    usage->inlined += (uint64_t)(unsafe_yyjson_get_next(schema) - schema);
    if (usage->inlined > usage->inlined_limit) return;
    usage->hops++;
    usage_schema(reading, schema, user);
    usage->hops--;
}

/* Nearly all references are "#/components/schemas/" and a name that needs no decoding. The empty str for others. */
static struct str usage_name(struct str reference)
{
    static const struct str components = STR_INIT("#/components/schemas/");
    if (!str_starts(reference, components)) return STR_EMPTY;
    struct str name = str_cut(reference, components.size, reference.size);
    bool is_plain = str_find_byte(name, '/') == STR_NONE && str_find_byte(name, '~') == STR_NONE &&
                    str_find_byte(name, '%') == STR_NONE;
    return is_plain ? name : STR_EMPTY;
}

static void usage_refer(struct reading *reading, struct str reference, struct usage_user user)
{
    struct str name = usage_name(reference);
    if (name.size) {
        const uint64_t *object = map_find(&reading->usage.names, name);
        if (object && *object != USES_NONE) usage_record(reading, (uint32_t)*object, user);
        return;
    }
    yyjson_val *target = pointer_get_fragment(reading->document, reference);
    if (target == NULL) return;
    uint32_t object = usage_object(&reading->usage, target);
    if (object == USES_NONE)
        usage_inline(reading, target, user);
    else
        usage_record(reading, object, user);
}

void usage_reference(struct reading *reading, yyjson_val *schema, struct usage_user user)
{
    usage_refer(reading, document_str(yyjson_obj_getn(schema, "$ref", 4)), user);
}

/* ---- Schemas ---------------------------------------------------------------------------------------------------- */

static void usage_list(struct reading *reading, yyjson_val *list, struct usage_user user)
{
    size_t i, count;
    yyjson_val *value;
    yyjson_arr_foreach (list, i, count, value) usage_schema(reading, value, user);
}

static void usage_map(struct reading *reading, yyjson_val *map, struct usage_user user)
{
    for (struct document_member at = document_first(map); at.left; document_next(&at))
        usage_schema(reading, at.value, user);
}

enum usage_keyword { USAGE_NOTHING, USAGE_SCHEMA, USAGE_LIST, USAGE_MAP };

/* What a member of a schema holds. Most are told by their size, and there are millions. */
static enum usage_keyword usage_keyword(struct str key)
{
    static const struct {
        struct str key;
        enum usage_keyword holds;
    } keywords[] = {
        { STR_INIT("items"), USAGE_SCHEMA },
        { STR_INIT("allOf"), USAGE_LIST },
        { STR_INIT("oneOf"), USAGE_LIST },
        { STR_INIT("anyOf"), USAGE_LIST },
        { STR_INIT("properties"), USAGE_MAP },
        { STR_INIT("prefixItems"), USAGE_LIST },
        { STR_INIT("patternProperties"), USAGE_MAP },
        { STR_INIT("additionalProperties"), USAGE_SCHEMA },
    };
    if (key.size != 5 && key.size < 10) return USAGE_NOTHING;
    for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++)
        if (str_equal(key, keywords[i].key)) return keywords[i].holds;
    return USAGE_NOTHING;
}

static void usage_member(struct reading *reading, enum usage_keyword holds, yyjson_val *value, struct usage_user user)
{
    switch (holds) {
    case USAGE_MAP: usage_map(reading, value, user); break;
    case USAGE_LIST: usage_list(reading, value, user); break;
    case USAGE_SCHEMA: /* `items` was a list in older versions */
        usage_schema(reading, value, user);
        usage_list(reading, value, user);
        break;
    case USAGE_NOTHING: break;
    }
}

/* Recursion ends: the document is nested at most LIMIT_SPEC_DEPTH deep, and usage_inline goes USAGE_HOPS far. */
void usage_schema(struct reading *reading, yyjson_val *value, struct usage_user user)
{
    if (yyjson_obj_size(value) == 0) return;
    yyjson_val *reference = yyjson_obj_getn(value, "$ref", 4);
    bool is_reference = yyjson_is_str(reference);
    if (is_reference) usage_refer(reading, document_str(reference), user);
    if (is_reference && reading->is_3_0) return;
    for (struct document_member at = document_first(value); at.left; document_next(&at))
        if (yyjson_is_ctn(at.value)) usage_member(reading, usage_keyword(document_str(at.key)), at.value, user);
}
