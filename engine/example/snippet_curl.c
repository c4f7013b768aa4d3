#include "shell.h"
#include "snippet.h"
#include "uri.h"

/* Ends the line before and begins one for an option. Returns where it begins. */
static size_t curl_line(struct buf *code)
{
    buf_append_str(code, STR(" \\\n"));
    size_t start = code->size;
    buf_append_str(code, STR("  "));
    return start;
}

static void curl_focus(struct buf *code, size_t start, bool is_focus, struct sample_focus *focus)
{
    if (!is_focus) return;
    if (focus->end == 0) focus->start = start;
    focus->end = code->size;
}

/* The URL is in double quotes where a key from the environment is in its query: uri_clean leaves no byte that would
 * mean something there. */
static void curl_url(struct buf *code, const struct request *request)
{
    bool has_variable = false;
    for (const struct request_pair *pair = request->query.first; pair; pair = pair->next)
        has_variable |= pair->variable.size > 0;
    buf_append_byte(code, has_variable ? '"' : '\'');
    buf_append_str(code, request->url);
    char separator = str_find_byte(request->url, '?') == STR_NONE ? '?' : '&';
    for (const struct request_pair *pair = request->query.first; pair; pair = pair->next) {
        buf_append_byte(code, separator);
        buf_append_str(code, pair->name);
        buf_append_byte(code, '=');
        buf_append_str(code, pair->value);
        if (pair->variable.size) buf_append_format(code, "$%.*s", STR_FORMAT(pair->variable));
        separator = '&';
    }
    buf_append_byte(code, has_variable ? '"' : '\'');
}

static bool curl_url_is_focus(const struct request *request)
{
    bool is_focus = request->is_url_focus;
    for (const struct request_pair *pair = request->query.first; pair; pair = pair->next) is_focus |= pair->is_focus;
    return is_focus;
}

/* One option whose value is name, separator, value. */
static void curl_option(struct buf *code, const char *option, const struct request_pair *pair, const char *separator)
{
    struct buf text;
    buf_init(&text, code->limit);
    buf_append_str(&text, pair->name);
    buf_append_str(&text, str_from(separator));
    buf_append_str(&text, pair->value);
    if (text.error != BUF_OK) code->error = text.error;
    buf_append_format(code, "%s ", option);
    if (pair->variable.size) shell_quote_variable(code, buf_str(&text), pair->variable);
    if (pair->variable.size == 0) shell_quote(code, buf_str(&text));
    buf_free(&text);
}

static void curl_options(struct buf *code, const char *option, const struct request_pairs *pairs, const char *separator,
                         struct sample_focus *focus)
{
    for (const struct request_pair *pair = pairs->first; pair; pair = pair->next) {
        size_t start = curl_line(code);
        curl_option(code, option, pair, separator);
        curl_focus(code, start, pair->is_focus, focus);
    }
}

/* A header without a value would take the header away; with ';' curl sends it empty. */
static void curl_headers(struct buf *code, const struct request *request, struct sample_focus *focus)
{
    for (const struct request_pair *pair = request->headers.first; pair; pair = pair->next) {
        size_t start = curl_line(code);
        bool is_empty = pair->value.size == 0 && pair->variable.size == 0;
        curl_option(code, "-H", pair, is_empty ? ";" : ": ");
        curl_focus(code, start, pair->is_focus, focus);
    }
}

/* --data-urlencode encodes behind the first '='; a name is encoded beforehand, so that it holds none. */
static void curl_form(struct buf *code, const struct request *request)
{
    for (const struct request_pair *pair = request->fields.first; pair; pair = pair->next) {
        struct buf name;
        buf_init(&name, pair->name.size * 3 + 1);
        uri_encode(&name, pair->name);
        if (name.error != BUF_OK) code->error = name.error;
        struct request_pair field = { .name = buf_str(&name), .value = pair->value, .variable = STR_EMPTY };
        curl_line(code);
        curl_option(code, "--data-urlencode", &field, "=");
        buf_free(&name);
    }
}

/* --form-string takes the value as it is, where -F would read '@' and '<' as files. curl has no way to write a name
 * with
 * '=' in it: such a field is left out. */
static void curl_multipart(struct buf *code, const struct request *request)
{
    for (const struct request_pair *pair = request->fields.first; pair; pair = pair->next) {
        if (str_find_byte(pair->name, '=') != STR_NONE) continue;
        struct request_pair field = *pair;
        bool is_file = pair->variable.size > 0;
        if (is_file) field.value = STR_EMPTY;
        curl_line(code);
        curl_option(code, is_file ? "-F" : "--form-string", &field, is_file ? "=@" : "=");
    }
}

static void curl_body(struct buf *code, const struct request *request)
{
    switch (request->body) {
    case REQUEST_NO_BODY: break;
    case REQUEST_TEXT:
        curl_line(code);
        buf_append_str(code, STR("--data-raw "));
        shell_quote(code, request->body_text);
        break;
    case REQUEST_FORM: curl_form(code, request); break;
    case REQUEST_MULTIPART: curl_multipart(code, request); break;
    case REQUEST_FILE:
        curl_line(code);
        buf_append_str(code, STR("--data-binary \"@$FILE\""));
        break;
    }
}

static void curl_method(struct buf *code, const struct request *request)
{
    bool is_get = str_equal(request->method, STR("GET"));
    if (str_equal(request->method, STR("HEAD")))
        buf_append_str(code, STR("--head ")); /* -X HEAD waits for a body */
    else if (!is_get || request->body != REQUEST_NO_BODY)
        buf_append_format(code, "-X %.*s ", STR_FORMAT(request->method));
}

void snippet_curl(struct buf *code, const struct request *request, struct sample_focus *focus)
{
    *focus = (struct sample_focus){ 0, 0 };
    size_t start = code->size;
    buf_append_str(code, STR("curl "));
    curl_method(code, request);
    curl_url(code, request);
    curl_focus(code, start, curl_url_is_focus(request), focus);
    if (request->is_digest || request->is_basic) {
        curl_line(code);
        if (request->is_digest) buf_append_str(code, STR("--digest "));
        buf_append_str(code, STR("-u \"$USERNAME:$PASSWORD\""));
    }
    curl_headers(code, request, focus);
    curl_options(code, "-b", &request->cookies, "=", focus);
    curl_body(code, request);
}
