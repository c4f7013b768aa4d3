#include "details_model.h"

#include "limits.h"
#include "utf8.h"

/* ---- Sentences --------------------------------------------------------------------------------------------------- */

static struct str facts_cut(struct details_maker *maker, struct str text)
{
    if (text.size <= LIMIT_DETAILS_SENTENCE_BYTES) return text;
    struct str cut = utf8_cut(text, LIMIT_DETAILS_SENTENCE_BYTES);
    return arena_format(maker->arena, "%.*s\xe2\x80\xa6", STR_FORMAT(cut));
}

void details_sentence(struct details_maker *maker, struct details_sentences *sentences, struct str sentence)
{
    if (sentence.size == 0 || sentences->count == DETAILS_SENTENCES) return;
    sentences->at[sentences->count++] = facts_cut(maker, sentence);
}

void details_sentence_take(struct details_maker *maker, struct details_sentences *sentences)
{
    details_sentence(maker, sentences, details_take_text(maker));
}

void details_add_rules(struct details_maker *maker, struct engine_field *field,
                       const struct details_sentences *sentences)
{
    if (sentences->count == 0) return;
    struct str *rules = arena_alloc(maker->arena, (field->rule_count + sentences->count) * sizeof *rules);
    if (rules == NULL) return;
    if (field->rule_count) memcpy(rules, field->rules, field->rule_count * sizeof *rules);
    memcpy(rules + field->rule_count, sentences->at, sentences->count * sizeof *rules);
    field->rules = rules;
    field->rule_count += sentences->count;
}

void details_add_note(struct details_maker *maker, struct str *note, struct str sentence)
{
    if (sentence.size == 0 || note->size > LIMIT_DETAILS_SENTENCE_BYTES) return;
    sentence = facts_cut(maker, sentence);
    *note = note->size ? arena_format(maker->arena, "%.*s %.*s", STR_FORMAT(*note), STR_FORMAT(sentence)) : sentence;
}

/* ---- Facts ------------------------------------------------------------------------------------------------------- */

/* A title that only repeats the name tells nothing: "Pod Spec" of podSpec. */
static bool facts_is_name(struct str title, struct str name)
{
    size_t at = 0;
    for (size_t i = 0; i < title.size; i++) {
        if (memchr(" _-", title.at[i], 3)) continue;
        while (at < name.size && memchr(" _-", name.at[at], 3)) at++;
        if (at == name.size || (title.at[i] | 32) != (name.at[at] | 32)) return false;
        at++;
    }
    while (at < name.size && memchr(" _-", name.at[at], 3)) at++;
    return at == name.size;
}

/* What the schema says of itself, and not what it refers to says of that. */
static void facts_own(const struct details_schema *schema, struct engine_field *field)
{
    for (size_t i = 0; i < schema->parts.count; i++) {
        const struct part *part = &schema->parts.at[i];
        if (part->home.size) continue;
        struct str title = document_str(details_part_key(part, DETAILS_KEY_TITLE));
        if (field->title.size == 0 && !facts_is_name(title, field->name)) field->title = title;
        if (field->docs.url.size == 0) field->docs = details_docs(part->schema);
    }
}

void details_facts(struct details_maker *maker, const struct details_schema *schema, struct engine_field *field)
{
    yyjson_val *default_value = details_key(schema, DETAILS_KEY_DEFAULT);
    if (details_has_key(schema, DETAILS_KEY_TITLE) || details_has_key(schema, DETAILS_KEY_DOCS))
        facts_own(schema, field);
    field->format = details_key_text(schema, DETAILS_KEY_FORMAT);
    field->pattern = details_key_text(schema, DETAILS_KEY_PATTERN);
    if (default_value) field->default_value = details_json(maker, default_value);
    bool is_possible = details_limits(maker, schema);
    field->range = details_take_text(maker);
    if (!is_possible)
        details_add_note(maker, &field->note,
                         arena_format(maker->arena, "Nothing can be %.*s.", STR_FORMAT(field->range)));
    details_values(maker, schema, field);
    if (!details_is_link(schema)) details_schema_examples(maker, schema, field);
}
