/* Rust with reqwest. */
#include "snippet_writer.h"

/* A raw string gets as many '#' as it takes to be longer than any quote with '#' behind it in the text. */
static bool rust_block(struct snippet *snippet, struct str text)
{
    size_t hashes = snippet_longest_run(text, STR("\""), '#');
    snippet_put(snippet, "r");
    for (size_t i = 0; i < hashes; i++) snippet_put(snippet, "#");
    snippet_put(snippet, "\"");
    buf_append_str(snippet->code, text);
    snippet_put(snippet, "\"");
    for (size_t i = 0; i < hashes; i++) snippet_put(snippet, "#");
    return true;
}

static const struct snippet_syntax rust_syntax = {
    .quotes = { .escaped = "\"\\", .control = "\\u{%x}", .wide = "\\u{%x}" },
    .plus = ", ",
    .before = "",
    .of_secret = "&", /* a String, where all others are literals */
    .encode = { "&encode(", ")" },
    .names = SNIPPET_SNAKE,
    .block = rust_block,
};

/* Strings are joined as a list: ["a", &b].concat(). */
static void rust_concat(struct snippet *snippet, const struct request_part *parts)
{
    bool is_alone = parts == NULL || parts->next == NULL;
    if (!is_alone) snippet_put(snippet, "[");
    snippet_text(snippet, parts);
    if (!is_alone) snippet_put(snippet, "].concat()");
}

static void rust_lines(struct snippet *snippet, const char *name, const struct request_line *lines)
{
    snippet_format(snippet, "    let %s = [", name);
    snippet_lines(snippet, lines, "        ");
    snippet_put(snippet, lines && lines->next ? ",\n    ]\n    .concat();\n" : "].concat();\n");
}

static void rust_helpers(struct snippet *snippet)
{
    if (snippet_has(snippet, REQUEST_SECRET))
        snippet_put(snippet, "fn secret(name: &str) -> Result<String, String> {\n"
                             "    std::env::var(name).map_err(|_| format!(\"The environment variable {} is not set.\", "
                             "name))\n"
                             "}\n\n");
    if (snippet_encodes(snippet))
        snippet_put(snippet, "fn encode(text: &str) -> String {\n"
                             "    text.bytes()\n"
                             "        .map(|byte| match byte {\n"
                             "            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => "
                             "(byte as char).to_string(),\n"
                             "            _ => format!(\"%{:02X}\", byte),\n"
                             "        })\n"
                             "        .collect()\n"
                             "}\n\n");
}

static void rust_field(struct snippet *snippet, const struct request_field *field)
{
    snippet_put(snippet, "        .part(");
    snippet_string(snippet, field->name);
    snippet_put(snippet, field->file ? ", multipart::Part::file(" : ", multipart::Part::text(");
    if (field->file)
        snippet_name(snippet, field->file);
    else
        snippet_string(snippet, field->value);
    snippet_put(snippet, field->file ? ")?" : ")");
    if (field->media_type.size) {
        snippet_put(snippet, ".mime_str(");
        snippet_string(snippet, field->media_type);
        snippet_put(snippet, ")?");
    }
    snippet_put(snippet, ")\n");
}

/* Else reqwest would write such a name as RFC 8187 has it, which RFC 7578 §4.2 forbids. */
static bool rust_has_wide_name(const struct request *request)
{
    const struct request_field *field = request->fields;
    while (field && snippet_is_ascii(field->name)) field = field->next;
    return field != NULL;
}

/* Declares the body. */
static void rust_body(struct snippet *snippet)
{
    const struct request *request = snippet->request;
    bool is_split = request->body == REQUEST_TEXT && snippet_body_is_split(snippet);
    if (request->body == REQUEST_FORM) rust_lines(snippet, "body", request->form);
    if (request->body == REQUEST_TEXT) {
        snippet_put(snippet, is_split ? "    let body = [" : "    let body = ");
        snippet_body(snippet, "        ");
        snippet_put(snippet, is_split ? ",\n    ]\n    .concat();\n" : ";\n");
    }
    if (request->body != REQUEST_MULTIPART) return;
    snippet_put(snippet, "    let form = multipart::Form::new()\n");
    if (rust_has_wide_name(request)) snippet_put(snippet, "        .percent_encode_noop()\n");
    for (const struct request_field *field = request->fields; field; field = field->next) rust_field(snippet, field);
    snippet->code->size--;
    snippet_put(snippet, ";\n");
}

static void rust_headers(struct snippet *snippet)
{
    const struct request *request = snippet->request;
    for (const struct request_header *header = request->headers; header; header = header->next) {
        size_t start = snippet->code->size;
        snippet_put(snippet, "        .header(");
        snippet_string(snippet, header->name);
        snippet_put(snippet, ", ");
        rust_concat(snippet, header->value);
        snippet_put(snippet, ")");
        snippet_mark(snippet, start, header->is_focus);
        snippet_put(snippet, "\n");
    }
    if (request->login == REQUEST_NO_LOGIN) return;
    snippet_put(snippet, "        .basic_auth(");
    snippet_name(snippet, request->user);
    snippet_put(snippet, ", Some(");
    snippet_name(snippet, request->password);
    snippet_put(snippet, "))\n");
}

static void rust_send(struct snippet *snippet)
{
    const struct request *request = snippet->request;
    snippet_format(snippet,
                   "    let response = reqwest::blocking::Client::new()\n"
                   "        .request(reqwest::Method::%.*s, url)\n",
                   STR_FORMAT(request->method));
    rust_headers(snippet);
    if (request->body == REQUEST_TEXT || request->body == REQUEST_FORM) snippet_put(snippet, "        .body(body)\n");
    if (request->body == REQUEST_MULTIPART) snippet_put(snippet, "        .multipart(form)\n");
    if (request->body == REQUEST_FILE) {
        snippet_put(snippet, "        .body(std::fs::File::open(");
        snippet_name(snippet, request->body_file);
        snippet_put(snippet, ")?)\n");
    }
    snippet_put(snippet, "        .send()?;\n"
                         "    let status = response.status();\n"
                         "    println!(\"{}\", response.text()?);\n"
                         "    if !status.is_success() {\n"
                         "        return Err(format!(\"HTTP status {}\", status).into());\n"
                         "    }\n"
                         "    Ok(())\n");
}

void snippet_rust(struct snippet *snippet)
{
    static const struct snippet_variables variables = { "    let ", " = ", ";", "    let ", " = secret(\"", "\")?;" };
    bool is_multipart = snippet->request->body == REQUEST_MULTIPART;
    snippet->syntax = &rust_syntax;
    snippet_put(snippet, is_multipart ? "// Cargo.toml: reqwest = { version = \"0.12\", features = [\"blocking\", "
                                        "\"multipart\"] }\n"
                                      : "// Cargo.toml: reqwest = { version = \"0.12\", features = [\"blocking\"] }\n");
    snippet_notes(snippet, "// ", false);
    if (is_multipart) snippet_put(snippet, "use reqwest::blocking::multipart;\n\n");
    rust_helpers(snippet);
    snippet_put(snippet, "fn main() -> Result<(), Box<dyn std::error::Error>> {\n");
    snippet_variables(snippet, &variables);
    rust_lines(snippet, "url", snippet->request->url);
    rust_body(snippet);
    rust_send(snippet);
    snippet_put(snippet, "}");
}
