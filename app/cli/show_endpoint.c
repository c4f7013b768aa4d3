#include "show_text.h"

#include "number.h"

/* ---- Bodies ------------------------------------------------------------------------------------------------------ */

static void show_link(const struct show *show, const struct engine_response_link *link)
{
    struct str to = link->endpoint.size > 0 ? link->endpoint : link->operation;
    show_sentence(show, "link ", arena_format(show->arena, "%.*s: %.*s", STR_FORMAT(link->name), STR_FORMAT(to)), 4);
    for (size_t i = 0; i < link->parameter_count; i++)
        show_sentence(show, "",
                      arena_format(show->arena, "%.*s = %.*s", STR_FORMAT(link->parameters[i].name),
                                   STR_FORMAT(link->parameters[i].json)),
                      6);
    show_sentence(show, "! ", link->note, 6);
    show_markdown(show, link->description, 6);
}

static void show_named(const struct show *show, const char *mark, const struct engine_value *values, size_t count,
                       size_t indent)
{
    for (size_t i = 0; i < count; i++) {
        const char *between = values[i].description.size > 0 ? ": " : "";
        show_sentence(show, mark,
                      arena_format(show->arena, "%.*s%s%.*s", STR_FORMAT(values[i].name), between,
                                   STR_FORMAT(values[i].description)),
                      indent);
    }
}

static void show_body_head(const struct show *show, const struct engine_body *body, const char *before)
{
    bool is_request = body->status.size == 0;
    struct str more = is_request ? (body->is_required ? STR("(required)") : STR_EMPTY) : body->status;
    struct str heading = arena_format(show->arena, "%s%s", before, is_request ? "REQUEST" : "RESPONSE");
    if (body->is_first) {
        show_heading(show, heading.at, more);
        show_sentence(show, "! ", body->note, 2);
        show_markdown(show, body->description, 2);
    }
    if (body->media_type.size + body->schema.type.size == 0) return;
    show_indent(show, 2);
    output_style(show->output, OUTPUT_KIND);
    output_text(show->output, body->media_type);
    if (body->schema.type.size > 0) fputs(body->media_type.size > 0 ? " <" : "<", show->output->file);
    output_text(show->output, body->schema.type);
    if (body->schema.type.size > 0) fputc('>', show->output->file);
    output_style(show->output, OUTPUT_PLAIN);
    fputc('\n', show->output->file);
}

static void show_body(const struct show *show, const struct engine_body *body, const char *before)
{
    struct str path = body->status.size > 0 ? body->status : STR("request");
    show_body_head(show, body, before);
    show_limits(show, &body->schema, 4);
    show_named(show, "part ", body->encoding, body->encoding_count, 4);
    show_named(show, "example ", body->examples, body->example_count, 4);
    show_fields(show, body->schema.fields, body->schema.field_count, path, 1);
    show_inside(show, &body->schema, path, 1);
    if (body->header_count > 0) show_sentence(show, "", STR("headers:"), 2);
    show_fields(show, body->headers, body->header_count, STR_EMPTY, 1);
    for (size_t i = 0; i < body->link_count; i++) show_link(show, &body->links[i]);
}

void show_bodies(const struct show *show, const struct engine_body *bodies, size_t count, const char *before)
{
    for (size_t i = 0; i < count; i++) show_body(show, &bodies[i], before);
}

void show_callbacks(const struct show *show, const struct engine_details *details)
{
    for (size_t i = 0; i < details->callback_count; i++) {
        const struct engine_callback *callback = &details->callbacks[i];
        struct str to = arena_format(show->arena, "%.*s: %.*s %.*s", STR_FORMAT(callback->name),
                                     STR_FORMAT(callback->method), STR_FORMAT(callback->url));
        show_heading(show, "CALLBACK", to);
        show_sentence(show, "! ", callback->note, 2);
        show_markdown(show, callback->description.size > 0 ? callback->description : callback->summary, 2);
        show_bodies(show, callback->bodies, callback->body_count, "CALLBACK ");
    }
}

/* ---- Access ------------------------------------------------------------------------------------------------------ */

