#include "details_schema.h"

#define DETAILS_X(name, text) STR_INIT(text),
static const struct str schema_keys[DETAILS_KEYS] = { DETAILS_KEYWORDS(DETAILS_X) };
#undef DETAILS_X

static void schema_note_keys(struct details_schema *schema, yyjson_val *part)
{
    for (struct document_member at = document_first(part); at.left; document_next(&at)) {
        struct str name = document_str(at.key);
        if (str_starts(name, STR("x-"))) schema->has_vendor = true;
        for (unsigned key = 0; key < DETAILS_KEYS; key++) {
            if (name.size != schema_keys[key].size || memcmp(name.at, schema_keys[key].at, name.size) != 0) continue;
            schema->keys |= UINT64_C(1) << key;
            break;
        }
    }
}

void details_schema_read(struct details_schema *schema, const struct details_maker *maker, yyjson_val *value)
{
    schema->value = value;
    schema->keys = 0;
    schema->has_vendor = false;
    parts_collect(&schema->parts, maker->document, value, &(struct parts_wish){ PARTS_SOLE_BRANCH, STR_EMPTY });
    for (size_t i = 0; i < schema->parts.count; i++) schema_note_keys(schema, schema->parts.at[i].schema);
}

void details_schema_add(struct details_schema *schema, const struct details_maker *maker, yyjson_val *value,
                        const struct part *part)
{
    struct details_schema added;
    details_schema_read(&added, maker, value);
    schema->keys |= added.keys;
    schema->has_vendor |= added.has_vendor;
    for (size_t i = 0; i < added.parts.count && schema->parts.count < LIMIT_SCHEMA_PARTS; i++) {
        struct part *copy = &schema->parts.at[schema->parts.count++];
        *copy = added.parts.at[i];
        if (copy->origin.size == 0) copy->origin = part->origin;
        if (copy->home.size == 0) copy->home = part->home;
    }
}

bool details_has_key(const struct details_schema *schema, enum details_key key)
{
    return schema->keys & UINT64_C(1) << key;
}

const char *details_key_name(enum details_key key)
{
    return schema_keys[key].at;
}

yyjson_val *details_part_key(const struct part *part, enum details_key key)
{
    return yyjson_obj_getn(part->schema, schema_keys[key].at, schema_keys[key].size);
}

yyjson_val *details_key(const struct details_schema *schema, enum details_key key)
{
    return details_has_key(schema, key) ? parts_get(&schema->parts, schema_keys[key].at) : NULL;
}

bool details_is(const struct details_schema *schema, enum details_key key)
{
    return details_has_key(schema, key) && parts_is(&schema->parts, schema_keys[key].at);
}

struct str details_key_text(const struct details_schema *schema, enum details_key key)
{
    return details_has_key(schema, key) ? parts_text(&schema->parts, schema_keys[key].at) : STR_EMPTY;
}

bool details_is_link(const struct details_schema *schema)
{
    bool is_reference = yyjson_is_str(yyjson_obj_get(schema->value, "$ref"));
    return is_reference && (details_has_key(schema, DETAILS_KEY_PROPERTIES) ||
                            details_has_key(schema, DETAILS_KEY_ONE_OF) || details_has_key(schema, DETAILS_KEY_ANY_OF));
}

struct str details_component_of(struct details_maker *maker, struct str reference)
{
    struct str components = STR("#/components/schemas/");
    if (!str_starts(reference, components)) return STR_EMPTY;
    struct str token = str_cut(reference, components.size, reference.size);
    return str_find_byte(token, '/') == STR_NONE ? details_component_name(maker, token) : STR_EMPTY;
}
