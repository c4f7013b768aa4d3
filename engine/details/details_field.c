#include "details_maker.h"

#include "limits.h"
#include "markdown.h"
#include "plain.h"
#include "ref.h"
#include "schema.h"

const struct engine_field details_no_field = {
    .name = STR_INIT(""),
    .type = STR_INIT(""),
    .id = STR_INIT(""),
    .type_id = STR_INIT(""),
    .description = STR_INIT(""),
    .html = STR_INIT(""),
    .format = STR_INIT(""),
    .pattern = STR_INIT(""),
    .range = STR_INIT(""),
    .default_value = STR_INIT(""),
    .in = STR_INIT(""),
    .origin = STR_INIT(""),
};

/* ---- Text ------------------------------------------------------------------------------------------------------- */

/* When the answer's text is used up, what follows is cut to its first sentence. */
void details_describe(struct details_maker *maker, struct str text, struct str *description, struct str *html)
{
    *description = *html = STR_EMPTY;
    if (text.size == 0) return;
    if (text.size <= maker->text_left) {
        *description = text;
        *html = markdown_html(maker->arena, text);
    } else {
        *description = plain_sentence(maker->arena, text);
    }
    size_t used = description->size + html->size;
    maker->text_left -= used < maker->text_left ? used : maker->text_left;
}

static struct str field_type(struct details_maker *maker, yyjson_val *schema)
{
    schema_type_text(maker->document, schema, &maker->text);
    return details_take_text(maker);
}

/* ---- Links ------------------------------------------------------------------------------------------------------ */

static const struct str field_components = STR_INIT("#/components/schemas/");

static struct str field_reference(yyjson_val *schema)
{
    return document_str(yyjson_obj_get(schema, "$ref"));
}

/* The only entry of a list: { allOf: [ { $ref } ], description } is how one describes a reference in OpenAPI 3.0. */
static yyjson_val *field_only(yyjson_val *list)
{
    return yyjson_arr_size(list) == 1 ? yyjson_arr_get_first(list) : NULL;
}

/* The schema that the type names inside arrays, maps and lists of one: the element type. */
static yyjson_val *field_inner(yyjson_val *schema)
{
    for (unsigned hop = 0; hop < LIMIT_DETAILS_DEPTH && yyjson_is_obj(schema); hop++) {
        if (field_reference(schema).size || yyjson_obj_get(schema, "properties")) return schema;
        yyjson_val *inner = field_only(yyjson_obj_get(schema, "allOf"));
        if (inner == NULL) inner = yyjson_obj_get(schema, "items");
        if (inner == NULL) inner = yyjson_obj_get(schema, "additionalProperties");
        if (!yyjson_is_obj(inner)) return schema;
        schema = inner;
    }
    return schema;
}

static struct str field_type_id(struct details_maker *maker, yyjson_val *inner)
{
    struct str reference = field_reference(inner);
    if (!str_starts(reference, field_components)) return STR_EMPTY;
    struct str token = str_cut(reference, field_components.size, reference.size);
    if (str_find_byte(token, '/') != STR_NONE) return STR_EMPTY; /* something inside of a component */
    struct str name = details_component_name(maker, token);
    return details_component(maker, name) ? details_object_id(maker, name) : STR_EMPTY;
}

/* ---- Alternatives
 * ---------------------------------------------------------------------------------------------------- */

static size_t field_add_alternatives(struct details_maker *maker, yyjson_val *list, struct str *alternatives,
                                     size_t count)
{
    yyjson_val *item;
    size_t i, max;
    yyjson_arr_foreach (list, i, max, item) {
        if (count == LIMIT_DETAILS_ALTERNATIVES) break;
        struct str type = field_type(maker, item);
        struct str title = document_str(yyjson_obj_get(item, "title"));
        if (type.size == 0 || str_equal(type, STR("object"))) type = title.size ? title : STR("object");
        alternatives[count++] = type;
    }
    return count;
}

static void field_alternatives(struct details_maker *maker, const struct parts *parts, struct engine_field *field)
{
    yyjson_val *one = parts_get(parts, "oneOf"), *any = parts_get(parts, "anyOf");
    size_t size = yyjson_arr_size(one) + yyjson_arr_size(any);
    if (size > LIMIT_DETAILS_ALTERNATIVES) size = LIMIT_DETAILS_ALTERNATIVES;
    struct str *alternatives = size ? arena_calloc(maker->arena, size, sizeof *alternatives) : NULL;
    if (alternatives == NULL) return;
    size_t count = field_add_alternatives(maker, one, alternatives, 0);
    field->alternative_count = field_add_alternatives(maker, any, alternatives, count);
    field->alternatives = alternatives;
}

/* ---- The field
 * ------------------------------------------------------------------------------------------------------- */

/* The reference is told where it stands, and the rest is complete. */
static struct str field_description(struct details_maker *maker, const struct schema *schema, const struct parts *parts)
{
    struct str text = schema_description(maker->document, schema);
    if (parts->unresolved.size == 0) return text;
    struct str reference = str_cut(parts->unresolved, 0, LIMIT_SUMMARY_BYTES);
    return arena_format(maker->arena, "%.*s%sThe reference %.*s leads nowhere in this specification.", STR_FORMAT(text),
                        text.size ? "\n\n" : "", STR_FORMAT(reference));
}

static unsigned field_flags(const struct schema *schema, const struct parts *parts)
{
    unsigned flags = schema_flags(schema);
    if (parts_is(parts, "readOnly")) flags |= ENGINE_READ_ONLY;
    if (parts_is(parts, "writeOnly")) flags |= ENGINE_WRITE_ONLY;
    return flags;
}

void details_nested(struct details_maker *maker, yyjson_val *schema, const struct parts *parts,
                    struct details_owner owner, unsigned depth, struct engine_field *field)
{
    yyjson_val *inner = field_inner(schema);
    if (depth >= LIMIT_DETAILS_DEPTH || field_reference(inner).size) return;
    if (inner == schema) {
        details_tree(maker, parts, owner, depth, true, field);
        return;
    }
    struct parts inner_parts;
    parts_collect(&inner_parts, maker->document, inner, &(struct parts_wish){ PARTS_NO_BRANCH, STR_EMPTY });
    if (field->alternative_count == 0) field_alternatives(maker, &inner_parts, field);
    details_tree(maker, &inner_parts, owner, depth, true, field);
}

void details_field(struct details_maker *maker, yyjson_val *value, struct details_owner owner, unsigned depth,
                   struct engine_field *field)
{
    struct schema schema;
    struct parts parts;
    schema_read(value, &schema);
    parts_collect(&parts, maker->document, value, &(struct parts_wish){ PARTS_NO_BRANCH, STR_EMPTY });
    field->type = field_type(maker, value);
    field->type_id = field_type_id(maker, field_inner(value));
    details_describe(maker, field_description(maker, &schema, &parts), &field->description, &field->html);
    details_facts(maker, &parts, field);
    field->flags |= field_flags(&schema, &parts);
    field_alternatives(maker, &parts, field);
    details_nested(maker, value, &parts, owner, depth, field);
}
