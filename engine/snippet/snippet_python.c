/* Python 3 with requests. */
#include "snippet_writer.h"

/* A raw string takes backslashes as they are; what would end it cannot be in it, nor a quote or a backslash at its end.
 */
static bool python_block(struct snippet *snippet, struct str text)
{
    bool is_end = str_ends(text, STR("\"")) || str_ends(text, STR("\\"));
    if (is_end || str_find(text, STR("\"\"\"")) != STR_NONE) return false;
    snippet_put(snippet, str_find_byte(text, '\\') == STR_NONE ? "\"\"\"" : "r\"\"\"");
    buf_append_str(snippet->code, text);
    snippet_put(snippet, "\"\"\"");
    return true;
}

static const struct snippet_syntax python_syntax = {
    .quotes = { .escaped = "\"\\", .control = "\\x%02x", .wide = "\\u%04x" },
    .plus = " + ",
    .before = "",
    .encode = { "quote(", ", safe=\"\")" },
    .names = SNIPPET_SNAKE,
    .block = python_block,
};

static void python_imports(struct snippet *snippet)
{
    bool has_environment = snippet_has(snippet, REQUEST_SECRET);
    if (has_environment) snippet_put(snippet, "import os\n");
    if (snippet_encodes(snippet)) snippet_put(snippet, "from urllib.parse import quote\n");
    if (has_environment || snippet_encodes(snippet)) snippet_put(snippet, "\n");
    snippet_put(snippet, "import requests\n");
    if (snippet->request->login == REQUEST_DIGEST) snippet_put(snippet, "from requests.auth import HTTPDigestAuth\n");
    snippet_put(snippet, "\n");
}

static void python_lines(struct snippet *snippet, const char *name, const struct request_line *lines)
{
    bool is_several = lines && lines->next;
    snippet_put(snippet, name);
    snippet_put(snippet, is_several ? " = (" : " = ");
    snippet_lines(snippet, lines, "    ");
    snippet_put(snippet, is_several ? "\n)\n" : "\n");
}

static void python_field(struct snippet *snippet, const struct request_field *field)
{
    snippet_put(snippet, "    (");
    snippet_string(snippet, field->name);
    snippet_put(snippet, ", (");
    if (field->file) {
        snippet_name(snippet, field->file);
        snippet_put(snippet, ", open(");
        snippet_name(snippet, field->file);
        snippet_put(snippet, ", \"rb\")");
    } else {
        snippet_put(snippet, "None, ");
        snippet_string(snippet, field->value);
    }
    if (field->media_type.size) snippet_put(snippet, ", ");
    if (field->media_type.size) snippet_string(snippet, field->media_type);
    snippet_put(snippet, ")),\n");
}

static void python_body(struct snippet *snippet)
{
    const struct request *request = snippet->request;
    bool is_split = request->body == REQUEST_TEXT && snippet_body_is_split(snippet);
    if (request->body == REQUEST_FORM) python_lines(snippet, "body", request->form);
    if (request->body == REQUEST_TEXT) {
        snippet_put(snippet, is_split ? "body = (" : "body = ");
        snippet_body(snippet, "    ");
        snippet_put(snippet, is_split ? "\n)\n" : "\n");
    }
    if (request->fields) snippet_put(snippet, "files = [\n");
    for (const struct request_field *field = request->fields; field; field = field->next) python_field(snippet, field);
    if (request->fields) snippet_put(snippet, "]\n");
}

/* User and password as bytes: requests takes texts for Latin-1. */
static void python_login(struct snippet *snippet)
{
    const struct request *request = snippet->request;
    if (request->login != REQUEST_NO_LOGIN) {
        bool is_digest = request->login == REQUEST_DIGEST;
        snippet_put(snippet, is_digest ? "    auth=HTTPDigestAuth(" : "    auth=(");
        snippet_name(snippet, request->user);
        snippet_put(snippet, is_digest ? ", " : ".encode(), ");
        snippet_name(snippet, request->password);
        snippet_put(snippet, is_digest ? "),\n" : ".encode()),\n");
    }
    if (request->certificate) {
        snippet_put(snippet, "    cert=(");
        snippet_name(snippet, request->certificate);
        snippet_put(snippet, ", ");
        snippet_name(snippet, request->certificate_key);
        snippet_put(snippet, "),\n");
    }
}

static void python_send(struct snippet *snippet)
{
    const struct request *request = snippet->request;
    snippet_format(snippet, "response = requests.request(\n    \"%.*s\",\n    url,\n", STR_FORMAT(request->method));
    if (request->headers) snippet_put(snippet, "    headers=headers,\n");
    python_login(snippet);
    if (request->body == REQUEST_TEXT || request->body == REQUEST_FORM)
        snippet_put(snippet, "    data=body.encode(),\n");
    if (request->body == REQUEST_MULTIPART) snippet_put(snippet, "    files=files,\n");
    if (request->body == REQUEST_FILE) {
        snippet_put(snippet, "    data=open(");
        snippet_name(snippet, request->body_file);
        snippet_put(snippet, ", \"rb\"),\n");
    }
    snippet_put(snippet, "    timeout=30,\n)\nprint(response.text)\nresponse.raise_for_status()");
}

void snippet_python(struct snippet *snippet)
{
    static const struct snippet_variables variables = { "", " = ", "", "", " = os.environ[\"", "\"]" };
    snippet->syntax = &python_syntax;
    snippet_notes(snippet, "# ", true);
    python_imports(snippet);
    snippet_variables(snippet, &variables);
    python_lines(snippet, "url", snippet->request->url);
    if (snippet->request->headers) snippet_put(snippet, "headers = {\n");
    snippet_headers(snippet, "    ", ": ", ",");
    if (snippet->request->headers) snippet_put(snippet, "}\n");
    python_body(snippet);
    snippet_put(snippet, "\n");
    python_send(snippet);
}
