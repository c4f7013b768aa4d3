/* prose.h - details as Markdown, for people and for language models: no HTML, of each field the first sentence. */
#ifndef PROSE_H
#define PROSE_H

#include "buf.h"
#include "engine.h"

/* The whole of an element, NUL-ended in the arena. {NULL, 0} when there is no memory or it would be longer than
 * LIMIT_REPLY_BYTES. */
struct str prose_details(struct arena *arena, const struct engine_details *details);

/* ---- For the prose… files only ----------------------------------------------------------------------------------- */

struct prose {
    struct buf out;
    struct arena *arena;
};

/* Markdown as it is. */
void prose_put(struct prose *prose, const char *text);
/* A name or a value as code: in as many backticks as it needs, on one line. */
void prose_code(struct prose *prose, struct str text);
/* As many backticks as stand around this text as code, `least` at least. */
void prose_fence(struct prose *prose, struct str text, size_t least);
/* Text that is no Markdown, on one line. */
void prose_text(struct prose *prose, struct str text);
/* Begins a line behind an empty one. */
void prose_gap(struct prose *prose);
void prose_heading(struct prose *prose, const char *heading);
/* Begins a line of a list. */
void prose_item(struct prose *prose, unsigned depth);
/* What the specification writes, without HTML. */
void prose_description(struct prose *prose, struct str text);
/* Lines of a list, when there is a text: words before code, before a sentence; what is missing of a longer list. */
void prose_labelled(struct prose *prose, unsigned depth, const char *label, struct str code);
void prose_sentence(struct prose *prose, unsigned depth, const char *label, struct str sentence);
void prose_left_out(struct prose *prose, unsigned depth, size_t count, size_t total);

/* " (string, required)". */
void prose_type(struct prose *prose, const struct engine_field *field);
/* What limits a value, a line each. */
void prose_limits(struct prose *prose, const struct engine_field *field, unsigned depth);
void prose_field(struct prose *prose, const struct engine_field *field, unsigned depth);
void prose_fields(struct prose *prose, const struct engine_field *fields, size_t count, unsigned depth);
/* Its fields and alternatives. */
void prose_inside(struct prose *prose, const struct engine_field *field, unsigned depth);

#endif
