#include "details_model.h"

/* Of several parts with this property one is told. */
static bool keys_is_double(struct details_maker *maker, const struct details_schema *schema, struct str name,
                           yyjson_val *value)
{
    if (schema->parts.count < 2) return false;
    if (maker->looks_left < schema->parts.count) return true;
    maker->looks_left -= schema->parts.count;
    return parts_property(&schema->parts, name) != value;
}

void details_keys(struct details_maker *maker, yyjson_val *inner, struct engine_field *field)
{
    struct details_schema schema;
    details_schema_read(&schema, maker, inner);
    if (!details_has_key(&schema, DETAILS_KEY_PROPERTIES)) return;
    struct str *keys = arena_alloc(maker->arena, ENGINE_KEYS * sizeof *keys);
    if (keys == NULL) return;
    for (size_t i = 0; i < schema.parts.count; i++) {
        struct document_member at = document_first(details_part_key(&schema.parts.at[i], DETAILS_KEY_PROPERTIES));
        for (; at.left; document_next(&at)) {
            struct str name = document_str(at.key);
            if (keys_is_double(maker, &schema, name, at.value)) continue;
            if (field->key_count < ENGINE_KEYS) keys[field->key_count++] = name;
            field->key_total++;
        }
    }
    field->keys = keys;
}
