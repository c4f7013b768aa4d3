/* spelling_builder.h - makes the tree of letters over dictionaries that are finished (see format.h, SPELLING). */
#ifndef ENGINE_SPELLING_BUILDER_H
#define ENGINE_SPELLING_BUILDER_H

#include "buf.h"
#include "dictionary_builder.h"
#include "file.h"

#include <stdint.h>

struct spelling_builder {
    struct buf nodes, labels, terms, tails;
};

void spelling_builder_init(struct spelling_builder *builder);
void spelling_builder_free(struct spelling_builder *builder);

/* Makes it over dictionaries 0 to `count` - 1, whose blobs and starts must stay. FILE_OK, FILE_NO_MEMORY. */
int spelling_builder_make(struct spelling_builder *builder, const struct dictionary_builder *dictionaries,
                          uint32_t count);
/* Writes the sections. FILE_OK, FILE_SYSTEM, FILE_NO_MEMORY. */
int spelling_builder_write(const struct spelling_builder *builder, struct file_writer *writer);

#endif
