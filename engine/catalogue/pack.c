#include "pack.h"

#include "limits.h"

#include <stdlib.h>
#define XXH_INLINE_ALL
#include <xxhash.h>
#include <zstd.h>

uint32_t pack_hash(struct str key)
{
    return (uint32_t)XXH3_64bits(key.at, key.size) & ~(uint32_t)PACK_SIZE_MASK;
}

enum { PACK_SIZE_BITS = 3 }; /* behind the highest one */

uint32_t pack_size_class(uint32_t size)
{
    uint32_t exponent = 0, least = 1 << PACK_SIZE_BITS;
    while (exponent < 31 - PACK_SIZE_BITS && size > (2 * least - 1) << exponent) exponent++;
    uint32_t steps = (uint32_t)((size + ((uint64_t)1 << exponent) - 1) >> exponent);
    return exponent << PACK_SIZE_BITS | (steps < least ? 0 : steps - least);
}

uint32_t pack_size_of(uint32_t hash)
{
    uint32_t class = hash & PACK_SIZE_MASK, least = 1 << PACK_SIZE_BITS;
    uint64_t size = (uint64_t)(least + class % least) << (class >> PACK_SIZE_BITS);
    return size < LIMIT_SPEC_BYTES ? (uint32_t)size : LIMIT_SPEC_BYTES;
}

uint32_t pack_count_lines(struct str text)
{
    uint32_t count = 0;
    for (size_t at; (at = str_find_byte(text, '\n')) != STR_NONE; count++) text = str_cut(text, at + 1, text.size);
    return count;
}

/* ---- Opening ---------------------------------------------------------------------------------------------------- */

static bool pack_check_head(const struct format_pack *head)
{
    return head->text_size <= LIMIT_SPEC_BYTES && head->skeleton_size <= head->text_size &&
           head->map_count <= PACK_MAPS_MAX && head->block_count > 0;
}

static bool pack_check_maps(const struct pack *pack)
{
    const struct format_pack *head = pack->head;
    const struct format_pack_map *end = &pack->maps[head->map_count];
    bool bad = pack->maps[0].offset != head->skeleton_size || pack->maps[0].first_piece != 0 ||
               end->offset != head->text_size || end->first_piece != head->piece_count || end->at > head->skeleton_size;
    for (const struct format_pack_map *map = pack->maps; map < end; map++)
        bad |= (map->at > map[1].at) | (map->offset > map[1].offset) | (map->first_piece > map[1].first_piece);
    return !bad;
}

static bool pack_check_blocks(const struct pack *pack, size_t frames_size)
{
    const struct format_pack *head = pack->head;
    const struct format_pack_block *end = &pack->blocks[head->block_count];
    bool bad = pack->blocks[0].offset != 0 || pack->blocks[0].frame != 0 || end->offset != head->text_size ||
               end->frame > frames_size || head->skeleton_size > pack->blocks[1].offset ||
               head->dictionary_size > pack->blocks[1].offset;
    for (const struct format_pack_block *block = pack->blocks; block < end; block++)
        bad |= (block->offset > block[1].offset) | (block->frame > block[1].frame);
    return !bad;
}

int pack_open(struct pack *pack, struct str bytes)
{
    const struct format_pack *head = (const struct format_pack *)(const void *)bytes.at;
    if (bytes.size < sizeof *head || (uintptr_t)bytes.at % PACK_ALIGN || !pack_check_head(head)) return FILE_CORRUPT;
    uint64_t maps = (head->map_count + (uint64_t)1) * sizeof *pack->maps;
    uint64_t blocks = (head->block_count + (uint64_t)1) * sizeof *pack->blocks;
    uint64_t end = sizeof *head + maps + blocks + head->piece_count * (uint64_t)sizeof *pack->pieces;
    if (end > bytes.size) return FILE_CORRUPT;
    const char *at = bytes.at + sizeof *head;
    *pack = (struct pack){ .head = head,
                           .maps = (const struct format_pack_map *)(const void *)at,
                           .blocks = (const struct format_pack_block *)(const void *)(at + maps),
                           .pieces = (const struct format_pack_piece *)(const void *)(at + maps + blocks),
                           .frames = bytes.at + end };
    uint64_t checksum = XXH3_64bits(bytes.at + sizeof head->checksum, (size_t)end - sizeof head->checksum);
    bool is_good = checksum == head->checksum && pack_check_maps(pack) && pack_check_blocks(pack, bytes.size - end);
    return is_good ? FILE_OK : FILE_CORRUPT;
}

/* ---- Blocks ----------------------------------------------------------------------------------------------------- */

int unpacker_create(struct unpacker **unpacker)
{
    *unpacker = (struct unpacker *)ZSTD_createDCtx();
    return *unpacker ? FILE_OK : FILE_NO_MEMORY;
}

void unpacker_destroy(struct unpacker *unpacker)
{
    ZSTD_freeDCtx((ZSTD_DCtx *)unpacker);
}

