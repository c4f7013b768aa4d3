/* plain_tags.h - HTML tags in a text, as far as summaries and the terminal need them. */
#ifndef ENGINE_PLAIN_TAGS_H
#define ENGINE_PLAIN_TAGS_H

#include "buf.h"
#include "str.h"

/* Appends `text` without tags and comments: those of blocks (p, br, li, …) leave a space, others nothing. Code spans
 * keep theirs ("`List<Pet>`"), and so do autolinks ("<https://…>"). Entities stay. */
void plain_tags_strip(struct buf *plain, struct str text);

/* The size of the tag or comment that `text` begins with, 0 when there is none. `name` is the tag's name, empty for a
 * comment. A quote inside a tag may hold a '>'; what never ends is none. */
size_t plain_tags_tag(struct str text, struct str *name);
/* The value of an attribute of a tag ("<a href="x">"), as it is written; empty when it has none. */
struct str plain_tags_attribute(struct str tag, struct str name);

#endif
