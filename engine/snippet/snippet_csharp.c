/* C# 7 and newer, with System.Net.Http. */
#include "snippet_writer.h"

/* A verbatim string holds all; its quotes are doubled. */
static bool csharp_block(struct snippet *snippet, struct str text)
{
    snippet_put(snippet, "@\"");
    for (size_t i = 0; i < text.size; i++) {
        if (text.at[i] == '"') buf_append_byte(snippet->code, '"');
        buf_append_byte(snippet->code, text.at[i]);
    }
    snippet_put(snippet, "\"");
    return true;
}

static const struct snippet_syntax csharp_syntax = {
    .quotes = { .escaped = "\"\\", .control = "\\u%04x", .wide = "\\u%04x" },
    .plus = " + ",
    .before = "",
    .encode = { "Uri.EscapeDataString(", ")" },
    .names = SNIPPET_CAMEL,
    .block = csharp_block,
};

/* Headers that belong to the content are refused elsewhere. */
static bool csharp_is_of_content(struct str name)
{
    static const char *const others[] = { "Allow", "Expires", "Last-Modified" };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        if (str_equal_nocase(name, str_from(others[i]))) return true;
    }
    return str_equal_nocase(str_cut(name, 0, 8), STR("Content-"));
}

#define CSHARP_INDENT "            "

static void csharp_headers(struct snippet *snippet)
{
    for (const struct request_header *header = snippet->request->headers; header; header = header->next) {
        size_t start = snippet->code->size;
        snippet_put(snippet, csharp_is_of_content(header->name)
                                 ? CSHARP_INDENT "request.Content.Headers.TryAddWithoutValidation("
                                 : CSHARP_INDENT "request.Headers.TryAddWithoutValidation(");
        snippet_string(snippet, header->name);
        snippet_put(snippet, ", ");
        snippet_text(snippet, header->value);
        snippet_put(snippet, ");");
        snippet_mark(snippet, start, header->is_focus);
        snippet_put(snippet, "\n");
    }
}

static bool csharp_has_content_header(const struct request *request)
{
    const struct request_header *header = request->headers;
    while (header && !csharp_is_of_content(header->name)) header = header->next;
    return header != NULL;
}

/* .NET sends heads of parts in Latin-1, whatever stands in them. */
static void csharp_disposition(struct snippet *snippet, const struct request_field *field)
{
    bool is_wide = !snippet_is_ascii(field->name);
    if (is_wide) snippet_put(snippet, "Encoding.GetEncoding(\"iso-8859-1\").GetString(Encoding.UTF8.GetBytes(");
    snippet_disposition(snippet, field);
    if (is_wide) snippet_put(snippet, "))");
}

/* Names in quotes, as RFC 7578 has them; .NET would leave them out. */
static void csharp_field(struct snippet *snippet, const struct request_field *field)
{
    snippet_put(snippet, CSHARP_INDENT "part = new ByteArrayContent(");
    snippet_put(snippet, field->file ? "File.ReadAllBytes(" : "Encoding.UTF8.GetBytes(");
    if (field->file)
        snippet_name(snippet, field->file);
    else
        snippet_string(snippet, field->value);
    snippet_put(snippet, "));\n" CSHARP_INDENT "part.Headers.TryAddWithoutValidation(\"Content-Disposition\", ");
    csharp_disposition(snippet, field);
    snippet_put(snippet, ");\n");
    if (field->media_type.size) {
        snippet_put(snippet, CSHARP_INDENT "part.Headers.TryAddWithoutValidation(\"Content-Type\", ");
        snippet_string(snippet, field->media_type);
        snippet_put(snippet, ");\n");
    }
    snippet_put(snippet, CSHARP_INDENT "form.Add(part);\n");
}

static void csharp_content(struct snippet *snippet)
{
    const struct request *request = snippet->request;
    if (request->body == REQUEST_MULTIPART) {
        snippet_put(snippet, CSHARP_INDENT "var form = new MultipartFormDataContent();\n" CSHARP_INDENT
                                           "ByteArrayContent part;\n");
        for (const struct request_field *field = request->fields; field; field = field->next)
            csharp_field(snippet, field);
        snippet_put(snippet, CSHARP_INDENT "request.Content = form;\n");
        return;
    }
    if (request->body == REQUEST_NO_BODY && !csharp_has_content_header(request)) return;
    snippet_put(snippet, CSHARP_INDENT "request.Content = new ByteArrayContent(");
    if (request->body == REQUEST_NO_BODY) snippet_put(snippet, "new byte[0]");
    if (request->body == REQUEST_FILE) snippet_put(snippet, "File.ReadAllBytes(");
    if (request->body == REQUEST_FILE) snippet_name(snippet, request->body_file);
    if (request->body == REQUEST_TEXT || request->body == REQUEST_FORM)
        snippet_put(snippet, "Encoding.UTF8.GetBytes(body");
    snippet_put(snippet, request->body == REQUEST_NO_BODY ? ");\n" : "));\n");
}

