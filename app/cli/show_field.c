#include "show_text.h"

#include "number.h"

enum { SHOW_DEPTH_MAX = 24, SHOW_VALUES_MAX = 40 };

/* ---- Pieces ------------------------------------------------------------------------------------------------------ */

void show_indent(const struct show *show, size_t columns)
{
    output_cell(show->output, STR_EMPTY, columns);
}

void show_heading(const struct show *show, const char *heading, struct str more)
{
    FILE *file = show->output->file;
    fputc('\n', file);
    output_style(show->output, OUTPUT_BOLD);
    fputs(heading, file);
    output_style(show->output, OUTPUT_PLAIN);
    if (more.size > 0) fputc(' ', file);
    output_text(show->output, more);
    fputc('\n', file);
}

void show_markdown(const struct show *show, struct str text, size_t indent)
{
    const struct engine_text_look look = { show->output->width, indent, show->output->has_colour };
    struct str lines = engine_terminal_text(show->arena, text, &look);
    fwrite(lines.at, 1, lines.size, show->output->file);
}

void show_sentence(const struct show *show, const char *mark, struct str sentence, size_t indent)
{
    if (sentence.size == 0) return;
    struct str whole = arena_format(show->arena, "%s%.*s", mark, STR_FORMAT(sentence));
    output_wrapped(show->output, whole, indent);
}

void show_more(const struct show *show, size_t count, size_t total, struct str path, size_t indent)
{
    char number[NUMBER_TEXT];
    if (total <= count) return;
    show_indent(show, indent);
    output_style(show->output, OUTPUT_DIM);
    fprintf(show->output->file, "… %s more", number_text(number, total - count));
    if (path.size > 0) fputs(": --at ", show->output->file);
    output_text(show->output, path);
    if (count > 0) fprintf(show->output->file, "%s--offset %zu", path.size > 0 ? " " : ": ", count);
    output_style(show->output, OUTPUT_PLAIN);
    fputc('\n', show->output->file);
}

/* ---- What limits a value ----------------------------------------------------------------------------------------- */

/* "label text": one line, wrapped. */
static void show_limit(const struct show *show, const char *label, struct str text, size_t indent)
{
    show_sentence(show, label, text, indent);
}

static struct str show_value(const struct engine_value *value)
{
    return value->json.size > 0 ? value->json : STR("(too long to show)");
}

static bool show_has_labels(const struct engine_field *field)
{
    for (size_t i = 0; i < field->value_count; i++)
        if (field->values[i].name.size + field->values[i].description.size > 0) return true;
    return false;
}

static void show_labelled_values(const struct show *show, const struct engine_field *field, size_t indent)
{
    show_sentence(show, "", STR("one of"), indent);
    for (size_t i = 0; i < field->value_count && i < SHOW_VALUES_MAX; i++) {
        const struct engine_value *value = &field->values[i];
        struct str line = arena_format(show->arena, "%.*s%s%.*s%s%.*s", STR_FORMAT(show_value(value)),
                                       value->name.size > 0 ? " " : "", STR_FORMAT(value->name),
                                       value->description.size > 0 ? ": " : "", STR_FORMAT(value->description));
        show_sentence(show, "", line, indent + 2);
    }
}

static void show_values(const struct show *show, const struct engine_field *field, size_t indent)
{
    struct str line = STR("one of");
    if (field->value_count == 0) return;
    if (show_has_labels(field)) {
        show_labelled_values(show, field, indent);
    } else {
        for (size_t i = 0; i < field->value_count && i < SHOW_VALUES_MAX; i++)
            line = arena_format(show->arena, "%.*s%s%.*s", STR_FORMAT(line), i > 0 ? ", " : " ",
                                STR_FORMAT(show_value(&field->values[i])));
        show_limit(show, "", line, indent);
    }
    size_t shown = field->value_count < SHOW_VALUES_MAX ? field->value_count : SHOW_VALUES_MAX;
    show_more(show, shown, field->value_total, STR_EMPTY, indent);
}

void show_limits(const struct show *show, const struct engine_field *field, size_t indent)
{
    show_limit(show, "! ", field->note, indent);
    show_limit(show, "", field->range, indent);
    show_limit(show, "pattern ", field->pattern, indent);
    show_limit(show, "always ", field->constant, indent);
    show_values(show, field, indent);
    show_limit(show, "default ", field->default_value, indent);
    for (size_t i = 0; i < field->rule_count; i++) show_limit(show, "", field->rules[i], indent);
    for (size_t i = 0; i < field->example_count; i++)
        show_limit(show, "for example ", show_value(&field->examples[i]), indent);
    show_limit(show, "sent as ", field->media_type, indent);
    show_limit(show, "from ", field->origin, indent);
    show_limit(show, "see ", field->docs.url, indent);
}

