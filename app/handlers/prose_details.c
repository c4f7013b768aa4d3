#include "prose.h"

#include "limits.h"

enum { PROSE_PLACES = 20 };

/* ---- Bodies ------------------------------------------------------------------------------------------------------ */

static void prose_body_head(struct prose *prose, const struct engine_body *body)
{
    prose_gap(prose);
    prose_put(prose, "## ");
    prose_put(prose, body->status.size > 0 ? "Response " : "Request body");
    prose_text(prose, body->status);
    if (body->is_required) prose_put(prose, " (required)");
    prose_put(prose, "\n\n");
    prose_description(prose, body->description);
}

static void prose_body(struct prose *prose, const struct engine_body *body)
{
    if (body->is_first) prose_body_head(prose, body);
    prose_sentence(prose, 0, "**Note:** ", body->note);
    if (body->media_type.size + body->schema.type.size > 0) {
        prose_item(prose, 0);
        if (body->media_type.size > 0) prose_code(prose, body->media_type);
        prose_type(prose, &body->schema);
        prose_put(prose, "\n");
    }
    prose_limits(prose, &body->schema, 1);
    for (size_t i = 0; i < body->encoding_count; i++) {
        prose_labelled(prose, 1, "part ", body->encoding[i].name);
        prose_sentence(prose, 2, "", body->encoding[i].description);
    }
    prose_inside(prose, &body->schema, 1);
    if (body->header_count > 0) prose_sentence(prose, 0, "", STR("headers:"));
    prose_fields(prose, body->headers, body->header_count, 1);
    for (size_t i = 0; i < body->link_count; i++) {
        const struct engine_response_link *link = &body->links[i];
        prose_labelled(prose, 0, "link to ", link->endpoint.size > 0 ? link->endpoint : link->operation);
        prose_sentence(prose, 1, "**Note:** ", link->note);
    }
}

/* ---- Access ------------------------------------------------------------------------------------------------------ */

static void prose_access(struct prose *prose, const struct engine_details *details)
{
    if (details->security_count + details->scheme_count > 0) prose_heading(prose, "Authentication");
    for (size_t i = 0; i < details->security_count; i++)
        prose_labelled(prose, 0, i > 0 ? "or " : "", details->security[i].text);
    for (size_t i = 0; i < details->scheme_count; i++) {
        const struct engine_scheme *scheme = &details->schemes[i];
        prose_labelled(prose, 0, "", scheme->name);
        for (size_t k = 0; k < scheme->how_count; k++) prose_sentence(prose, 1, "", scheme->how[k]);
        prose_sentence(prose, 1, "**Note:** ", scheme->note);
        for (size_t k = 0; k < scheme->scope_count; k++) prose_labelled(prose, 1, "scope ", scheme->scopes[k].name);
    }
    if (details->server_count > 0) prose_heading(prose, details->server_count > 1 ? "Servers" : "Server");
    for (size_t i = 0; i < details->server_count; i++) {
        prose_sentence(prose, 0, "", details->servers[i].url);
        prose_sentence(prose, 1, "**Note:** ", details->servers[i].note);
        for (size_t k = 0; k < details->servers[i].variable_count; k++)
            prose_labelled(prose, 1, "variable ", details->servers[i].variables[k].name);
    }
    if (details->tag_count > 0) prose_heading(prose, "Tags");
    for (size_t i = 0; i < details->tag_count; i++) prose_labelled(prose, 0, "", details->tags[i].name);
}

/* ---- An API ------------------------------------------------------------------------------------------------------ */

static void prose_about(struct prose *prose, const struct engine_details *details)
{
    const struct engine_about *about = &details->about;
    if (details->kind != ENGINE_API) return;
    prose_heading(prose, "About");
    for (int kind = ENGINE_ENDPOINT; kind < ENGINE_KINDS; kind++)
        buf_append_format(&prose->out, "- %.*s: %llu\n", STR_FORMAT(engine_kind_name((enum engine_kind)kind)),
                          (unsigned long long)details->elements[kind]);
    prose_sentence(prose, 0, "licence: ", about->license.size > 0 ? about->license : about->license_url);
    prose_sentence(prose, 0, "contact: ", about->contact_url.size > 0 ? about->contact_url : about->contact_email);
    prose_sentence(prose, 0, "terms: ", about->terms);
    prose_sentence(prose, 0, "see ", details->self.docs.url);
}

