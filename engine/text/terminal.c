#include "terminal.h"

#include "buf.h"
#include "limits.h"
#include "tags_markdown.h"
#include "terminal_block.h"
#include "utf8.h"

/* ---- Tables ------------------------------------------------------------------------------------------------------ */

static void terminal_begin_table(struct terminal *terminal)
{
    struct terminal_table *table = &terminal->table;
    table->cell_count = table->columns = 0;
    buf_clear(&table->text);
}

static void terminal_end_cell(struct terminal *terminal, cmark_node *cell)
{
    struct terminal_table *table = &terminal->table;
    bool is_head = cmark_node_previous(cmark_node_parent(cell)) == NULL;
    if (is_head && table->columns < TERMINAL_COLUMNS) table->columns++;
    size_t place = 0;
    for (cmark_node *before = cmark_node_previous(cell); before && place <= TERMINAL_COLUMNS;
         before = cmark_node_previous(before))
        place++;
    if (place < table->columns && table->cell_count < table->cell_capacity) {
        if (is_head) buf_append_byte(&table->text, TERMINAL_ON(TERMINAL_BOLD));
        buf_append_str(&table->text, buf_str(&terminal->text));
        if (is_head) buf_append_byte(&table->text, TERMINAL_OFF(TERMINAL_BOLD));
        table->ends[table->cell_count++] = table->text.size;
    }
    buf_clear(&terminal->text);
}

static void terminal_end_table(struct terminal *terminal)
{
    terminal_space(terminal);
    terminal_table(&terminal->out, &terminal->table);
    terminal->wants_gap = true;
}

/* True when the node is a part of a table. */
static bool terminal_table_part(struct terminal *terminal, cmark_node *node, bool is_enter)
{
    struct str type = str_from(cmark_node_get_type_string(node));
    if (!str_starts(type, STR("table"))) return false;
    if (str_equal(type, STR("table"))) {
        if (is_enter) terminal_begin_table(terminal);
        if (!is_enter) terminal_end_table(terminal);
    } else if (str_equal(type, STR("table_cell")) && !is_enter) {
        terminal_end_cell(terminal, node);
    }
    return true;
}

/* ---- The walk ---------------------------------------------------------------------------------------------------- */

static void terminal_block(struct terminal *terminal, cmark_node *node, bool is_enter)
{
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_HEADING: terminal_style(terminal, TERMINAL_BOLD, is_enter); break;
    case CMARK_NODE_CODE_BLOCK: terminal_code_block(terminal, str_from(cmark_node_get_literal(node))); return;
    case CMARK_NODE_HTML_BLOCK: terminal_html_block(terminal, str_from(cmark_node_get_literal(node))); return;
    case CMARK_NODE_THEMATIC_BREAK: terminal_rule(terminal); return;
    case CMARK_NODE_LIST: terminal_list(terminal, node, is_enter); return;
    case CMARK_NODE_ITEM:
        if (is_enter) terminal_item(terminal, node);
        break;
    case CMARK_NODE_BLOCK_QUOTE:
        if (is_enter) terminal_space(terminal);
        if (is_enter) terminal_push(terminal, "\xe2\x94\x82 ", "\xe2\x94\x82 ");
        break;
    default: break;
    }
    bool is_frame = cmark_node_get_type(node) == CMARK_NODE_ITEM || cmark_node_get_type(node) == CMARK_NODE_BLOCK_QUOTE;
    if (!is_enter) terminal_flush(terminal);
    if (!is_enter && is_frame) terminal_pop(terminal);
}

static bool terminal_is_block(cmark_node *node)
{
    return ((unsigned)cmark_node_get_type(node) & CMARK_NODE_TYPE_MASK) == CMARK_NODE_TYPE_BLOCK;
}

static void terminal_walk(cmark_node *root, cmark_llist *extensions, int options, cmark_mem *mem, void *context)
{
    (void)extensions, (void)options, (void)mem;
    struct terminal *terminal = context;
    cmark_iter *iter = cmark_iter_new(root);
    for (cmark_event_type event; (event = cmark_iter_next(iter)) != CMARK_EVENT_DONE;) {
        cmark_node *node = cmark_iter_get_node(iter);
        bool is_enter = event == CMARK_EVENT_ENTER;
        if (terminal_table_part(terminal, node, is_enter)) continue;
        if (terminal_is_block(node))
            terminal_block(terminal, node, is_enter);
        else
            terminal_inline(terminal, node, is_enter);
    }
}

static bool terminal_parse(struct terminal *terminal, struct str markdown)
{
    struct arena memory;
    arena_init(&memory, LIMIT_MARKDOWN_MEMORY);
    bool is_parsed = markdown_parse(&memory, markdown, terminal_walk, terminal);
    bool hit_ceiling = !is_parsed && markdown_parse_hit_ceiling(&memory);
    arena_free(&memory);
    if (!hit_ceiling) return is_parsed;
    /* As it stands, where cmark cannot hold it. */
    buf_clear(terminal->out.out);
    terminal->out.frame_count = 0;
    buf_clear(&terminal->text);
    terminal_append(&terminal->text, markdown);
    terminal_flush(terminal);
    return true;
}

/* The lines of the Markdown in `out`. */
static bool terminal_render(struct buf *out, struct str markdown, const struct terminal_look *look)
{
    struct terminal terminal = { .out = { .out = out, .look = *look } };
    buf_init(&terminal.text, 16 * LIMIT_MARKDOWN_BYTES);
    buf_init(&terminal.table.text, 16 * LIMIT_MARKDOWN_BYTES);
    struct arena cells;
    arena_init(&cells, 2 * TERMINAL_CELLS * sizeof *terminal.table.ends);
    bool has_table = str_find_byte(markdown, '|') != STR_NONE;
    terminal.table.cell_capacity = has_table ? TERMINAL_CELLS : 0;
    terminal.table.ends = arena_alloc(&cells, (terminal.table.cell_capacity + 1) * sizeof *terminal.table.ends);
    bool is_done = terminal.table.ends && terminal_parse(&terminal, markdown);
    bool has_memory = terminal.text.error == BUF_OK && terminal.table.text.error == BUF_OK && out->error == BUF_OK;
    arena_free(&cells);
    buf_free(&terminal.text);
    buf_free(&terminal.table.text);
    return is_done && has_memory;
}

struct str terminal_text(struct arena *arena, struct str markdown, const struct terminal_look *look)
{
    struct buf source, out;
    struct str text = utf8_cut(str_trim(markdown), LIMIT_MARKDOWN_BYTES);
    buf_init(&source, 4 * LIMIT_MARKDOWN_BYTES);
    buf_init(&out, SIZE_MAX);
    if (tags_markdown_is_html(text))
        tags_markdown(&source, text);
    else
        buf_append_str(&source, text);
    if (text.size < str_trim(markdown).size) buf_append_str(&source, STR("\n\n\xe2\x80\xa6"));
    bool is_done = source.error == BUF_OK && terminal_render(&out, buf_str(&source), look);
    if (!is_done) arena->failed = true;
    struct str lines = is_done ? arena_copy(arena, buf_str(&out)) : STR_EMPTY;
    buf_free(&source);
    buf_free(&out);
    return lines;
}
