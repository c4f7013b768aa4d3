#include "details_endpoint.h"

#include "limits.h"

static void server_values(struct details_maker *maker, yyjson_val *list, struct engine_server_variable *variable)
{
    yyjson_val *item;
    size_t i, max, size;
    struct str *values = details_list(maker, yyjson_arr_size(list), LIMIT_DETAILS_VARIABLES, sizeof *values, &size);
    variable->values = values;
    yyjson_arr_foreach (list, i, max, item) {
        if (variable->value_count < size) values[variable->value_count++] = document_str(item);
    }
}

static void server_variables(struct details_maker *maker, yyjson_val *variables, struct engine_server *server)
{
    size_t size;
    struct engine_server_variable *list =
        details_list(maker, yyjson_obj_size(variables), LIMIT_DETAILS_VARIABLES, sizeof *list, &size);
    server->variables = list;
    struct document_member at = document_first(variables);
    for (; at.left && server->variable_count < size; document_next(&at)) {
        struct engine_server_variable *variable = &list[server->variable_count++];
        variable->name = document_str(at.key);
        variable->default_value = document_str(yyjson_obj_get(at.value, "default"));
        variable->description = document_str(yyjson_obj_get(at.value, "description"));
        server_values(maker, yyjson_obj_get(at.value, "enum"), variable);
    }
}

/* Relative ones count from where the document was found (OpenAPI 3.1 §4.8.5), and "/" is what there is without any. */
static struct str server_note(struct str written)
{
    bool is_whole = str_starts(written, STR("//")) || str_starts(written, STR("{")) ||
                    str_equal_nocase(str_cut(written, 0, 8), STR("https://")) ||
                    str_equal_nocase(str_cut(written, 0, 7), STR("http://"));
    return is_whole ? STR_EMPTY
                    : STR("The specification names no host: https://example.com stands for where it was found.");
}

/* The URLs are made by operation.c, one for each Server Object, and one where there is none. */
void details_servers(struct details_maker *maker, const struct operation *operation)
{
    size_t count;
    const struct str *urls = operation ? operation_servers(operation, maker->arena, &count)
                                       : operation_servers_of_document(maker->document, maker->arena, &count);
    yyjson_val *list = operation ? operation_server_list(operation)
                                 : document_get(maker->document, maker->document->root, STR("servers"));
    struct engine_server *servers = arena_calloc(maker->arena, count, sizeof *servers);
    if (servers == NULL) return;
    for (size_t i = 0; i < count; i++) {
        yyjson_val *value = yyjson_arr_get(list, i);
        servers[i].url = urls[i];
        servers[i].written = document_str(yyjson_obj_get(value, "url"));
        servers[i].note = server_note(servers[i].written);
        details_describe(maker, document_str(yyjson_obj_get(value, "description")), &servers[i].description,
                         &servers[i].html);
        server_variables(maker, yyjson_obj_get(value, "variables"), &servers[i]);
    }
    maker->details->servers = servers;
    maker->details->server_count = count;
}