/* ---- Fields ------------------------------------------------------------------------------------------------------ */

static void show_flags(const struct show *show, const struct engine_field *field)
{
    static const struct {
        unsigned flag;
        const char *text;
    } flags[] = { { ENGINE_REQUIRED, " -required-" },
                  { ENGINE_DEPRECATED, " -deprecated-" },
                  { ENGINE_READ_ONLY, " -read-only-" },
                  { ENGINE_WRITE_ONLY, " -write-only-" },
                  { ENGINE_NULLABLE, " -nullable-" } };
    for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++)
        if (field->flags & flags[i].flag) fputs(flags[i].text, show->output->file);
    if (field->is_recursive) fputs(" -recursive-", show->output->file);
}

static void show_head(const struct show *show, const struct engine_field *field, size_t indent)
{
    FILE *file = show->output->file;
    show_indent(show, indent);
    output_style(show->output, OUTPUT_MATCH);
    output_text(show->output, field->name);
    output_style(show->output, OUTPUT_PLAIN);
    bool is_named_so = field->id.size == 0 && str_equal(field->type, field->name); /* an alternative */
    if (field->type.size > 0 && !is_named_so) {
        output_style(show->output, OUTPUT_KIND);
        fputs(" <", file);
        output_text(show->output, field->type);
        fputc('>', file);
        output_style(show->output, OUTPUT_PLAIN);
    }
    show_flags(show, field);
    if (field->format.size > 0) fputs("  ", file);
    output_text(show->output, field->format);
    if (field->in.size > 0) fputs("  in ", file);
    output_text(show->output, field->in);
    if (field->when.size > 0) fputs("  when ", file);
    output_text(show->output, field->when);
    fputc('\n', file);
}

static struct str show_path(const struct show *show, struct str path, struct str name)
{
    if (path.size == 0) return name;
    return arena_format(show->arena, "%.*s.%.*s", STR_FORMAT(path), STR_FORMAT(name));
}

static void show_field(const struct show *show, const struct engine_field *field, struct str path, unsigned depth)
{
    size_t indent = 2 + SHOW_INDENT * (size_t)depth;
    show_head(show, field, indent);
    show_limits(show, field, indent + 2);
    if (depth == 0)
        show_markdown(show, field->description, indent + 2);
    else
        show_sentence(show, "", field->summary, indent + 2);
    if (field->described_by.size > 0)
        show_sentence(show, "", arena_format(show->arena, "(of %.*s)", STR_FORMAT(field->described_by)), indent + 2);
    show_fields(show, field->fields, field->field_count, path, depth + 1);
    show_inside(show, field, path, depth + 1);
}

/* Deeper than SHOW_DEPTH_MAX no one reads, whatever the engine made. */
void show_fields(const struct show *show, const struct engine_field *fields, size_t count, struct str path,
                 unsigned depth)
{
    for (size_t i = 0; i < count && depth < SHOW_DEPTH_MAX; i++) {
        if (depth == 0 && i > 0) fputc('\n', show->output->file);
        show_field(show, &fields[i], show_path(show, path, fields[i].name), depth);
    }
}

void show_inside(const struct show *show, const struct engine_field *field, struct str path, unsigned depth)
{
    static const char *const kinds[] = {
        [ENGINE_ONE_OF] = "one of these", [ENGINE_ANY_OF] = "any of these", [ENGINE_SUBTYPES] = "made from it"
    };
    size_t indent = 2 + SHOW_INDENT * (size_t)depth;
    show_more(show, field->field_count, field->field_total, path, indent);
    for (size_t i = 0; i < field->choice_count && depth < SHOW_DEPTH_MAX; i++) {
        const struct engine_choice *choice = &field->choices[i];
        struct str by = choice->discriminator.size > 0
                            ? arena_format(show->arena, ", told by `%.*s`", STR_FORMAT(choice->discriminator))
                            : STR_EMPTY;
        show_sentence(show, kinds[choice->kind], by.size > 0 ? by : STR(":"), indent);
        for (size_t k = 0; k < choice->alternative_count && depth + 1 < SHOW_DEPTH_MAX; k++)
            show_field(show, &choice->alternatives[k], path, depth + 1);
        show_more(show, choice->alternative_count, choice->alternative_total, path, indent + SHOW_INDENT);
    }
}
