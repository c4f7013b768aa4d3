/* pack.h - the text of one specification as it is stored: in blocks, with a directory of its pieces.
 *
 * format.h draws it. Whoever asks for one object of a specification of 40 MB decompresses some 64 KB; the whole text
 * comes back to the byte. All offsets here are in the skeleton with the pieces behind it, unless they say "original".
 */
#ifndef ENGINE_PACK_H
#define ENGINE_PACK_H

#include "buf.h"
#include "file.h"
#include "format.h"
#include "str.h"

#include <stddef.h>
#include <stdint.h>

enum {
    PACK_MAPS_MAX = 64, /* that have pieces; every access to a member looks through them */
    PACK_ALIGN = 8,
};

/* What a key is found by: the 24 higher bits of struct format_pack_piece.hash, the others 0. */
uint32_t pack_hash(struct str key);

/* The lowest 8 bits: a number with three significant bits and its exponent, rounded up, so that a reader knows roughly
 * where a piece ends without looking for it. */
enum { PACK_HASH_BITS = 24, PACK_SIZE_MASK = 0xFF };
uint32_t pack_size_class(uint32_t size);
uint32_t pack_size_of(uint32_t hash);

/* The line ends in it. */
uint32_t pack_count_lines(struct str text);

/* ---- Writing ---------------------------------------------------------------------------------------------------- */

/* A map whose members become pieces. */
struct pack_cut {
    uint32_t value;        /* number of its value in the text, in order, keys count */
    uint32_t value_count;  /* of the values in it, at any depth */
    uint32_t start, end;   /* original: its members, from the first one's quote to behind the last one's value */
    uint32_t member_count; /* at least 1 */
};

/* What is cut out of a text. Each list in the order of the text; none may be NULL with its count 0. */
struct pack_outline {
    const struct pack_cut *cuts;
    size_t cut_count;
    const struct format_pack_piece *members; /* of all cuts; offsets are original ones, hashes without sizes */
};

struct packer;

int packer_create(struct packer **packer);
void packer_destroy(struct packer *packer); /* NULL is fine */
/* Appends the pack of `text` to `out`, beginning and ending at a multiple of PACK_ALIGN. FILE_NO_MEMORY. */
int packer_write(struct packer *packer, struct str text, const struct pack_outline *outline, struct buf *out);

/* ---- Reading ---------------------------------------------------------------------------------------------------- */

/* What decompresses; one thread at a time. */
struct unpacker;

int unpacker_create(struct unpacker **unpacker);
void unpacker_destroy(struct unpacker *unpacker); /* NULL is fine */

/* A view of a pack; it borrows the bytes. */
struct pack {
    const struct format_pack *head;
    const struct format_pack_map *maps;     /* map_count and one more */
    const struct format_pack_block *blocks; /* block_count, at least 1, and one more */
    const struct format_pack_piece *pieces;
    const char *frames;
};

/* Checks all of the directory but the pieces, whose offsets are checked as they are used. FILE_CORRUPT. */
int pack_open(struct pack *pack, struct str bytes);

static inline size_t pack_block_size(const struct pack *pack, uint32_t block)
{
    return pack->blocks[block + 1].offset - pack->blocks[block].offset;
}
/* The block that has the byte at `offset`, which is less than the text's size. */
uint32_t pack_block_of(const struct pack *pack, uint32_t offset);
/* Decompresses a block to `out`, which has room for pack_block_size bytes. `first` is the text of block 0; for that
 * block itself it is not looked at. FILE_CORRUPT, FILE_NO_MEMORY. */
int pack_block(const struct pack *pack, struct unpacker *unpacker, uint32_t block, const char *first, char *out);

/* The pieces of a map whose keys have this hash: nearly always one or none. */
const struct format_pack_piece *pack_find(const struct pack *pack, uint32_t map, uint32_t hash, size_t *count);

/* The original position of the byte at `offset`. *run is how many bytes from there lie side by side in the original,
 * too: at least 1, unless `offset` is the end. */
uint32_t pack_original(const struct pack *pack, uint32_t offset, uint32_t *run);

/* The other way: the offset of an original position, which is less than the text's size. */
uint32_t pack_stored(const struct pack *pack, uint32_t original, uint32_t *run);

/* Appends the original text. FILE_CORRUPT, FILE_NO_MEMORY. */
int pack_text(const struct pack *pack, struct buf *text);

#endif
