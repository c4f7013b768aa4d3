/* terminal_block.h - the walk over a description's tree; for terminal….c only. */
#ifndef ENGINE_TERMINAL_BLOCK_H
#define ENGINE_TERMINAL_BLOCK_H

#include "markdown_parse.h"
#include "terminal_table.h"

struct terminal {
    struct terminal_out out;
    struct buf text; /* of the block that the walk is in, styled */
    struct terminal_table table;
    int numbers[TERMINAL_FRAMES]; /* of the next item of each list around */
    size_t lists;
    bool wants_gap; /* something stands above */
};

/* ---- terminal_inline.c ------------------------------------------------------------------------------------------- */

/* A style begins or ends in the text of the block. */
void terminal_style(struct terminal *terminal, enum terminal_style style, bool is_enter);
/* Adds what stands inside of a block to its text. */
void terminal_inline(struct terminal *terminal, cmark_node *node, bool is_enter);

/* ---- terminal_block.c -------------------------------------------------------------------------------------------- */

/* The empty line before a block, where something stands above. */
void terminal_space(struct terminal *terminal);
/* The block's text is whole: out with it. */
void terminal_flush(struct terminal *terminal);
void terminal_code_block(struct terminal *terminal, struct str literal);
/* HTML between blocks of Markdown: its text. */
void terminal_html_block(struct terminal *terminal, struct str literal);
void terminal_rule(struct terminal *terminal);

/* A block in others begins, with what stands before its first line and before the others; and ends. */
void terminal_push(struct terminal *terminal, const char *first, const char *rest);
void terminal_pop(struct terminal *terminal);
void terminal_list(struct terminal *terminal, cmark_node *node, bool is_enter);
void terminal_item(struct terminal *terminal, cmark_node *node);

#endif
