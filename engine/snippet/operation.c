#include "operation.h"

#include "limits.h"
#include "ref.h"
#include "uri.h"

#include <stdlib.h>

bool operation_find(struct operation *operation, const struct document *document, enum catalogue_method method,
                    struct str path)
{
    *operation = (struct operation){ .document = document, .path = path, .method = method };
    yyjson_val *paths = document_get(document, document->root, STR("paths"));
    operation->path_item = ref_resolve(document, document_get(document, paths, path));
    operation->value = document_get(document, operation->path_item, catalogue_method_name(method));
    return yyjson_is_obj(operation->value);
}

/* ---- Parameters ----------------------------------------------------------------------------------------------- */

struct operation_list {
    struct operation_parameter *at;
    size_t count;
};

static struct operation_parameter *operation_same(struct operation_list *list,
                                                  const struct operation_parameter *parameter)
{
    for (size_t i = 0; i < list->count; i++) {
        struct operation_parameter *other = &list->at[i];
        if (other->value && parameter->value && other->in == parameter->in && str_equal(other->name, parameter->name))
            return other;
    }
    return NULL;
}

static bool operation_read_parameter(const struct document *document, yyjson_val *value,
                                     struct operation_parameter *parameter)
{
    struct str reference = ref_text(document, value);
    *parameter = (struct operation_parameter){
        .value = ref_resolve(document, value), .written = value, .name = STR_EMPTY, .reference = STR_EMPTY
    };
    if (reference.at) parameter->reference = reference;
    if (parameter->value == NULL) return reference.at != NULL;
    parameter->name = document_str(yyjson_obj_get(parameter->value, "name"));
    parameter->is_required = yyjson_is_true(yyjson_obj_get(parameter->value, "required"));
    return catalogue_in_read(document_str(yyjson_obj_get(parameter->value, "in")), &parameter->in);
}

static void operation_add_parameters(const struct operation *operation, yyjson_val *array, bool is_of_path,
                                     struct operation_list *list)
{
    yyjson_val *value;
    size_t i, max;
    yyjson_arr_foreach (array, i, max, value) {
        struct operation_parameter parameter;
        if (!operation_read_parameter(operation->document, value, &parameter)) continue;
        parameter.is_of_path = is_of_path;
        parameter.position = i;
        struct operation_parameter *same = operation_same(list, &parameter);
        if (same) *same = parameter;
        if (same == NULL && list->count < LIMIT_OPERATION_PARAMETERS) list->at[list->count++] = parameter;
    }
}

static int operation_rank(const struct operation_parameter *parameter)
{
    static const int groups[CATALOGUE_IN_COUNT] = {
        [CATALOGUE_IN_PATH] = 0, [CATALOGUE_IN_QUERY] = 1, [CATALOGUE_IN_HEADER] = 2, [CATALOGUE_IN_COOKIE] = 3
    };
    if (parameter->value == NULL) return 2 * CATALOGUE_IN_COUNT;
    return 2 * groups[parameter->in] + !parameter->is_required;
}

/* Insertion sort: it is stable, and there are few. */
static void operation_sort(struct operation_list *list)
{
    for (size_t i = 1; i < list->count; i++) {
        struct operation_parameter parameter = list->at[i];
        size_t at = i;
        for (; at > 0 && operation_rank(&list->at[at - 1]) > operation_rank(&parameter); at--)
            list->at[at] = list->at[at - 1];
        list->at[at] = parameter;
    }
}

const struct operation_parameter *operation_parameters(const struct operation *operation, struct arena *arena,
                                                       size_t *count)
{
    yyjson_val *of_path = yyjson_obj_get(operation->path_item, "parameters");
    yyjson_val *own = yyjson_obj_get(operation->value, "parameters");
    size_t size = yyjson_arr_size(of_path) + yyjson_arr_size(own);
    if (size > LIMIT_OPERATION_PARAMETERS) size = LIMIT_OPERATION_PARAMETERS;
    struct operation_list list = { .at = size ? arena_alloc(arena, size * sizeof *list.at) : NULL };
    *count = 0;
    if (list.at == NULL) return NULL;
    operation_add_parameters(operation, of_path, true, &list);
    operation_add_parameters(operation, own, false, &list);
    operation_sort(&list);
    *count = list.count;
    return list.at;
}

/* ---- Servers -------------------------------------------------------------------------------------------------- */

struct str operation_server_variable(yyjson_val *server, struct str name)
{
    yyjson_val *variable = yyjson_obj_getn(yyjson_obj_get(server, "variables"), name.at, name.size);
    struct str value = document_str(yyjson_obj_get(variable, "default"));
    return value.size ? value : document_str(yyjson_arr_get_first(yyjson_obj_get(variable, "enum")));
}

