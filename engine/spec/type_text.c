#include "catalogue.h"
#include "pointer.h"
#include "ref.h"
#include "schema.h"
#include "utf8.h"

enum {
    TYPE_TEXT_DEPTH = 6,        /* "array of array of array of …" */
    TYPE_TEXT_ALTERNATIVES = 5, /* "one of A, B, C, D, E and 7 more" */
    TYPE_TEXT_NAME_BYTES = 120,
};

static void type_text_write(const struct document *document, yyjson_val *value, struct buf *text, int depth);

static void type_text_object_name(struct str reference, struct buf *text)
{
    struct buf name;
    buf_init(&name, SIZE_MAX);
    pointer_append_last(&name, reference);
    buf_append_str(text, utf8_cut(catalogue_short_name(buf_str(&name)), TYPE_TEXT_NAME_BYTES));
    if (name.error) text->error = name.error;
    buf_free(&name);
}

/* Appends "`word` `type of value`", or `alone` when that type is not told. */
static void type_text_of(const struct document *document, struct str word, struct str alone, yyjson_val *value,
                         struct buf *text, int depth)
{
    size_t start = text->size;
    buf_append_str(text, word);
    size_t inner = text->size;
    type_text_write(document, value, text, depth + 1);
    if (text->size != inner) return;
    text->size = start;
    buf_append_str(text, alone);
}

static void type_text_named(const struct document *document, const struct schema *schema, struct str type,
                            struct buf *text, int depth)
{
    if (str_equal(type, STR("array")))
        type_text_of(document, STR("array of "), type, schema->items, text, depth);
    else if (str_equal(type, STR("object")) && schema->properties == NULL && yyjson_is_obj(schema->additional))
        type_text_of(document, STR("map of "), type, schema->additional, text, depth);
    else
        buf_append_str(text, utf8_cut(type, TYPE_TEXT_NAME_BYTES));
}

/* "string or integer": the types of a list but "null", which is a flag. */
static void type_text_list(const struct document *document, const struct schema *schema, struct buf *text, int depth)
{
    size_t i, count, start = text->size;
    yyjson_val *type;
    yyjson_arr_foreach (schema->type, i, count, type) {
        struct str name = document_str(type);
        if (name.size == 0 || str_equal(name, STR("null"))) continue;
        if (text->size - start > SCHEMA_TYPE_BYTES) return;
        if (text->size != start) buf_append_str(text, STR(" or "));
        type_text_named(document, schema, name, text, depth);
    }
}

/* Texts of alternatives behind each other in `text`, the same one once, "null" and the untold ones left out. */
struct type_text_parts {
    size_t starts[TYPE_TEXT_ALTERNATIVES + 1];
    size_t count;
    size_t more; /* that had no room */
};

static struct str type_text_part(const struct type_text_parts *parts, const struct buf *text, size_t number)
{
    return str_cut(buf_str(text), parts->starts[number], parts->starts[number + 1]);
}

static bool type_text_has_part(const struct type_text_parts *parts, const struct buf *text, struct str part)
{
    for (size_t i = 0; i < parts->count; i++)
        if (str_equal(type_text_part(parts, text, i), part)) return true;
    return false;
}

static void type_text_collect(const struct document *document, yyjson_val *alternatives, struct str ignored,
                              struct type_text_parts *parts, struct buf *text, int depth)
{
    size_t i, count;
    yyjson_val *alternative;
    parts->starts[0] = text->size;
    yyjson_arr_foreach (alternatives, i, count, alternative) {
        if (parts->count == TYPE_TEXT_ALTERNATIVES) {
            parts->more = count - i;
            return;
        }
        size_t start = text->size;
        type_text_write(document, alternative, text, depth + 1);
        struct str part = str_cut(buf_str(text), start, text->size);
        bool told = part.size && !str_equal(part, STR("null")) && !str_equal(part, ignored);
        if (told && !type_text_has_part(parts, text, part))
            parts->starts[++parts->count] = text->size;
        else
            text->size = start;
    }
}

