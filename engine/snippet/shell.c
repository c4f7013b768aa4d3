#include "shell.h"

#include "ascii.h"
#include "uri.h"

#include <stdint.h>

/* ---- Words ------------------------------------------------------------------------------------------------------- */

void shell_quote(struct buf *line, struct str text)
{
    buf_append_byte(line, '\'');
    for (size_t i = 0; i < text.size; i++) {
        if (text.at[i] == '\'') {
            buf_append_str(line, STR("'\\''"));
        } else if (text.at[i] != '\0') {
            buf_append_byte(line, text.at[i]);
        }
    }
    buf_append_byte(line, '\'');
}

/* '!' is here for interactive shells, which look for it inside double quotes, too. */
static bool shell_is_tame(struct str text)
{
    for (size_t i = 0; i < text.size; i++) {
        if (memchr("\"\\$`!\0", text.at[i], 6)) return false;
    }
    return true;
}

static void shell_literal(struct buf *line, struct str text, bool is_tame)
{
    if (is_tame) buf_append_str(line, text);
    if (!is_tame && text.size) shell_quote(line, text);
}

static bool shell_is_name_byte(char byte)
{
    return ascii_is_letter_or_digit(byte) || byte == '_';
}

/* "$NAME", with braces where the name would go on in what follows. */
static void shell_expand(struct buf *line, const struct request_variable *variable, struct str next)
{
    const char *format = "$%.*s";
    if (next.size && shell_is_name_byte(next.at[0])) format = "${%.*s}";
    if (variable->kind == REQUEST_SECRET) format = "${%.*s:?}";
    buf_append_format(line, format, STR_FORMAT(variable->name));
}

/* The parts of a word one after the other. */
struct shell_at {
    const struct request_line *line, *end;
    const struct request_part *part;
};

static const struct request_part *shell_next(struct shell_at *at)
{
    if (at->part) at->part = at->part->next;
    while (at->part == NULL && at->line != at->end) {
        at->part = at->line->first;
        at->line = at->line->next;
    }
    return at->part;
}

static bool shell_is_plain(struct shell_at at, bool *has_variable)
{
    bool is_tame = true;
    *has_variable = false;
    for (const struct request_part *part; (part = shell_next(&at));) {
        *has_variable |= part->variable != NULL;
        is_tame &= shell_is_tame(part->literal);
    }
    return is_tame;
}

static void shell_loose(struct buf *word, struct shell_at at, bool is_tame)
{
    for (const struct request_part *part; (part = shell_next(&at));) {
        struct shell_at ahead = at;
        const struct request_part *next = shell_next(&ahead);
        if (part->variable == NULL) {
            shell_literal(word, part->literal, is_tame);
            continue;
        }
        if (!is_tame) buf_append_byte(word, '"');
        shell_expand(word, part->variable, is_tame && next ? next->literal : STR_EMPTY);
        if (!is_tame) buf_append_byte(word, '"');
    }
}

static void shell_joined(struct buf *word, struct str before, struct shell_at at)
{
    struct buf text;
    buf_init(&text, word->limit);
    buf_append_str(&text, before);
    for (const struct request_part *part; (part = shell_next(&at));) buf_append_str(&text, part->literal);
    if (text.error != BUF_OK) word->error = text.error;
    shell_quote(word, buf_str(&text));
    buf_free(&text);
}

void shell_lines(struct buf *word, struct str before, const struct request_line *lines, const struct request_line *end)
{
    struct shell_at at = { lines, end, NULL };
    bool has_variable, is_tame = shell_is_plain(at, &has_variable) && shell_is_tame(before);
    if (!has_variable) {
        shell_joined(word, before, at);
        return;
    }
    if (is_tame) buf_append_byte(word, '"');
    shell_literal(word, before, is_tame);
    shell_loose(word, at, is_tame);
    if (is_tame) buf_append_byte(word, '"');
}

void shell_text(struct buf *word, struct str before, const struct request_part *parts)
{
    struct request_line line = { .first = (struct request_part *)(uintptr_t)parts };
    shell_lines(word, before, &line, NULL);
}

void shell_variable(struct buf *word, struct str before, const struct request_variable *variable, struct str after)
{
    struct request_part last = { .literal = after };
    struct request_part first = { .literal = STR_EMPTY, .variable = variable, .next = after.size ? &last : NULL };
    shell_text(word, before, &first);
}

void shell_login(struct buf *word, const struct request *request)
{
    struct request_part password = { .literal = STR_EMPTY, .variable = request->password };
    struct request_part colon = { .literal = STR(":"), .next = &password };
    struct request_part user = { .literal = STR_EMPTY, .variable = request->user, .next = &colon };
    shell_text(word, STR_EMPTY, &user);
}

bool shell_is_secret(const struct request_line *line)
{
    const struct request_part *part = line->first;
    while (part && (part->variable == NULL || part->variable->kind != REQUEST_SECRET)) part = part->next;
    return part != NULL;
}

/* ---- Variables --------------------------------------------------------------------------------------------------- */

static bool shell_is_encoded(const struct request *request, const struct request_variable *variable)
{
    for (const struct request_part *part = request->url ? request->url->first : NULL; part; part = part->next) {
        if (part->variable == variable && part->is_encoded) return true;
    }
    return false;
}

/* No comment stands behind an assignment: zsh takes '#' for a command when it is typed. */
static void shell_note(struct buf *code, const struct request_variable *variable, bool is_encoded)
{
    struct buf encoded;
    buf_init(&encoded, code->limit);
    uri_encode(&encoded, variable->value);
    bool is_changed = is_encoded && encoded.size != variable->value.size;
    if (is_changed) buf_append_format(code, "# %.*s is percent-encoded.\n", STR_FORMAT(variable->name));
    if (encoded.error != BUF_OK) code->error = encoded.error;
    buf_free(&encoded);
}

void shell_variables(struct buf *code, const struct request *request, struct sample_focus *focus)
{
    bool is_any = false;
    for (const struct request_variable *variable = request->variables; variable; variable = variable->next) {
        if (variable->kind == REQUEST_SECRET) continue;
        bool is_encoded = shell_is_encoded(request, variable);
        shell_note(code, variable, is_encoded);
        size_t start = code->size;
        buf_append_format(code, "%.*s=", STR_FORMAT(variable->name));
        if (is_encoded) uri_encode(code, variable->value);
        if (!is_encoded) shell_quote(code, variable->value);
        if (variable->is_focus) *focus = (struct sample_focus){ start, code->size };
        buf_append_byte(code, '\n');
        is_any = true;
    }
    if (is_any) buf_append_byte(code, '\n');
}
