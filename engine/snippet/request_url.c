#include "limits.h"
#include "request_maker.h"
#include "sample_name.h"
#include "uri.h"

/* ---- The server -------------------------------------------------------------------------------------------------- */

/* The URL of the server with its variables filled in; "{name}" stays where the specification gives none a value. */
static struct str url_server_template(struct request_maker *maker, yyjson_val *server)
{
    struct buf url;
    struct str rest = document_str(yyjson_obj_get(server, "url")), literal, name;
    buf_init(&url, 4 * LIMIT_HTTP_URL_BYTES);
    rest = str_cut(rest, 0, str_find_byte(rest, '#'));
    while (uri_template_next(&rest, &literal, &name)) {
        struct str value = operation_server_variable(server, name);
        uri_clean(&url, literal, false);
        uri_clean(&url, value, false);
        if (value.size == 0) buf_append_format(&url, "{%.*s}", STR_FORMAT(name));
    }
    uri_clean(&url, literal, false);
    if (url.error == BUF_NO_MEMORY) maker->arena->failed = true;
    struct str text = arena_copy(maker->arena, str_trim(buf_str(&url)));
    buf_free(&url);
    /* A query or a fragment cannot have a path behind it. */
    text = str_cut(text, 0, str_find_byte(text, '?'));
    while (str_ends(text, STR("/"))) text.size--;
    return text;
}

/* A variable that the address begins with is its scheme, or all of it up to the path. */
static struct str url_variable_sample(struct str rest, bool is_first, struct str name)
{
    if (!is_first) return name;
    return str_starts(rest, STR("://")) ? STR("https") : STR("https://example.com");
}

static void url_add_variable(struct request_maker *maker, struct str name, struct str value, bool is_encoded)
{
    struct request_variable *variable = request_variable_of(maker, REQUEST_PLACEHOLDER, name, "", value);
    request_text_add_variable(maker, variable, is_encoded);
    if (variable == NULL) request_text_add(maker, value, REQUEST_ENCODE_ALL);
}

/* True when `size` bytes of an address go beyond its host. */
static bool url_is_path(struct str address, size_t size)
{
    struct str before = str_cut(address, 0, size);
    size_t scheme = str_find(before, STR("://"));
    if (scheme != STR_NONE) before = str_cut(before, scheme + 3, before.size);
    return str_find_byte(before, '/') != STR_NONE;
}

static void url_add_server(struct request_maker *maker, struct str template)
{
    struct str rest = template, literal, name;
    while (uri_template_next(&rest, &literal, &name)) {
        size_t size = (size_t)(name.at - template.at) - 1;
        request_text_add(maker, literal, REQUEST_ENCODE_NOTHING);
        url_add_variable(maker, name, url_variable_sample(rest, size == 0, name), url_is_path(template, size));
    }
    request_text_add(maker, literal, REQUEST_ENCODE_NOTHING);
}

static bool url_is_absolute(struct str text)
{
    return str_equal_nocase(str_cut(text, 0, 8), STR("https://")) ||
           str_equal_nocase(str_cut(text, 0, 7), STR("http://")) || str_starts(text, STR("{"));
}

static void url_add_base(struct request_maker *maker)
{
    struct str base = maker->wish->server;
    while (str_ends(base, STR("/"))) base.size--;
    if (base.size) {
        uri_clean(&maker->text, base, false);
        return;
    }
    base = url_server_template(maker, yyjson_arr_get_first(operation_server_list(maker->operation)));
    if (str_starts(base, STR("//"))) request_text_add(maker, STR("https:"), REQUEST_ENCODE_NOTHING);
    if (!str_starts(base, STR("//")) && !url_is_absolute(base)) {
        maker->request->is_server_unknown = true;
        url_add_variable(maker, STR("server"), STR("https://example.com"), false);
        if (base.size && base.at[0] != '/') request_text_add(maker, STR("/"), REQUEST_ENCODE_NOTHING);
    }
    url_add_server(maker, base);
}

/* ---- Parameters of the path -------------------------------------------------------------------------------------- */

/* What RFC 6570 §3.2.2, §3.2.5 and §3.2.7 say of "{x}", "{.x}" and "{;x}". */
static struct request_joint url_joint(struct str style, bool is_exploded, struct str name)
{
    struct request_joint joint = {
        .before = "", .between = ",", .pair = is_exploded ? "=" : ",", .name = STR_EMPTY, .encoding = REQUEST_ENCODE_ALL
    };
    if (str_equal(style, STR("label"))) {
        joint.before = ".";
        joint.between = is_exploded ? "." : ",";
    } else if (str_equal(style, STR("matrix"))) {
        joint.before = ";";
        joint.between = is_exploded ? ";" : ",";
        joint.name = name;
    }
    return joint;
}

