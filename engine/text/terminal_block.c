#include "terminal_block.h"

#include "plain_tags.h"

#include <cmark-gfm-core-extensions.h>
#include <stdio.h>

void terminal_space(struct terminal *terminal)
{
    if (terminal->wants_gap) terminal_gap(&terminal->out);
    terminal->wants_gap = false;
}

void terminal_flush(struct terminal *terminal)
{
    if (terminal->text.size) {
        terminal_space(terminal);
        terminal_paragraph(&terminal->out, buf_str(&terminal->text));
        terminal->wants_gap = true;
    }
    buf_clear(&terminal->text);
}

void terminal_code_block(struct terminal *terminal, struct str literal)
{
    terminal_space(terminal);
    while (str_ends(literal, STR("\n"))) literal.size--;
    for (struct str line; str_split(&literal, '\n', &line);) {
        buf_clear(&terminal->text);
        terminal_style(terminal, TERMINAL_CODE, true);
        for (struct str part; str_split(&line, '\t', &part);) {
            terminal_append(&terminal->text, part);
            if (line.at) buf_append_str(&terminal->text, STR("    "));
        }
        terminal_style(terminal, TERMINAL_CODE, false);
        terminal_begin(&terminal->out);
        terminal_write(&terminal->out, STR("    "));
        terminal_write(&terminal->out, buf_str(&terminal->text));
        terminal_end(&terminal->out);
    }
    buf_clear(&terminal->text);
    terminal->wants_gap = true;
}

void terminal_html_block(struct terminal *terminal, struct str literal)
{
    struct buf plain;
    buf_init(&plain, literal.size * 2 + 16);
    plain_tags_strip(&plain, literal);
    terminal_append(&terminal->text, str_trim(buf_str(&plain)));
    if (plain.error) terminal->text.error = plain.error;
    buf_free(&plain);
    terminal_flush(terminal);
}

void terminal_rule(struct terminal *terminal)
{
    size_t room = terminal_room(&terminal->out);
    terminal_space(terminal);
    terminal_begin(&terminal->out);
    for (size_t i = 0; i < room && i < 40; i++) terminal_write(&terminal->out, STR("\xe2\x94\x80"));
    terminal_end(&terminal->out);
    terminal->wants_gap = true;
}

/* ---- Frames: lists and quotes ------------------------------------------------------------------------------------ */

void terminal_push(struct terminal *terminal, const char *first, const char *rest)
{
    struct terminal_out *out = &terminal->out;
    if (out->frame_count < TERMINAL_FRAMES) {
        struct terminal_frame *frame = &out->frames[out->frame_count];
        snprintf(frame->first, sizeof frame->first, "%s", first);
        snprintf(frame->rest, sizeof frame->rest, "%s", rest);
        frame->is_used = false;
    }
    out->frame_count++;
}

/* No empty line stands before an item of a tight list, and before the first one of a list inside of one. */
static bool terminal_is_close(cmark_node *list, bool is_first)
{
    if (!is_first) return cmark_node_get_list_tight(list);
    cmark_node *around = cmark_node_parent(list);
    return cmark_node_get_type(around) == CMARK_NODE_ITEM && cmark_node_get_list_tight(cmark_node_parent(around));
}

void terminal_item(struct terminal *terminal, cmark_node *node)
{
    cmark_node *list = cmark_node_parent(node);
    char first[24] = "\xe2\x80\xa2 ", rest[24] = "  ";
    bool is_task = str_equal(str_from(cmark_node_get_type_string(node)), STR("tasklist"));
    if (cmark_node_get_list_type(list) == CMARK_ORDERED_LIST) {
        size_t around = terminal->lists - 1 < TERMINAL_FRAMES ? terminal->lists - 1 : TERMINAL_FRAMES - 1;
        int size = snprintf(first, sizeof first, "%d. ", terminal->numbers[around]++);
        snprintf(rest, sizeof rest, "%*s", size, "");
    } else if (is_task) {
        snprintf(first, sizeof first, cmark_gfm_extensions_get_tasklist_item_checked(node) ? "[x] " : "[ ] ");
        snprintf(rest, sizeof rest, "    ");
    }
    if (terminal_is_close(list, cmark_node_previous(node) == NULL)) terminal->wants_gap = false;
    terminal_space(terminal);
    terminal_push(terminal, first, rest);
}

void terminal_list(struct terminal *terminal, cmark_node *node, bool is_enter)
{
    if (!is_enter) {
        terminal->lists--;
        return;
    }
    if (terminal->lists < TERMINAL_FRAMES) terminal->numbers[terminal->lists] = cmark_node_get_list_start(node);
    terminal->lists++;
}

/* An item without any text still has its mark. */
void terminal_pop(struct terminal *terminal)
{
    struct terminal_out *out = &terminal->out;
    out->frame_count--;
    if (out->frame_count >= TERMINAL_FRAMES || out->frames[out->frame_count].is_used) return;
    out->frame_count++;
    terminal_gap(out);
    out->frame_count--;
    terminal->wants_gap = true;
}
