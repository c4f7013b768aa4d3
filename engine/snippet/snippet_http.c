/* The request as it goes over the wire (RFC 9112), secrets and files as {NAME}. The tests hold all languages against
 * it. */
#include "snippet_writer.h"

#include "uri.h"

static void http_variable(struct buf *code, const struct request_part *part)
{
    const struct request_variable *variable = part->variable;
    if (variable->kind == REQUEST_SECRET)
        buf_append_format(code, "{%.*s}", STR_FORMAT(variable->name));
    else if (part->is_encoded)
        uri_encode(code, variable->value);
    else
        buf_append_str(code, variable->value);
}

static void http_text(struct buf *code, const struct request_part *part)
{
    for (; part; part = part->next) {
        if (part->variable)
            http_variable(code, part);
        else
            buf_append_str(code, part->literal);
    }
}

void snippet_url(struct buf *code, const struct request *request)
{
    for (const struct request_line *line = request->url; line; line = line->next) http_text(code, line->first);
}

static void http_start(struct snippet *snippet)
{
    struct buf url;
    buf_init(&url, snippet->code->limit);
    snippet_url(&url, snippet->request);
    struct str rest = buf_str(&url);
    size_t scheme = str_find(rest, STR("://"));
    if (scheme != STR_NONE) rest = str_cut(rest, scheme + 3, rest.size);
    size_t slash = str_find_byte(rest, '/');
    bool is_focus = false;
    for (const struct request_line *line = snippet->request->url; line; line = line->next) is_focus |= line->is_focus;
    for (const struct request_variable *at = snippet->request->variables; at; at = at->next) is_focus |= at->is_focus;
    snippet_format(snippet, "%.*s ", STR_FORMAT(snippet->request->method));
    buf_append_str(snippet->code, str_cut(rest, slash, rest.size));
    snippet_put(snippet, " HTTP/1.1");
    snippet_mark(snippet, 0, is_focus);
    snippet_put(snippet, "\nHost: ");
    buf_append_str(snippet->code, str_cut(rest, 0, slash));
    snippet_put(snippet, "\n");
    if (url.error != BUF_OK) snippet->code->error = url.error;
    buf_free(&url);
}

static void http_headers(struct snippet *snippet)
{
    const struct request *request = snippet->request;
    if (request->login != REQUEST_NO_LOGIN) {
        snippet_put(snippet, "Authorization: Basic {base64 of ");
        buf_append_format(snippet->code, "%.*s:%.*s}\n", STR_FORMAT(request->user->name),
                          STR_FORMAT(request->password->name));
    }
    for (const struct request_header *header = request->headers; header; header = header->next) {
        size_t start = snippet->code->size;
        buf_append_str(snippet->code, header->name);
        snippet_put(snippet, ": ");
        http_text(snippet->code, header->value);
        snippet_mark(snippet, start, header->is_focus);
        snippet_put(snippet, "\n");
    }
    if (request->body == REQUEST_MULTIPART)
        snippet_put(snippet, "Content-Type: multipart/form-data; boundary=" REQUEST_BOUNDARY "\n");
}

static void http_file(struct snippet *snippet, const struct request_variable *file)
{
    snippet_put(snippet, "{content of ");
    buf_append_str(snippet->code, file->value);
    snippet_put(snippet, "}");
}

static void http_field(struct snippet *snippet, const struct request_field *field)
{
    snippet_field_head(snippet->code, field);
    if (field->file)
        http_file(snippet, field->file);
    else
        buf_append_str(snippet->code, field->value);
    snippet_put(snippet, "\r\n");
}

/* The length is told where it is known. */
static void http_length(struct snippet *snippet, size_t length)
{
    bool is_known = snippet->request->body == REQUEST_TEXT || snippet->request->body == REQUEST_FORM;
    if (is_known) snippet_format(snippet, "Content-Length: %zu\n", length);
}

static void http_body(struct snippet *snippet)
{
    const struct request *request = snippet->request;
    struct buf form;
    buf_init(&form, snippet->code->limit);
    for (const struct request_line *line = request->form; line; line = line->next) http_text(&form, line->first);
    struct str text = request->body == REQUEST_TEXT ? request->body_text : buf_str(&form);
    http_length(snippet, text.size);
    snippet_put(snippet, "\n");
    buf_append_str(snippet->code, text);
    if (request->body == REQUEST_FILE) http_file(snippet, request->body_file);
    for (const struct request_field *field = request->fields; field; field = field->next) http_field(snippet, field);
    if (request->fields) snippet_put(snippet, "--" REQUEST_BOUNDARY "--\r\n");
    if (form.error != BUF_OK) snippet->code->error = form.error;
    buf_free(&form);
}

void snippet_http(struct snippet *snippet)
{
    http_start(snippet);
    http_headers(snippet);
    http_body(snippet);
}
