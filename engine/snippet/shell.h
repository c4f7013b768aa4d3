/* shell.h - text as a word of a POSIX shell (Shell Command Language §2.2), whatever it holds. */
#ifndef ENGINE_SHELL_H
#define ENGINE_SHELL_H

#include "buf.h"
#include "request.h"
#include "str.h"

/* Appends `text` in single quotes. NULs, which no word can hold, are left out. */
void shell_quote(struct buf *line, struct str text);

/* Appends one word: `before`, lines up to `end` (NULL: all), one behind the other. It is in double quotes where
 * variables are in it and the rest means nothing there, else each literal is in single ones. A secret that is not set
 * ends the command (§2.6.2, "${NAME:?}"). */
void shell_lines(struct buf *word, struct str before, const struct request_line *lines, const struct request_line *end);

/* The same for one text, and for one variable with a literal behind it. */
void shell_text(struct buf *word, struct str before, const struct request_part *parts);
void shell_variable(struct buf *word, struct str before, const struct request_variable *variable, struct str after);

/* True for a line with a secret: those of the URL come last. */
bool shell_is_secret(const struct request_line *line);

/* "$USER:$PASSWORD" of a request with a login. */
void shell_login(struct buf *word, const struct request *request);

/* Lines that set the placeholders and files, an empty one behind them. Placeholders of the URL are percent-encoded,
 * which no shell can do. `focus` gets the line of the one asked for. */
void shell_variables(struct buf *code, const struct request *request, struct sample_focus *focus);

#endif
