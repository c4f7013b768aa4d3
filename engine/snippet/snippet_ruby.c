/* Ruby, with its standard library. */
#include "snippet_writer.h"

static const struct snippet_syntax ruby_syntax = {
    .quotes = { .escaped = "\"\\#", .control = "\\x%02x", .wide = "\\u{%x}" },
    .plus = " + ",
    .before = "",
    .encode = { "ERB::Util.url_encode(", ")" },
    .names = SNIPPET_SNAKE,
    .block = snippet_single_quoted,
};

/* Net::HTTP would send no type with a text. */
static void ruby_field(struct snippet *snippet, const struct request_field *field)
{
    snippet_put(snippet, "  ");
    snippet_field(snippet, field);
    snippet_put(snippet, ".b,");
    if (field->file) {
        snippet_put(snippet, " File.binread(");
        snippet_name(snippet, field->file);
        snippet_put(snippet, "), \"\\r\\n\",");
    }
    snippet_put(snippet, "\n");
}

static void ruby_body(struct snippet *snippet)
{
    const struct request *request = snippet->request;
    if (request->body == REQUEST_NO_BODY) return;
    if (request->body == REQUEST_MULTIPART)
        snippet_put(snippet, "request[\"Content-Type\"] = \"multipart/form-data; boundary=" REQUEST_BOUNDARY "\"\n");
    snippet_put(snippet, "request.body = ");
    if (request->body == REQUEST_TEXT) snippet_body(snippet, "  ");
    if (request->body == REQUEST_FORM) snippet_lines(snippet, request->form, "  ");
    if (request->body == REQUEST_FILE) snippet_put(snippet, "File.binread(");
    if (request->body == REQUEST_FILE) snippet_name(snippet, request->body_file);
    if (request->body == REQUEST_FILE) snippet_put(snippet, ")");
    if (request->body == REQUEST_MULTIPART) snippet_put(snippet, "[\n");
    for (const struct request_field *field = request->fields; field; field = field->next) ruby_field(snippet, field);
    if (request->body == REQUEST_MULTIPART) snippet_put(snippet, "  \"--" REQUEST_BOUNDARY "--\\r\\n\"\n].join");
    snippet_put(snippet, "\n");
}

/* "POST" → "Post". */
static void ruby_class(struct snippet *snippet)
{
    struct str method = snippet->request->method;
    snippet_put(snippet, "request = Net::HTTP::");
    for (size_t i = 0; i < method.size; i++)
        buf_append_byte(snippet->code, i == 0 ? method.at[i] : (char)(method.at[i] - 'A' + 'a'));
    snippet_put(snippet, ".new(uri)\n");
}

void snippet_ruby(struct snippet *snippet)
{
    static const struct snippet_variables variables = { "", " = ", "", "", " = ENV.fetch(\"", "\")" };
    const struct request *request = snippet->request;
    snippet->syntax = &ruby_syntax;
    snippet_notes(snippet, "# ", false);
    if (snippet_encodes(snippet)) snippet_put(snippet, "require \"erb\"\n");
    snippet_put(snippet, "require \"net/http\"\n\n");
    snippet_variables(snippet, &variables);
    snippet_put(snippet, "uri = URI(");
    snippet_lines(snippet, request->url, "  ");
    snippet_put(snippet, request->url && request->url->next ? "\n)\n" : ")\n");
    ruby_class(snippet);
    snippet_headers(snippet, "request[", "] = ", "");
    if (request->login != REQUEST_NO_LOGIN) {
        snippet_put(snippet, "request.basic_auth(");
        snippet_name(snippet, request->user);
        snippet_put(snippet, ", ");
        snippet_name(snippet, request->password);
        snippet_put(snippet, ")\n");
    }
    ruby_body(snippet);
    snippet_put(snippet,
                "\nresponse = Net::HTTP.start(uri.host, uri.port, use_ssl: uri.scheme == \"https\") do |http|\n"
                "  http.request(request)\n"
                "end\n"
                "puts response.body\n"
                "raise \"HTTP status #{response.code}\" unless response.is_a?(Net::HTTPSuccess)");
}
