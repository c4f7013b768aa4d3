/* PowerShell 7. */
#include "snippet_writer.h"

/* The quotes of typography end a string as well as the plain one does (about_Quoting_Rules), and are doubled likewise.
 */
static size_t powershell_quote_size(struct str text)
{
    static const char *const quotes[] = { "'", "\xe2\x80\x98", "\xe2\x80\x99", "\xe2\x80\x9a", "\xe2\x80\x9b" };
    for (size_t i = 0; i < sizeof quotes / sizeof *quotes; i++) {
        if (str_starts(text, str_from(quotes[i]))) return strlen(quotes[i]);
    }
    return 0;
}

/* A single-quoted string holds all else, line ends too. */
static void powershell_string(struct snippet *snippet, struct str text)
{
    snippet_put(snippet, "'");
    for (size_t i = 0; i < text.size; i++) {
        struct str rest = str_cut(text, i, text.size);
        buf_append_str(snippet->code, str_cut(rest, 0, powershell_quote_size(rest)));
        buf_append_byte(snippet->code, text.at[i]);
    }
    snippet_put(snippet, "'");
}

static bool powershell_block(struct snippet *snippet, struct str text)
{
    powershell_string(snippet, text);
    return true;
}

static const struct snippet_syntax powershell_syntax = {
    .plus = " + ",
    .before = "$",
    .encode = { "[uri]::EscapeDataString(", ")" },
    .names = SNIPPET_PASCAL,
    .block = powershell_block,
    .string = powershell_string,
};

static void powershell_variables(struct snippet *snippet)
{
    for (const struct request_variable *at = snippet->request->variables; at; at = at->next) {
        size_t start = snippet->code->size;
        snippet_name(snippet, at);
        snippet_put(snippet, " = ");
        if (at->kind == REQUEST_SECRET) {
            snippet_format(snippet, "$env:%.*s\nif (-not ", STR_FORMAT(at->name));
            snippet_name(snippet, at);
            snippet_format(snippet, ") { throw 'The environment variable %.*s is not set.' }", STR_FORMAT(at->name));
        } else {
            snippet_string(snippet, at->value);
        }
        snippet_mark(snippet, start, at->is_focus);
        snippet_put(snippet, "\n");
    }
    if (snippet->request->variables) snippet_put(snippet, "\n");
}

static bool powershell_is_content_type(struct str name)
{
    return str_equal_nocase(name, STR("Content-Type"));
}

static void powershell_headers(struct snippet *snippet)
{
    const struct request *request = snippet->request;
    snippet_put(snippet, "$Headers = @{\n");
    for (const struct request_header *header = request->headers; header; header = header->next) {
        size_t start = snippet->code->size;
        if (powershell_is_content_type(header->name)) continue;
        snippet_put(snippet, "    ");
        snippet_string(snippet, header->name);
        snippet_put(snippet, " = ");
        snippet_text(snippet, header->value);
        snippet_mark(snippet, start, header->is_focus);
        snippet_put(snippet, "\n");
    }
    if (request->login == REQUEST_BASIC) {
        snippet_put(snippet, "    'Authorization' = 'Basic ' + "
                             "[Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes(");
        snippet_name(snippet, request->user);
        snippet_put(snippet, " + ':' + ");
        snippet_name(snippet, request->password);
        snippet_put(snippet, "))\n");
    }
    snippet_put(snippet, "}\n");
}

/* .NET sends heads of parts in Latin-1, whatever stands in them. */
static void powershell_field(struct snippet *snippet, const struct request_field *field)
{
    bool is_wide = !snippet_is_ascii(field->name);
    snippet_put(snippet, "$Part = [Net.Http.ByteArrayContent]::new(");
    if (field->file) {
        snippet_put(snippet, "[IO.File]::ReadAllBytes((Resolve-Path ");
        snippet_name(snippet, field->file);
        snippet_put(snippet, "))");
    } else {
        snippet_put(snippet, "[Text.Encoding]::UTF8.GetBytes(");
        snippet_string(snippet, field->value);
        snippet_put(snippet, ")");
    }
    snippet_put(snippet, ")\n");
    if (field->media_type.size) {
        snippet_put(snippet, "$null = $Part.Headers.TryAddWithoutValidation('Content-Type', ");
        snippet_string(snippet, field->media_type);
        snippet_put(snippet, ")\n");
    }
    snippet_put(snippet, "$null = $Part.Headers.TryAddWithoutValidation('Content-Disposition', ");
    if (is_wide) snippet_put(snippet, "[Text.Encoding]::Latin1.GetString([Text.Encoding]::UTF8.GetBytes(");
    snippet_disposition(snippet, field);
    snippet_put(snippet, is_wide ? ")))\n$Body.Add($Part)\n" : ")\n$Body.Add($Part)\n");
}

static void powershell_body(struct snippet *snippet)
{
    const struct request *request = snippet->request;
    if (request->body == REQUEST_TEXT || request->body == REQUEST_FORM) {
        snippet_put(snippet, "$Body = ");
        if (request->body == REQUEST_TEXT) snippet_body(snippet, "    ");
        if (request->body == REQUEST_FORM) snippet_lines(snippet, request->form, "    ");
        snippet_put(snippet, "\n");
    }
    if (request->body == REQUEST_MULTIPART)
        snippet_put(snippet, "$Body = [Net.Http.MultipartFormDataContent]::new()\n");
    for (const struct request_field *field = request->fields; field; field = field->next)
        powershell_field(snippet, field);
}

static void powershell_body_options(struct snippet *snippet)
{
    const struct request *request = snippet->request;
    const struct request_header *type = request->headers;
    while (type && !powershell_is_content_type(type->name)) type = type->next;
    if (type) snippet_put(snippet, " -ContentType ");
    if (type) snippet_text(snippet, type->value);
    /* As bytes: texts are sent in Latin-1 where the type names no charset. */
    if (request->body == REQUEST_TEXT || request->body == REQUEST_FORM)
        snippet_put(snippet, " -Body ([Text.Encoding]::UTF8.GetBytes($Body))");
    if (request->body == REQUEST_MULTIPART) snippet_put(snippet, " -Body $Body");
    if (request->body == REQUEST_FILE) snippet_put(snippet, " -InFile ");
    if (request->body == REQUEST_FILE) snippet_name(snippet, request->body_file);
}

static void powershell_send(struct snippet *snippet)
{
    const struct request *request = snippet->request;
    snippet_format(snippet, "Invoke-RestMethod -Method %.*s -Uri $Uri -Headers $Headers -SkipHeaderValidation",
                   STR_FORMAT(request->method));
    if (request->login == REQUEST_DIGEST) {
        snippet_put(snippet, " -Credential ([pscredential]::new(");
        snippet_name(snippet, request->user);
        snippet_put(snippet, ", (ConvertTo-SecureString ");
        snippet_name(snippet, request->password);
        snippet_put(snippet, " -AsPlainText)))");
    }
    powershell_body_options(snippet);
}

void snippet_powershell(struct snippet *snippet)
{
    snippet->syntax = &powershell_syntax;
    snippet_notes(snippet, "# ", false);
    snippet_put(snippet, "$ErrorActionPreference = 'Stop'\n");
    powershell_variables(snippet);
    snippet_put(snippet, "$Uri = ");
    snippet_lines(snippet, snippet->request->url, "    ");
    snippet_put(snippet, "\n");
    powershell_headers(snippet);
    powershell_body(snippet);
    powershell_send(snippet);
}
