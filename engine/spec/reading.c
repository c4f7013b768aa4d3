#include "reading.h"

#include "limits.h"

static uint64_t reading_limit(const struct document *document)
{
    uint64_t limit = LIMIT_SPEC_GROWTH_BYTES + LIMIT_SPEC_GROWTH * (uint64_t)document->bytes;
    uint64_t most = 2 * (uint64_t)LIMIT_SPEC_BYTES;
    return limit < most ? limit : most;
}

void reading_start(struct reading *reading, const struct document *document, struct catalogue_builder *builder)
{
    *reading = (struct reading){ .document = document, .builder = builder };
    reading->start_size = catalogue_builder_size(builder);
    reading->limit = reading_limit(document);
    buf_init(&reading->owner, SIZE_MAX);
    buf_init(&reading->text, SIZE_MAX);
    buf_init(&reading->values, SIZE_MAX);
}

void reading_end(struct reading *reading)
{
    buf_free(&reading->owner);
    buf_free(&reading->text);
    buf_free(&reading->values);
    usage_end(reading);
}

bool reading_has_memory(const struct reading *reading)
{
    return !catalogue_builder_failed(reading->builder) && !reading->owner.error && !reading->text.error &&
           !reading->values.error && !reading->usage.targets.error && !document_error(reading->document);
}

bool reading_is_over(const struct reading *reading)
{
    return reading->work + catalogue_builder_size(reading->builder) - reading->start_size > reading->limit;
}

uint32_t reading_text(struct reading *reading, struct str text)
{
    reading->work += text.size;
    return catalogue_builder_string(reading->builder, text);
}

uint32_t reading_string(struct reading *reading, yyjson_val *value)
{
    return reading_text(reading, document_str(value));
}

static uint32_t reading_json(struct reading *reading, yyjson_val *value)
{
    if (value == NULL) return 0;
    reading->text.size = 0;
    document_json_text(value, &reading->text);
    return reading_text(reading, buf_str(&reading->text));
}

/* A list of JSON texts, and what goes before it. */
static uint32_t reading_list(struct reading *reading, uint32_t format, uint32_t default_value, yyjson_val *list)
{
    size_t i, count;
    yyjson_val *value;
    reading->values.size = 0;
    yyjson_arr_foreach (list, i, count, value) {
        uint32_t id = reading_json(reading, value);
        buf_append(&reading->values, &id, sizeof id);
    }
    if (!reading_has_memory(reading)) return 0;
    return catalogue_builder_facts(reading->builder, format, default_value,
                                   (const uint32_t *)(const void *)reading->values.at,
                                   (uint32_t)(reading->values.size / sizeof(uint32_t)));
}

static uint32_t reading_facts(struct reading *reading, const struct schema *schema)
{
    if (schema->ref && reading->is_3_0) return 0;
    if (!schema->format && !schema->default_value && !schema->values && !schema->constant) return 0;
    uint32_t format = reading_string(reading, schema->format);
    uint32_t default_value = reading_json(reading, schema->default_value);
    if (schema->constant == NULL) return reading_list(reading, format, default_value, schema->values);
    uint32_t id = reading_json(reading, schema->constant);
    return reading_has_memory(reading) ? catalogue_builder_facts(reading->builder, format, default_value, &id, 1) : 0;
}

uint32_t reading_tags(struct reading *reading, yyjson_val *names)
{
    return yyjson_arr_size(names) ? reading_list(reading, 0, 0, names) : 0;
}

/* Most schemas are of one simple type: those need no text made. */
static bool reading_is_simple(const struct schema *schema)
{
    struct str type = document_str(schema->type);
    return type.size && type.size < SCHEMA_TYPE_BYTES / 4 && !schema->ref && !str_equal(type, STR("array")) &&
           !str_equal(type, STR("object"));
}

static uint32_t reading_type(struct reading *reading, const struct schema *schema)
{
    if (schema->self == NULL) return 0;
    if (reading_is_simple(schema)) return reading_string(reading, schema->type);
    reading->text.size = 0;
    schema_type_text(reading->document, schema->self, &reading->text);
    return reading_text(reading, buf_str(&reading->text));
}

void reading_schema(struct reading *reading, const struct schema *schema, struct format_element *element)
{
    element->type = reading_type(reading, schema);
    element->text = reading_text(reading, schema_description(reading->document, schema));
    element->facts = reading_facts(reading, schema);
    element->flags |= (uint8_t)schema_flags(schema, reading->is_3_0);
}
