#include "terminal_table.h"

/* A column narrower than this breaks words to pieces. */
enum { TABLE_NARROWEST = 8, TABLE_BETWEEN = 3 };

struct table {
    struct terminal_out *out;
    const struct terminal_table *source;
    size_t rows, columns;
    size_t widths[TERMINAL_COLUMNS];
};

static struct str table_cell(const struct table *table, size_t row, size_t column)
{
    size_t cell = row * table->columns + column;
    if (cell >= table->source->cell_count) return STR_EMPTY;
    size_t start = cell ? table->source->ends[cell - 1] : 0;
    return str_cut(buf_str(&table->source->text), start, table->source->ends[cell]);
}

/* ---- Widths ------------------------------------------------------------------------------------------------------ */

static size_t table_measure(struct table *table)
{
    size_t total = TABLE_BETWEEN * (table->columns - 1);
    for (size_t column = 0; column < table->columns; column++) {
        for (size_t row = 0; row < table->rows; row++) {
            size_t columns = terminal_columns(table_cell(table, row, column));
            if (columns > table->widths[column]) table->widths[column] = columns;
        }
        total += table->widths[column];
    }
    return total;
}

/* Takes columns away from the widest until all fit; false when they would become too narrow. */
static bool table_fit(struct table *table)
{
    size_t room = terminal_room(table->out), total = table_measure(table);
    while (total > room) {
        size_t widest = 0;
        for (size_t column = 1; column < table->columns; column++)
            if (table->widths[column] > table->widths[widest]) widest = column;
        if (table->widths[widest] <= TABLE_NARROWEST) return false;
        /* At once what one step at a time would take from it alone. */
        size_t next = TABLE_NARROWEST, surplus = total - room;
        for (size_t column = 0; column < table->columns; column++)
            if (column != widest && table->widths[column] > next) next = table->widths[column];
        size_t cut = table->widths[widest] > next ? table->widths[widest] - next : 1;
        if (cut > surplus) cut = surplus;
        table->widths[widest] -= cut;
        total -= cut;
    }
    return true;
}

/* ---- Side by side ------------------------------------------------------------------------------------------------ */

/* One line of a row: the next piece of each cell. False when all cells are at their end. */
static bool table_line(struct table *table, struct str *rests)
{
    bool has_any = false;
    for (size_t column = 0; column < table->columns; column++) has_any |= rests[column].at != NULL;
    if (!has_any) return false;
    terminal_begin(table->out);
    for (size_t column = 0; column < table->columns; column++) {
        struct str line = STR_EMPTY;
        terminal_next_line(&rests[column], table->widths[column], true, &line);
        terminal_write(table->out, line);
        size_t used = terminal_columns(line);
        if (column + 1 == table->columns) break;
        for (; used < table->widths[column]; used++) buf_append_byte(table->out->out, ' ');
        terminal_write(table->out, STR(" \xe2\x94\x82 "));
    }
    terminal_end(table->out);
    return true;
}

static void table_row(struct table *table, size_t row)
{
    struct str rests[TERMINAL_COLUMNS];
    for (size_t column = 0; column < table->columns; column++) rests[column] = table_cell(table, row, column);
    while (table_line(table, rests)) {
    }
}

static void table_rule(struct table *table)
{
    terminal_begin(table->out);
    for (size_t column = 0; column < table->columns; column++) {
        if (column > 0) terminal_write(table->out, STR("\xe2\x94\x80\xe2\x94\xbc\xe2\x94\x80"));
        for (size_t i = 0; i < table->widths[column]; i++) terminal_write(table->out, STR("\xe2\x94\x80"));
    }
    terminal_end(table->out);
}

/* ---- As a list --------------------------------------------------------------------------------------------------- */

static void table_as_list(struct table *table)
{
    struct buf line;
    size_t indent = table->out->look.indent;
    buf_init(&line, table->source->text.size * 2 + 64);
    for (size_t row = 1; row < table->rows; row++) {
        for (size_t column = 0; column < table->columns; column++) {
            struct str head = table_cell(table, 0, column), cell = table_cell(table, row, column);
            if (cell.size == 0) continue;
            buf_clear(&line);
            if (column == 0) buf_append_str(&line, STR("\xe2\x80\xa2 "));
            buf_append_str(&line, head);
            if (head.size) buf_append_str(&line, STR(": "));
            buf_append_str(&line, cell);
            if (line.error) table->out->out->error = line.error;
            table->out->look.indent = indent + (column == 0 ? 0 : 2);
            terminal_paragraph(table->out, buf_str(&line));
        }
    }
    table->out->look.indent = indent;
    buf_free(&line);
}

void terminal_table(struct terminal_out *out, const struct terminal_table *source)
{
    struct table table = { .out = out, .source = source, .columns = source->columns };
    if (source->columns == 0) return;
    table.rows = source->cell_count / source->columns;
    if (!table_fit(&table)) {
        table_as_list(&table);
        return;
    }
    for (size_t row = 0; row < table.rows; row++) {
        table_row(&table, row);
        if (row == 0) table_rule(&table);
    }
}
