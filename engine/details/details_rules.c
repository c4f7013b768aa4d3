#include "details_model.h"

/* Required names that are looked for among the properties. */
enum { RULES_REQUIRED = 64, RULES_DEPENDENCIES = 8 };

struct rules {
    struct details_maker *maker;
    const struct details_schema *schema;
    struct details_sentences sentences;
};

static void rules_say(struct rules *rules, const char *end)
{
    buf_append_str(&rules->maker->text, str_from(end));
    details_sentence_take(rules->maker, &rules->sentences);
}

static void rules_text(struct rules *rules, const char *text)
{
    buf_append_str(&rules->maker->text, str_from(text));
}

static void rules_name(struct rules *rules, struct str name)
{
    rules_text(rules, "`");
    buf_append_str(&rules->maker->text, name);
    rules_text(rules, "`");
}

/* ---- Members ----------------------------------------------------------------------------------------------------- */

static void rules_closed(struct rules *rules)
{
    const struct details_schema *schema = rules->schema;
    for (size_t i = 0; i < schema->parts.count; i++) {
        const struct part *part = &schema->parts.at[i];
        if (!yyjson_is_false(details_part_key(part, DETAILS_KEY_ADDITIONAL)) &&
            !yyjson_is_false(details_part_key(part, DETAILS_KEY_NO_MORE_MEMBERS)))
            continue;
        rules_say(rules, "No other members are allowed.");
        return;
    }
}

static void rules_required(struct rules *rules)
{
    const struct details_schema *schema = rules->schema;
    for (size_t i = 0; i < schema->parts.count; i++) {
        yyjson_val *item;
        size_t j, max;
        yyjson_arr_foreach (details_part_key(&schema->parts.at[i], DETAILS_KEY_REQUIRED), j, max, item) {
            struct str name = document_str(item);
            if (j == RULES_REQUIRED) break;
            if (name.size == 0 || parts_property(&schema->parts, name)) continue;
            rules_name(rules, name);
            rules_say(rules, " is required, and not described.");
        }
    }
}

static void rules_names(struct rules *rules)
{
    yyjson_val *names = details_key(rules->schema, DETAILS_KEY_NAMES);
    if (!yyjson_is_obj(names)) return;
    rules_text(rules, "Names of members: ");
    details_words_noun(rules->maker, names);
    rules_say(rules, ".");
}

/* "With `a` also `b` and `c` must be there.", or what else must hold. */
static void rules_dependency(struct rules *rules, struct str name, yyjson_val *value)
{
    yyjson_val *item;
    size_t i, max;
    if (!yyjson_is_obj(value) && yyjson_arr_size(value) == 0) return;
    rules_text(rules, "With ");
    rules_name(rules, name);
    if (yyjson_is_obj(value)) {
        rules_text(rules, ": ");
        details_words_clauses(rules->maker, value);
        rules_say(rules, ".");
        return;
    }
    yyjson_arr_foreach (value, i, max, item) {
        rules_text(rules, i == 0 ? " also " : i + 1 == max ? " and " : ", ");
        rules_name(rules, document_str(item));
    }
    rules_say(rules, " must be there.");
}

static void rules_dependencies(struct rules *rules)
{
    static const enum details_key keys[] = { DETAILS_KEY_DEPENDENT_REQUIRED, DETAILS_KEY_DEPENDENT_SCHEMAS,
                                             DETAILS_KEY_DEPENDENCIES };
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        size_t count = 0;
        struct document_member at = document_first(details_key(rules->schema, keys[i]));
        for (; at.left && count < RULES_DEPENDENCIES; document_next(&at), count++)
            rules_dependency(rules, document_str(at.key), at.value);
    }
}

/* ---- Conditions -------------------------------------------------------------------------------------------------- */

static void rules_not(struct rules *rules)
{
    yyjson_val *not = details_key(rules->schema, DETAILS_KEY_NOT);
    if (!yyjson_is_obj(not )) return;
    rules_text(rules, "Not allowed: ");
    details_words_clauses(rules->maker, not );
    rules_say(rules, ".");
}

static void rules_if_of(struct rules *rules, const struct part *part)
{
    yyjson_val *condition = details_part_key(part, DETAILS_KEY_IF);
    yyjson_val *then = details_part_key(part, DETAILS_KEY_THEN), *otherwise = details_part_key(part, DETAILS_KEY_ELSE);
    if (!yyjson_is_obj(condition) || (then == NULL && otherwise == NULL)) return;
    rules_text(rules, then ? "If " : "Unless ");
    details_words_clauses(rules->maker, condition);
    rules_text(rules, ": ");
    details_words_clauses(rules->maker, then ? then : otherwise);
    if (then && otherwise) {
        rules_text(rules, "; else: ");
        details_words_clauses(rules->maker, otherwise);
    }
    rules_say(rules, ".");
}

static void rules_if(struct rules *rules)
{
    for (size_t i = 0; i < rules->schema->parts.count; i++) rules_if_of(rules, &rules->schema->parts.at[i]);
}

/* ---- Items ------------------------------------------------------------------------------------------------------- */

