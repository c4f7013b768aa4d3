/* terminal_table.h - a table in a terminal: columns side by side where they fit, else each row as a list; for
 * terminal….c only. */
#ifndef ENGINE_TERMINAL_TABLE_H
#define ENGINE_TERMINAL_TABLE_H

#include "terminal_line.h"

/* Cells beyond these are left out: a table of them has no place anywhere. */
enum { TERMINAL_COLUMNS = 24, TERMINAL_CELLS = 24 * 1000 };

struct terminal_table {
    struct buf text; /* of all cells, styled */
    size_t *ends;    /* of each cell in it; in memory of whoever fills the table */
    size_t cell_count, cell_capacity;
    size_t columns; /* of a row; the first row is the head */
};

void terminal_table(struct terminal_out *out, const struct terminal_table *table);

#endif
