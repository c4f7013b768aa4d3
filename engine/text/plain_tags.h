/* plain_tags.h - HTML tags out of a text, as far as one-line summaries need it. */
#ifndef ENGINE_PLAIN_TAGS_H
#define ENGINE_PLAIN_TAGS_H

#include "buf.h"
#include "str.h"

/* Appends `text` without tags and comments: those of blocks (p, br, li, …) leave a space, others nothing. Code spans
 * keep theirs ("`List<Pet>`"), and so do autolinks ("<https://…>"). Entities stay. */
void plain_tags_strip(struct buf *plain, struct str text);

#endif
