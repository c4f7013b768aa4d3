/* outline.h - which members of a specification are stored as pieces, so that one is read without the rest (pack.h).
 *
 * These are the members of `paths`, of `webhooks`, of the root's extensions (x-…), and of the maps in `components`,
 * each where that map is large. The security schemes stay together: they are few, and asked for as a list. */
#ifndef ENGINE_OUTLINE_H
#define ENGINE_OUTLINE_H

#include "document.h"
#include "pack.h"
#include "str.h"

struct outline {
    struct buf cuts, members;
    size_t text_bytes, map_bytes; /* smaller texts, and maps with less in them, are not cut */
};

void outline_init(struct outline *outline);
void outline_free(struct outline *outline);

/* Makes the outline of a document that was read from all of `text` by document_read; what was in it is forgotten.
 * DOCUMENT_NO_MEMORY. */
int outline_make(struct outline *outline, const struct document *document, struct str text);
/* The same as a view for the packer. */
struct pack_outline outline_pack(const struct outline *outline);

#endif
