/* spelling_builder.h - makes the tree of letters over dictionaries that are finished (see format.h, SPELLING). */
#ifndef ENGINE_SPELLING_BUILDER_H
#define ENGINE_SPELLING_BUILDER_H

#include "buf.h"
#include "file.h"
#include "spelling.h"
#include "str.h"

#include <stdint.h>

struct spelling_builder {
    struct buf nodes, labels, terms, tails;
};

void spelling_builder_init(struct spelling_builder *builder);
void spelling_builder_free(struct spelling_builder *builder);

/* The terms of a dictionary, in their order. */
struct spelling_source {
    const struct str *terms;
    uint32_t count;
};
/* Makes it over dictionaries 0 to `count` - 1. FILE_OK, FILE_NO_MEMORY. */
int spelling_builder_make(struct spelling_builder *builder, const struct spelling_source *sources, uint32_t count);
/* What was made, for use without a file: good as long as the builder is. */
struct spelling spelling_builder_view(const struct spelling_builder *builder);
/* Writes the sections. FILE_OK, FILE_SYSTEM, FILE_NO_MEMORY. */
int spelling_builder_write(const struct spelling_builder *builder, struct file_writer *writer);

#endif
