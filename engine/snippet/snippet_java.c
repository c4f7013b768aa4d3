/* Java 15 and newer, with java.net.http. */
#include "snippet_writer.h"

/* A constant has at most 65,535 bytes (Java Virtual Machine Specification §4.4.7), however it is put together. */
enum { JAVA_CONSTANT_BYTES = 60000 };

static bool java_has_edge_spaces(struct str text)
{
    for (struct str rest = text, line; str_split(&rest, '\n', &line);) {
        if (str_ends(line, STR(" "))) return true;
    }
    return text.size && text.at[0] == ' ';
}

/* A text block: indentation common to all lines goes, and spaces at their ends. */
static bool java_block(struct snippet *snippet, struct str text)
{
    if (text.size > JAVA_CONSTANT_BYTES || java_has_edge_spaces(text)) return false;
    snippet_put(snippet, "\"\"\"\n            ");
    for (size_t i = 0; i < text.size; i++) {
        bool is_quotes =
            str_starts(str_cut(text, i, text.size), STR("\"\"\"")) || (i + 1 == text.size && text.at[i] == '"');
        if (text.at[i] == '\\' || is_quotes) buf_append_byte(snippet->code, '\\');
        buf_append_byte(snippet->code, text.at[i]);
        bool is_empty_line = text.at[i] == '\n' && i + 1 < text.size && text.at[i + 1] == '\n';
        if (text.at[i] == '\n' && !is_empty_line) snippet_put(snippet, "            ");
    }
    snippet_put(snippet, "\"\"\"");
    return true;
}

static const struct snippet_syntax java_syntax = {
    .quotes = { .escaped = "\"\\", .control = "\\%03o", .wide = "\\u%04x" },
    .plus = " + ",
    .before = "",
    .encode = { "encode(", ")" },
    .names = SNIPPET_CAMEL,
    .block = java_block,
};

static void java_imports(struct snippet *snippet)
{
    const struct request *request = snippet->request;
    bool has_path = snippet_has(snippet, REQUEST_FILE_NAME), is_multipart = request->body == REQUEST_MULTIPART;
    if (is_multipart) snippet_put(snippet, "import java.io.ByteArrayOutputStream;\n");
    snippet_put(snippet, "import java.net.URI;\n");
    if (snippet_encodes(snippet)) snippet_put(snippet, "import java.net.URLEncoder;\n");
    snippet_put(snippet, "import java.net.http.HttpClient;\n"
                         "import java.net.http.HttpRequest;\n"
                         "import java.net.http.HttpResponse;\n");
    if (snippet_encodes(snippet) || is_multipart || request->login != REQUEST_NO_LOGIN)
        snippet_put(snippet, "import java.nio.charset.StandardCharsets;\n");
    if (has_path && is_multipart) snippet_put(snippet, "import java.nio.file.Files;\n");
    if (has_path) snippet_put(snippet, "import java.nio.file.Path;\n");
    if (request->login != REQUEST_NO_LOGIN) snippet_put(snippet, "import java.util.Base64;\n");
    snippet_put(snippet, "\n");
}

static void java_helpers(struct snippet *snippet)
{
    if (snippet_has(snippet, REQUEST_SECRET))
        snippet_put(snippet, "\n    static String secret(String name) {\n"
                             "        String value = System.getenv(name);\n"
                             "        if (value == null) throw new IllegalStateException(\"The environment variable \" "
                             "+ name + \" is not set.\");\n"
                             "        return value;\n"
                             "    }\n");
    if (snippet_encodes(snippet))
        snippet_put(snippet, "\n    static String encode(String text) {\n"
                             "        return URLEncoder.encode(text, StandardCharsets.UTF_8)\n"
                             "            .replace(\"+\", \"%20\").replace(\"*\", \"%2A\").replace(\"%7E\", \"~\");\n"
                             "    }\n");
}

/* java.net.http has nothing for forms of several parts. */
static void java_field(struct snippet *snippet, const struct request_field *field)
{
    snippet_put(snippet, "        body.write(");
    snippet_field(snippet, field);
    snippet_put(snippet, ".getBytes(StandardCharsets.UTF_8));\n");
    if (field->file == NULL) return;
    snippet_put(snippet, "        body.write(Files.readAllBytes(Path.of(");
    snippet_name(snippet, field->file);
    snippet_put(snippet, ")));\n        body.write(\"\\r\\n\".getBytes(StandardCharsets.UTF_8));\n");
}

