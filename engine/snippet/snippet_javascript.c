/* fetch, in a page and in Node. */
#include "snippet_writer.h"

/* A template literal; in a page "</script>" would end the program. */
static bool javascript_block(struct snippet *snippet, struct str text)
{
    snippet_put(snippet, "`");
    for (size_t i = 0; i < text.size; i++) {
        bool is_hole = text.at[i] == '$' && i + 1 < text.size && text.at[i + 1] == '{';
        if (is_hole || text.at[i] == '`' || text.at[i] == '\\') buf_append_byte(snippet->code, '\\');
        buf_append_byte(snippet->code, text.at[i]);
        if (str_starts(str_cut(text, i, text.size), STR("</"))) buf_append_byte(snippet->code, '\\');
    }
    snippet_put(snippet, "`");
    return true;
}

static const struct snippet_syntax javascript_syntax = {
    .quotes = { .escaped = "\"\\", .control = "\\x%02x", .wide = "\\u%04x", .has_html = true },
    .plus = " + ",
    .before = "",
    .encode = { "encodeURIComponent(", ")" },
    .names = SNIPPET_CAMEL,
    .block = javascript_block,
};

/* ---- Before the request ------------------------------------------------------------------------------------------ */

static void javascript_node_variables(struct snippet *snippet)
{
    static const struct snippet_variables variables = { "const ", " = ", ";", "const ", " = secret(\"", "\");" };
    bool has_file = snippet_has(snippet, REQUEST_FILE_NAME);
    if (has_file) snippet_put(snippet, "import { readFile } from \"node:fs/promises\";\n\n");
    snippet_variables(snippet, &variables);
    if (!snippet_has(snippet, REQUEST_SECRET)) return;
    snippet_put(snippet, "function secret(name) {\n"
                         "  const value = process.env[name];\n"
                         "  if (!value) throw new Error(`The environment variable ${name} is not set.`);\n"
                         "  return value;\n"
                         "}\n\n");
}

/* A page has no environment: it asks. Files are chosen by the person who reads it. */
static void javascript_page_variables(struct snippet *snippet)
{
    const struct request_variable *variable = snippet->request->variables;
    for (; variable; variable = variable->next) {
        size_t start = snippet->code->size;
        snippet_put(snippet, "const ");
        snippet_name(snippet, variable);
        if (variable->kind == REQUEST_SECRET)
            snippet_format(snippet, " = prompt(\"%.*s\");", STR_FORMAT(variable->name));
        if (variable->kind == REQUEST_FILE_NAME)
            snippet_put(snippet, " = document.querySelector(\"input[type=file]\").files[0];");
        if (variable->kind == REQUEST_PLACEHOLDER) {
            snippet_put(snippet, " = ");
            snippet_string(snippet, variable->value);
            snippet_put(snippet, ";");
        }
        snippet_mark(snippet, start, variable->is_focus);
        snippet_put(snippet, "\n");
    }
    if (snippet->request->variables) snippet_put(snippet, "\n");
}

/* ---- The body ---------------------------------------------------------------------------------------------------- */

static void javascript_content(struct snippet *snippet, const struct request_variable *file, bool is_node)
{
    if (is_node) snippet_put(snippet, "await readFile(");
    snippet_name(snippet, file);
    if (is_node) snippet_put(snippet, ")");
}

/* A text with a type of its own is a Blob, which fetch sends under the file name "blob". */
static void javascript_field(struct snippet *snippet, const struct request_field *field, bool is_node)
{
    bool is_blob = field->media_type.size > 0;
    snippet_put(snippet, "form.append(");
    snippet_string(snippet, field->name);
    snippet_put(snippet, is_blob ? ", new Blob([" : ", ");
    if (field->file)
        javascript_content(snippet, field->file, is_node);
    else
        snippet_string(snippet, field->value);
    if (is_blob) {
        snippet_put(snippet, "], { type: ");
        snippet_string(snippet, field->media_type);
        snippet_put(snippet, " })");
    }
    if (field->file) {
        snippet_put(snippet, ", ");
        snippet_name(snippet, field->file);
        if (!is_node) snippet_put(snippet, ".name");
    }
    snippet_put(snippet, ");\n");
}

static void javascript_form(struct snippet *snippet, bool is_node)
{
    if (snippet->request->fields == NULL) return;
    snippet_put(snippet, "const form = new FormData();\n");
    for (const struct request_field *field = snippet->request->fields; field; field = field->next)
        javascript_field(snippet, field, is_node);
}