static void csharp_login(struct snippet *snippet)
{
    const struct request *request = snippet->request;
    if (request->login != REQUEST_BASIC) return;
    snippet_put(snippet,
                CSHARP_INDENT "request.Headers.TryAddWithoutValidation(\"Authorization\", \"Basic \" +\n" CSHARP_INDENT
                              "    Convert.ToBase64String(Encoding.UTF8.GetBytes(");
    snippet_name(snippet, request->user);
    snippet_put(snippet, " + \":\" + ");
    snippet_name(snippet, request->password);
    snippet_put(snippet, ")));\n");
}

static void csharp_texts(struct snippet *snippet)
{
    const struct request *request = snippet->request;
    snippet_put(snippet, "        var url = ");
    snippet_lines(snippet, request->url, CSHARP_INDENT);
    snippet_put(snippet, ";\n");
    if (request->body != REQUEST_TEXT && request->body != REQUEST_FORM) return;
    snippet_put(snippet, "        var body = ");
    if (request->body == REQUEST_TEXT) snippet_body(snippet, CSHARP_INDENT);
    if (request->body == REQUEST_FORM) snippet_lines(snippet, request->form, CSHARP_INDENT);
    snippet_put(snippet, ";\n");
}

static void csharp_client(struct snippet *snippet)
{
    const struct request *request = snippet->request;
    snippet_put(snippet, "        using (var client = new HttpClient(");
    if (request->login == REQUEST_DIGEST) {
        snippet_put(snippet, "new HttpClientHandler { Credentials = new System.Net.NetworkCredential(");
        snippet_name(snippet, request->user);
        snippet_put(snippet, ", ");
        snippet_name(snippet, request->password);
        snippet_put(snippet, ") }");
    }
    snippet_format(
        snippet, "))\n        using (var request = new HttpRequestMessage(new HttpMethod(\"%.*s\"), url))\n        {\n",
        STR_FORMAT(request->method));
}

static void csharp_helpers(struct snippet *snippet)
{
    if (!snippet_has(snippet, REQUEST_SECRET)) return;
    snippet_put(snippet, "\n    static string Secret(string name)\n    {\n"
                         "        return Environment.GetEnvironmentVariable(name)\n"
                         "            ?? throw new InvalidOperationException(\"The environment variable \" + name + "
                         "\" is not set.\");\n"
                         "    }\n");
}

void snippet_csharp(struct snippet *snippet)
{
    static const struct snippet_variables variables = { "        var ", " = ",          ";",
                                                        "        var ", " = Secret(\"", "\");" };
    snippet->syntax = &csharp_syntax;
    snippet_notes(snippet, "// ", false);
    snippet_put(snippet, "using System;\nusing System.IO;\nusing System.Net.Http;\nusing System.Text;\n"
                         "using System.Threading.Tasks;\n\nclass Program\n{\n    static int Main() => "
                         "Run().GetAwaiter().GetResult();\n\n    static async Task<int> Run()\n    {\n");
    snippet_variables(snippet, &variables);
    csharp_texts(snippet);
    csharp_client(snippet);
    csharp_content(snippet);
    csharp_login(snippet);
    csharp_headers(snippet);
    snippet_put(snippet, CSHARP_INDENT "using (var response = await client.SendAsync(request))\n" CSHARP_INDENT "{\n");
    snippet_put(snippet, CSHARP_INDENT "    Console.WriteLine(await response.Content.ReadAsStringAsync());\n");
    snippet_put(snippet, CSHARP_INDENT "    return response.IsSuccessStatusCode ? 0 : 1;\n" CSHARP_INDENT "}\n");
    snippet_put(snippet, "        }\n    }\n");
    csharp_helpers(snippet);
    snippet_put(snippet, "}");
}
