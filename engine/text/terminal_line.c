#include "terminal_line.h"

#include "utf8.h"

#include <string.h>
#include <utf8proc.h>

enum { TERMINAL_LEAST = 20 };

/* ---- Styled text ------------------------------------------------------------------------------------------------- */

void terminal_append(struct buf *styled, struct str text)
{
    for (size_t at = 0; at < text.size;) {
        char bytes[4];
        uint32_t code_point = utf8_next(text, &at);
        size_t size = utf8_write(utf8_is_control(code_point) ? ' ' : code_point, bytes);
        buf_append(styled, bytes, size);
    }
}

static bool line_is_style(char byte)
{
    return byte > 0 && byte < ' ' && byte != TERMINAL_BREAK;
}

/* The columns of the character at *at, which is advanced behind it. */
static size_t line_step(struct str text, size_t *at)
{
    if (line_is_style(text.at[*at])) {
        (*at)++;
        return 0;
    }
    if (text.at[*at] >= ' ' && text.at[*at] < 0x7F) {
        (*at)++;
        return 1;
    }
    int width = utf8proc_charwidth((utf8proc_int32_t)utf8_next(text, at));
    return width > 0 ? (size_t)width : 0;
}

size_t terminal_columns(struct str styled)
{
    size_t columns = 0;
    for (size_t at = 0; at < styled.size;) columns += line_step(styled, &at);
    return columns;
}

static size_t line_skip_spaces(struct str text, size_t at)
{
    while (at < text.size && text.at[at] == ' ') at++;
    return at;
}

/* Where the word behind `at` ends, with the spaces before it; the columns of both are added to *columns. */
static size_t line_word(struct str text, size_t at, size_t *columns)
{
    size_t end = line_skip_spaces(text, at);
    *columns += end - at;
    while (end < text.size && text.at[end] != ' ' && text.at[end] != TERMINAL_BREAK) *columns += line_step(text, &end);
    return end;
}

/* Where `width` columns of a word end, one character at least. */
static size_t line_split(struct str word, size_t width)
{
    size_t at = 0, end = 0, columns = 0;
    while (at < word.size) {
        columns += line_step(word, &at);
        if (columns > width && end > 0) break;
        end = at;
    }
    return end;
}

bool terminal_next_line(struct str *rest, size_t width, bool splits, struct str *line)
{
    if (rest->at == NULL) return false;
    struct str text = str_cut(*rest, line_skip_spaces(*rest, 0), rest->size);
    size_t at = 0, columns = 0;
    while (at < text.size && text.at[at] != TERMINAL_BREAK) {
        size_t wider = columns, end = line_word(text, at, &wider);
        if (wider > width && at > 0) break;
        if (wider > width && splits) end = line_split(str_cut(text, 0, end), width);
        at = end;
        columns = wider;
        if (wider > width) break;
    }
    *line = str_cut(text, 0, at);
    if (at < text.size && text.at[at] == TERMINAL_BREAK) at++;
    at = line_skip_spaces(text, at);
    *rest = at < text.size ? str_cut(text, at, text.size) : (struct str){ NULL, 0 };
    return true;
}

/* ---- Lines ------------------------------------------------------------------------------------------------------- */

static void line_spaces(struct buf *out, size_t count)
{
    for (size_t i = 0; i < count; i++) buf_append_byte(out, ' ');
}

/* Blocks nested deeper have no frames of their own. */
static size_t line_frames(const struct terminal_out *out)
{
    return out->frame_count < TERMINAL_FRAMES ? out->frame_count : TERMINAL_FRAMES;
}

static size_t line_frames_columns(const struct terminal_out *out)
{
    size_t columns = 0;
    for (size_t i = 0; i < line_frames(out); i++) columns += terminal_columns(str_from(out->frames[i].rest));
    return columns;
}

size_t terminal_room(const struct terminal_out *out)
{
    size_t used = out->look.indent + line_frames_columns(out);
    return out->look.width > used + TERMINAL_LEAST ? out->look.width - used : TERMINAL_LEAST;
}

static void line_colour(struct terminal_out *out)
{
    static const char *const codes[TERMINAL_STYLES] = {
        [TERMINAL_BOLD] = ";1",   [TERMINAL_ITALIC] = ";3", [TERMINAL_CODE] = ";36",
        [TERMINAL_STRUCK] = ";9", [TERMINAL_QUIET] = ";2",
    };
    if (!out->look.has_colour) return;
    buf_append_str(out->out, STR("\033[0"));
    for (int style = 0; style < TERMINAL_STYLES; style++)
        if (out->active[style]) buf_append_str(out->out, str_from(codes[style]));
    buf_append_byte(out->out, 'm');
}

static bool line_has_style(const struct terminal_out *out)
{
    unsigned any = 0;
    for (int style = 0; style < TERMINAL_STYLES; style++) any |= out->active[style];
    return any != 0;
}

void terminal_begin(struct terminal_out *out)
{
    line_spaces(out->out, out->look.indent);
    for (size_t i = 0; i < line_frames(out); i++) {
        struct terminal_frame *frame = &out->frames[i];
        buf_append_str(out->out, str_from(frame->is_used ? frame->rest : frame->first));
        frame->is_used = true;
    }
    if (line_has_style(out)) line_colour(out);
}

static void line_switch(struct terminal_out *out, char byte)
{
    bool is_off = byte >= TERMINAL_OFF(0);
    unsigned *active = &out->active[byte - (is_off ? TERMINAL_OFF(0) : TERMINAL_ON(0))];
    unsigned before = *active;
    *active = is_off ? before - (before > 0) : before + 1;
    if ((before == 0) != (*active == 0)) line_colour(out);
}

void terminal_write(struct terminal_out *out, struct str styled)
{
    for (size_t at = 0; at < styled.size;) {
        size_t start = at;
        while (at < styled.size && !line_is_style(styled.at[at])) at++;
        buf_append_str(out->out, str_cut(styled, start, at));
        if (at < styled.size) line_switch(out, styled.at[at++]);
    }
}

void terminal_end(struct terminal_out *out)
{
    struct buf *buf = out->out;
    if (out->look.has_colour && line_has_style(out)) buf_append_str(buf, STR("\033[0m"));
    while (buf->size && buf->at[buf->size - 1] == ' ') buf->size--;
    buf_append_byte(buf, '\n');
}

void terminal_paragraph(struct terminal_out *out, struct str styled)
{
    struct str line;
    while (terminal_next_line(&styled, terminal_room(out), false, &line)) {
        terminal_begin(out);
        terminal_write(out, line);
        terminal_end(out);
    }
}

void terminal_gap(struct terminal_out *out)
{
    terminal_begin(out);
    terminal_end(out);
}