static void javascript_body(struct snippet *snippet, bool is_node)
{
    const struct request *request = snippet->request;
    if (request->body == REQUEST_NO_BODY) return;
    snippet_put(snippet, "  body: ");
    if (request->body == REQUEST_TEXT) snippet_body(snippet, "    ");
    if (request->body == REQUEST_FORM) snippet_lines(snippet, request->form, "    ");
    if (request->body == REQUEST_MULTIPART) snippet_put(snippet, "form");
    if (request->body == REQUEST_FILE) javascript_content(snippet, request->body_file, is_node);
    snippet_put(snippet, ",\n");
}

/* ---- The request ------------------------------------------------------------------------------------------------- */

/* Node's Buffer, or the page's btoa, which takes bytes as letters. */
static void javascript_login(struct snippet *snippet, bool is_node)
{
    const struct request *request = snippet->request;
    if (request->login == REQUEST_NO_LOGIN) return;
    snippet_put(snippet, is_node ? "    \"Authorization\": \"Basic \" + Buffer.from("
                                 : "    \"Authorization\": \"Basic \" + btoa(unescape(encodeURIComponent(");
    snippet_name(snippet, request->user);
    snippet_put(snippet, " + \":\" + ");
    snippet_name(snippet, request->password);
    snippet_put(snippet, is_node ? ").toString(\"base64\"),\n" : "))),\n");
}

static bool javascript_is_cookie(const struct request_header *header, bool is_node)
{
    return !is_node && str_equal(header->name, STR("Cookie"));
}

static bool javascript_has_headers(struct snippet *snippet, bool is_node)
{
    const struct request_header *header = snippet->request->headers;
    while (header && javascript_is_cookie(header, is_node)) header = header->next;
    return header || snippet->request->login != REQUEST_NO_LOGIN;
}

/* A member of this name in an object literal would be its prototype. */
static void javascript_header_name(struct snippet *snippet, struct str name)
{
    bool is_prototype = str_equal(name, STR("__proto__"));
    if (is_prototype) snippet_put(snippet, "[");
    snippet_string(snippet, name);
    if (is_prototype) snippet_put(snippet, "]");
}

static void javascript_headers(struct snippet *snippet, bool is_node)
{
    if (!javascript_has_headers(snippet, is_node)) return;
    snippet_put(snippet, "  headers: {\n");
    for (const struct request_header *header = snippet->request->headers; header; header = header->next) {
        size_t start = snippet->code->size;
        if (javascript_is_cookie(header, is_node)) continue;
        snippet_put(snippet, "    ");
        javascript_header_name(snippet, header->name);
        snippet_put(snippet, ": ");
        snippet_text(snippet, header->value);
        snippet_put(snippet, ",");
        snippet_mark(snippet, start, header->is_focus);
        snippet_put(snippet, "\n");
    }
    javascript_login(snippet, is_node);
    snippet_put(snippet, "  },\n");
}

/* A page cannot set the header: the browser sends those cookies that the API's host has set. */
static void javascript_page_cookies(struct snippet *snippet)
{
    const struct request_header *header = snippet->request->headers;
    while (header && !str_equal(header->name, STR("Cookie"))) header = header->next;
    if (header == NULL) return;
    size_t start = snippet->code->size;
    snippet_put(snippet, "document.cookie = ");
    snippet_text(snippet, header->value);
    snippet_put(snippet, "; // is sent if the page comes from the API's own host");
    snippet_mark(snippet, start, header->is_focus);
    snippet_put(snippet, "\n");
}

static void javascript_write(struct snippet *snippet, bool is_node)
{
    snippet->syntax = &javascript_syntax;
    snippet_notes(snippet, "// ", false);
    if (is_node) javascript_node_variables(snippet);
    if (!is_node) javascript_page_variables(snippet);
    snippet_put(snippet, "const url = ");
    snippet_lines(snippet, snippet->request->url, "  ");
    snippet_put(snippet, ";\n");
    if (!is_node) javascript_page_cookies(snippet);
    javascript_form(snippet, is_node);
    snippet_format(snippet, "const response = await fetch(url, {\n  method: \"%.*s\",\n",
                   STR_FORMAT(snippet->request->method));
    javascript_headers(snippet, is_node);
    if (!is_node) snippet_put(snippet, "  credentials: \"include\",\n");
    javascript_body(snippet, is_node);
    snippet_put(snippet, "});\nconsole.log(await response.text());\n"
                         "if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);");
}

void snippet_fetch(struct snippet *snippet)
{
    javascript_write(snippet, false);
}

void snippet_node(struct snippet *snippet)
{
    javascript_write(snippet, true);
}
