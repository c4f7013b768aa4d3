/* output.h - text for a terminal or a pipe.
 *
 * What specifications say is not trusted: control characters, which could rewrite the screen or the clipboard of who
 * reads it, and marks that turn the direction of writing, never reach the terminal. */
#ifndef OUTPUT_H
#define OUTPUT_H

#include "str.h"

#include <stdbool.h>
#include <stdio.h>

struct output {
    FILE *file;
    bool is_terminal;
    bool has_colour; /* a terminal, and neither NO_COLOR nor TERM=dumb */
    size_t width;    /* columns; 80 where there is no telling */
};

enum output_style { OUTPUT_PLAIN, OUTPUT_BOLD, OUTPUT_DIM, OUTPUT_MATCH, OUTPUT_KIND };

struct output output_to(FILE *file);
/* What follows is printed so, until OUTPUT_PLAIN. Nothing without colour. */
void output_style(const struct output *output, enum output_style style);
/* The text on one line: what breaks lines or moves the cursor becomes a space. */
void output_text(const struct output *output, struct str text);
/* The same, cut to `width` columns with "…" and filled up with spaces. */
void output_cell(const struct output *output, struct str text, size_t width);
/* The lines of `text`, each indented and broken between words to the width; lines of code (indented by 4) are not
 * broken. */
void output_wrapped(const struct output *output, struct str text, size_t indent);
/* The lines of `text`, indented, as they are, with those in bold that the bytes [start, end) are of; none where end is
 * 0. */
void output_marked(const struct output *output, struct str text, size_t start, size_t end, size_t indent);

/* The first `columns` columns of `text`. */
struct str output_first(struct str text, size_t columns);
/* Columns that output_text takes: code points. Wide letters of East Asia count one, so that their columns may stand a
 * little off. */
size_t output_columns(struct str text);

#endif
