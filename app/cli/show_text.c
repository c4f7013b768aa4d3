#include "show_text.h"

#include "number.h"

enum { INDENT = 2, DEPTH_MAX = 8, PLACES_MAX = 20, PLACE_WIDTH = 10 };

static void show_text_label(const struct output *output, const char *label, struct str text)
{
    if (text.size == 0) return;
    output_style(output, OUTPUT_BOLD);
    fprintf(output->file, "%-13s", label);
    output_style(output, OUTPUT_PLAIN);
    output_text(output, text);
    fputc('\n', output->file);
}

static void show_text_heading(const struct output *output, const char *heading, struct str more)
{
    fputc('\n', output->file);
    output_style(output, OUTPUT_BOLD);
    fputs(heading, output->file);
    output_style(output, OUTPUT_PLAIN);
    if (more.size > 0) {
        fputc(' ', output->file);
        output_text(output, more);
    }
    fputc('\n', output->file);
}

static void show_text_note(const struct output *output, const char *label, struct str text)
{
    if (text.size == 0) return;
    fprintf(output->file, *label != 0 ? "  %s " : "  %s", label);
    output_text(output, text);
}

static void show_text_flags(const struct output *output, unsigned flags)
{
    if (flags & ENGINE_REQUIRED) fputs(" -required-", output->file);
    if (flags & ENGINE_DEPRECATED) fputs(" -deprecated-", output->file);
    if (flags & ENGINE_READ_ONLY) fputs(" -read-only-", output->file);
    if (flags & ENGINE_WRITE_ONLY) fputs(" -write-only-", output->file);
    if (flags & ENGINE_NULLABLE) fputs(" -nullable-", output->file);
}

static void show_text_list(const struct output *output, const char *label, const struct str *texts, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        fputs(i == 0 ? label : ", ", output->file);
        output_text(output, texts[i]);
    }
}

/* What limits the value: on the field's own line, behind its type. */
static void show_text_constraints(const struct output *output, const struct engine_field *field)
{
    show_text_flags(output, field->flags);
    show_text_note(output, "in", field->in);
    show_text_note(output, "format", field->format);
    show_text_note(output, "", field->range);
    show_text_note(output, "pattern", field->pattern);
    show_text_note(output, "default", field->default_value);
    show_text_list(output, "  one of ", field->values, field->value_count);
    show_text_list(output, "  any of ", field->alternatives, field->alternative_count);
}

/* Deeper than DEPTH_MAX no one reads; the engine may nest further. */
static void show_text_fields(const struct output *output, const struct engine_field *fields, size_t count, size_t depth)
{
    for (size_t i = 0; i < count && depth < DEPTH_MAX; i++) {
        const struct engine_field *field = &fields[i];
        output_cell(output, STR_EMPTY, INDENT * (depth + 1));
        output_style(output, OUTPUT_MATCH);
        output_text(output, field->name);
        output_style(output, OUTPUT_KIND);
        fputs(" <", output->file);
        output_text(output, field->type);
        fputc('>', output->file);
        output_style(output, OUTPUT_PLAIN);
        show_text_constraints(output, field);
        fputc('\n', output->file);
        if (field->description.size > 0) output_wrapped(output, field->description, INDENT * (depth + 2));
        show_text_fields(output, field->fields, field->field_count, depth + 1);
        if (depth == 0) fputc('\n', output->file);
    }
}

static void show_text_identity(const struct output *output, const struct engine_details *details)
{
    show_text_label(output, "KIND:", engine_kind_name(details->kind));
    show_text_label(output, "NAME:", details->name);
    show_text_label(output, "METHOD:", details->method);
    show_text_label(output, "OPERATION:", details->operation_id);
    if (!str_equal(details->title, details->name)) show_text_label(output, "TITLE:", details->title);
    show_text_label(output, "TYPE:", details->self.type);
    show_text_label(output, "OWNER:", details->owner);
    show_text_label(output, "API:", details->api_title);
    show_text_label(output, "VERSION:", details->api_version);
    show_text_label(output, "ID:", details->id);
}