static void rules_contains(struct rules *rules)
{
    yyjson_val *contains = details_key(rules->schema, DETAILS_KEY_CONTAINS);
    yyjson_val *least = details_key(rules->schema, DETAILS_KEY_MIN_CONTAINS);
    yyjson_val *most = details_key(rules->schema, DETAILS_KEY_MAX_CONTAINS);
    if (!yyjson_is_obj(contains)) return;
    rules_text(rules, "At least ");
    if (yyjson_is_num(least))
        document_json_text(least, &rules->maker->text);
    else
        rules_text(rules, "1");
    if (yyjson_is_num(most)) {
        rules_text(rules, ", at most ");
        document_json_text(most, &rules->maker->text);
    }
    rules_text(rules, " of the items: ");
    details_words_noun(rules->maker, contains);
    rules_say(rules, ".");
}

/* What limits each item of an array, or each value of a map. */
static void rules_inner(struct rules *rules, enum details_key key, const char *what)
{
    yyjson_val *inner = details_key(rules->schema, key);
    if (!yyjson_is_obj(inner) || document_str(yyjson_obj_get(inner, "$ref")).size) return;
    size_t start = rules->maker->text.size;
    rules_text(rules, what);
    if (details_words_limits(rules->maker, inner))
        rules_say(rules, ".");
    else
        rules->maker->text.size = start;
}

static void rules_no_more_items(struct rules *rules)
{
    const struct details_schema *schema = rules->schema;
    bool is_tuple =
        details_has_key(schema, DETAILS_KEY_PREFIX_ITEMS) || yyjson_is_arr(details_key(schema, DETAILS_KEY_ITEMS));
    bool is_closed = yyjson_is_false(details_key(schema, DETAILS_KEY_ITEMS)) ||
                     yyjson_is_false(details_key(schema, DETAILS_KEY_NO_MORE_ITEMS)) ||
                     yyjson_is_false(details_key(schema, DETAILS_KEY_ADDITIONAL_ITEMS));
    if (is_tuple && is_closed) rules_say(rules, "No further items are allowed.");
}

/* ---- Text -------------------------------------------------------------------------------------------------------- */

static void rules_content(struct rules *rules)
{
    struct str type = details_key_text(rules->schema, DETAILS_KEY_CONTENT_TYPE);
    struct str encoding = details_key_text(rules->schema, DETAILS_KEY_CONTENT_ENCODING);
    yyjson_val *schema = details_key(rules->schema, DETAILS_KEY_CONTENT_SCHEMA);
    if (type.size == 0 && encoding.size == 0) return;
    rules_text(rules, "Holds ");
    buf_append_str(&rules->maker->text, type.size ? type : STR("bytes"));
    if (encoding.size) {
        rules_text(rules, ", written as ");
        buf_append_str(&rules->maker->text, encoding);
    }
    if (yyjson_is_obj(schema)) {
        rules_text(rules, ": ");
        details_words_noun(rules->maker, schema);
    }
    rules_say(rules, ".");
}

/* The first pattern is told as such; what other parts ask for holds, too. */
static void rules_patterns(struct rules *rules)
{
    const struct details_schema *schema = rules->schema;
    struct str first = details_key_text(schema, DETAILS_KEY_PATTERN);
    for (size_t i = 0; i < schema->parts.count; i++) {
        struct str pattern = document_str(details_part_key(&schema->parts.at[i], DETAILS_KEY_PATTERN));
        if (pattern.size == 0 || str_equal(pattern, first)) continue;
        rules_text(rules, "Also like ");
        rules_name(rules, pattern);
        rules_say(rules, ".");
    }
}

/* A discriminator without alternatives and without a mapping. */
static void rules_discriminator(struct rules *rules)
{
    yyjson_val *discriminator = details_key(rules->schema, DETAILS_KEY_DISCRIMINATOR);
    struct str name = document_str(yyjson_obj_get(discriminator, "propertyName"));
    if (name.size == 0 || details_has_choices(rules->schema)) return;
    rules_name(rules, name);
    rules_say(rules, " tells which object it is, by its name.");
}

/* ---- All --------------------------------------------------------------------------------------------------------- */

static const struct {
    enum details_key key;
    void (*rule)(struct rules *rules);
} rules_of_keys[] = {
    { DETAILS_KEY_REQUIRED, rules_required },
    { DETAILS_KEY_DISCRIMINATOR, rules_discriminator },
    { DETAILS_KEY_NAMES, rules_names },
    { DETAILS_KEY_NOT, rules_not },
    { DETAILS_KEY_IF, rules_if },
    { DETAILS_KEY_CONTAINS, rules_contains },
    { DETAILS_KEY_CONTENT_TYPE, rules_content },
};

void details_rules(struct details_maker *maker, const struct details_schema *schema, struct engine_field *field)
{
    struct rules rules = { .maker = maker, .schema = schema };
    if (details_is_link(schema)) return;
    rules_closed(&rules);
    for (size_t i = 0; i < sizeof rules_of_keys / sizeof *rules_of_keys; i++)
        if (details_has_key(schema, rules_of_keys[i].key)) rules_of_keys[i].rule(&rules);
    if (!details_has_key(schema, DETAILS_KEY_CONTENT_TYPE)) rules_content(&rules);
    rules_dependencies(&rules);
    rules_inner(&rules, DETAILS_KEY_ITEMS, "Each item: ");
    if (!details_has_key(schema, DETAILS_KEY_PROPERTIES)) rules_inner(&rules, DETAILS_KEY_ADDITIONAL, "Each value: ");
    rules_no_more_items(&rules);
    if (schema->parts.count > 1) rules_patterns(&rules);
    details_add_rules(maker, field, &rules.sentences);
}
