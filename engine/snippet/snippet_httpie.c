/* HTTPie in a shell with process substitution (bash, zsh). */
#include "shell.h"
#include "snippet_writer.h"

static size_t httpie_line(struct snippet *snippet)
{
    snippet_put(snippet, " \\\n");
    size_t start = snippet->code->size;
    snippet_put(snippet, "  ");
    return start;
}

/* Between a name and a value HTTPie looks for ":", "=", "==", ":=", "=@" and others, the longest first, and a backslash
 * takes the meaning from one of their characters, wherever they stand. */
static bool httpie_is_tame(const struct request_part *value)
{
    bool is_tame = value == NULL || value->literal.size == 0 || strchr(":=@;", value->literal.at[0]) == NULL;
    for (; value; value = value->next) is_tame &= str_find_byte(value->literal, '\\') == STR_NONE;
    return is_tame;
}

static void httpie_append_name(struct buf *item, struct str name)
{
    for (size_t i = 0; i < name.size; i++) {
        if (strchr(":=@;", name.at[i])) buf_append_byte(item, '\\');
        buf_append_byte(item, name.at[i]);
    }
}

/* A name and a value; what is not tame is read from a "file", which HTTPie takes byte by byte. */
static void httpie_item(struct snippet *snippet, struct str name, const char *operator,
                        const struct request_part * value)
{
    bool is_header = operator[0] == ':', is_tame = httpie_is_tame(value);
    struct buf item;
    buf_init(&item, snippet->code->limit);
    httpie_append_name(&item, name);
    buf_append_str(&item, str_from(operator));
    if (is_tame) {
        if (is_header) buf_append_byte(&item, ' '); /* no value makes another operator of it */
        shell_text(snippet->code, buf_str(&item), value);
    } else {
        buf_append_byte(&item, '@');
        shell_quote(snippet->code, buf_str(&item));
        snippet_put(snippet, "<(printf %s ");
        shell_text(snippet->code, STR_EMPTY, value);
        snippet_put(snippet, ")");
    }
    if (item.error != BUF_OK) snippet->code->error = item.error;
    buf_free(&item);
}

static void httpie_url(struct snippet *snippet, size_t start)
{
    const struct request_line *lines = snippet->request->url, *end = lines;
    bool is_focus = false;
    for (; end && !shell_is_secret(end); end = end->next) is_focus |= end->is_focus;
    shell_lines(snippet->code, STR_EMPTY, lines, end);
    snippet_mark(snippet, start, is_focus);
    for (; end; end = end->next) {
        struct str name = str_cut(end->first->literal, 1, end->first->literal.size - 1);
        size_t item = httpie_line(snippet);
        httpie_item(snippet, name, "==", end->first->next);
        snippet_mark(snippet, item, end->is_focus);
    }
}

static void httpie_login(struct snippet *snippet)
{
    const struct request *request = snippet->request;
    if (request->login != REQUEST_NO_LOGIN) {
        snippet_put(snippet, request->login == REQUEST_DIGEST ? "-A digest -a " : "-a ");
        shell_login(snippet->code, request);
        snippet_put(snippet, " ");
    }
    if (request->certificate) {
        shell_variable(snippet->code, STR("--cert="), request->certificate, STR_EMPTY);
        snippet_put(snippet, " ");
        shell_variable(snippet->code, STR("--cert-key="), request->certificate_key, STR_EMPTY);
        snippet_put(snippet, " ");
    }
}

static void httpie_headers(struct snippet *snippet)
{
    for (const struct request_header *header = snippet->request->headers; header; header = header->next) {
        size_t start = httpie_line(snippet);
        httpie_item(snippet, header->name, header->value ? ":" : ";", header->value);
        snippet_mark(snippet, start, header->is_focus);
    }
}

static void httpie_field(struct snippet *snippet, const struct request_field *field)
{
    struct request_part value = { .literal = field->value };
    struct buf name, type;
    httpie_line(snippet);
    if (field->file == NULL) {
        httpie_item(snippet, field->name, "=", field->value.size ? &value : NULL);
        return;
    }
    buf_init(&name, snippet->code->limit);
    buf_init(&type, snippet->code->limit);
    httpie_append_name(&name, field->name);
    buf_append_byte(&name, '@');
    buf_append_format(&type, ";type=%.*s", STR_FORMAT(field->media_type));
    shell_variable(snippet->code, buf_str(&name), field->file, buf_str(&type));
    if (name.error != BUF_OK) snippet->code->error = name.error;
    if (type.error != BUF_OK) snippet->code->error = type.error;
    buf_free(&name);
    buf_free(&type);
}

static void httpie_body(struct snippet *snippet)
{
    const struct request *request = snippet->request;
    if (request->body == REQUEST_TEXT) {
        httpie_line(snippet);
        snippet_put(snippet, "--raw ");
        shell_quote(snippet->code, request->body_text);
    } else if (request->body == REQUEST_FORM) {
        httpie_line(snippet);
        snippet_put(snippet, "--raw ");
        shell_lines(snippet->code, STR_EMPTY, request->form, NULL);
    } else if (request->body == REQUEST_FILE) {
        httpie_line(snippet);
        shell_variable(snippet->code, STR("@"), request->body_file, STR_EMPTY);
    } else {
        for (const struct request_field *field = request->fields; field; field = field->next)
            httpie_field(snippet, field);
    }
}

void snippet_httpie(struct snippet *snippet)
{
    snippet_notes(snippet, "# ", true);
    shell_variables(snippet->code, snippet->request, &snippet->focus);
    size_t start = snippet->code->size;
    snippet_put(snippet, "http --check-status --ignore-stdin ");
    if (snippet->request->body == REQUEST_MULTIPART) snippet_put(snippet, "--multipart ");
    httpie_login(snippet);
    snippet_format(snippet, "%.*s ", STR_FORMAT(snippet->request->method));
    httpie_url(snippet, start);
    httpie_headers(snippet);
    httpie_body(snippet);
}