static void operation_server_fill(struct buf *url, yyjson_val *server)
{
    struct str rest = document_str(yyjson_obj_get(server, "url")), literal, name;
    while (uri_template_next(&rest, &literal, &name)) {
        struct str value = operation_server_variable(server, name);
        buf_append_str(url, literal);
        buf_append_str(url, value.size ? value : name);
    }
    buf_append_str(url, literal);
}

static struct str operation_server(yyjson_val *server, struct arena *arena)
{
    struct buf filled, url;
    buf_init(&filled, LIMIT_HTTP_URL_BYTES);
    buf_init(&url, 4 * LIMIT_HTTP_URL_BYTES);
    operation_server_fill(&filled, server);
    struct str text = str_trim(str_cut(buf_str(&filled), 0, str_find_byte(buf_str(&filled), '#')));
    bool is_absolute = str_starts(text, STR("https://")) || str_starts(text, STR("http://"));
    if (str_starts(text, STR("//"))) {
        buf_append_str(&url, STR("https:"));
    } else if (!is_absolute) {
        buf_append_str(&url, STR("https://example.com"));
        if (text.size && text.at[0] != '/') buf_append_byte(&url, '/');
    }
    uri_clean(&url, text, false);
    struct str result = buf_str(&url);
    while (str_ends(result, STR("/"))) result.size--;
    result = arena_copy(arena, result);
    if (filled.error == BUF_NO_MEMORY || url.error == BUF_NO_MEMORY) arena->failed = true;
    buf_free(&filled);
    buf_free(&url);
    return result;
}

static const struct str *operation_servers_in(yyjson_val *servers, struct arena *arena, size_t *count)
{
    size_t size = yyjson_arr_size(servers);
    if (size > LIMIT_OPERATION_SERVERS) size = LIMIT_OPERATION_SERVERS;
    *count = size ? size : 1;
    struct str *urls = arena_calloc(arena, *count, sizeof *urls);
    for (size_t i = 0; urls && i < *count; i++) urls[i] = operation_server(yyjson_arr_get(servers, i), arena);
    if (urls == NULL) *count = 0;
    return urls;
}

const struct str *operation_servers_of_document(const struct document *document, struct arena *arena, size_t *count)
{
    return operation_servers_in(yyjson_obj_get(document->root, "servers"), arena, count);
}

yyjson_val *operation_server_list(const struct operation *operation)
{
    yyjson_val *own = yyjson_obj_get(operation->value, "servers");
    yyjson_val *of_path = yyjson_obj_get(operation->path_item, "servers");
    if (yyjson_arr_size(own)) return own;
    return yyjson_arr_size(of_path) ? of_path : yyjson_obj_get(operation->document->root, "servers");
}

const struct str *operation_servers(const struct operation *operation, struct arena *arena, size_t *count)
{
    return operation_servers_in(operation_server_list(operation), arena, count);
}

/* ---- Security and body ---------------------------------------------------------------------------------------- */

yyjson_val *operation_security(const struct operation *operation)
{
    yyjson_val *own = yyjson_obj_get(operation->value, "security");
    return own ? own : yyjson_obj_get(operation->document->root, "security");
}

yyjson_val *operation_request_body(const struct operation *operation)
{
    return ref_resolve(operation->document, yyjson_obj_get(operation->value, "requestBody"));
}

struct str operation_essence(struct str media_type)
{
    return str_trim(str_cut(media_type, 0, str_find_byte(media_type, ';')));
}

bool operation_is_json(struct str media_type)
{
    struct str essence = operation_essence(media_type);
    struct str suffix = str_cut(essence, essence.size < 5 ? 0 : essence.size - 5, essence.size);
    return str_equal_nocase(essence, STR("application/json")) || str_equal_nocase(suffix, STR("+json"));
}

static int operation_media_rank(struct str media_type)
{
    struct str essence = operation_essence(media_type);
    if (str_equal_nocase(essence, STR("application/json"))) return 5;
    if (operation_is_json(media_type)) return 4;
    if (str_equal_nocase(essence, STR("application/x-www-form-urlencoded"))) return 3;
    if (str_equal_nocase(essence, STR("multipart/form-data"))) return 2;
    return str_equal_nocase(str_cut(essence, 0, 5), STR("text/"));
}

yyjson_val *operation_media_type(yyjson_val *content, struct str *name)
{
    yyjson_val *best = NULL;
    int best_rank = -1;
    *name = STR_EMPTY;
    for (struct document_member at = document_first(content); at.left; document_next(&at)) {
        int rank = operation_media_rank(document_str(at.key));
        if (rank <= best_rank) continue;
        best_rank = rank;
        best = at.value;
        *name = document_str(at.key);
    }
    return best;
}