/* ---- All --------------------------------------------------------------------------------------------------------- */

static void prose_title(struct prose *prose, const struct engine_details *details)
{
    bool is_inside = details->at.size > 0;
    prose_put(prose, "# ");
    if (details->method.size > 0) {
        buf_append_str(&prose->out, details->method);
        prose_put(prose, " ");
    }
    prose_code(prose, details->title);
    if (is_inside) prose_put(prose, ": ");
    if (is_inside) prose_code(prose, details->at);
    prose_put(prose, "\n\n");
    buf_append_str(&prose->out, engine_kind_name(details->kind));
    if (details->owner.size > 0) {
        prose_put(prose, " of ");
        prose_code(prose, details->owner);
    }
    prose_put(prose, " in ");
    prose_text(prose, details->api_title);
    prose_put(prose, " ");
    prose_text(prose, details->api_version);
    prose_put(prose, ", id ");
    prose_code(prose, details->id);
    prose_type(prose, &details->self);
    prose_put(prose, "\n\n");
}

static void prose_model(struct prose *prose, const struct engine_details *details)
{
    const struct engine_field *self = &details->self;
    bool is_field = self->field_total + self->choice_count > 0;
    if (details->kind != ENGINE_API) prose_limits(prose, self, 0);
    if (is_field) prose_heading(prose, "Fields");
    prose_inside(prose, self, 0);
    if (details->parameter_count > 0) prose_heading(prose, "Parameters");
    for (size_t i = 0; i < details->parameter_count; i++) prose_field(prose, &details->parameters[i], 0);
    prose_left_out(prose, 0, details->parameter_count, details->parameter_total);
    for (size_t i = 0; i < details->body_count; i++) prose_body(prose, &details->bodies[i]);
    for (size_t i = 0; i < details->callback_count; i++) {
        prose_heading(prose, "Callback");
        prose_labelled(prose, 0, "", details->callbacks[i].url);
        for (size_t k = 0; k < details->callbacks[i].body_count; k++)
            prose_body(prose, &details->callbacks[i].bodies[k]);
    }
}

static void prose_places(struct prose *prose, const struct engine_details *details)
{
    if (details->place_count == 0) return;
    prose_heading(prose, details->kind == ENGINE_OBJECT ? "Used by" : "Where it is");
    for (size_t i = 0; i < details->place_count && i < PROSE_PLACES; i++)
        prose_labelled(prose, 0, "", details->places[i].id);
    size_t shown = details->place_count < PROSE_PLACES ? details->place_count : PROSE_PLACES;
    if (details->place_total > shown)
        buf_append_format(&prose->out, "- … %llu more\n", (unsigned long long)(details->place_total - shown));
}

static void prose_example(struct prose *prose, const struct engine_example *example)
{
    struct str heading = arena_format(prose->arena, "Example: %.*s", STR_FORMAT(example->label));
    prose_heading(prose, heading.at);
    prose_fence(prose, example->code, 3);
    buf_append_str(&prose->out, example->language);
    prose_put(prose, "\n");
    buf_append_str(&prose->out, example->code);
    if (!str_ends(example->code, STR("\n"))) prose_put(prose, "\n");
    prose_fence(prose, example->code, 3);
    prose_put(prose, "\n");
}

struct str prose_details(struct arena *arena, const struct engine_details *details)
{
    struct prose prose = { .arena = arena };
    buf_init(&prose.out, LIMIT_REPLY_BYTES);
    prose_title(&prose, details);
    if (details->summary.size > 0 && !str_equal(details->summary, details->self.description)) {
        prose_text(&prose, details->summary);
        prose_put(&prose, "\n\n");
    }
    prose_description(&prose, details->self.description);
    prose_about(&prose, details);
    prose_model(&prose, details);
    prose_access(&prose, details);
    prose_places(&prose, details);
    for (size_t i = 0; i < details->example_count; i++) prose_example(&prose, &details->examples[i]);
    bool is_whole = prose.out.error == BUF_OK && !arena->failed;
    struct str text = is_whole ? arena_copy(arena, buf_str(&prose.out)) : STR_EMPTY;
    buf_free(&prose.out);
    return text.size > 0 ? text : (struct str){ NULL, 0 };
}
