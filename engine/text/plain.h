/* plain.h - descriptions as one line of plain text: no Markdown, no tags, no entities, single spaces. */
#ifndef ENGINE_PLAIN_H
#define ENGINE_PLAIN_H

#include "arena.h"
#include "str.h"

#include <stddef.h>

/* The whole text on one line, at most `limit` bytes; an ellipsis ends it where more would follow.
 * Out of memory: the empty str, and arena->failed. */
struct str plain_line(struct arena *arena, struct str markdown, size_t limit);

/* The first sentence of the first paragraph (headings only where there is nothing else), at most
 * LIMIT_SUMMARY_BYTES. Looks at the first few KiB only, so that it is cheap for any text. It lies
 * in the arena, or in `markdown` where it stands there as it is shown. */
struct str plain_sentence(struct arena *arena, struct str markdown);

#endif
