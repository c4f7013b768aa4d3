#include "show_text.h"

#include "number.h"

enum { PLACES_MAX = 20, PLACE_WIDTH = 10, INDENT = 2 };

/* ---- Names ------------------------------------------------------------------------------------------------------- */

static void show_label(const struct show *show, const char *label, struct str text)
{
    if (text.size == 0) return;
    output_style(show->output, OUTPUT_BOLD);
    fprintf(show->output->file, "%-13s", label);
    output_style(show->output, OUTPUT_PLAIN);
    output_text(show->output, text);
    fputc('\n', show->output->file);
}

static void show_versions(const struct show *show, const struct engine_details *details)
{
    struct str line = STR_EMPTY;
    for (size_t i = 0; i < details->version_count; i++)
        line = arena_format(show->arena, "%.*s%s%.*s", STR_FORMAT(line), i > 0 ? ", " : "",
                            STR_FORMAT(details->versions[i].version));
    show_label(show, "VERSIONS:", line);
}

/* "FIELD: template <PodTemplateSpec> -required-", as kubectl explain has it. */
static void show_asked_field(const struct show *show, const struct engine_details *details)
{
    const struct engine_field *self = &details->self;
    struct str line = self->name;
    if (details->at.size == 0 && details->kind != ENGINE_PROPERTY) return;
    if (self->type.size > 0) line = arena_format(show->arena, "%.*s <%.*s>", STR_FORMAT(line), STR_FORMAT(self->type));
    show_label(show, "FIELD:", line);
    show_label(show, "AT:", details->at);
    if (!str_equal(self->id, details->id)) show_label(show, "FIELD ID:", self->id);
    show_label(show, "TYPE ID:", self->type_id);
}

static void show_identity(const struct show *show, const struct engine_details *details)
{
    bool is_field = details->at.size > 0 || details->kind == ENGINE_PROPERTY;
    show_label(show, "KIND:", engine_kind_name(details->kind));
    show_label(show, "NAME:", details->name);
    show_label(show, "METHOD:", details->method);
    show_label(show, "OPERATION:", details->operation_id);
    if (!str_equal(details->title, details->name)) show_label(show, "TITLE:", details->title);
    if (!is_field) show_label(show, "TYPE:", details->self.type);
    show_label(show, "IN:", details->self.in);
    show_label(show, "OWNER:", details->owner);
    show_label(show, "API:", details->api_title);
    show_label(show, "VERSION:", details->api_version);
    show_versions(show, details);
    show_label(show, "ID:", details->id);
    show_asked_field(show, details);
}

/* ---- Text and limits --------------------------------------------------------------------------------------------- */

static bool show_is_limited(const struct engine_field *self)
{
    size_t any = self->note.size + self->range.size + self->pattern.size + self->constant.size + self->value_count +
                 self->default_value.size + self->rule_count + self->example_count + self->media_type.size +
                 self->docs.url.size + self->format.size + self->flags;
    return any > 0;
}

/* Many a summary is the first sentence of the description, with a stop at its end or without. */
static bool show_says_more(const struct show *show, struct str summary, struct str description)
{
    struct str first = engine_sentence(show->arena, description);
    if (str_ends(first, STR("."))) first.size--;
    if (str_ends(summary, STR("."))) summary.size--;
    return summary.size > 0 && !str_equal(summary, first);
}

static void show_description(const struct show *show, const struct engine_details *details)
{
    const struct engine_field *self = &details->self;
    bool is_api = details->kind == ENGINE_API;
    show_heading(show, "DESCRIPTION:", STR_EMPTY);
    if (show_says_more(show, details->summary, self->description)) show_sentence(show, "", details->summary, INDENT);
    if (details->summary.size + self->description.size == 0) show_sentence(show, "", STR("(none)"), INDENT);
    show_markdown(show, self->description, INDENT);
    if (self->described_by.size > 0)
        show_sentence(show, "", arena_format(show->arena, "(of %.*s)", STR_FORMAT(self->described_by)), INDENT);
    if (is_api || !show_is_limited(self)) {
        show_sentence(show, "see ", is_api ? self->docs.url : STR_EMPTY, INDENT);
        return;
    }
    show_heading(show, "CONSTRAINTS:", STR_EMPTY);
    show_sentence(show, "", self->flags & ENGINE_REQUIRED ? STR("required") : STR_EMPTY, INDENT);
    show_sentence(show, "", self->flags & ENGINE_DEPRECATED ? STR("deprecated") : STR_EMPTY, INDENT);
    show_sentence(show, "", self->flags & ENGINE_READ_ONLY ? STR("read-only") : STR_EMPTY, INDENT);
    show_sentence(show, "", self->flags & ENGINE_WRITE_ONLY ? STR("write-only") : STR_EMPTY, INDENT);
    show_sentence(show, "", self->flags & ENGINE_NULLABLE ? STR("may be null") : STR_EMPTY, INDENT);
    show_sentence(show, "format ", self->format, INDENT);
    show_limits(show, self, INDENT);
}

static void show_model(const struct show *show, const struct engine_details *details)
{
    const struct engine_field *self = &details->self;
    if (self->field_total > 0) show_heading(show, "FIELDS:", STR_EMPTY);
    show_fields(show, self->fields, self->field_count, details->at, 0);
    if (self->field_total == 0 && self->choice_count > 0) show_heading(show, "ALTERNATIVES:", STR_EMPTY);
    show_inside(show, self, details->at, 0);
    if (details->parameter_total > 0) show_heading(show, "PARAMETERS:", STR_EMPTY);
    show_fields(show, details->parameters, details->parameter_count, STR_EMPTY, 0);
    show_more(show, details->parameter_count, details->parameter_total, STR_EMPTY, INDENT);
}

/* ---- Places and examples ----------------------------------------------------------------------------------------- */

static const char *show_places_title(enum engine_kind kind)
{
    if (kind == ENGINE_API) return "BEGIN WITH:";
    return kind == ENGINE_OBJECT ? "USED BY:" : "FOUND IN:";
}

static void show_places(const struct show *show, const struct engine_details *details)
{
    size_t count = details->place_count < PLACES_MAX ? details->place_count : PLACES_MAX;
    char number[NUMBER_TEXT];
    if (count == 0) return;
    show_heading(show, show_places_title(details->kind), str_from(number_text(number, details->place_total)));
    for (size_t i = 0; i < count; i++) {
        const struct engine_place *place = &details->places[i];
        bool has_role = details->kind == ENGINE_OBJECT && place->kind == ENGINE_ENDPOINT;
        show_indent(show, INDENT);
        output_cell(show->output, has_role ? place->type : engine_kind_name(place->kind), PLACE_WIDTH);
        output_text(show->output, place->id);
        fputc('\n', show->output->file);
    }
}

static void show_example(const struct show *show, const struct engine_example *example)
{
    show_heading(show, "EXAMPLE:", example->label);
    output_marked(show->output, example->code, example->focus.start, example->focus.end, INDENT);
}

void show_text_print(const struct show *show, const struct engine_details *details)
{
    show_identity(show, details);
    show_description(show, details);
    show_about(show, details);
    show_model(show, details);
    show_bodies(show, details->bodies, details->body_count, "");
    show_more(show, details->body_count, details->body_total, STR_EMPTY, INDENT);
    show_callbacks(show, details);
    show_access(show, details);
    show_tags(show, details);
    show_places(show, details);
    for (size_t i = 0; i < details->example_count; i++) show_example(show, &details->examples[i]);
}
