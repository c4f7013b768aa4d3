/* Kotlin with OkHttp 4 and newer. */
#include "snippet_writer.h"

/* A raw string knows no escapes: what would end it, or be a template, cannot be in it. */
static bool kotlin_block(struct snippet *snippet, struct str text)
{
    bool is_tame = str_find_byte(text, '$') == STR_NONE && str_find(text, STR("\"\"\"")) == STR_NONE;
    if (!is_tame || str_ends(text, STR("\""))) return false;
    snippet_put(snippet, "\"\"\"");
    buf_append_str(snippet->code, text);
    snippet_put(snippet, "\"\"\"");
    return true;
}

static const struct snippet_syntax kotlin_syntax = {
    .quotes = { .escaped = "\"\\$", .control = "\\u%04x", .wide = "\\u%04x" },
    .plus = " + ",
    .before = "",
    .encode = { "encode(", ")" },
    .names = SNIPPET_CAMEL,
    .block = kotlin_block,
};

/* OkHttp refuses some methods without a body. */
static bool kotlin_needs_body(struct str method)
{
    return str_equal(method, STR("POST")) || str_equal(method, STR("PUT")) || str_equal(method, STR("PATCH"));
}

static void kotlin_imports(struct snippet *snippet)
{
    const struct request *request = snippet->request;
    bool is_file = request->body == REQUEST_FILE, is_multipart = request->body == REQUEST_MULTIPART, has_type = false;
    for (const struct request_field *field = request->fields; field; field = field->next) {
        is_file |= field->file != NULL;
        has_type |= field->media_type.size > 0;
    }
    if (request->login != REQUEST_NO_LOGIN) snippet_put(snippet, "import okhttp3.Credentials\n");
    if (has_type) snippet_put(snippet, "import okhttp3.MediaType.Companion.toMediaType\n");
    if (is_multipart) snippet_put(snippet, "import okhttp3.MultipartBody\n");
    snippet_put(snippet, "import okhttp3.OkHttpClient\nimport okhttp3.Request\n");
    if (is_file) snippet_put(snippet, "import okhttp3.RequestBody.Companion.asRequestBody\n");
    snippet_put(snippet, "import okhttp3.RequestBody.Companion.toRequestBody\n");
    if (is_file) snippet_put(snippet, "import java.io.File\n");
    if (snippet_encodes(snippet)) snippet_put(snippet, "import java.net.URLEncoder\n");
    snippet_put(snippet, "\n");
}

static void kotlin_helpers(struct snippet *snippet)
{
    if (snippet_has(snippet, REQUEST_SECRET))
        snippet_put(snippet, "\n\nfun secret(name: String): String =\n"
                             "    System.getenv(name) ?: error(\"The environment variable $name is not set.\")");
    if (snippet_encodes(snippet))
        snippet_put(snippet, "\n\nfun encode(text: String): String =\n"
                             "    URLEncoder.encode(text, \"UTF-8\").replace(\"+\", \"%20\").replace(\"*\", "
                             "\"%2A\").replace(\"%7E\", \"~\")");
}

static void kotlin_file_body(struct snippet *snippet, const struct request_variable *file)
{
    snippet_put(snippet, "File(");
    snippet_name(snippet, file);
    snippet_put(snippet, ").asRequestBody(");
}

static void kotlin_field(struct snippet *snippet, const struct request_field *field)
{
    snippet_put(snippet, "        .addFormDataPart(");
    snippet_string(snippet, field->name);
    snippet_put(snippet, field->file ? ", " : ", null, ");
    if (field->file) {
        snippet_name(snippet, field->file);
        snippet_put(snippet, ", ");
        kotlin_file_body(snippet, field->file);
    } else {
        snippet_string(snippet, field->value);
        snippet_put(snippet, ".toByteArray().toRequestBody(");
    }
    if (field->media_type.size) snippet_string(snippet, field->media_type);
    snippet_put(snippet, field->media_type.size ? ".toMediaType()))\n" : "))\n");
}

/* Content-Type is a header like the others: OkHttp would refuse a type that it cannot read. */
static void kotlin_body(struct snippet *snippet)
{
    const struct request *request = snippet->request;
    bool is_empty = request->body == REQUEST_NO_BODY;
    if (is_empty && !kotlin_needs_body(request->method)) return;
    snippet_put(snippet, "    val body = ");
    if (is_empty) snippet_put(snippet, "ByteArray(0)");
    if (request->body == REQUEST_TEXT) snippet_put(snippet, "(");
    if (request->body == REQUEST_TEXT) snippet_body(snippet, "        ");
    if (request->body == REQUEST_FORM) snippet_put(snippet, "(");
    if (request->body == REQUEST_FORM) snippet_lines(snippet, request->form, "        ");
    if (request->body == REQUEST_TEXT || request->body == REQUEST_FORM) snippet_put(snippet, ").toByteArray()");
    if (request->body == REQUEST_MULTIPART) {
        snippet_put(snippet, "MultipartBody.Builder().setType(MultipartBody.FORM)\n");
        for (const struct request_field *field = request->fields; field; field = field->next)
            kotlin_field(snippet, field);
        snippet_put(snippet, "        .build()\n");
    } else if (request->body == REQUEST_FILE) {
        kotlin_file_body(snippet, request->body_file);
        snippet_put(snippet, ")\n");
    } else {
        snippet_put(snippet, ".toRequestBody()\n");
    }
}

static void kotlin_request(struct snippet *snippet)
{
    const struct request *request = snippet->request;
    bool has_body = request->body != REQUEST_NO_BODY || kotlin_needs_body(request->method);
    snippet_put(snippet, "    val request = Request.Builder()\n        .url(url)\n");
    snippet_headers(snippet, "        .header(", ", ", ")");
    if (request->login != REQUEST_NO_LOGIN) {
        snippet_put(snippet, "        .header(\"Authorization\", Credentials.basic(");
        snippet_name(snippet, request->user);
        snippet_put(snippet, ", ");
        snippet_name(snippet, request->password);
        snippet_put(snippet, ", Charsets.UTF_8))\n");
    }
    snippet_format(snippet, "        .method(\"%.*s\", %s)\n        .build()\n", STR_FORMAT(request->method),
                   has_body ? "body" : "null");
}

void snippet_kotlin(struct snippet *snippet)
{
    static const struct snippet_variables variables = { "    val ", " = ", "", "    val ", " = secret(\"", "\")" };
    snippet->syntax = &kotlin_syntax;
    snippet_notes(snippet, "// ", false);
    kotlin_imports(snippet);
    snippet_put(snippet, "fun main() {\n");
    snippet_variables(snippet, &variables);
    snippet_put(snippet, "    val url = ");
    snippet_lines(snippet, snippet->request->url, "        ");
    snippet_put(snippet, "\n");
    kotlin_body(snippet);
    kotlin_request(snippet);
    snippet_put(snippet, "    OkHttpClient().newCall(request).execute().use { response ->\n"
                         "        println(response.body?.string())\n"
                         "        check(response.isSuccessful) { \"HTTP status ${response.code}\" }\n"
                         "    }\n}");
    kotlin_helpers(snippet);
}
