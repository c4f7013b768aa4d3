#include "limits.h"
#include "request_maker.h"
#include "sample_name.h"
#include "uri.h"

/* How a value goes into a request (OpenAPI 3.1 §4.8.12.2 to §4.8.12.4). */
struct parameter_style {
    bool is_exploded;
    bool is_deep;   /* name[key]=value */
    char separator; /* of what is not exploded */
};

static struct parameter_style parameter_style(const struct operation_parameter *parameter)
{
    struct str style = document_str(yyjson_obj_get(parameter->value, "style"));
    yyjson_val *explode = yyjson_obj_get(parameter->value, "explode");
    bool is_form = style.size ? str_equal(style, STR("form"))
                              : parameter->in == CATALOGUE_IN_QUERY || parameter->in == CATALOGUE_IN_COOKIE;
    struct parameter_style result = { .is_exploded = explode ? yyjson_is_true(explode) : is_form, .separator = ',' };
    result.is_deep = str_equal(style, STR("deepObject"));
    if (str_equal(style, STR("spaceDelimited"))) result.separator = ' ';
    if (str_equal(style, STR("pipeDelimited"))) result.separator = '|';
    return result;
}

static struct str parameter_leaf(struct request_maker *maker, const struct sample_node *node)
{
    return node->shape == SAMPLE_LEAF ? node->text : request_json(maker, node);
}

/* A container in one text: "a,b" or "key,value". */
static struct str parameter_joined(struct request_maker *maker, const struct sample_node *node,
                                   struct parameter_style style)
{
    if (node->shape == SAMPLE_LEAF) return node->text;
    struct buf text;
    buf_init(&text, LIMIT_EXAMPLE_BYTES);
    for (const struct sample_node *child = node->first; child; child = child->next) {
        if (node->shape == SAMPLE_OBJECT) {
            buf_append_str(&text, child->key);
            buf_append_byte(&text, style.is_exploded ? '=' : style.separator);
        }
        buf_append_str(&text, parameter_leaf(maker, child));
        if (child->next) buf_append_byte(&text, style.separator);
    }
    if (text.error == BUF_NO_MEMORY) maker->arena->failed = true;
    struct str copy = arena_copy(maker->arena, buf_str(&text));
    buf_free(&text);
    return copy;
}

static struct str parameter_deep_name(struct request_maker *maker, struct str name, struct str key)
{
    return arena_format(maker->arena, "%.*s[%.*s]", STR_FORMAT(name), STR_FORMAT(key));
}

/* Query pairs and cookies: one, or one for each item or member. */
static void parameter_add_pairs(struct request_maker *maker, struct request_pairs *pairs,
                                const struct operation_parameter *parameter, const struct sample_node *node,
                                bool is_focus)
{
    struct parameter_style style = parameter_style(parameter);
    bool is_split = node->shape != SAMPLE_LEAF && node->first && (style.is_exploded || style.is_deep);
    const struct sample_node *child = is_split ? node->first : node;
    for (; child; child = is_split ? child->next : NULL) {
        struct str name = parameter->name;
        if (is_split && node->shape == SAMPLE_OBJECT)
            name = style.is_deep ? parameter_deep_name(maker, name, child->key) : child->key;
        struct str value = is_split ? parameter_leaf(maker, child) : parameter_joined(maker, child, style);
        struct request_pair *pair = request_add_encoded(maker, pairs, name, value);
        if (pair) pair->is_focus = is_focus;
    }
}

static struct sample_node *parameter_sample(struct request_maker *maker, const struct operation_parameter *parameter)
{
    struct sample_wish wish = { .direction = SAMPLE_REQUEST, .name = parameter->name };
    struct str media_type;
    yyjson_val *media = operation_media_type(yyjson_obj_get(parameter->value, "content"), &media_type);
    struct sample_node *node = sample_make_of(maker->document, media ? media : parameter->value, &wish, maker->arena);
    if (media == NULL || node == NULL || node->shape == SAMPLE_LEAF) return node;
    return sample_node_text(maker->arena, request_json(maker, node));
}

