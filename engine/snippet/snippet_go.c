/* Go, with its standard library. */
#include "snippet_writer.h"

/* A raw string holds all but its own quote. */
static bool go_block(struct snippet *snippet, struct str text)
{
    if (str_find_byte(text, '`') != STR_NONE) return false;
    snippet_put(snippet, "`");
    buf_append_str(snippet->code, text);
    snippet_put(snippet, "`");
    return true;
}

static const struct snippet_syntax go_syntax = {
    .quotes = { .escaped = "\"\\", .control = "\\x%02x", .wide = "\\u%04x" },
    .plus = " + ",
    .before = "",
    .encode = { "encode(", ")" },
    .names = SNIPPET_CAMEL,
    .block = go_block,
};

static void go_imports(struct snippet *snippet)
{
    const struct request *request = snippet->request;
    bool is_multipart = request->body == REQUEST_MULTIPART,
         is_text = request->body == REQUEST_TEXT || request->body == REQUEST_FORM;
    bool has_file = snippet_has(snippet, REQUEST_FILE_NAME), has_secret = snippet_has(snippet, REQUEST_SECRET);
    snippet_put(snippet, "package main\n\nimport (\n");
    if (is_multipart) snippet_put(snippet, "\t\"bytes\"\n");
    snippet_put(snippet, "\t\"fmt\"\n\t\"io\"\n\t\"log\"\n");
    if (is_multipart) snippet_put(snippet, "\t\"mime/multipart\"\n");
    snippet_put(snippet, "\t\"net/http\"\n");
    if (is_multipart) snippet_put(snippet, "\t\"net/textproto\"\n");
    if (snippet_encodes(snippet)) snippet_put(snippet, "\t\"net/url\"\n");
    if (has_file || has_secret) snippet_put(snippet, "\t\"os\"\n");
    if (is_text || snippet_encodes(snippet)) snippet_put(snippet, "\t\"strings\"\n");
    snippet_put(snippet, ")\n\n");
}

static void go_helpers(struct snippet *snippet)
{
    if (snippet_has(snippet, REQUEST_SECRET))
        snippet_put(snippet, "func secret(name string) string {\n"
                             "\tvalue := os.Getenv(name)\n"
                             "\tif value == \"\" {\n"
                             "\t\tlog.Fatalf(\"The environment variable %s is not set.\", name)\n"
                             "\t}\n"
                             "\treturn value\n"
                             "}\n\n");
    if (snippet_encodes(snippet))
        snippet_put(snippet, "func encode(text string) string {\n"
                             "\treturn strings.ReplaceAll(url.QueryEscape(text), \"+\", \"%20\")\n"
                             "}\n\n");
}

static void go_check(struct snippet *snippet)
{
    snippet_put(snippet, "\tif err != nil {\n\t\tlog.Fatal(err)\n\t}\n");
}

/* CreatePart, for what CreateFormField and CreateFormFile would write on their own is another type. */
static void go_field(struct snippet *snippet, const struct request_field *field, bool is_first)
{
    snippet_put(snippet, is_first ? "\tpart, err := form.CreatePart(textproto.MIMEHeader{\n"
                                  : "\tpart, err = form.CreatePart(textproto.MIMEHeader{\n");
    snippet_put(snippet, "\t\t\"Content-Disposition\": {");
    snippet_disposition(snippet, field);
    snippet_put(snippet, "},\n");
    if (field->media_type.size) {
        snippet_put(snippet, "\t\t\"Content-Type\": {");
        snippet_string(snippet, field->media_type);
        snippet_put(snippet, "},\n");
    }
    snippet_put(snippet, "\t})\n");
    go_check(snippet);
    snippet_put(snippet, field->file ? "\tif content, err := os.ReadFile(" : "\tpart.Write([]byte(");
    if (field->file) {
        snippet_name(snippet, field->file);
        snippet_put(snippet, "); err != nil {\n\t\tlog.Fatal(err)\n\t} else {\n\t\tpart.Write(content)\n\t}\n");
    } else {
        snippet_string(snippet, field->value);
        snippet_put(snippet, "))\n");
    }
}

/* Declares what the request reads its body from, and returns its name. */
static const char *go_body(struct snippet *snippet)
{
    const struct request *request = snippet->request;
    if (request->body == REQUEST_NO_BODY) return "nil";
    if (request->body == REQUEST_TEXT || request->body == REQUEST_FORM) {
        snippet_put(snippet, "\tbody := ");
        if (request->body == REQUEST_TEXT) snippet_body(snippet, "\t\t");
        if (request->body == REQUEST_FORM) snippet_lines(snippet, request->form, "\t\t");
        snippet_put(snippet, "\n");
        return "strings.NewReader(body)";
    }
    if (request->body == REQUEST_FILE) {
        snippet_put(snippet, "\tbody, err := os.Open(");
        snippet_name(snippet, request->body_file);
        snippet_put(snippet, ")\n");
        go_check(snippet);
        snippet_put(snippet, "\tdefer body.Close()\n");
        return "body";
    }
    snippet_put(snippet, "\tvar body bytes.Buffer\n\tform := multipart.NewWriter(&body)\n");
    for (const struct request_field *field = request->fields; field; field = field->next)
        go_field(snippet, field, field == request->fields);
    snippet_put(snippet, "\tform.Close()\n");
    return "&body";
}

static void go_request(struct snippet *snippet)
{
    const struct request *request = snippet->request;
    const char *body = go_body(snippet);
    snippet_format(snippet, "\trequest, err := http.NewRequest(\"%.*s\", address, ", STR_FORMAT(request->method));
    snippet_put(snippet, body);
    snippet_put(snippet, ")\n");
    go_check(snippet);
    snippet_headers(snippet, "\trequest.Header.Set(", ", ", ")");
    if (request->body == REQUEST_MULTIPART)
        snippet_put(snippet, "\trequest.Header.Set(\"Content-Type\", form.FormDataContentType())\n");
    if (request->login == REQUEST_NO_LOGIN) return;
    snippet_put(snippet, "\trequest.SetBasicAuth(");
    snippet_name(snippet, request->user);
    snippet_put(snippet, ", ");
    snippet_name(snippet, request->password);
    snippet_put(snippet, ")\n");
}

void snippet_go(struct snippet *snippet)
{
    static const struct snippet_variables variables = { "\t", " := ", "", "\t", " := secret(\"", "\")" };
    snippet->syntax = &go_syntax;
    snippet_notes(snippet, "// ", false);
    go_imports(snippet);
    go_helpers(snippet);
    snippet_put(snippet, "func main() {\n");
    snippet_variables(snippet, &variables);
    snippet_put(snippet, "\taddress := ");
    snippet_lines(snippet, snippet->request->url, "\t\t");
    snippet_put(snippet, "\n");
    go_request(snippet);
    snippet_put(snippet, "\n\tresponse, err := http.DefaultClient.Do(request)\n");
    go_check(snippet);
    snippet_put(snippet, "\tdefer response.Body.Close()\n\tcontent, err := io.ReadAll(response.Body)\n");
    go_check(snippet);
    snippet_put(snippet, "\tfmt.Println(string(content))\n"
                         "\tif response.StatusCode >= 300 {\n\t\tlog.Fatal(response.Status)\n\t}\n}");
}
