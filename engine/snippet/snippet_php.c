/* PHP 8 with its curl extension. */
#include "snippet_writer.h"

static const struct snippet_syntax php_syntax = {
    .quotes = { .escaped = "\"\\$", .control = "\\x%02x", .wide = "\\u{%x}" },
    .plus = " . ",
    .before = "$",
    .encode = { "rawurlencode(", ")" },
    .names = SNIPPET_CAMEL,
    .block = snippet_single_quoted,
};

/* "Name: value" is one text. */
static void php_header(struct snippet *snippet, const struct request_header *header)
{
    struct buf name;
    buf_init(&name, snippet->code->limit);
    buf_append_str(&name, header->name);
    buf_append_str(&name, header->value ? STR(": ") : STR(";")); /* libcurl sends it empty */
    struct request_part first = *(header->value ? header->value : &(struct request_part){ .literal = STR_EMPTY });
    struct request_part before = { .literal = buf_str(&name), .next = header->value };
    if (first.variable == NULL) {
        buf_append_str(&name, first.literal);
        before = (struct request_part){ .literal = buf_str(&name), .next = first.next };
    }
    if (name.error != BUF_OK) snippet->code->error = name.error;
    size_t start = snippet->code->size;
    snippet_put(snippet, "        ");
    snippet_text(snippet, &before);
    snippet_put(snippet, ",");
    snippet_mark(snippet, start, header->is_focus);
    snippet_put(snippet, "\n");
    buf_free(&name);
}

static void php_headers(struct snippet *snippet)
{
    const struct request *request = snippet->request;
    bool is_multipart = request->body == REQUEST_MULTIPART;
    if (request->headers == NULL && !is_multipart) return;
    snippet_put(snippet, "    CURLOPT_HTTPHEADER => [\n");
    for (const struct request_header *header = request->headers; header; header = header->next)
        php_header(snippet, header);
    if (is_multipart)
        snippet_put(snippet, "        \"Content-Type: multipart/form-data; boundary=" REQUEST_BOUNDARY "\",\n");
    snippet_put(snippet, "    ],\n");
}

/* An array for libcurl could have no name twice, and no text with a type of its own. */
static void php_field(struct snippet *snippet, const struct request_field *field)
{
    snippet_put(snippet, "    . ");
    snippet_field(snippet, field);
    if (field->file) {
        snippet_put(snippet, " . file_get_contents(");
        snippet_name(snippet, field->file);
        snippet_put(snippet, ") . \"\\r\\n\"");
    }
    snippet_put(snippet, "\n");
}

static void php_body(struct snippet *snippet)
{
    const struct request *request = snippet->request;
    if (request->body == REQUEST_NO_BODY) return;
    snippet_put(snippet, "$body = ");
    if (request->body == REQUEST_TEXT) snippet_body(snippet, "    ");
    if (request->body == REQUEST_FORM) snippet_lines(snippet, request->form, "    ");
    if (request->body == REQUEST_FILE) {
        snippet_put(snippet, "file_get_contents(");
        snippet_name(snippet, request->body_file);
        snippet_put(snippet, ")");
    }
    if (request->body == REQUEST_MULTIPART) snippet_put(snippet, "\"\"\n");
    for (const struct request_field *field = request->fields; field; field = field->next) php_field(snippet, field);
    if (request->body == REQUEST_MULTIPART) snippet_put(snippet, "    . \"--" REQUEST_BOUNDARY "--\\r\\n\"");
    snippet_put(snippet, ";\n");
}

static void php_login(struct snippet *snippet)
{
    const struct request *request = snippet->request;
    if (request->login != REQUEST_NO_LOGIN) {
        if (request->login == REQUEST_DIGEST) snippet_put(snippet, "    CURLOPT_HTTPAUTH => CURLAUTH_DIGEST,\n");
        snippet_put(snippet, "    CURLOPT_USERNAME => ");
        snippet_name(snippet, request->user);
        snippet_put(snippet, ",\n    CURLOPT_PASSWORD => ");
        snippet_name(snippet, request->password);
        snippet_put(snippet, ",\n");
    }
    if (request->certificate) {
        snippet_put(snippet, "    CURLOPT_SSLCERT => ");
        snippet_name(snippet, request->certificate);
        snippet_put(snippet, ",\n    CURLOPT_SSLKEY => ");
        snippet_name(snippet, request->certificate_key);
        snippet_put(snippet, ",\n");
    }
}

static void php_send(struct snippet *snippet)
{
    const struct request *request = snippet->request;
    bool is_head = str_equal(request->method, STR("HEAD"));
    snippet_put(snippet, "\n$curl = curl_init($url);\ncurl_setopt_array($curl, [\n");
    if (is_head) snippet_put(snippet, "    CURLOPT_NOBODY => true,\n");
    if (!is_head) snippet_format(snippet, "    CURLOPT_CUSTOMREQUEST => \"%.*s\",\n", STR_FORMAT(request->method));
    php_headers(snippet);
    php_login(snippet);
    if (request->body != REQUEST_NO_BODY) snippet_put(snippet, "    CURLOPT_POSTFIELDS => $body,\n");
    snippet_put(snippet, "    CURLOPT_RETURNTRANSFER => true,\n]);\n$response = curl_exec($curl);\n"
                         "if ($response === false) {\n    throw new RuntimeException(curl_error($curl));\n}\n"
                         "echo $response, PHP_EOL;\n"
                         "$status = curl_getinfo($curl, CURLINFO_RESPONSE_CODE);\n"
                         "if ($status >= 300) {\n    throw new RuntimeException(\"HTTP status $status\");\n}");
}

void snippet_php(struct snippet *snippet)
{
    static const struct snippet_variables variables = { "", " = ", ";", "", " = $secret(\"", "\");" };
    snippet->syntax = &php_syntax;
    snippet_put(snippet, "<?php\n");
    snippet_notes(snippet, "// ", true);
    snippet_put(snippet, "\n");
    if (snippet_has(snippet, REQUEST_SECRET))
        snippet_put(snippet, "$secret = fn (string $name): string =>\n"
                             "    getenv($name) ?: throw new RuntimeException(\"The environment variable $name is not "
                             "set.\");\n");
    snippet_variables(snippet, &variables);
    snippet_put(snippet, "$url = ");
    snippet_lines(snippet, snippet->request->url, "    ");
    snippet_put(snippet, ";\n");
    php_body(snippet);
    php_send(snippet);
}