/* ---- Path ------------------------------------------------------------------------------------------------------- */

static void parameter_fill_path(struct request_maker *maker, const struct operation_parameter *parameters, size_t count,
                                struct buf *url, struct str name)
{
    for (size_t i = 0; i < count; i++) {
        const struct operation_parameter *parameter = &parameters[i];
        if (parameter->value == NULL || parameter->in != CATALOGUE_IN_PATH || !str_equal(parameter->name, name))
            continue;
        struct sample_node *node = parameter_sample(maker, parameter);
        if (node == NULL) return;
        uri_encode(url, parameter_joined(maker, node, parameter_style(parameter)));
        if (maker->focus.in == CATALOGUE_IN_PATH && str_equal(maker->focus.name, name))
            maker->request->is_url_focus = true;
        return;
    }
    uri_encode(url, sample_name_text(maker->arena, name));
}

static void parameter_make_url(struct request_maker *maker, const struct operation_parameter *parameters, size_t count)
{
    struct buf url;
    size_t servers;
    const struct str *server = operation_servers(maker->operation, maker->arena, &servers);
    /* Amazon's specifications tell operations with the same path apart by a fragment, which is not sent. */
    struct str path = str_cut(maker->operation->path, 0, str_find_byte(maker->operation->path, '#'));
    buf_init(&url, LIMIT_EXAMPLE_BYTES);
    if (servers) buf_append_str(&url, server[0]);
    while (path.size) {
        size_t open = str_find_byte(path, '{');
        size_t close = open == STR_NONE ? STR_NONE : str_find_byte(str_cut(path, open, path.size), '}');
        if (close == STR_NONE) break;
        uri_clean(&url, str_cut(path, 0, open));
        parameter_fill_path(maker, parameters, count, &url, str_cut(path, open + 1, open + close));
        path = str_cut(path, open + close + 1, path.size);
    }
    uri_clean(&url, path);
    if (url.error == BUF_NO_MEMORY) maker->arena->failed = true;
    maker->request->url = arena_copy(maker->arena, buf_str(&url));
    buf_free(&url);
}

/* ---- All -------------------------------------------------------------------------------------------------------- */

/* Header parameters with these names mean nothing (OpenAPI 3.1 §4.8.12.1): they follow from content and security. */
static bool parameter_is_reserved(struct str name)
{
    return str_equal_nocase(name, STR("Accept")) || str_equal_nocase(name, STR("Content-Type")) ||
           str_equal_nocase(name, STR("Authorization"));
}

static void parameter_add(struct request_maker *maker, const struct operation_parameter *parameter, bool is_focus)
{
    struct request *request = maker->request;
    if (parameter->in == CATALOGUE_IN_HEADER && parameter_is_reserved(parameter->name)) return;
    struct sample_node *node = parameter_sample(maker, parameter);
    if (node == NULL) return;
    if (parameter->in == CATALOGUE_IN_HEADER) {
        struct str value = parameter_joined(maker, node, parameter_style(parameter));
        struct request_pair *pair = request_add_header(maker, parameter->name, value);
        if (pair) pair->is_focus = is_focus;
    } else {
        bool is_query = parameter->in == CATALOGUE_IN_QUERY;
        parameter_add_pairs(maker, is_query ? &request->query : &request->cookies, parameter, node, is_focus);
    }
}

void request_make_parameters(struct request_maker *maker)
{
    size_t count;
    const struct operation_parameter *parameters = operation_parameters(maker->operation, maker->arena, &count);
    parameter_make_url(maker, parameters, count);
    for (size_t i = 0; i < count; i++) {
        const struct operation_parameter *parameter = &parameters[i];
        if (parameter->value == NULL || parameter->in == CATALOGUE_IN_PATH) continue;
        bool is_focus = parameter->in == maker->focus.in && str_equal(parameter->name, maker->focus.name);
        if (parameter->is_required || is_focus) parameter_add(maker, parameter, is_focus);
    }
}
