#include "details_model.h"

#include "limits.h"
#include "schema.h"
#include "utf8.h"

/* A sentence that nests deeper, or lists more, nobody reads to its end. */
enum { WORDS_DEPTH = 3, WORDS_LIST = 6, WORDS_VALUE_BYTES = 80 };

static void words_noun(struct details_maker *maker, yyjson_val *schema, unsigned depth);
static void words_clauses(struct details_maker *maker, yyjson_val *schema, unsigned depth);

/* ---- Pieces ------------------------------------------------------------------------------------------------------ */

static void words_value(struct details_maker *maker, yyjson_val *value)
{
    size_t start = maker->text.size;
    document_json_text(value, &maker->text);
    struct str text = str_cut(buf_str(&maker->text), start, maker->text.size);
    if (text.size <= WORDS_VALUE_BYTES) return;
    maker->text.size = start + utf8_cut(text, WORDS_VALUE_BYTES).size;
    buf_append_str(&maker->text, STR("\xe2\x80\xa6"));
}

static void words_name(struct details_maker *maker, struct str name)
{
    buf_append_byte(&maker->text, '`');
    buf_append_str(&maker->text, utf8_cut(name, WORDS_VALUE_BYTES));
    buf_append_byte(&maker->text, '`');
}

static void words_between(struct details_maker *maker, size_t start, const char *between)
{
    if (maker->text.size > start) buf_append_str(&maker->text, str_from(between));
}

/* "a, b or c"; true when some were left out. */
static void words_join(struct details_maker *maker, size_t i, size_t max, const char *last)
{
    if (i > 0) buf_append_str(&maker->text, str_from(i + 1 == max ? last : ", "));
}

static void words_more(struct details_maker *maker, size_t count)
{
    if (count > WORDS_LIST) buf_append_format(&maker->text, " and %zu more", count - WORDS_LIST);
}

static void words_list_values(struct details_maker *maker, yyjson_val *list)
{
    yyjson_val *item;
    size_t i, max;
    yyjson_arr_foreach (list, i, max, item) {
        if (i == WORDS_LIST) break;
        words_join(maker, i, max, " or ");
        words_value(maker, item);
    }
    words_more(maker, yyjson_arr_size(list));
}

static void words_list_nouns(struct details_maker *maker, yyjson_val *list, const char *last, unsigned depth)
{
    yyjson_val *item;
    size_t i, max;
    yyjson_arr_foreach (list, i, max, item) {
        if (i == WORDS_LIST) break;
        words_join(maker, i, max, last);
        words_noun(maker, item, depth + 1);
    }
    words_more(maker, yyjson_arr_size(list));
}

/* ---- What limits a value ----------------------------------------------------------------------------------------- */

bool details_words_limits(struct details_maker *maker, yyjson_val *value)
{
    struct details_schema schema;
    size_t start = maker->text.size;
    if (!yyjson_is_obj(value)) return false;
    details_schema_read(&schema, maker, value);
    details_limits(maker, &schema);
    struct str format = details_key_text(&schema, DETAILS_KEY_FORMAT);
    struct str pattern = details_key_text(&schema, DETAILS_KEY_PATTERN);
    if (format.size) {
        words_between(maker, start, ", ");
        buf_append_str(&maker->text, STR("format "));
        buf_append_str(&maker->text, utf8_cut(format, WORDS_VALUE_BYTES));
    }
    if (pattern.size) {
        words_between(maker, start, ", ");
        buf_append_str(&maker->text, STR("like "));
        words_name(maker, pattern);
    }
    return maker->text.size > start;
}

/* ---- Nouns ------------------------------------------------------------------------------------------------------- */

static bool words_exact(struct details_maker *maker, yyjson_val *schema)
{
    yyjson_val *constant = yyjson_obj_get(schema, "const"), *values = yyjson_obj_get(schema, "enum");
    if (constant) {
        words_value(maker, constant);
        return true;
    }
    if (yyjson_arr_size(values) == 0) return false;
    words_list_values(maker, values);
    return true;
}

static bool words_composed(struct details_maker *maker, yyjson_val *schema, unsigned depth)
{
    static const struct {
        const char *key, *last;
    } ways[] = { { "allOf", " and " }, { "oneOf", " or " }, { "anyOf", " or " } };
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        yyjson_val *list = yyjson_obj_get(schema, ways[i].key);
        if (yyjson_arr_size(list) == 0) continue;
        words_list_nouns(maker, list, ways[i].last, depth);
        return true;
    }
    return false;
}

static bool words_is_plain_object(struct str type)
{
    return type.size == 0 || str_equal(type, STR("object"));
}

/* Appends the type where it says more than "object". */
static void words_type(struct details_maker *maker, yyjson_val *schema)
{
    size_t start = maker->text.size;
    schema_type_text(maker->document, schema, &maker->text);
    if (words_is_plain_object(str_cut(buf_str(&maker->text), start, maker->text.size))) maker->text.size = start;
}

