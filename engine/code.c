#include "describe.h"

#include "limits.h"
#include "snippet.h"
#include "utf8.h"

#include <stdio.h>

bool engine_language(size_t number, struct engine_language *language)
{
    if (number >= snippet_language_count) return false;
    const struct snippet_language *row = &snippet_languages[number];
    *language = (struct engine_language){ str_from(row->name), str_from(row->label), str_from(row->highlight) };
    return true;
}

static int code_no_language(struct str name, struct engine_fault *fault)
{
    char names[256];
    size_t size = 0;
    for (size_t i = 0; i < snippet_language_count; i++) {
        int written = snprintf(names + size, sizeof names - size, "%s%s", i ? ", " : "", snippet_languages[i].name);
        if (written > 0 && (size_t)written < sizeof names - size) size += (size_t)written;
    }
    engine_fault_set(fault, "There is no language \"%.*s\". There are %s.", STR_FORMAT(utf8_cut(name, 40)), names);
    return ENGINE_EINVAL;
}

/* Text that is put in front of a path: http or https, and a host. */
static bool code_is_server(struct str server)
{
    bool is_http = str_equal_nocase(str_cut(server, 0, 7), STR("http://"));
    bool is_https = str_equal_nocase(str_cut(server, 0, 8), STR("https://"));
    if (server.size > LIMIT_HTTP_URL_BYTES || (!is_http && !is_https)) return false;
    struct str host = str_cut(server, is_http ? 7 : 8, server.size);
    bool is_plain = host.size > 0 && host.at[0] != '/';
    for (size_t i = 0; i < host.size; i++)
        is_plain &= host.at[i] > ' ' && host.at[i] < 0x7f && strchr("?#{}<>\"\\^`|", host.at[i]) == NULL;
    return is_plain;
}

/* The wish as the request is made from it; `given` is copied. NULL members without memory. */
static struct request_wish code_wish(const struct engine_code_wish *wish, bool has_digest, struct arena *arena)
{
    struct request_given *given = arena_calloc(arena, wish->given_count, sizeof *given);
    struct request_wish made = { .focus = STR_EMPTY,
                                 .server = wish->server,
                                 .has_digest = has_digest,
                                 .body = wish->body,
                                 .tier = details_tier(wish->tier),
                                 .at = wish->at };
    for (size_t i = 0; i < wish->given_count && given; i++)
        given[i] = (struct request_given){ wish->given[i].name, wish->given[i].value };
    made.given = given;
    made.given_count = given ? wish->given_count : 0;
    return made;
}

/* What is wrong with the wish itself, or where the element is. */
static int code_find(const struct engine *self, struct engine_scratch *scratch, const struct engine_code_wish *wish,
                     struct arena *arena, struct described *at, struct engine_fault *fault)
{
    if (wish->server.size && !code_is_server(wish->server)) {
        engine_fault_set(fault, "The server must be the beginning of an address, like \"http://127.0.0.1:9000/v1\".");
        return ENGINE_EINVAL;
    }
    int error = describe_find(self, scratch, wish->id, arena, at, fault);
    if (error) return error;
    uint8_t kind = at->segment->catalogue.elements[at->element].kind;
    if (kind == ENGINE_ENDPOINT || kind == ENGINE_PARAMETER) return ENGINE_OK;
    engine_fault_set(fault, "There is code for endpoints and parameters; \"%.*s\" is neither.",
                     STR_FORMAT(utf8_cut(wish->id, 120)));
    return ENGINE_EINVAL;
}

int engine_code(const struct engine *self, struct engine_scratch *scratch, const struct engine_code_wish *wish,
                struct arena *arena, struct engine_example *example, struct engine_fault *fault)
{
    struct described at;
    const struct snippet_language *language =
        wish->language.size ? snippet_language_find(wish->language) : &snippet_languages[0];
    if (language == NULL) return code_no_language(wish->language, fault);
    int error = code_find(self, scratch, wish, arena, &at, fault);
    if (error) return error;
    struct request_wish made = code_wish(wish, language->has_digest, arena);
    error = details_code(&at.source, at.element, language, &made, arena, example, NULL, fault);
    bool is_told = error == ENGINE_OK || error == ENGINE_EINVAL;
    return is_told ? error : describe_failed(&at, error, fault);
}

static int code_cannot_call(enum request_call_result result, struct engine_fault *fault)
{
    static const char *const why[] = {
        [REQUEST_CALL_NO_SERVER] = "The address belongs to none of the servers that the specification names.",
        [REQUEST_CALL_FILE] = "This request sends a file, which can only be done from a program.",
        [REQUEST_CALL_TOO_LONG] = "This request is too long to be sent.",
    };
    engine_fault_set(fault, "%s", why[result]);
    return ENGINE_EINVAL;
}

int engine_call(const struct engine *self, struct engine_scratch *scratch, const struct engine_code_wish *wish,
                struct arena *arena, struct engine_call *call, struct engine_fault *fault)
{
    struct described at;
    struct details_call found;
    int error = code_find(self, scratch, wish, arena, &at, fault);
    if (error) return error;
    struct request_wish made = code_wish(wish, true, arena);
    error = details_code(&at.source, at.element, NULL, &made, arena, NULL, &found, fault);
    if (error) return describe_failed(&at, error, fault);
    if (found.result != REQUEST_CALL_OK) return code_cannot_call(found.result, fault);
    struct engine_given *headers = arena_calloc(arena, found.call.header_count, sizeof *headers);
    if (headers == NULL) return ENGINE_ENOMEM;
    for (size_t i = 0; i < found.call.header_count; i++)
        headers[i] = (struct engine_given){ found.call.headers[i].name, found.call.headers[i].value };
    *call = (struct engine_call){ .method = found.method,
                                  .url = found.call.url,
                                  .headers = headers,
                                  .header_count = found.call.header_count,
                                  .body = found.call.body,
                                  .user = found.call.user,
                                  .password = found.call.password,
                                  .is_digest = found.call.login == REQUEST_DIGEST };
    return ENGINE_OK;
}
