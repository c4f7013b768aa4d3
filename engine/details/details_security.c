#include "details_endpoint.h"

#include "limits.h"

struct security {
    struct details_maker *maker;
    yyjson_val *defined; /* components.securitySchemes */
    struct engine_scheme *schemes;
    size_t count, size;
    bool all;
};

/* ---- How to authenticate, in words ------------------------------------------------------------------------------- */

static void how_text(struct security *security, const char *text)
{
    buf_append_str(&security->maker->text, str_from(text));
}

static void how_member(struct security *security, const char *before, yyjson_val *object, const char *key,
                       const char *after)
{
    struct str value = document_str(yyjson_obj_get(object, key));
    if (value.size == 0) return;
    how_text(security, before);
    buf_append_str(&security->maker->text, value);
    how_text(security, after);
}

static void how_key(struct security *security, yyjson_val *scheme, struct details_sentences *how)
{
    struct str in = document_str(yyjson_obj_get(scheme, "in"));
    if (str_equal(in, STR("query")))
        how_member(security, "Add ?", scheme, "name", "=\xe2\x80\xa6 with your key to the address.");
    else if (str_equal(in, STR("cookie")))
        how_member(security, "Send the cookie ", scheme, "name", " with your key.");
    else
        how_member(security, "Send the header ", scheme, "name", " with your key.");
    details_sentence_take(security->maker, how);
}

static void how_http(struct security *security, yyjson_val *scheme, struct details_sentences *how)
{
    struct str name = document_str(yyjson_obj_get(scheme, "scheme"));
    if (str_equal_nocase(name, STR("basic"))) {
        how_text(security, "HTTP Basic: send user name and password, \"Authorization: Basic \xe2\x80\xa6\".");
    } else if (str_equal_nocase(name, STR("bearer"))) {
        how_text(security, "Send \"Authorization: Bearer \xe2\x80\xa6\" with your token");
        how_member(security, " (", scheme, "bearerFormat", ")");
        how_text(security, ".");
    } else {
        how_member(security, "HTTP ", scheme, "scheme", ": send the header Authorization as this scheme wants it.");
    }
    details_sentence_take(security->maker, how);
}

/* "OAuth 2 authorization code: authorize at …, get the token at …, and send it as "Authorization: Bearer …"." */
static void how_flow(struct security *security, const char *name, yyjson_val *flow, struct details_sentences *how)
{
    const char *before = ": ";
    if (!yyjson_is_obj(flow)) return;
    how_text(security, "OAuth 2 ");
    how_text(security, name);
    static const struct {
        const char *key, *words;
    } urls[] = { { "authorizationUrl", "authorize at " },
                 { "tokenUrl", "get the token at " },
                 { "refreshUrl", "refresh it at " } };
    for (size_t i = 0; i < sizeof urls / sizeof *urls; i++) {
        struct str url = document_str(yyjson_obj_get(flow, urls[i].key));
        if (url.size == 0) continue;
        how_text(security, before);
        how_text(security, urls[i].words);
        buf_append_str(&security->maker->text, url);
        before = ", ";
    }
    how_text(security, "; send it as \"Authorization: Bearer \xe2\x80\xa6\".");
    details_sentence_take(security->maker, how);
}

static const struct {
    const char *key, *name;
} how_flows[] = { { "authorizationCode", "authorization code" },
                  { "implicit", "implicit" },
                  { "password", "password (user name and password)" },
                  { "clientCredentials", "client credentials" } };
enum { HOW_FLOWS = sizeof how_flows / sizeof *how_flows };

static void how_oauth2(struct security *security, yyjson_val *scheme, struct details_sentences *how)
{
    yyjson_val *flows = yyjson_obj_get(scheme, "flows");
    for (size_t i = 0; i < HOW_FLOWS; i++)
        how_flow(security, how_flows[i].name, yyjson_obj_get(flows, how_flows[i].key), how);
}

static void how_openid(struct security *security, yyjson_val *scheme, struct details_sentences *how)
{
    how_member(security, "OpenID Connect: ", scheme, "openIdConnectUrl",
               " tells where to authorize and to get a token.");
    details_sentence_take(security->maker, how);
}

static void how_certificate(struct security *security, yyjson_val *scheme, struct details_sentences *how)
{
    (void)scheme;
    details_sentence(security->maker, how, STR("Mutual TLS: present a client certificate when you connect."));
}

static const struct {
    const char *type;
    void (*tell)(struct security *security, yyjson_val *scheme, struct details_sentences *how);
} how_types[] = { { "apiKey", how_key },
                  { "http", how_http },
                  { "oauth2", how_oauth2 },
                  { "openIdConnect", how_openid },
                  { "mutualTLS", how_certificate } };

static void security_how(struct security *security, yyjson_val *value, struct engine_scheme *scheme)
{
    struct details_sentences how = { .count = 0 };
    size_t size;
    scheme->type = document_str(yyjson_obj_get(value, "type"));
    for (size_t i = 0; i < sizeof how_types / sizeof *how_types; i++)
        if (str_equal(scheme->type, str_from(how_types[i].type))) how_types[i].tell(security, value, &how);
    if (how.count == 0)
        details_add_note(security->maker, &scheme->note, STR("The specification does not tell how this scheme works."));
    struct str *lines = details_list(security->maker, how.count, how.count, sizeof *lines, &size);
    if (size) memcpy(lines, how.at, size * sizeof *lines);
    scheme->how = lines;
    scheme->how_count = size;
}

/* ---- Scopes ------------------------------------------------------------------------------------------------------ */