/* Nobody reads further, or somebody made the specification to keep us busy. */
static bool words_are_enough(struct details_maker *maker, unsigned depth)
{
    if (maker->words_left) maker->words_left--;
    return depth > WORDS_DEPTH || maker->words_left == 0 || maker->text.size > LIMIT_DETAILS_SENTENCE_BYTES;
}

static void words_noun(struct details_maker *maker, yyjson_val *schema, unsigned depth)
{
    size_t start = maker->text.size;
    if (!yyjson_is_obj(schema)) {
        buf_append_str(&maker->text, yyjson_is_false(schema) ? STR("nothing") : STR("anything"));
        return;
    }
    if (words_are_enough(maker, depth)) {
        buf_append_str(&maker->text, STR("\xe2\x80\xa6"));
        return;
    }
    if (words_exact(maker, schema)) return;
    if (yyjson_obj_get(schema, "type") == NULL && words_composed(maker, schema, depth)) return;
    words_type(maker, schema);
    size_t end = maker->text.size;
    words_between(maker, start, ", ");
    if (!yyjson_obj_get(schema, "$ref") && details_words_limits(maker, schema)) end = maker->text.size;
    maker->text.size = end; /* the comma, where nothing followed it */
    words_between(maker, start, " with ");
    size_t inner = maker->text.size;
    words_clauses(maker, schema, depth + 1);
    if (maker->text.size == inner) maker->text.size = end;
    if (maker->text.size == start) buf_append_str(&maker->text, STR("object"));
}

void details_words_noun(struct details_maker *maker, yyjson_val *schema)
{
    words_noun(maker, schema, 0);
}

/* ---- Clauses ----------------------------------------------------------------------------------------------------- */

static void words_property(struct details_maker *maker, struct str name, yyjson_val *schema, unsigned depth)
{
    words_name(maker, name);
    buf_append_str(&maker->text, yyjson_is_false(schema) ? STR(" is not there") : STR(" is "));
    if (!yyjson_is_false(schema)) words_noun(maker, schema, depth + 1);
}

static void words_properties(struct details_maker *maker, yyjson_val *properties, size_t start, unsigned depth)
{
    size_t count = 0;
    for (struct document_member at = document_first(properties); at.left && count < WORDS_LIST; document_next(&at)) {
        words_between(maker, start, ", ");
        words_property(maker, document_str(at.key), at.value, depth);
        count++;
    }
    words_more(maker, yyjson_obj_size(properties));
}

/* Names that are required; of those that `properties` tells more about, that is enough. */
static void words_required(struct details_maker *maker, yyjson_val *schema, size_t start)
{
    yyjson_val *properties = yyjson_obj_get(schema, "properties"), *item;
    size_t i, max, count = 0;
    yyjson_arr_foreach (yyjson_obj_get(schema, "required"), i, max, item) {
        struct str name = document_str(item);
        if (name.size == 0 || document_get(maker->document, properties, name)) continue;
        if (count++ == WORDS_LIST) break;
        words_between(maker, start, ", ");
        words_name(maker, name);
        buf_append_str(&maker->text, STR(" is there"));
    }
}

static void words_clause_list(struct details_maker *maker, yyjson_val *list, const char *last, size_t start,
                              unsigned depth)
{
    yyjson_val *item;
    size_t i, max;
    yyjson_arr_foreach (list, i, max, item) {
        if (i == WORDS_LIST || depth >= WORDS_DEPTH) break;
        words_between(maker, start, i > 0 ? last : ", ");
        size_t inner = maker->text.size;
        words_clauses(maker, item, depth + 1);
        if (maker->text.size == inner) words_noun(maker, item, depth + 1);
    }
}

static void words_clauses(struct details_maker *maker, yyjson_val *schema, unsigned depth)
{
    size_t start = maker->text.size;
    if (!yyjson_is_obj(schema) || words_are_enough(maker, depth)) return;
    words_properties(maker, yyjson_obj_get(schema, "properties"), start, depth);
    words_required(maker, schema, start);
    words_clause_list(maker, yyjson_obj_get(schema, "allOf"), ", ", start, depth);
    words_clause_list(maker, yyjson_obj_get(schema, "oneOf"), " or ", start, depth);
    words_clause_list(maker, yyjson_obj_get(schema, "anyOf"), " or ", start, depth);
    yyjson_val *not = yyjson_obj_get(schema, "not");
    if (not == NULL || depth >= WORDS_DEPTH) return;
    words_between(maker, start, ", ");
    buf_append_str(&maker->text, STR("not: "));
    size_t inner = maker->text.size;
    words_clauses(maker, not, depth + 1);
    if (maker->text.size == inner) words_noun(maker, not, depth + 1);
}

void details_words_clauses(struct details_maker *maker, yyjson_val *schema)
{
    size_t start = maker->text.size;
    words_clauses(maker, schema, 0);
    if (maker->text.size == start) words_noun(maker, schema, 0);
}
