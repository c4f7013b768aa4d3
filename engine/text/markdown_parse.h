/* markdown_parse.h - cmark-gfm made safe to call from a library: its memory comes from an arena, running out of
 * memory comes back as false instead of abort(), and threads do not disturb each other. */
#ifndef ENGINE_MARKDOWN_PARSE_H
#define ENGINE_MARKDOWN_PARSE_H

#include "arena.h"
#include "str.h"

#include <cmark-gfm.h>
#include <stdbool.h>

/* Parses `text` and calls `use` with the tree's root, the syntax extensions in use, cmark's options and memory.
 * All that cmark allocates, in the parse and in `use`, is in `memory` and dies with it: free nothing.
 * False when `memory` was not enough; `use` may have run in part then, so it must own nothing else. */
typedef void markdown_use(cmark_node *root, cmark_llist *extensions, int options, cmark_mem *mem, void *context);
bool markdown_parse(struct arena *memory, struct str text, markdown_use *use, void *context);

/* After a failure: whether the text wanted more than the ceiling of `memory`, and not the machine had too little. */
bool markdown_parse_hit_ceiling(const struct arena *memory);

#endif
