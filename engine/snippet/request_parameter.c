#include "request_maker.h"

/* ---- What all places share --------------------------------------------------------------------------------------- */

bool request_is_focus(const struct request_maker *maker, enum catalogue_in in, struct str name)
{
    return maker->wish->focus.size && maker->wish->focus_in == in && str_equal(maker->wish->focus, name);
}

struct str request_parameter_style(const struct operation_parameter *parameter, struct str style, bool *is_exploded)
{
    struct str given = document_str(yyjson_obj_get(parameter->value, "style"));
    yyjson_val *explode = yyjson_obj_get(parameter->value, "explode");
    if (given.size) style = given;
    *is_exploded = explode ? yyjson_is_true(explode) : str_equal(style, STR("form"));
    return style;
}

struct sample_node *request_parameter_sample(struct request_maker *maker, const struct operation_parameter *parameter)
{
    struct sample_wish wish = { .direction = SAMPLE_REQUEST, .name = parameter->name };
    struct str media_type;
    yyjson_val *media = operation_media_type(yyjson_obj_get(parameter->value, "content"), &media_type);
    struct sample_node *node = sample_make_of(maker->document, media ? media : parameter->value, &wish, maker->arena);
    if (media == NULL || node == NULL) return node;
    bool is_json = node->shape != SAMPLE_LEAF || operation_is_json(media_type);
    return is_json ? sample_node_text(maker->arena, request_value_json(maker, node, false)) : node;
}

/* ---- One place each ---------------------------------------------------------------------------------------------- */

static struct request_pairs parameter_query(struct request_maker *maker, struct str name)
{
    bool has_query = str_find_byte(maker->operation->path, '?') != STR_NONE;
    return (struct request_pairs){ .lines = &maker->request->url->next,
                                   .first = has_query ? "&" : "?",
                                   .next = "&",
                                   .name = name,
                                   .comma = ",",
                                   .is_focus = request_is_focus(maker, CATALOGUE_IN_QUERY, name) };
}

/* A cookie holds no comma (RFC 6265 §4.1.1). */
struct request_pairs request_parameter_cookie(struct request_maker *maker, struct str name)
{
    return (struct request_pairs){ .lines = &maker->cookies,
                                   .first = "",
                                   .next = "; ",
                                   .name = name,
                                   .comma = "%2C",
                                   .is_focus = request_is_focus(maker, CATALOGUE_IN_COOKIE, name) };
}

static void parameter_add_pairs(struct request_maker *maker, const struct operation_parameter *parameter,
                                const struct sample_node *node, struct request_pairs pairs)
{
    bool is_reserved = yyjson_is_true(yyjson_obj_get(parameter->value, "allowReserved"));
    pairs.style = request_parameter_style(parameter, STR("form"), &pairs.is_exploded);
    pairs.encoding = is_reserved && parameter->in == CATALOGUE_IN_QUERY ? REQUEST_ENCODE_RESERVED : REQUEST_ENCODE_ALL;
    request_value_add_pairs(maker, node, &pairs);
}

/* Header parameters with these names mean nothing (OpenAPI 3.1 §4.8.12.1): they follow from content and security. */
static bool parameter_is_reserved(struct str name)
{
    return str_equal_nocase(name, STR("Accept")) || str_equal_nocase(name, STR("Content-Type")) ||
           str_equal_nocase(name, STR("Authorization"));
}

static void parameter_add_header(struct request_maker *maker, const struct operation_parameter *parameter,
                                 const struct sample_node *node)
{
    bool is_exploded;
    request_parameter_style(parameter, STR("simple"), &is_exploded);
    struct request_joint joint = { .before = "",
                                   .between = ",",
                                   .pair = is_exploded ? "=" : ",",
                                   .name = STR_EMPTY,
                                   .encoding = REQUEST_ENCODE_HEADER };
    if (parameter_is_reserved(parameter->name)) return;
    request_value_join(maker, node, &joint);
    struct request_header *header = request_header_end(maker, parameter->name);
    if (header) header->is_focus = request_is_focus(maker, CATALOGUE_IN_HEADER, parameter->name);
}

