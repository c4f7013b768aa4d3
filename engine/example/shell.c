#include "shell.h"

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

void shell_quote_variable(struct buf *line, struct str text, struct str variable)
{
    if (shell_is_tame(text)) {
        buf_append_format(line, "\"%.*s$%.*s\"", STR_FORMAT(text), STR_FORMAT(variable));
    } else {
        shell_quote(line, text);
        buf_append_format(line, "\"$%.*s\"", STR_FORMAT(variable));
    }
}