/* A long text is no constant when it is joined by a call. */
static void java_text_body(struct snippet *snippet)
{
    bool is_long = snippet->request->body_text.size > JAVA_CONSTANT_BYTES;
    struct snippet_syntax joined = java_syntax;
    joined.plus = ", ";
    if (is_long) snippet->syntax = &joined;
    snippet_put(snippet, is_long ? "        String body = String.join(\"\"," : "        String body = ");
    snippet_body(snippet, "            ");
    snippet_put(snippet, is_long ? ");\n" : ";\n");
    snippet->syntax = &java_syntax;
}

/* Declares the body, and returns what publishes it. */
static const char *java_body(struct snippet *snippet)
{
    const struct request *request = snippet->request;
    if (request->body == REQUEST_NO_BODY) return "noBody()";
    if (request->body == REQUEST_TEXT) {
        java_text_body(snippet);
        return "ofString(body)";
    }
    if (request->body == REQUEST_FORM) {
        snippet_put(snippet, "        String body = ");
        snippet_lines(snippet, request->form, "            ");
        snippet_put(snippet, ";\n");
        return "ofString(body)";
    }
    if (request->body == REQUEST_FILE) {
        snippet_put(snippet, "        Path body = Path.of(");
        snippet_name(snippet, request->body_file);
        snippet_put(snippet, ");\n");
        return "ofFile(body)";
    }
    snippet_put(snippet, "        ByteArrayOutputStream body = new ByteArrayOutputStream();\n");
    for (const struct request_field *field = request->fields; field; field = field->next) java_field(snippet, field);
    snippet_put(snippet, "        body.write(\"--" REQUEST_BOUNDARY "--\\r\\n\".getBytes(StandardCharsets.UTF_8));\n");
    return "ofByteArray(body.toByteArray())";
}

static void java_login(struct snippet *snippet)
{
    const struct request *request = snippet->request;
    if (request->body == REQUEST_MULTIPART)
        snippet_put(snippet, "            .header(\"Content-Type\", \"multipart/form-data; "
                             "boundary=" REQUEST_BOUNDARY "\")\n");
    if (request->login == REQUEST_NO_LOGIN) return;
    snippet_put(snippet, "            .header(\"Authorization\", \"Basic \" + Base64.getEncoder().encodeToString(\n"
                         "                (");
    snippet_name(snippet, request->user);
    snippet_put(snippet, " + \":\" + ");
    snippet_name(snippet, request->password);
    snippet_put(snippet, ").getBytes(StandardCharsets.UTF_8)))\n");
}

static void java_send(struct snippet *snippet)
{
    const char *body = java_body(snippet);
    snippet_put(snippet, "        HttpRequest request = HttpRequest.newBuilder(URI.create(url))\n");
    snippet_headers(snippet, "            .header(", ", ", ")");
    java_login(snippet);
    snippet_format(snippet, "            .method(\"%.*s\", HttpRequest.BodyPublishers.%s)\n            .build();\n",
                   STR_FORMAT(snippet->request->method), body);
    snippet_put(snippet, "        HttpResponse<String> response = HttpClient.newHttpClient()\n"
                         "            .send(request, HttpResponse.BodyHandlers.ofString());\n"
                         "        System.out.println(response.body());\n"
                         "        if (response.statusCode() >= 300) throw new IllegalStateException(\"HTTP status \" + "
                         "response.statusCode());\n");
}

void snippet_java(struct snippet *snippet)
{
    static const struct snippet_variables variables = { "        String ", " = ",          ";",
                                                        "        String ", " = secret(\"", "\");" };
    snippet->syntax = &java_syntax;
    snippet_notes(snippet, "// ", false);
    java_imports(snippet);
    snippet_put(snippet, "public class Main {\n    public static void main(String[] arguments) throws Exception {\n");
    snippet_variables(snippet, &variables);
    snippet_put(snippet, "        String url = ");
    snippet_lines(snippet, snippet->request->url, "            ");
    snippet_put(snippet, ";\n");
    java_send(snippet);
    snippet_put(snippet, "    }\n");
    java_helpers(snippet);
    snippet_put(snippet, "}");
}
