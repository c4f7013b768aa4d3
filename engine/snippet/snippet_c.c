/* C with libcurl. */
#include "snippet_writer.h"
#include "utf8.h"

/* Octal escapes end after three digits, where those of hexadecimal digits would go on; '?' has none unescaped, so that
 * there is no trigraph. */
static void c_string(struct snippet *snippet, struct str text)
{
    buf_append_byte(snippet->code, '"');
    for (size_t at = 0; at < text.size;) {
        size_t start = at;
        bool is_visible = snippet_is_visible(utf8_next(text, &at));
        bool is_trigraph = text.at[start] == '?' && start > 0 && text.at[start - 1] == '?';
        if (text.at[start] == '\n')
            snippet_put(snippet, "\\n");
        else if (is_trigraph || text.at[start] == '"' || text.at[start] == '\\')
            snippet_format(snippet, "\\%c", text.at[start]);
        else if (is_visible)
            buf_append_str(snippet->code, str_cut(text, start, at));
        else
            for (; start < at; start++) snippet_format(snippet, "\\%03o", (unsigned char)text.at[start]);
    }
    buf_append_byte(snippet->code, '"');
}

static const struct snippet_syntax c_syntax = {
    .plus = ", ",
    .before = "",
    .encode = { "encode(curl, ", ")" },
    .names = SNIPPET_SNAKE,
    .string = c_string,
};

/* A text in several literals is one to the compiler. */
static const struct snippet_syntax c_literals = { .plus = " ", .before = "", .string = c_string };

static bool c_is_plain(const struct request_part *parts)
{
    return parts == NULL || (parts->next == NULL && parts->variable == NULL);
}

static bool c_joins(struct snippet *snippet)
{
    bool is_plain = true;
    for (const struct request_line *line = snippet->request->url; line; line = line->next)
        is_plain &= c_is_plain(line->first);
    for (const struct request_header *header = snippet->request->headers; header; header = header->next)
        is_plain &= c_is_plain(header->value);
    return !is_plain;
}

static void c_helpers(struct snippet *snippet)
{
    if (snippet_has(snippet, REQUEST_SECRET))
        snippet_put(snippet, "static const char *secret(const char *name)\n{\n"
                             "    const char *value = getenv(name);\n"
                             "    if (value == NULL) {\n"
                             "        fprintf(stderr, \"The environment variable %s is not set.\\n\", name);\n"
                             "        exit(1);\n"
                             "    }\n"
                             "    return value;\n}\n\n");
    if (snippet_encodes(snippet))
        snippet_put(snippet, "static const char *encode(CURL *curl, const char *text)\n{\n"
                             "    const char *encoded = curl_easy_escape(curl, text, 0);\n"
                             "    if (encoded == NULL) exit(1);\n"
                             "    return encoded;\n}\n\n");
    if (c_joins(snippet))
        snippet_put(snippet, "/* Joins strings up to NULL. */\n"
                             "static char *join(const char *first, ...)\n{\n"
                             "    va_list rest;\n"
                             "    size_t size = 1;\n"
                             "    va_start(rest, first);\n"
                             "    for (const char *at = first; at; at = va_arg(rest, const char *)) size += "
                             "strlen(at);\n"
                             "    va_end(rest);\n"
                             "    char *joined = calloc(1, size);\n"
                             "    if (joined == NULL) exit(1);\n"
                             "    va_start(rest, first);\n"
                             "    for (const char *at = first; at; at = va_arg(rest, const char *)) strcat(joined, "
                             "at);\n"
                             "    va_end(rest);\n"
                             "    return joined;\n}\n\n");
}

/* Literals alone stand side by side; with variables among them they are joined when the program runs. */
static void c_url(struct snippet *snippet)
{
    bool is_plain = true;
    for (const struct request_line *line = snippet->request->url; line; line = line->next)
        is_plain &= c_is_plain(line->first);
    snippet->syntax = is_plain ? &c_literals : &c_syntax;
    snippet_put(snippet, is_plain ? "    const char *url = " : "    const char *url = join(");
    snippet_lines(snippet, snippet->request->url, "        ");
    snippet_put(snippet, is_plain ? ";\n" : ", NULL);\n");
    snippet->syntax = &c_syntax;
}

static void c_header(struct snippet *snippet, const struct request_header *header)
{
    struct buf name;
    size_t start = snippet->code->size;
    buf_init(&name, snippet->code->limit);
    buf_append_str(&name, header->name);
    buf_append_str(&name, header->value ? STR(": ") : STR(";")); /* libcurl sends it empty */
    if (c_is_plain(header->value) && header->value) buf_append_str(&name, header->value->literal);
    if (name.error != BUF_OK) snippet->code->error = name.error;
    snippet_put(snippet, "    headers = curl_slist_append(headers, ");
    if (!c_is_plain(header->value)) snippet_put(snippet, "join(");
    snippet_string(snippet, buf_str(&name));
    if (!c_is_plain(header->value)) {
        snippet_put(snippet, ", ");
        snippet_text(snippet, header->value);
        snippet_put(snippet, ", NULL)");
    }
    snippet_put(snippet, ");");
    snippet_mark(snippet, start, header->is_focus);
    snippet_put(snippet, "\n");
    buf_free(&name);
}

static void c_field(struct snippet *snippet, const struct request_field *field)
{
    snippet_put(snippet, "    part = curl_mime_addpart(form);\n    curl_mime_name(part, ");
    snippet_string(snippet, field->name);
    snippet_put(snippet, field->file ? ");\n    curl_mime_filedata(part, " : ");\n    curl_mime_data(part, ");
    if (field->file)
        snippet_name(snippet, field->file);
    else
        snippet_string(snippet, field->value);
    snippet_put(snippet, field->file ? ");\n" : ", CURL_ZERO_TERMINATED);\n");
    if (field->media_type.size == 0) return;
    snippet_put(snippet, "    curl_mime_type(part, ");
    snippet_string(snippet, field->media_type);
    snippet_put(snippet, ");\n");
}

