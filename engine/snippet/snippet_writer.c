#include "snippet_writer.h"

#include <stdarg.h>
#include <stdio.h>

/* ---- Code -------------------------------------------------------------------------------------------------------- */

void snippet_put(struct snippet *snippet, const char *code)
{
    buf_append_str(snippet->code, str_from(code));
}

void snippet_format(struct snippet *snippet, const char *format, ...)
{
    char text[256];
    va_list values;
    va_start(values, format);
    int size = vsnprintf(text, sizeof text, format, values);
    va_end(values);
    if (size < 0 || (size_t)size >= sizeof text) snippet->code->error = BUF_FULL;
    snippet_put(snippet, text);
}

void snippet_mark(struct snippet *snippet, size_t start, bool is_focus)
{
    if (!is_focus) return;
    if (snippet->focus.end == 0) snippet->focus.start = start;
    snippet->focus.end = snippet->code->size;
}

/* ---- Names ------------------------------------------------------------------------------------------------------- */

static char writer_lower(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte;
}

/* Words begin with a capital in camel case, all but the first, which is one in Pascal's. */
static void writer_humps(struct buf *code, struct str name, bool is_up)
{
    for (size_t i = 0; i < name.size; i++) {
        if (name.at[i] != '_') buf_append_byte(code, is_up ? name.at[i] : writer_lower(name.at[i]));
        is_up = name.at[i] == '_';
    }
}

static void writer_name(struct snippet *snippet, struct str name, const char *before)
{
    snippet_put(snippet, before);
    switch (snippet->syntax->names) {
    case SNIPPET_UPPER: buf_append_str(snippet->code, name); break;
    case SNIPPET_CAMEL: writer_humps(snippet->code, name, false); break;
    case SNIPPET_PASCAL: writer_humps(snippet->code, name, true); break;
    case SNIPPET_SNAKE:
        for (size_t i = 0; i < name.size; i++) buf_append_byte(snippet->code, writer_lower(name.at[i]));
        break;
    }
}

void snippet_name(struct snippet *snippet, const struct request_variable *variable)
{
    bool is_secret = variable->kind == REQUEST_SECRET && snippet->syntax->of_secret;
    writer_name(snippet, variable->name, is_secret ? snippet->syntax->of_secret : snippet->syntax->before);
}

/* ---- Texts ------------------------------------------------------------------------------------------------------- */

static void writer_part(struct snippet *snippet, const struct request_part *part)
{
    const struct snippet_syntax *syntax = snippet->syntax;
    if (part->variable == NULL) {
        snippet_string(snippet, part->literal);
        return;
    }
    if (part->is_encoded) snippet_put(snippet, syntax->encode[0]);
    snippet_name(snippet, part->variable);
    if (part->is_encoded) snippet_put(snippet, syntax->encode[1]);
}

void snippet_text(struct snippet *snippet, const struct request_part *parts)
{
    if (parts == NULL) snippet_string(snippet, STR_EMPTY);
    for (const struct request_part *part = parts; part; part = part->next) {
        writer_part(snippet, part);
        if (part->next) snippet_put(snippet, snippet->syntax->plus);
    }
}

static void writer_trim(struct snippet *snippet)
{
    while (str_ends(buf_str(snippet->code), STR(" "))) snippet->code->size--;
}

void snippet_lines(struct snippet *snippet, const struct request_line *lines, const char *indent)
{
    bool is_alone = lines && lines->next == NULL;
    for (const struct request_line *line = lines; line; line = line->next) {
        size_t start = snippet->code->size;
        if (!is_alone) {
            writer_trim(snippet);
            snippet_put(snippet, "\n");
            start = snippet->code->size;
            snippet_put(snippet, indent);
        }
        snippet_text(snippet, line->first);
        if (line->next) snippet_put(snippet, snippet->syntax->plus);
        snippet_mark(snippet, start, line->is_focus);
    }
}

/* A string for each line of the text. */
static void writer_body_lines(struct snippet *snippet, struct str text, const char *indent)
{
    do {
        size_t end = str_find_byte(text, '\n');
        struct str line = str_cut(text, 0, end == STR_NONE ? text.size : end + 1);
        text = str_cut(text, line.size, text.size);
        writer_trim(snippet);
        snippet_put(snippet, "\n");
        snippet_put(snippet, indent);
        snippet_string(snippet, line);
        if (text.size) snippet_put(snippet, snippet->syntax->plus);
    } while (text.size);
}

static bool writer_block(struct snippet *snippet, struct str text)
{
    bool (*block)(struct snippet *, struct str) = snippet->syntax->block;
    return block && snippet_is_block(text) && block(snippet, text);
}

void snippet_body(struct snippet *snippet, const char *indent)
{
    struct str text = snippet->request->body_text;
    if (str_find_byte(text, '\n') == STR_NONE)
        snippet_string(snippet, text);
    else if (!writer_block(snippet, text))
        writer_body_lines(snippet, text, indent);
}