static struct str security_scope_text(yyjson_val *flows, struct str name)
{
    for (size_t i = 0; i < HOW_FLOWS; i++) {
        yyjson_val *scopes = yyjson_obj_get(yyjson_obj_get(flows, how_flows[i].key), "scopes");
        struct str text = document_str(yyjson_obj_getn(scopes, name.at, name.size));
        if (text.size) return text;
    }
    return STR_EMPTY;
}

static void security_add_scope(struct engine_scheme *scheme, struct engine_value *scopes, size_t size, struct str name,
                               struct str text)
{
    for (size_t i = 0; i < scheme->scope_count; i++)
        if (str_equal(scopes[i].name, name)) return;
    if (scheme->scope_count < size) scopes[scheme->scope_count++] = (struct engine_value){ STR_EMPTY, name, text };
}

static size_t security_scope_total(yyjson_val *flows)
{
    size_t total = 0;
    for (size_t i = 0; i < HOW_FLOWS; i++)
        total += yyjson_obj_size(yyjson_obj_get(yyjson_obj_get(flows, how_flows[i].key), "scopes"));
    return total;
}

static void security_all_scopes(struct security *security, yyjson_val *flows, struct engine_scheme *scheme)
{
    size_t size;
    struct engine_value *scopes =
        details_list(security->maker, security_scope_total(flows), LIMIT_DETAILS_SCOPES, sizeof *scopes, &size);
    scheme->scopes = scopes;
    for (size_t i = 0; i < HOW_FLOWS; i++) {
        struct document_member at = document_first(yyjson_obj_get(yyjson_obj_get(flows, how_flows[i].key), "scopes"));
        for (; at.left && scheme->scope_count < size; document_next(&at))
            security_add_scope(scheme, scopes, size, document_str(at.key), document_str(at.value));
    }
}

/* Those that a requirement asks for, behind those that others asked for. */
static void security_needed_scopes(struct security *security, yyjson_val *flows, yyjson_val *needed,
                                   struct engine_scheme *scheme)
{
    yyjson_val *item;
    size_t i, max, size;
    struct engine_value *scopes = details_list(security->maker, scheme->scope_count + yyjson_arr_size(needed),
                                               LIMIT_DETAILS_SCOPES, sizeof *scopes, &size);
    if (size == 0) return;
    if (scheme->scope_count) memcpy(scopes, scheme->scopes, scheme->scope_count * sizeof *scopes);
    scheme->scopes = scopes;
    yyjson_arr_foreach (needed, i, max, item) {
        if (scheme->scope_count == size) break;
        security_add_scope(scheme, scopes, size, document_str(item), security_scope_text(flows, document_str(item)));
    }
}

/* ---- Schemes ----------------------------------------------------------------------------------------------------- */

static void security_add_scheme(struct security *security, struct str name, yyjson_val *needed)
{
    struct details_maker *maker = security->maker;
    struct engine_scheme *scheme = NULL;
    struct str description, note;
    for (size_t i = 0; i < security->count && scheme == NULL; i++)
        if (str_equal(security->schemes[i].name, name)) scheme = &security->schemes[i];
    yyjson_val *written = document_get(maker->document, security->defined, name);
    yyjson_val *value = details_resolve(maker, written, &description, &note), *flows = yyjson_obj_get(value, "flows");
    if (scheme == NULL) {
        if (security->count == security->size) return;
        scheme = &security->schemes[security->count++];
        *scheme = (struct engine_scheme){ .name = name, .type = STR_EMPTY, .note = note };
        details_describe(maker, description, &scheme->description, &scheme->html);
        if (written == NULL) scheme->note = STR("The specification names this scheme and does not describe it.");
        if (value) security_how(security, value, scheme);
        if (security->all) security_all_scopes(security, flows, scheme);
    }
    if (!security->all) security_needed_scopes(security, flows, needed, scheme);
}

static void security_requirement(struct security *security, yyjson_val *value, struct engine_requirement *requirement)
{
    struct details_maker *maker = security->maker;
    size_t size;
    struct str *names = details_list(maker, yyjson_obj_size(value), LIMIT_DETAILS_SECURITY, sizeof *names, &size);
    *requirement = (struct engine_requirement){ .text = STR("none"), .schemes = names };
    struct document_member at = document_first(value);
    for (; at.left && requirement->scheme_count < size; document_next(&at)) {
        struct str name = document_str(at.key);
        names[requirement->scheme_count++] = name;
        security_add_scheme(security, name, at.value);
    }
    for (size_t i = 0; i < requirement->scheme_count; i++) {
        if (i > 0) buf_append_str(&maker->text, STR(" + "));
        buf_append_str(&maker->text, names[i]);
    }
    if (requirement->scheme_count) requirement->text = details_take_text(maker);
}

void details_security(struct details_maker *maker, yyjson_val *requirements, bool all)
{
    struct engine_details *details = maker->details;
    struct security security = { .maker = maker, .defined = details_components(maker, "securitySchemes"), .all = all };
    size_t size;
    yyjson_val *item;
    size_t i, max;
    security.schemes =
        details_list(maker, LIMIT_DETAILS_SECURITY, LIMIT_DETAILS_SECURITY, sizeof *security.schemes, &security.size);
    struct engine_requirement *list =
        details_list(maker, yyjson_arr_size(requirements), LIMIT_DETAILS_SECURITY, sizeof *list, &size);
    details->security = list;
    yyjson_arr_foreach (requirements, i, max, item) {
        if (details->security_count == size) break;
        security_requirement(&security, item, &list[details->security_count++]);
    }
    for (struct document_member at = document_first(security.defined); all && at.left; document_next(&at)) {
        if (security.count == security.size) break;
        security_add_scheme(&security, document_str(at.key), NULL);
    }
    details->schemes = security.schemes;
    details->scheme_count = security.count;
}
