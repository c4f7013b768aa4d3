#include "sample_fields.h"

#include "uri.h"

static void form_focus(const struct buf *text, const struct sample_field *field, size_t start,
                       struct sample_focus *focus)
{
    if (!field->is_focus) return;
    if (focus->end == 0) focus->start = start;
    focus->end = text->size;
}

void sample_form_write(struct buf *text, const struct sample_node *node, const struct sample_source *source,
                       struct arena *arena, struct sample_focus *focus)
{
    const struct sample_field *first = sample_fields_of(node, source, arena);
    *focus = (struct sample_focus){ 0, 0 };
    for (const struct sample_field *field = first; field; field = field->next) {
        if (field != first) buf_append_byte(text, '&');
        size_t start = text->size;
        uri_encode(text, field->name);
        if (field->name.size) buf_append_byte(text, '=');
        uri_encode(text, field->value);
        form_focus(text, field, start, focus);
    }
}

/* ---- Multipart --------------------------------------------------------------------------------------------------- */

static const struct str form_boundary = STR_INIT("--example-boundary");

/* In a quoted name a quote is %22, and line ends are %0D and %0A (HTML, multipart form data). */
static void form_quoted(struct buf *text, struct str name)
{
    for (size_t i = 0; i < name.size; i++) {
        switch (name.at[i]) {
        case '"': buf_append_str(text, STR("%22")); break;
        case '\r': buf_append_str(text, STR("%0D")); break;
        case '\n': buf_append_str(text, STR("%0A")); break;
        default: buf_append_byte(text, name.at[i]);
        }
    }
}

/* A header's value: control characters would begin another one. */
static void form_header_value(struct buf *text, struct str value)
{
    for (size_t i = 0; i < value.size; i++) {
        if ((unsigned char)value.at[i] >= ' ' && value.at[i] != 0x7f) buf_append_byte(text, value.at[i]);
    }
}

static void form_part(struct buf *text, const struct sample_field *field)
{
    buf_append_str(text, form_boundary);
    buf_append_str(text, STR("\nContent-Disposition: form-data; name=\""));
    form_quoted(text, field->name);
    buf_append_str(text, field->is_file ? STR("\"; filename=\"example.bin\"\n") : STR("\"\n"));
    struct str type = field->content_type;
    if (type.size == 0 && field->is_file) type = STR("application/octet-stream");
    if (type.size) {
        buf_append_str(text, STR("Content-Type: "));
        form_header_value(text, type);
        buf_append_byte(text, '\n');
    }
    buf_append_byte(text, '\n');
    buf_append_str(text, field->is_file ? STR("(the file's bytes)") : field->value);
    buf_append_byte(text, '\n');
}

void sample_multipart_write(struct buf *text, const struct sample_node *node, const struct sample_source *source,
                            struct arena *arena, struct sample_focus *focus)
{
    *focus = (struct sample_focus){ 0, 0 };
    for (const struct sample_field *field = sample_fields_of(node, source, arena); field; field = field->next) {
        size_t start = text->size;
        form_part(text, field);
        form_focus(text, field, start, focus);
    }
    buf_append_str(text, form_boundary);
    buf_append_str(text, STR("--"));
}