/* ---- All --------------------------------------------------------------------------------------------------------- */

static bool parameter_line_has(const struct request_line *line, struct str name)
{
    struct str text = line->first ? line->first->literal : STR_EMPTY;
    if (str_starts(text, STR("; "))) text = str_cut(text, 2, text.size);
    return str_equal(str_cut(text, 0, str_find_byte(text, '=')), name);
}

/* A key that the security scheme sends is often told as a parameter, too: it is sent once. */
static bool parameter_is_sent(struct request_maker *maker, const struct operation_parameter *parameter)
{
    bool is_query = parameter->in == CATALOGUE_IN_QUERY;
    if (parameter->in == CATALOGUE_IN_HEADER) {
        struct request_header *header = request_header_find(maker->request, parameter->name);
        if (header && request_is_focus(maker, CATALOGUE_IN_HEADER, parameter->name)) header->is_focus = true;
        return header != NULL;
    }
    struct request_line *line = is_query ? maker->secrets : maker->cookies;
    for (; line; line = line->next) {
        bool is_secret = line->first && line->first->next && line->first->next->variable;
        if (!is_secret || !parameter_line_has(line, parameter->name)) continue;
        line->is_focus |= request_is_focus(maker, parameter->in, parameter->name);
        return true;
    }
    return false;
}

/* What the user gave for a parameter ("query.limit"), or NULL. */
static const struct request_given *parameter_given(const struct request_maker *maker,
                                                   const struct operation_parameter *parameter)
{
    if (maker->wish->given_count == 0) return NULL;
    struct str in = catalogue_in_name(parameter->in);
    struct str name = arena_format(maker->arena, "%.*s.%.*s", STR_FORMAT(in), STR_FORMAT(parameter->name));
    return request_given(maker->wish, name);
}

/* An array's items stand between commas. */
static struct sample_node *parameter_given_node(struct request_maker *maker, const struct sample_node *sample,
                                                struct str value)
{
    struct str rest = value, item;
    if (sample == NULL || sample->shape != SAMPLE_ARRAY) return sample_node_text(maker->arena, value);
    struct sample_node *array = sample_node_new(maker->arena, SAMPLE_ARRAY);
    while (array && str_split(&rest, ',', &item))
        sample_node_append(array, STR_EMPTY, sample_node_text(maker->arena, str_trim(item)));
    return array;
}

static void parameter_add(struct request_maker *maker, const struct operation_parameter *parameter,
                          const struct request_given *given)
{
    struct sample_node *node = request_parameter_sample(maker, parameter);
    if (given) node = parameter_given_node(maker, node, given->value);
    if (node == NULL) return;
    if (parameter->in == CATALOGUE_IN_QUERY)
        parameter_add_pairs(maker, parameter, node, parameter_query(maker, parameter->name));
    if (parameter->in == CATALOGUE_IN_COOKIE)
        parameter_add_pairs(maker, parameter, node, request_parameter_cookie(maker, parameter->name));
    if (parameter->in == CATALOGUE_IN_HEADER) parameter_add_header(maker, parameter, node);
}

void request_make_parameters(struct request_maker *maker, const struct operation_parameter *parameters, size_t count)
{
    if (maker->request->url == NULL) return;
    for (size_t i = 0; i < count; i++) {
        const struct operation_parameter *parameter = &parameters[i];
        if (parameter->value == NULL || parameter->in == CATALOGUE_IN_PATH) continue;
        const struct request_given *given = parameter_given(maker, parameter);
        bool is_wanted = given || parameter->is_required || request_is_focus(maker, parameter->in, parameter->name);
        if (is_wanted && !parameter_is_sent(maker, parameter)) parameter_add(maker, parameter, given);
    }
    for (const struct request_line *secret = maker->secrets; secret; secret = secret->next) {
        struct request_pairs pairs = parameter_query(maker, STR_EMPTY);
        request_text_add(maker, str_from(*pairs.lines ? pairs.next : pairs.first), REQUEST_ENCODE_NOTHING);
        request_text_add_parts(maker, secret->first);
        request_text_end_line(maker, pairs.lines, secret->is_focus);
    }
    request_header_add_cookies(maker);
}
