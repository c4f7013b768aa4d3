/* terminal.h - descriptions for a terminal: Markdown as lines, wrapped, with or without colour.
 *
 *     Markdown or HTML ─ cmark ─▶ blocks, each with a prefix (indent, "• ", "│ ") ─▶ words ─▶ lines
 *
 * What specifications say is not trusted: no control character and no mark that turns the direction of writing comes
 * out, only our own sequences for bold, italic, colour … when these are wanted. */
#ifndef ENGINE_TERMINAL_H
#define ENGINE_TERMINAL_H

#include "arena.h"
#include "str.h"

#include <stdbool.h>
#include <stddef.h>

struct terminal_look {
    size_t width;  /* columns of a line; a word or a line of code that is longer stands alone */
    size_t indent; /* of each line */
    bool has_colour;
};

/* The lines, each with its line end; the empty str for a text without any. What goes beyond LIMIT_MARKDOWN_BYTES is
 * left out, and an ellipsis stands for it. Out of memory: the empty str, and arena->failed. */
struct str terminal_text(struct arena *arena, struct str markdown, const struct terminal_look *look);

#endif
