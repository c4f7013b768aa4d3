/* curl in a POSIX shell: runs when pasted. */
#include "shell.h"
#include "snippet_writer.h"

/* Ends the line before and begins one for an option. Returns where it begins. */
static size_t curl_line(struct snippet *snippet, const char *option)
{
    snippet_put(snippet, " \\\n");
    size_t start = snippet->code->size;
    snippet_put(snippet, "  ");
    snippet_put(snippet, option);
    return start;
}

static void curl_method(struct snippet *snippet)
{
    struct str method = snippet->request->method;
    bool is_plain_get = str_equal(method, STR("GET")) && snippet->request->body == REQUEST_NO_BODY;
    if (str_equal(method, STR("HEAD")))
        snippet_put(snippet, "--head "); /* -X HEAD waits for a body */
    else if (!is_plain_get)
        snippet_format(snippet, "-X %.*s ", STR_FORMAT(method));
}

/* Pairs of the query with secrets come last, and are options of their own: curl encodes what they hold. */
static void curl_url(struct snippet *snippet, size_t start)
{
    const struct request_line *lines = snippet->request->url, *end = lines;
    bool is_focus = false;
    for (; end && !shell_is_secret(end); end = end->next) is_focus |= end->is_focus;
    shell_lines(snippet->code, STR_EMPTY, lines, end);
    snippet_mark(snippet, start, is_focus);
    for (; end; end = end->next) {
        struct request_part name = *end->first;
        name.literal = str_cut(name.literal, 1, name.literal.size); /* '?' or '&' is curl's business, too */
        size_t option = curl_line(snippet, "--url-query ");
        shell_text(snippet->code, STR_EMPTY, &name);
        snippet_mark(snippet, option, end->is_focus);
    }
}

static void curl_login(struct snippet *snippet)
{
    const struct request *request = snippet->request;
    if (request->login != REQUEST_NO_LOGIN) {
        curl_line(snippet, request->login == REQUEST_DIGEST ? "--digest -u " : "-u ");
        shell_login(snippet->code, request);
    }
    if (request->certificate) {
        curl_line(snippet, "--cert ");
        shell_variable(snippet->code, STR_EMPTY, request->certificate, STR_EMPTY);
        snippet_put(snippet, " --key ");
        shell_variable(snippet->code, STR_EMPTY, request->certificate_key, STR_EMPTY);
    }
}

/* A header without a value would take the header away; with ';' curl sends it empty. */
static void curl_headers(struct snippet *snippet)
{
    for (const struct request_header *header = snippet->request->headers; header; header = header->next) {
        bool is_cookie = str_equal(header->name, STR("Cookie"));
        size_t start = curl_line(snippet, is_cookie ? "-b " : "-H ");
        struct buf name;
        buf_init(&name, snippet->code->limit);
        if (!is_cookie) buf_append_str(&name, header->name);
        if (!is_cookie) buf_append_str(&name, header->value ? STR(": ") : STR(";"));
        if (name.error != BUF_OK) snippet->code->error = name.error;
        shell_text(snippet->code, buf_str(&name), header->value);
        buf_free(&name);
        snippet_mark(snippet, start, header->is_focus);
    }
}

/* -d joins the fields with '&' itself. None begins with '@', which would name a file: names are encoded. */
static void curl_form(struct snippet *snippet)
{
    for (const struct request_line *line = snippet->request->form; line; line = line->next) {
        struct str field = line->first ? line->first->literal : STR_EMPTY;
        if (str_starts(field, STR("&"))) field = str_cut(field, 1, field.size);
        curl_line(snippet, "-d ");
        shell_quote(snippet->code, field);
    }
}

/* With a type the value must be quoted, or curl would read it for a file's name, a type or more (curl(1), --form). */
static void curl_field_value(struct buf *text, const struct request_field *field)
{
    bool is_typed = field->media_type.size > 0;
    if (is_typed) buf_append_byte(text, '"');
    for (size_t i = 0; i < field->value.size; i++) {
        if (is_typed && (field->value.at[i] == '"' || field->value.at[i] == '\\')) buf_append_byte(text, '\\');
        buf_append_byte(text, field->value.at[i]);
    }
    if (is_typed) buf_append_format(text, "\";type=%.*s", STR_FORMAT(field->media_type));
}

/* --form-string takes the value as it is, where -F would read '@' and '<' as files. */
static void curl_field(struct snippet *snippet, const struct request_field *field)
{
    struct buf text, type;
    buf_init(&text, snippet->code->limit);
    buf_init(&type, snippet->code->limit);
    curl_line(snippet, field->file || field->media_type.size ? "-F " : "--form-string ");
    buf_append_str(&text, field->name);
    buf_append_str(&text, field->file ? STR("=@") : STR("="));
    if (field->file) {
        buf_append_format(&type, ";type=%.*s", STR_FORMAT(field->media_type));
        shell_variable(snippet->code, buf_str(&text), field->file, buf_str(&type));
    } else {
        curl_field_value(&text, field);
        shell_quote(snippet->code, buf_str(&text));
    }
    if (text.error != BUF_OK) snippet->code->error = text.error;
    if (type.error != BUF_OK) snippet->code->error = type.error;
    buf_free(&text);
    buf_free(&type);
}

static void curl_body(struct snippet *snippet)
{
    const struct request *request = snippet->request;
    switch (request->body) {
    case REQUEST_NO_BODY: break;
    case REQUEST_TEXT:
        curl_line(snippet, "--data-raw ");
        shell_quote(snippet->code, request->body_text);
        break;
    case REQUEST_FORM: curl_form(snippet); break;
    case REQUEST_MULTIPART:
        for (const struct request_field *field = request->fields; field; field = field->next)
            curl_field(snippet, field);
        break;
    case REQUEST_FILE:
        curl_line(snippet, "--data-binary ");
        shell_variable(snippet->code, STR("@"), request->body_file, STR_EMPTY);
        break;
    }
}

void snippet_curl(struct snippet *snippet)
{
    snippet_notes(snippet, "# ", true);
    shell_variables(snippet->code, snippet->request, &snippet->focus);
    size_t start = snippet->code->size;
    snippet_put(snippet, "curl --fail-with-body ");
    curl_method(snippet);
    curl_url(snippet, start);
    curl_login(snippet);
    curl_headers(snippet);
    curl_body(snippet);
}
