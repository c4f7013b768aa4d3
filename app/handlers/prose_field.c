#include "prose.h"

enum { PROSE_DEPTH = 12, PROSE_VALUES = 40 };

static void prose_values(struct prose *prose, const struct engine_field *field, unsigned depth)
{
    if (field->value_count == 0) return;
    prose_item(prose, depth);
    prose_put(prose, "one of ");
    for (size_t i = 0; i < field->value_count && i < PROSE_VALUES; i++) {
        const struct engine_value *value = &field->values[i];
        if (i > 0) prose_put(prose, ", ");
        prose_code(prose, value->json);
        if (value->name.size + value->description.size == 0) continue;
        prose_put(prose, " (");
        prose_text(prose, value->name.size > 0 ? value->name : value->description);
        prose_put(prose, ")");
    }
    size_t shown = field->value_count < PROSE_VALUES ? field->value_count : PROSE_VALUES;
    if (field->value_total > shown) buf_append_format(&prose->out, " and %zu more", field->value_total - shown);
    prose_put(prose, "\n");
}

void prose_limits(struct prose *prose, const struct engine_field *field, unsigned depth)
{
    prose_sentence(prose, depth, "**Note:** ", field->note);
    prose_sentence(prose, depth, "", field->range);
    prose_labelled(prose, depth, "pattern ", field->pattern);
    prose_labelled(prose, depth, "always ", field->constant);
    prose_values(prose, field, depth);
    prose_labelled(prose, depth, "default ", field->default_value);
    for (size_t i = 0; i < field->rule_count; i++) prose_sentence(prose, depth, "", field->rules[i]);
    for (size_t i = 0; i < field->example_count; i++)
        prose_labelled(prose, depth, "for example ", field->examples[i].json);
    prose_labelled(prose, depth, "sent as ", field->media_type);
    prose_sentence(prose, depth, "see ", field->docs.url);
}

/* One of the words in brackets: what is before it, then the text in its own words. */
static void prose_word(struct prose *prose, const char *words, struct str text, const char **before)
{
    if (text.size == 0 && words[0] == '\0') return;
    prose_put(prose, *before);
    prose_put(prose, words);
    prose_text(prose, text);
    *before = ", ";
}

static void prose_flags(struct prose *prose, unsigned flags, const char **before)
{
    static const struct {
        enum engine_flag flag;
        const char *word;
    } words[] = { { ENGINE_REQUIRED, "required" },
                  { ENGINE_DEPRECATED, "deprecated" },
                  { ENGINE_READ_ONLY, "read-only" },
                  { ENGINE_WRITE_ONLY, "write-only" },
                  { ENGINE_NULLABLE, "may be null" } };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (flags & words[i].flag) prose_word(prose, words[i].word, STR_EMPTY, before);
}

/* "(string, required, read-only)". */
void prose_type(struct prose *prose, const struct engine_field *field)
{
    const char *before = " (";
    prose_word(prose, "", field->type, &before);
    prose_word(prose, "", field->format, &before);
    if (field->in.size > 0) prose_word(prose, "in ", field->in, &before);
    prose_flags(prose, field->flags, &before);
    if (field->is_recursive) prose_word(prose, "recursive", STR_EMPTY, &before);
    if (field->origin.size > 0) prose_word(prose, "from ", field->origin, &before);
    if (before[0] == ',') prose_put(prose, ")");
}

void prose_field(struct prose *prose, const struct engine_field *field, unsigned depth)
{
    prose_item(prose, depth);
    prose_code(prose, field->name);
    prose_type(prose, field);
    if (field->when.size > 0) {
        prose_put(prose, ", when ");
        buf_append_str(&prose->out, field->when);
    }
    if (field->summary.size > 0) prose_put(prose, ": ");
    prose_text(prose, field->summary);
    prose_put(prose, "\n");
    prose_limits(prose, field, depth + 1);
    prose_inside(prose, field, depth + 1);
}

void prose_fields(struct prose *prose, const struct engine_field *fields, size_t count, unsigned depth)
{
    for (size_t i = 0; i < count && depth < PROSE_DEPTH; i++) prose_field(prose, &fields[i], depth);
}

void prose_inside(struct prose *prose, const struct engine_field *field, unsigned depth)
{
    static const char *const kinds[] = {
        [ENGINE_ONE_OF] = "One of these", [ENGINE_ANY_OF] = "Any of these", [ENGINE_SUBTYPES] = "Made from it"
    };
    prose_fields(prose, field->fields, field->field_count, depth);
    prose_left_out(prose, depth, field->field_count, field->field_total);
    for (size_t i = 0; i < field->choice_count && depth < PROSE_DEPTH; i++) {
        const struct engine_choice *choice = &field->choices[i];
        prose_item(prose, depth);
        prose_put(prose, kinds[choice->kind]);
        if (choice->discriminator.size > 0) prose_put(prose, ", told by ");
        if (choice->discriminator.size > 0) prose_code(prose, choice->discriminator);
        prose_put(prose, ":\n");
        prose_fields(prose, choice->alternatives, choice->alternative_count, depth + 1);
        prose_left_out(prose, depth + 1, choice->alternative_count, choice->alternative_total);
    }
}