/* A segment of dots cannot be sent: every client takes it as a step, encoded or not. */
static struct str url_segment(struct str value, struct str name)
{
    bool is_step = value.size == 0 || str_equal(value, STR(".")) || str_equal(value, STR(".."));
    return is_step ? name : value;
}

static void url_add_leaf(struct request_maker *maker, const struct operation_parameter *parameter, struct str style,
                         struct str value)
{
    bool is_label = str_equal(style, STR("label")), is_matrix = str_equal(style, STR("matrix"));
    if (is_label) request_text_add(maker, STR("."), REQUEST_ENCODE_NOTHING);
    if (is_matrix) request_text_add(maker, STR(";"), REQUEST_ENCODE_NOTHING);
    if (is_matrix) request_text_add(maker, parameter->name, REQUEST_ENCODE_ALL);
    if (is_matrix) request_text_add(maker, STR("="), REQUEST_ENCODE_NOTHING);
    url_add_variable(maker, parameter->name, url_segment(value, parameter->name), true);
    for (struct request_variable *at = maker->request->variables; at; at = at->next) {
        if (str_equal(at->key, parameter->name)) at->is_focus |= request_is_focus(maker, CATALOGUE_IN_PATH, at->key);
    }
}

/* The name of an array or an object stands once before all that is not exploded: ";name=1,2". */
static void url_add_container(struct request_maker *maker, const struct operation_parameter *parameter,
                              struct str style, bool is_exploded, const struct sample_node *node)
{
    struct request_joint joint = url_joint(style, is_exploded, parameter->name);
    if (joint.name.size && !is_exploded) {
        request_text_add(maker, STR(";"), REQUEST_ENCODE_NOTHING);
        request_text_add(maker, joint.name, REQUEST_ENCODE_ALL);
        joint.before = "=";
        joint.name = STR_EMPTY;
    }
    request_value_join(maker, node, &joint);
}

static const struct operation_parameter *url_parameter(const struct operation_parameter *parameters, size_t count,
                                                       struct str name)
{
    for (size_t i = 0; i < count; i++) {
        bool is_of_path = parameters[i].value && parameters[i].in == CATALOGUE_IN_PATH;
        if (is_of_path && str_equal(parameters[i].name, name)) return &parameters[i];
    }
    return NULL;
}

static void url_add_parameter(struct request_maker *maker, const struct operation_parameter *parameter, bool *is_focus)
{
    bool is_exploded;
    struct str style = request_parameter_style(parameter, STR("simple"), &is_exploded);
    struct sample_node *node = request_parameter_sample(maker, parameter);
    if (node == NULL) return;
    if (node->shape == SAMPLE_LEAF) {
        url_add_leaf(maker, parameter, style, node->text);
        return;
    }
    url_add_container(maker, parameter, style, is_exploded, node);
    *is_focus |= request_is_focus(maker, CATALOGUE_IN_PATH, parameter->name);
}

/* ---- The path ---------------------------------------------------------------------------------------------------- */

/* Amazon's specifications tell operations with the same path apart by a fragment, which is not sent. Steps ("..") are
 * taken here, an encoded '.' among them, since clients do not agree on who takes them. */
static struct str url_path(struct request_maker *maker)
{
    struct str given = maker->operation->path;
    struct buf plain, path;
    given = str_cut(given, 0, str_find_byte(given, '#'));
    buf_init(&plain, LIMIT_EXAMPLE_BYTES);
    buf_init(&path, LIMIT_EXAMPLE_BYTES);
    for (size_t i = 0; i < given.size; i++) {
        bool is_dot = str_equal_nocase(str_cut(given, i, i + 3), STR("%2e"));
        buf_append_byte(&plain, is_dot ? '.' : given.at[i]);
        if (is_dot) i += 2;
    }
    if (!str_starts(given, STR("/"))) buf_append_byte(&path, '/');
    uri_resolve_dots(&path, buf_str(&plain));
    if (plain.error == BUF_NO_MEMORY || path.error == BUF_NO_MEMORY) maker->arena->failed = true;
    struct str copy = arena_copy(maker->arena, buf_str(&path));
    buf_free(&plain);
    buf_free(&path);
    return copy;
}

void request_make_url(struct request_maker *maker, const struct operation_parameter *parameters, size_t count)
{
    struct str rest = url_path(maker), literal, name;
    bool is_focus = false, in_query = false;
    url_add_base(maker);
    while (uri_template_next(&rest, &literal, &name)) {
        uri_clean(&maker->text, literal, in_query);
        in_query |= str_find_byte(literal, '?') != STR_NONE;
        const struct operation_parameter *parameter = url_parameter(parameters, count, name);
        if (parameter)
            url_add_parameter(maker, parameter, &is_focus);
        else
            url_add_variable(maker, name, sample_name_text(maker->arena, name), true);
    }
    uri_clean(&maker->text, literal, in_query);
    request_text_end_line(maker, &maker->request->url, is_focus);
}