/* Puts the parts, which stand at the end of `text`, into a sentence: nothing for none, the part itself for one. */
static void type_text_join(const struct type_text_parts *parts, struct str before, struct str between, struct buf *text)
{
    struct buf sentence;
    buf_init(&sentence, SIZE_MAX);
    if (parts->count + parts->more > 1) buf_append_str(&sentence, before);
    for (size_t i = 0; i < parts->count; i++) {
        if (i) buf_append_str(&sentence, between);
        buf_append_str(&sentence, type_text_part(parts, text, i));
    }
    if (parts->more && parts->count) buf_append_format(&sentence, " and %zu more", parts->more);
    text->size = parts->starts[0];
    buf_append_str(text, buf_str(&sentence));
    if (sentence.error) text->error = sentence.error;
    buf_free(&sentence);
}

static void type_text_composed(const struct document *document, const struct schema *schema, struct buf *text,
                               int depth)
{
    const struct {
        yyjson_val *alternatives;
        struct str before, between, ignored;
    } ways[] = {
        /* In allOf an inline "object" only adds to what the others name. */
        { schema->all_of, STR(""), STR(" and "), STR("object") },
        { schema->one_of, STR("one of "), STR(", "), STR("") },
        { schema->any_of, STR("any of "), STR(", "), STR("") },
    };
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        struct type_text_parts parts = { 0 };
        size_t start = text->size;
        if (yyjson_arr_size(ways[i].alternatives) == 0) continue;
        type_text_collect(document, ways[i].alternatives, ways[i].ignored, &parts, text, depth);
        type_text_join(&parts, ways[i].before, ways[i].between, text);
        if (text->size != start) return;
    }
}

/* A schema that names no type may still tell it by the keywords that make sense for one type only. */
static void type_text_implied(const struct document *document, const struct schema *schema, struct buf *text, int depth)
{
    yyjson_val *sample = schema->constant ? schema->constant : yyjson_arr_get_first(schema->values);
    if (schema->properties || yyjson_is_obj(schema->additional) || schema->patterns)
        type_text_named(document, schema, STR("object"), text, depth);
    else if (schema->items || schema->prefix_items)
        type_text_named(document, schema, STR("array"), text, depth);
    else if (schema->all_of)
        buf_append_str(text, STR("object"));
    else if (yyjson_is_str(sample))
        buf_append_str(text, STR("string"));
    else if (yyjson_is_int(sample))
        buf_append_str(text, STR("integer"));
    else if (yyjson_is_num(sample))
        buf_append_str(text, STR("number"));
    else if (yyjson_is_bool(sample))
        buf_append_str(text, STR("boolean"));
}

static void type_text_write(const struct document *document, yyjson_val *value, struct buf *text, int depth)
{
    struct schema schema;
    size_t start = text->size;
    schema_read(value, &schema);
    if (depth > TYPE_TEXT_DEPTH || schema.self == NULL) return;
    if (schema.ref) {
        type_text_object_name(document_str(schema.ref), text);
        return;
    }
    bool is_plain_object = yyjson_equals_strn(schema.type, "object", 6) && schema.properties == NULL;
    if (schema.type == NULL || is_plain_object) type_text_composed(document, &schema, text, depth);
    if (text->size != start) return;
    if (yyjson_is_arr(schema.type))
        type_text_list(document, &schema, text, depth);
    else if (schema.type)
        type_text_named(document, &schema, document_str(schema.type), text, depth);
    else
        type_text_implied(document, &schema, text, depth);
}

void schema_type_text(const struct document *document, yyjson_val *value, struct buf *text)
{
    size_t start = text->size;
    type_text_write(document, value, text, 0);
    if (text->size - start <= SCHEMA_TYPE_BYTES) return;
    struct str all = str_cut(buf_str(text), start, text->size);
    text->size = start + utf8_cut(all, SCHEMA_TYPE_BYTES - 3).size;
    buf_append_str(text, STR("…"));
}