uint32_t pack_block_of(const struct pack *pack, uint32_t offset)
{
    uint32_t low = 0, high = pack->head->block_count;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (pack->blocks[middle].offset <= offset)
            low = middle;
        else
            high = middle;
    }
    return low;
}

int pack_block(const struct pack *pack, struct unpacker *unpacker, uint32_t block, const char *first, char *out)
{
    const struct format_pack_block *at = &pack->blocks[block];
    size_t size = pack_block_size(pack, block);
    struct str dictionary = { first, block ? pack_block_size(pack, 0) : 0 };
    dictionary = str_cut(dictionary, dictionary.size - (block ? pack->head->dictionary_size : 0), dictionary.size);
    size_t got = ZSTD_decompress_usingDict((ZSTD_DCtx *)unpacker, out, size, pack->frames + at->frame,
                                           at[1].frame - at->frame, dictionary.at, dictionary.size);
    return got == size ? FILE_OK : FILE_CORRUPT;
}

/* ---- Pieces ----------------------------------------------------------------------------------------------------- */

const struct format_pack_piece *pack_find(const struct pack *pack, uint32_t map, uint32_t hash, size_t *count)
{
    uint32_t low = pack->maps[map].first_piece, end = pack->maps[map + 1].first_piece, high = end;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if ((pack->pieces[middle].hash & ~(uint32_t)PACK_SIZE_MASK) < hash)
            low = middle + 1;
        else
            high = middle;
    }
    for (*count = 0; low + *count < end && pack->pieces[low + *count].hash - hash <= PACK_SIZE_MASK;) ++*count;
    return pack->pieces + low;
}

/* ---- The original ----------------------------------------------------------------------------------------------- */

uint32_t pack_original(const struct pack *pack, uint32_t offset, uint32_t *run)
{
    const struct format_pack *head = pack->head;
    uint32_t map = 0;
    if (offset < head->skeleton_size) {
        /* Before it stand the maps whose members were in front of this byte. */
        while (map < head->map_count && pack->maps[map].at <= offset) map++;
        *run = (map < head->map_count ? pack->maps[map].at : head->skeleton_size) - offset;
        return offset + pack->maps[map].offset - head->skeleton_size;
    }
    while (map + 1 < head->map_count && pack->maps[map + 1].offset <= offset) map++;
    *run = pack->maps[map < head->map_count ? map + 1 : map].offset - offset;
    return pack->maps[map].at + offset - head->skeleton_size;
}

uint32_t pack_stored(const struct pack *pack, uint32_t original, uint32_t *run)
{
    const struct format_pack *head = pack->head;
    for (uint32_t map = 0; map < head->map_count; map++) {
        uint32_t before = pack->maps[map].offset - head->skeleton_size, start = pack->maps[map].at + before;
        uint32_t size = pack->maps[map + 1].offset - pack->maps[map].offset;
        if (original >= start && original - start >= size) continue;
        bool is_piece = original >= start;
        *run = (is_piece ? start + size : start) - original;
        return is_piece ? pack->maps[map].offset + (original - start) : original - before;
    }
    *run = head->text_size - original;
    return original - (head->text_size - head->skeleton_size);
}

/* Copies the text of a block, which begins at `offset`, to where it was. */
static void pack_scatter(const struct pack *pack, uint32_t offset, struct str block, char *original)
{
    while (block.size > 0) {
        uint32_t run;
        uint32_t to = pack_original(pack, offset, &run);
        if (run > block.size) run = (uint32_t)block.size;
        memcpy(original + to, block.at, run);
        block = str_cut(block, run, block.size);
        offset += run;
    }
}

static int pack_read_all(const struct pack *pack, struct unpacker *unpacker, char *first, char *other, char *original)
{
    for (uint32_t block = 0; block < pack->head->block_count; block++) {
        char *out = block ? other : first;
        int error = pack_block(pack, unpacker, block, first, out);
        if (error) return error;
        pack_scatter(pack, pack->blocks[block].offset, (struct str){ out, pack_block_size(pack, block) }, original);
    }
    return FILE_OK;
}

static size_t pack_largest_block(const struct pack *pack)
{
    size_t largest = 0;
    for (uint32_t block = 1; block < pack->head->block_count; block++)
        if (pack_block_size(pack, block) > largest) largest = pack_block_size(pack, block);
    return largest;
}

int pack_text(const struct pack *pack, struct buf *text)
{
    struct unpacker *unpacker;
    int error = unpacker_create(&unpacker);
    char *first = malloc(pack_block_size(pack, 0) + 1), *other = malloc(pack_largest_block(pack) + 1);
    char *original = buf_reserve(text, pack->head->text_size);
    if (error || first == NULL || other == NULL || original == NULL)
        error = FILE_NO_MEMORY;
    else
        error = pack_read_all(pack, unpacker, first, other, original);
    if (error == FILE_OK) text->size += pack->head->text_size;
    free(first);
    free(other);
    unpacker_destroy(unpacker);
    return error;
}
