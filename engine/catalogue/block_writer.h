/* block_writer.h - compresses a text as it grows, in blocks that end where a piece does; inside of pack_writer.c. */
#ifndef ENGINE_BLOCK_WRITER_H
#define ENGINE_BLOCK_WRITER_H

#include "buf.h"
#include "str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <zstd.h>

struct block_writer {
    ZSTD_CCtx *first, *others; /* the others have a dictionary */
    ZSTD_CDict *dictionary;    /* of `others` now, or NULL */
    struct str run;            /* text of the block that comes next, while it lies side by side in the original */
    struct buf stage;          /* else */
    struct buf blocks, frames; /* struct format_pack_block, one more at the end; what they lead to */
    uint32_t offset, line;     /* of the block that comes next */
    size_t full;               /* bytes of it */
    size_t text_size, dictionary_size;
    bool failed;
};

/* Zeroed is enough before. False when there is no memory; freed it must be all the same. */
bool block_writer_init(struct block_writer *writer);
void block_writer_free(struct block_writer *writer);

/* Forgets the text before. All that is put is borrowed until the end, and has `text_size` bytes together. */
void block_writer_start(struct block_writer *writer, size_t text_size);
/* Text that the first block holds whole. */
void block_writer_put(struct block_writer *writer, struct str text);
/* The size of what was put until here; only pieces follow. */
uint32_t block_writer_begin_pieces(struct block_writer *writer);
/* Text that one block holds whole. */
void block_writer_put_piece(struct block_writer *writer, struct str text);
/* False when there was no memory. */
bool block_writer_end(struct block_writer *writer);

#endif
