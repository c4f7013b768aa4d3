/* tags_markdown.h - a description written in HTML as Markdown, for what cannot show HTML: a terminal, a text file.
 *
 * Paragraphs, line breaks, headings, lists, code, emphasis, links and rows of tables become what Markdown has for them;
 * of all other tags only the content stays. */
#ifndef ENGINE_TAGS_MARKDOWN_H
#define ENGINE_TAGS_MARKDOWN_H

#include "buf.h"
#include "str.h"

#include <stdbool.h>

/* True for a text that begins with a tag: most of those are HTML from beginning to end, in which indentation and line
 * ends mean nothing, while Markdown would take them for code. */
bool tags_markdown_is_html(struct str text);
/* Appends it. */
void tags_markdown(struct buf *markdown, struct str html);

#endif
