/* Swift 5.5 and newer, with URLSession. */
#include "snippet_writer.h"

static void swift_hashes(struct snippet *snippet, size_t count)
{
    for (size_t i = 0; i < count; i++) snippet_put(snippet, "#");
}

/* A raw string of several lines: a backslash means nothing without as many '#' behind it. */
static bool swift_block(struct snippet *snippet, struct str text)
{
    size_t hashes = snippet_longest_run(text, STR("\\"), '#');
    if (str_find(text, STR("\"\"\"")) != STR_NONE) return false;
    swift_hashes(snippet, hashes);
    snippet_put(snippet, "\"\"\"\n");
    buf_append_str(snippet->code, text);
    snippet_put(snippet, "\n\"\"\"");
    swift_hashes(snippet, hashes);
    return true;
}

static const struct snippet_syntax swift_syntax = {
    .quotes = { .escaped = "\"\\", .control = "\\u{%x}", .wide = "\\u{%x}" },
    .plus = " + ",
    .before = "",
    .encode = { "encode(", ")" },
    .names = SNIPPET_CAMEL,
    .block = swift_block,
};

static void swift_helpers(struct snippet *snippet)
{
    if (snippet_has(snippet, REQUEST_SECRET))
        snippet_put(snippet, "func secret(_ name: String) -> String {\n"
                             "    guard let value = ProcessInfo.processInfo.environment[name] else {\n"
                             "        fatalError(\"The environment variable \\(name) is not set.\")\n"
                             "    }\n"
                             "    return value\n"
                             "}\n\n");
    if (snippet_encodes(snippet))
        snippet_put(snippet, "func encode(_ text: String) -> String {\n"
                             "    let kept = CharacterSet(charactersIn:\n"
                             "        \"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~\")\n"
                             "    return text.addingPercentEncoding(withAllowedCharacters: kept)!\n"
                             "}\n\n");
}

static void swift_data_of(struct snippet *snippet, const struct request_variable *file)
{
    snippet_put(snippet, "try Data(contentsOf: URL(fileURLWithPath: ");
    snippet_name(snippet, file);
    snippet_put(snippet, "))");
}

/* URLSession has nothing for forms of several parts. */
static void swift_field(struct snippet *snippet, const struct request_field *field)
{
    snippet_put(snippet, "body.append(Data(");
    snippet_field(snippet, field);
    snippet_put(snippet, ".utf8))\n");
    if (field->file == NULL) return;
    snippet_put(snippet, "body.append(");
    swift_data_of(snippet, field->file);
    snippet_put(snippet, ")\nbody.append(Data(\"\\r\\n\".utf8))\n");
}

static void swift_body(struct snippet *snippet)
{
    const struct request *request = snippet->request;
    if (request->body == REQUEST_MULTIPART) {
        snippet_put(snippet, "request.setValue(\"multipart/form-data; boundary=" REQUEST_BOUNDARY
                             "\", forHTTPHeaderField: \"Content-Type\")\nvar body = Data()\n");
        for (const struct request_field *field = request->fields; field; field = field->next)
            swift_field(snippet, field);
        snippet_put(snippet, "body.append(Data(\"--" REQUEST_BOUNDARY "--\\r\\n\".utf8))\nrequest.httpBody = body\n");
    } else if (request->body == REQUEST_FILE) {
        snippet_put(snippet, "request.httpBody = ");
        swift_data_of(snippet, request->body_file);
        snippet_put(snippet, "\n");
    } else if (request->body != REQUEST_NO_BODY) {
        snippet_put(snippet, "let body = ");
        if (request->body == REQUEST_TEXT) snippet_body(snippet, "    ");
        if (request->body == REQUEST_FORM) snippet_lines(snippet, request->form, "    ");
        snippet_put(snippet, "\nrequest.httpBody = Data(body.utf8)\n");
    }
}

static void swift_headers(struct snippet *snippet)
{
    const struct request *request = snippet->request;
    for (const struct request_header *header = request->headers; header; header = header->next) {
        size_t start = snippet->code->size;
        snippet_put(snippet, "request.setValue(");
        snippet_text(snippet, header->value);
        snippet_put(snippet, ", forHTTPHeaderField: ");
        snippet_string(snippet, header->name);
        snippet_put(snippet, ")");
        snippet_mark(snippet, start, header->is_focus);
        snippet_put(snippet, "\n");
    }
    if (request->login == REQUEST_NO_LOGIN) return;
    snippet_put(snippet, "let login = Data((");
    snippet_name(snippet, request->user);
    snippet_put(snippet, " + \":\" + ");
    snippet_name(snippet, request->password);
    snippet_put(snippet, ").utf8).base64EncodedString()\n"
                         "request.setValue(\"Basic \" + login, forHTTPHeaderField: \"Authorization\")\n");
}

void snippet_swift(struct snippet *snippet)
{
    static const struct snippet_variables variables = { "let ", " = ", "", "let ", " = secret(\"", "\")" };
    snippet->syntax = &swift_syntax;
    snippet_notes(snippet, "// ", false);
    snippet_put(snippet,
                "import Foundation\n#if canImport(FoundationNetworking)\nimport FoundationNetworking\n#endif\n\n");
    swift_helpers(snippet);
    snippet_variables(snippet, &variables);
    snippet_put(snippet, "let url = ");
    snippet_lines(snippet, snippet->request->url, "    ");
    snippet_format(snippet, "\nvar request = URLRequest(url: URL(string: url)!)\nrequest.httpMethod = \"%.*s\"\n",
                   STR_FORMAT(snippet->request->method));
    swift_headers(snippet);
    swift_body(snippet);
    snippet_put(snippet, "\nlet (data, response) = try await URLSession.shared.data(for: request)\n"
                         "print(String(decoding: data, as: UTF8.self))\n"
                         "let status = (response as! HTTPURLResponse).statusCode\n"
                         "if status >= 300 {\n"
                         "    fatalError(\"HTTP status \\(status)\")\n"
                         "}");
}
