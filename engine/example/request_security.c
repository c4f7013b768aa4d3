#include "ref.h"
#include "request_maker.h"

static void security_add_key(struct request_maker *maker, yyjson_val *scheme)
{
    struct str name = document_str(yyjson_obj_get(scheme, "name"));
    struct str in = document_str(yyjson_obj_get(scheme, "in"));
    struct request_pair *pair = NULL;
    if (str_equal(in, STR("query"))) pair = request_add_encoded(maker, &maker->request->query, name, STR_EMPTY);
    if (str_equal(in, STR("cookie"))) pair = request_add_encoded(maker, &maker->request->cookies, name, STR_EMPTY);
    if (str_equal(in, STR("header"))) pair = request_add_header(maker, name, STR_EMPTY);
    if (pair) pair->variable = STR("API_KEY");
}

static void security_add_token(struct request_maker *maker, struct str scheme)
{
    for (const struct request_pair *pair = maker->request->headers.first; pair; pair = pair->next) {
        if (str_equal_nocase(pair->name, STR("Authorization"))) return;
    }
    struct request_pair *pair = request_add_header(maker, STR("Authorization"), STR_EMPTY);
    if (pair == NULL) return;
    pair->value = arena_format(maker->arena, "%.*s ", STR_FORMAT(scheme));
    pair->variable = STR("TOKEN");
}

static void security_add_http(struct request_maker *maker, yyjson_val *scheme)
{
    struct str name = document_str(yyjson_obj_get(scheme, "scheme"));
    if (str_equal_nocase(name, STR("basic")))
        maker->request->is_basic = true;
    else if (str_equal_nocase(name, STR("digest")))
        maker->request->is_digest = true;
    else
        security_add_token(maker, STR("Bearer"));
}

static void security_add(struct request_maker *maker, yyjson_val *scheme)
{
    struct str type = document_str(yyjson_obj_get(scheme, "type"));
    if (str_equal(type, STR("apiKey"))) security_add_key(maker, scheme);
    if (str_equal(type, STR("http"))) security_add_http(maker, scheme);
    if (str_equal(type, STR("oauth2")) || str_equal(type, STR("openIdConnect")))
        security_add_token(maker, STR("Bearer"));
}

void request_make_security(struct request_maker *maker)
{
    /* All schemes of one requirement are needed; the requirements are alternatives, of which the first is shown. */
    yyjson_val *requirement = yyjson_arr_get_first(operation_security(maker->operation));
    yyjson_val *components = yyjson_obj_get(maker->document->root, "components");
    yyjson_val *schemes = yyjson_obj_get(components, "securitySchemes");
    for (struct document_member at = document_first(requirement); at.left; document_next(&at)) {
        security_add(maker, ref_resolve(maker->document, document_get(maker->document, schemes, document_str(at.key))));
    }
}