bool snippet_body_is_split(struct snippet *snippet)
{
    struct str text = snippet->request->body_text;
    size_t size = snippet->code->size;
    bool is_block = writer_block(snippet, text);
    snippet->code->size = size;
    return !is_block && str_find_byte(text, '\n') != STR_NONE;
}

void snippet_headers(struct snippet *snippet, const char *before, const char *between, const char *after)
{
    for (const struct request_header *header = snippet->request->headers; header; header = header->next) {
        size_t start = snippet->code->size;
        snippet_put(snippet, before);
        snippet_string(snippet, header->name);
        snippet_put(snippet, between);
        snippet_text(snippet, header->value);
        snippet_put(snippet, after);
        snippet_mark(snippet, start, header->is_focus);
        snippet_put(snippet, "\n");
    }
}

/* ---- Variables and notes ----------------------------------------------------------------------------------------- */

void snippet_variables(struct snippet *snippet, const struct snippet_variables *shape)
{
    const struct request_variable *variable = snippet->request->variables;
    for (; variable; variable = variable->next) {
        bool is_secret = variable->kind == REQUEST_SECRET;
        size_t start = snippet->code->size;
        snippet_put(snippet, is_secret ? shape->secret_before : shape->before);
        writer_name(snippet, variable->name, snippet->syntax->before);
        snippet_put(snippet, is_secret ? shape->secret_between : shape->between);
        if (is_secret) buf_append_str(snippet->code, variable->name);
        if (!is_secret) snippet_string(snippet, variable->value);
        snippet_put(snippet, is_secret ? shape->secret_after : shape->after);
        snippet_mark(snippet, start, variable->is_focus);
        snippet_put(snippet, "\n");
    }
    if (snippet->request->variables) snippet_put(snippet, "\n");
}

static void writer_note(struct snippet *snippet, const char *comment, const char *note)
{
    snippet_put(snippet, comment);
    snippet_put(snippet, note);
    snippet_put(snippet, "\n");
}

void snippet_notes(struct snippet *snippet, const char *comment, bool has_certificate)
{
    const struct request *request = snippet->request;
    if (request->is_server_unknown)
        writer_note(snippet, comment, "The specification names no server: put the API's address in its place.");
    if (request->certificate && !has_certificate)
        writer_note(snippet, comment, "The server wants a client's certificate (mutual TLS), which is not shown here.");
}

bool snippet_has(const struct snippet *snippet, enum request_variable_kind kind)
{
    const struct request_variable *variable = snippet->request->variables;
    while (variable && variable->kind != kind) variable = variable->next;
    return variable != NULL;
}

bool snippet_encodes(const struct snippet *snippet)
{
    bool is_encoded = false;
    for (const struct request_line *line = snippet->request->url; line; line = line->next)
        for (const struct request_part *part = line->first; part; part = part->next) is_encoded |= part->is_encoded;
    for (const struct request_header *header = snippet->request->headers; header; header = header->next)
        for (const struct request_part *part = header->value; part; part = part->next) is_encoded |= part->is_encoded;
    return is_encoded;
}

/* ---- Fields of multipart bodies ---------------------------------------------------------------------------------- */

static void writer_disposition(struct buf *head, const struct request_field *field)
{
    buf_append_str(head, STR("form-data; name=\""));
    buf_append_str(head, field->name);
    if (field->file) buf_append_str(head, STR("\"; filename=\""));
    if (field->file) buf_append_str(head, field->file->value);
    buf_append_byte(head, '"');
}

void snippet_field_head(struct buf *head, const struct request_field *field)
{
    buf_append_str(head, STR("--" REQUEST_BOUNDARY "\r\nContent-Disposition: "));
    writer_disposition(head, field);
    if (field->media_type.size) buf_append_str(head, STR("\r\nContent-Type: "));
    buf_append_str(head, field->media_type);
    buf_append_str(head, STR("\r\n\r\n"));
}

static void writer_take_string(struct snippet *snippet, struct buf *text)
{
    if (text->error != BUF_OK) snippet->code->error = text->error;
    snippet_string(snippet, buf_str(text));
    buf_free(text);
}

void snippet_field(struct snippet *snippet, const struct request_field *field)
{
    struct buf text;
    buf_init(&text, snippet->code->limit);
    snippet_field_head(&text, field);
    if (field->file == NULL) buf_append_str(&text, field->value);
    if (field->file == NULL) buf_append_str(&text, STR("\r\n"));
    writer_take_string(snippet, &text);
}

void snippet_disposition(struct snippet *snippet, const struct request_field *field)
{
    struct buf text;
    buf_init(&text, snippet->code->limit);
    writer_disposition(&text, field);
    writer_take_string(snippet, &text);
}