static void show_text_description(const struct output *output, const struct engine_details *details)
{
    struct str text = details->self.description.size > 0 ? details->self.description : details->summary;
    show_text_heading(output, "DESCRIPTION:", STR_EMPTY);
    output_wrapped(output, text.size > 0 ? text : STR("(none)"), INDENT);
    const struct engine_field *self = &details->self;
    bool has_more = self->flags != 0 || self->in.size + self->format.size + self->range.size + self->pattern.size +
                                                self->default_value.size + self->value_count + self->alternative_count >
                                            0;
    if (!has_more) return;
    show_text_heading(output, "CONSTRAINTS:", STR_EMPTY);
    show_text_constraints(output, self);
    fputc('\n', output->file);
}

static void show_text_body(const struct output *output, const struct engine_body *body)
{
    if (body->status.size > 0)
        show_text_heading(output, "RESPONSE", body->status);
    else
        show_text_heading(output, body->is_required ? "REQUEST (required)" : "REQUEST", STR_EMPTY);
    show_text_note(output, "type", body->media_type);
    show_text_note(output, "as", body->schema.type);
    fputc('\n', output->file);
    if (body->description.size > 0) output_wrapped(output, body->description, INDENT);
    show_text_fields(output, body->schema.fields, body->schema.field_count, 0);
}

static const char *show_text_places_title(enum engine_kind kind)
{
    if (kind == ENGINE_API) return "BEGIN WITH:";
    return kind == ENGINE_OBJECT ? "USED BY:" : "FOUND IN:";
}

static void show_text_places(const struct output *output, const struct engine_details *details)
{
    size_t count = details->place_count < PLACES_MAX ? details->place_count : PLACES_MAX;
    char number[NUMBER_TEXT];
    if (count == 0) return;
    show_text_heading(output, show_text_places_title(details->kind),
                      str_from(number_text(number, details->place_total)));
    for (size_t i = 0; i < count; i++) {
        const struct engine_place *place = &details->places[i];
        output_cell(output, STR_EMPTY, INDENT);
        output_cell(output, place->kind == ENGINE_ENDPOINT ? place->type : engine_kind_name(place->kind), PLACE_WIDTH);
        output_text(output, place->id);
        fputc('\n', output->file);
    }
}

/* The lines of the code from one byte to another; a line's end that stands at either is not counted. */
static void show_text_code(const struct output *output, struct str code, size_t start, size_t end)
{
    struct str part = str_cut(code, start, end);
    if (str_starts(part, STR("\n"))) part = str_cut(part, 1, part.size);
    if (str_ends(part, STR("\n"))) part = str_cut(part, 0, part.size - 1);
    if (part.size > 0) output_lines(output, part, INDENT);
}

static void show_text_example(const struct output *output, const struct engine_example *example)
{
    const struct engine_range *focus = &example->focus;
    show_text_heading(output, "EXAMPLE:", example->label);
    show_text_code(output, example->code, 0, focus->start);
    output_style(output, OUTPUT_BOLD);
    show_text_code(output, example->code, focus->start, focus->end);
    output_style(output, OUTPUT_PLAIN);
    show_text_code(output, example->code, focus->end, example->code.size);
}

void show_text_print(const struct output *output, const struct engine_details *details)
{
    show_text_identity(output, details);
    show_text_description(output, details);
    if (details->self.field_count > 0) show_text_heading(output, "FIELDS:", STR_EMPTY);
    show_text_fields(output, details->self.fields, details->self.field_count, 0);
    if (details->parameter_count > 0) show_text_heading(output, "PARAMETERS:", STR_EMPTY);
    show_text_fields(output, details->parameters, details->parameter_count, 0);
    for (size_t i = 0; i < details->body_count; i++) show_text_body(output, &details->bodies[i]);
    if (details->security_count > 0) {
        show_text_heading(output, "SECURITY:", STR_EMPTY);
        show_text_list(output, "  ", details->security, details->security_count);
        fputc('\n', output->file);
    }
    show_text_places(output, details);
    for (size_t i = 0; i < details->example_count; i++) show_text_example(output, &details->examples[i]);
}
