/* markdown.h - descriptions as HTML.
 *
 * CommonMark 0.29 with GitHub's tables, autolinks, strikethrough and task lists, by cmark-gfm. Raw HTML is kept, for
 * many descriptions are written in it (those of all of Amazon's APIs): whoever shows the result sanitises it. */
#ifndef ENGINE_MARKDOWN_H
#define ENGINE_MARKDOWN_H

#include "arena.h"
#include "str.h"

/* `text` (UTF-8) rendered, without the line end behind it. What goes beyond LIMIT_MARKDOWN_BYTES is left out and an
 * ellipsis stands for it. A text that cmark cannot render in its memory ceiling comes as preformatted text.
 * Out of memory: the empty str, and arena->failed. */
struct str markdown_html(struct arena *arena, struct str text);

#endif