static void show_scheme(const struct show *show, const struct engine_scheme *scheme)
{
    struct str type =
        scheme->type.size > 0 ? arena_format(show->arena, " (%.*s)", STR_FORMAT(scheme->type)) : STR_EMPTY;
    show_sentence(show, "", arena_format(show->arena, "%.*s%.*s", STR_FORMAT(scheme->name), STR_FORMAT(type)), 2);
    show_sentence(show, "! ", scheme->note, 4);
    for (size_t i = 0; i < scheme->how_count; i++) show_sentence(show, "", scheme->how[i], 4);
    show_markdown(show, scheme->description, 4);
    show_named(show, "scope ", scheme->scopes, scheme->scope_count, 4);
}

static void show_server(const struct show *show, const struct engine_server *server)
{
    bool is_written = server->written.size > 0 && !str_equal(server->written, server->url);
    show_sentence(show, "", server->url, 2);
    if (is_written) show_sentence(show, "from ", server->written, 4);
    show_sentence(show, "! ", server->note, 4);
    show_markdown(show, server->description, 4);
    for (size_t i = 0; i < server->variable_count; i++) {
        const struct engine_server_variable *variable = &server->variables[i];
        struct str line =
            arena_format(show->arena, "{%.*s}: %.*s", STR_FORMAT(variable->name), STR_FORMAT(variable->default_value));
        for (size_t k = 0; k < variable->value_count; k++)
            line = arena_format(show->arena, "%.*s%s%.*s", STR_FORMAT(line), k > 0 ? ", " : "; one of ",
                                STR_FORMAT(variable->values[k]));
        show_sentence(show, "", line, 4);
        show_markdown(show, variable->description, 6);
    }
}

void show_access(const struct show *show, const struct engine_details *details)
{
    if (details->security_count > 0) show_heading(show, "SECURITY:", STR_EMPTY);
    for (size_t i = 0; i < details->security_count; i++)
        show_sentence(show, i > 0 ? "or " : "", details->security[i].text, 2);
    if (details->scheme_count > 0) show_heading(show, "AUTHENTICATION:", STR_EMPTY);
    for (size_t i = 0; i < details->scheme_count; i++) show_scheme(show, &details->schemes[i]);
    if (details->server_count > 0) show_heading(show, details->server_count > 1 ? "SERVERS:" : "SERVER:", STR_EMPTY);
    for (size_t i = 0; i < details->server_count; i++) show_server(show, &details->servers[i]);
}

void show_tags(const struct show *show, const struct engine_details *details)
{
    char number[NUMBER_TEXT];
    if (details->tag_count > 0) show_heading(show, details->tag_count > 1 ? "TAGS:" : "TAG:", STR_EMPTY);
    for (size_t i = 0; i < details->tag_count; i++) {
        const struct engine_tag *tag = &details->tags[i];
        struct str line = tag->name;
        if (details->kind == ENGINE_API)
            line = arena_format(show->arena, "%.*s  %s", STR_FORMAT(line), number_text(number, tag->count));
        show_sentence(show, "", line, 2);
        show_markdown(show, tag->description, 4);
        show_sentence(show, "see ", tag->docs.url, 4);
    }
}

/* ---- An API ------------------------------------------------------------------------------------------------------ */

static void show_about_line(const struct show *show, const char *label, struct str a, struct str b, struct str c)
{
    struct str parts[] = { a, b, c };
    struct str line = STR_EMPTY;
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        if (parts[i].size == 0) continue;
        line =
            arena_format(show->arena, "%.*s%s%.*s", STR_FORMAT(line), line.size > 0 ? ", " : "", STR_FORMAT(parts[i]));
    }
    show_sentence(show, label, line, 2);
}

void show_about(const struct show *show, const struct engine_details *details)
{
    const struct engine_about *about = &details->about;
    char number[NUMBER_TEXT];
    if (details->kind != ENGINE_API) return;
    show_heading(show, "ABOUT:", STR_EMPTY);
    for (int kind = ENGINE_ENDPOINT; kind < ENGINE_KINDS; kind++) {
        struct str name = engine_kind_name((enum engine_kind)kind);
        show_sentence(
            show, "",
            arena_format(show->arena, "%.*s: %s", STR_FORMAT(name), number_text(number, details->elements[kind])), 2);
    }
    show_about_line(show, "licence: ", about->license, about->license_url, STR_EMPTY);
    show_about_line(show, "contact: ", about->contact, about->contact_url, about->contact_email);
    show_about_line(show, "terms: ", about->terms, STR_EMPTY, STR_EMPTY);
}
