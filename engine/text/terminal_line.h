/* terminal_line.h - text with styles, broken into lines; for terminal….c only.
 *
 * A styled text holds a byte below 0x20 wherever a style begins or ends; what was such a byte in the source is none any
 * more. So text and styles are one string, which can be cut at any space. */
#ifndef ENGINE_TERMINAL_LINE_H
#define ENGINE_TERMINAL_LINE_H

#include "buf.h"
#include "terminal.h"

enum terminal_style { TERMINAL_BOLD, TERMINAL_ITALIC, TERMINAL_CODE, TERMINAL_STRUCK, TERMINAL_QUIET, TERMINAL_STYLES };
#define TERMINAL_ON(style) ((char)(1 + (style)))
#define TERMINAL_OFF(style) ((char)(17 + (style)))
#define TERMINAL_BREAK '\n'

/* What each line begins with: a frame for each block around. */
enum { TERMINAL_FRAMES = 16 };
struct terminal_frame {
    char first[24], rest[24]; /* of its first line, of the others; UTF-8 */
    bool is_used;             /* the first line is written */
};

struct terminal_out {
    struct buf *out;
    struct terminal_look look;
    struct terminal_frame frames[TERMINAL_FRAMES];
    size_t frame_count;               /* of the blocks around, which may be more than there are frames */
    unsigned active[TERMINAL_STYLES]; /* how often each is on */
};

/* Appends text as it is in the source: what moves the cursor becomes a space, also the ends of lines. */
void terminal_append(struct buf *styled, struct str text);
/* Columns of a styled text. */
size_t terminal_columns(struct str styled);

/* Cuts off the next line of at most `width` columns; false at the end. A longer word is a line, or `splits` is set. */
bool terminal_next_line(struct str *rest, size_t width, bool splits, struct str *line);

/* Columns for text between the frames and the end of the line: 20 at least. */
size_t terminal_room(const struct terminal_out *out);
/* Begins a line: the indent and the frames. */
void terminal_begin(struct terminal_out *out);
/* Writes styled text on the line that was begun. */
void terminal_write(struct terminal_out *out, struct str styled);
/* Ends it; styles that are on go on in the next one. */
void terminal_end(struct terminal_out *out);
/* A styled text as lines. */
void terminal_paragraph(struct terminal_out *out, struct str styled);
/* A line with nothing but the frames. */
void terminal_gap(struct terminal_out *out);

#endif
