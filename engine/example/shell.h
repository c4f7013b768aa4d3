/* shell.h - text as a word of a POSIX shell (Shell Command Language §2.2), whatever it holds. */
#ifndef ENGINE_SHELL_H
#define ENGINE_SHELL_H

#include "buf.h"
#include "str.h"

/* Appends `text` in single quotes. NULs, which no word can hold, are left out. */
void shell_quote(struct buf *line, struct str text);

/* Appends one word: `text`, then the value of a variable (its name is of letters and '_'): "text$NAME" where double
 * quotes leave the text as it is, 'text'"$NAME" elsewhere. */
void shell_quote_variable(struct buf *line, struct str text, struct str variable);

#endif