static void c_file_body(struct snippet *snippet)
{
    snippet_put(snippet, "    FILE *body = fopen(");
    snippet_name(snippet, snippet->request->body_file);
    snippet_put(snippet, ", \"rb\");\n"
                         "    if (body == NULL) {\n        perror(\"fopen\");\n        return 1;\n    }\n"
                         "    fseek(body, 0, SEEK_END);\n"
                         "    curl_easy_setopt(curl, CURLOPT_INFILESIZE_LARGE, (curl_off_t)ftell(body));\n"
                         "    rewind(body);\n"
                         "    curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);\n"
                         "    curl_easy_setopt(curl, CURLOPT_READDATA, body);\n");
}

static void c_body(struct snippet *snippet)
{
    const struct request *request = snippet->request;
    snippet->syntax = &c_literals;
    if (request->body == REQUEST_TEXT || request->body == REQUEST_FORM) {
        snippet_put(snippet, "    const char *body = ");
        if (request->body == REQUEST_TEXT) snippet_body(snippet, "        ");
        if (request->body == REQUEST_FORM) snippet_lines(snippet, request->form, "        ");
        snippet_put(snippet, ";\n    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body);\n");
    }
    snippet->syntax = &c_syntax;
    if (request->body == REQUEST_FILE) c_file_body(snippet);
    if (request->body == REQUEST_MULTIPART) {
        snippet_put(snippet, "    curl_mime *form = curl_mime_init(curl);\n    curl_mimepart *part;\n");
        for (const struct request_field *field = request->fields; field; field = field->next) c_field(snippet, field);
        snippet_put(snippet, "    curl_easy_setopt(curl, CURLOPT_MIMEPOST, form);\n");
    }
}

static void c_option(struct snippet *snippet, const char *option, const struct request_variable *variable)
{
    snippet_format(snippet, "    curl_easy_setopt(curl, CURLOPT_%s, ", option);
    snippet_name(snippet, variable);
    snippet_put(snippet, ");\n");
}

static void c_login(struct snippet *snippet)
{
    const struct request *request = snippet->request;
    if (request->login == REQUEST_DIGEST)
        snippet_put(snippet, "    curl_easy_setopt(curl, CURLOPT_HTTPAUTH, CURLAUTH_DIGEST);\n");
    if (request->login != REQUEST_NO_LOGIN) {
        c_option(snippet, "USERNAME", request->user);
        c_option(snippet, "PASSWORD", request->password);
    }
    if (request->certificate) {
        c_option(snippet, "SSLCERT", request->certificate);
        c_option(snippet, "SSLKEY", request->certificate_key);
    }
}

static void c_send(struct snippet *snippet)
{
    const struct request *request = snippet->request;
    bool is_head = str_equal(request->method, STR("HEAD"));
    snippet_put(snippet, "    curl_easy_setopt(curl, CURLOPT_URL, url);\n");
    if (is_head) snippet_put(snippet, "    curl_easy_setopt(curl, CURLOPT_NOBODY, 1L);\n");
    if (request->headers) snippet_put(snippet, "    struct curl_slist *headers = NULL;\n");
    for (const struct request_header *header = request->headers; header; header = header->next)
        c_header(snippet, header);
    if (request->headers) snippet_put(snippet, "    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);\n");
    c_login(snippet);
    c_body(snippet);
    if (!is_head)
        snippet_format(snippet, "    curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, \"%.*s\");\n",
                       STR_FORMAT(request->method));
    snippet_put(snippet, "    curl_easy_setopt(curl, CURLOPT_FAILONERROR, 1L);\n\n"
                         "    CURLcode result = curl_easy_perform(curl); /* prints what comes back */\n"
                         "    if (result != CURLE_OK) fprintf(stderr, \"%s\\n\", curl_easy_strerror(result));\n");
    if (request->headers) snippet_put(snippet, "    curl_slist_free_all(headers);\n");
    if (request->body == REQUEST_MULTIPART) snippet_put(snippet, "    curl_mime_free(form);\n");
    if (request->body == REQUEST_FILE) snippet_put(snippet, "    fclose(body);\n");
    snippet_put(snippet, "    curl_easy_cleanup(curl);\n    curl_global_cleanup();\n"
                         "    return result == CURLE_OK ? 0 : 1;\n");
}

void snippet_c(struct snippet *snippet)
{
    static const struct snippet_variables variables = { "    const char *", " = ",          ";",
                                                        "    const char *", " = secret(\"", "\");" };
    snippet->syntax = &c_syntax;
    snippet_put(snippet, "/* cc main.c -lcurl */\n");
    if (snippet->request->is_server_unknown)
        snippet_put(snippet, "/* The specification names no server: put the API's address in its place. */\n");
    snippet_put(snippet, "#include <curl/curl.h>\n#include <stdarg.h>\n#include <stdio.h>\n#include <stdlib.h>\n"
                         "#include <string.h>\n\n");
    c_helpers(snippet);
    snippet_put(snippet, "int main(void)\n{\n");
    snippet_variables(snippet, &variables);
    snippet_put(snippet, "    curl_global_init(CURL_GLOBAL_DEFAULT);\n"
                         "    CURL *curl = curl_easy_init();\n"
                         "    if (curl == NULL) return 1;\n");
    c_url(snippet);
    c_send(snippet);
    snippet_put(snippet, "}");
}
