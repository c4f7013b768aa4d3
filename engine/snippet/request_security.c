#include "ref.h"
#include "request_maker.h"

static struct request_variable *security_secret(struct request_maker *maker, struct str key, const char *suffix)
{
    return request_variable_of(maker, REQUEST_SECRET, key, suffix, STR_EMPTY);
}

/* A cookie's value is made by the server, of bytes that may stand there. */
static void security_add_pair(struct request_maker *maker, struct request_pairs pairs, struct str key)
{
    bool is_cookie = pairs.lines == &maker->cookies;
    request_value_begin_pair(maker, &pairs, pairs.name);
    request_text_add_variable(maker, security_secret(maker, key, "KEY"), !is_cookie);
    request_text_end_line(maker, pairs.lines, pairs.is_focus);
}

static void security_add_key(struct request_maker *maker, struct str key, yyjson_val *scheme)
{
    struct str name = document_str(yyjson_obj_get(scheme, "name"));
    struct str in = document_str(yyjson_obj_get(scheme, "in"));
    if (name.size == 0 || maker->request->url == NULL) return;
    struct request_pairs query = { .lines = &maker->secrets,
                                   .first = "",
                                   .next = "",
                                   .name = name,
                                   .is_focus = request_is_focus(maker, CATALOGUE_IN_QUERY, name) };
    if (str_equal(in, STR("query"))) security_add_pair(maker, query, key);
    if (str_equal(in, STR("cookie"))) security_add_pair(maker, request_parameter_cookie(maker, name), key);
    if (!str_equal(in, STR("header")) || request_header_find(maker->request, name)) return;
    request_text_add_variable(maker, security_secret(maker, key, "KEY"), false);
    struct request_header *header = request_header_end(maker, name);
    if (header) header->is_focus = request_is_focus(maker, CATALOGUE_IN_HEADER, name);
}

/* Of several schemes that want the header Authorization only the first can have it. */
static bool security_has_authorization(const struct request_maker *maker)
{
    return maker->request->login != REQUEST_NO_LOGIN ||
           request_header_find(maker->request, STR("Authorization")) != NULL;
}

static void security_add_authorization(struct request_maker *maker, struct str key, struct str scheme,
                                       const char *suffix)
{
    if (security_has_authorization(maker)) return;
    request_text_add(maker, scheme, REQUEST_ENCODE_HEADER);
    request_text_add(maker, STR(" "), REQUEST_ENCODE_NOTHING);
    request_text_add_variable(maker, security_secret(maker, key, suffix), false);
    request_header_end(maker, STR("Authorization"));
}

static void security_add_login(struct request_maker *maker, struct str key, enum request_login login)
{
    struct request *request = maker->request;
    if (security_has_authorization(maker)) return;
    request->user = security_secret(maker, key, "USERNAME");
    request->password = security_secret(maker, key, "PASSWORD");
    if (request->user && request->password) request->login = login;
}

static void security_add_http(struct request_maker *maker, struct str key, yyjson_val *value)
{
    struct str scheme = document_str(yyjson_obj_get(value, "scheme"));
    if (str_equal_nocase(scheme, STR("basic")))
        security_add_login(maker, key, REQUEST_BASIC);
    else if (str_equal_nocase(scheme, STR("digest")) && maker->wish->has_digest)
        security_add_login(maker, key, REQUEST_DIGEST);
    else if (str_equal_nocase(scheme, STR("bearer")) || scheme.size == 0)
        security_add_authorization(maker, key, STR("Bearer"), "TOKEN");
    else
        security_add_authorization(maker, key, scheme, "CREDENTIALS");
}

static void security_add_certificate(struct request_maker *maker, struct str key)
{
    struct request *request = maker->request;
    if (request->certificate) return;
    const struct request_variable *certificate = security_secret(maker, key, "CERTIFICATE");
    request->certificate_key = security_secret(maker, key, "CERTIFICATE_KEY");
    if (request->certificate_key) request->certificate = certificate;
}

static void security_add(struct request_maker *maker, struct str key, yyjson_val *scheme)
{
    struct str type = document_str(yyjson_obj_get(scheme, "type"));
    if (str_equal(type, STR("apiKey"))) security_add_key(maker, key, scheme);
    if (str_equal(type, STR("http"))) security_add_http(maker, key, scheme);
    if (str_equal(type, STR("oauth2")) || str_equal(type, STR("openIdConnect")))
        security_add_authorization(maker, key, STR("Bearer"), "TOKEN");
    if (str_equal(type, STR("mutualTLS"))) security_add_certificate(maker, key);
}

void request_make_security(struct request_maker *maker)
{
    /* All schemes of one requirement are needed; the requirements are alternatives, of which the first is shown. */
    yyjson_val *requirement = yyjson_arr_get_first(operation_security(maker->operation));
    yyjson_val *components = yyjson_obj_get(maker->document->root, "components");
    yyjson_val *schemes = yyjson_obj_get(components, "securitySchemes");
    for (struct document_member at = document_first(requirement); at.left; document_next(&at)) {
        struct str key = document_str(at.key);
        security_add(maker, key, ref_resolve(maker->document, document_get(maker->document, schemes, key)));
    }
}
