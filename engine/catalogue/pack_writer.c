#include "pack.h"

#include "block_writer.h"
#include "limits.h"

#include <stdlib.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

/* Keys of one hash that somebody found: each would be looked at for each of the others. */
enum { PACK_SAME_HASHES = 32 };

struct packer {
    struct block_writer blocks;
    struct buf sorted; /* the members of one map, while they are sorted */
    struct buf maps, pieces;
};

/* ---- Life ------------------------------------------------------------------------------------------------------- */

int packer_create(struct packer **created)
{
    struct packer *packer = *created = calloc(1, sizeof *packer);
    if (packer == NULL) return FILE_NO_MEMORY;
    buf_init(&packer->sorted, UINT32_MAX);
    buf_init(&packer->maps, UINT32_MAX);
    buf_init(&packer->pieces, UINT32_MAX);
    if (block_writer_init(&packer->blocks)) return FILE_OK;
    packer_destroy(packer);
    *created = NULL;
    return FILE_NO_MEMORY;
}

void packer_destroy(struct packer *packer)
{
    if (packer == NULL) return;
    block_writer_free(&packer->blocks);
    buf_free(&packer->sorted);
    buf_free(&packer->maps);
    buf_free(&packer->pieces);
    free(packer);
}

static bool packer_has_memory(const struct packer *packer)
{
    return !packer->sorted.error && !packer->maps.error && !packer->pieces.error;
}

/* ---- Maps ------------------------------------------------------------------------------------------------------- */

static int packer_piece_order(const void *a, const void *b)
{
    const struct format_pack_piece *left = a, *right = b;
    uint32_t left_hash = left->hash & ~(uint32_t)PACK_SIZE_MASK, right_hash = right->hash & ~(uint32_t)PACK_SIZE_MASK;
    if (left_hash != right_hash) return left_hash < right_hash ? -1 : 1;
    return left->offset < right->offset ? -1 : left->offset > right->offset;
}

/* What stands between two pieces counts to the first one's size, and is little. */
static void packer_add_sizes(struct format_pack_piece *pieces, uint32_t count, uint32_t end)
{
    for (uint32_t i = 0; i < count; i++) {
        uint32_t next = i + 1 < count ? pieces[i + 1].offset : end;
        pieces[i].hash |= pack_size_class(next - pieces[i].offset);
    }
}

/* Puts the members of a cut into packer->sorted. False when they cannot be found quickly; then they stay. */
static bool packer_sort(struct packer *packer, const struct pack_cut *cut, const struct format_pack_piece *members)
{
    packer->sorted.size = 0;
    buf_append(&packer->sorted, members, cut->member_count * sizeof *members);
    if (packer->sorted.error) return false;
    struct format_pack_piece *sorted = (struct format_pack_piece *)(void *)packer->sorted.at;
    packer_add_sizes(sorted, cut->member_count, cut->end);
    qsort(sorted, cut->member_count, sizeof *sorted, packer_piece_order);
    for (uint32_t i = PACK_SAME_HASHES; i < cut->member_count; i++)
        if (sorted[i].hash >> 8 == sorted[i - PACK_SAME_HASHES].hash >> 8) return false;
    return true;
}

/* A map that is cut, and where its members were in the outline. */
struct packer_kept {
    const struct pack_cut *cut;
    const struct format_pack_piece *members;
};

/* Fills the list with what is cut and appends to packer->maps and pieces, all offsets still without the skeleton's
 * size. */
static size_t packer_choose(struct packer *packer, const struct pack_outline *outline, struct packer_kept *kept)
{
    size_t count = 0;
    uint32_t cut_bytes = 0, cut_values = 0, piece_count = 0;
    const struct format_pack_piece *members = outline->members;
    for (size_t i = 0; i < outline->cut_count && count < PACK_MAPS_MAX; i++) {
        const struct pack_cut *cut = &outline->cuts[i];
        if (packer_sort(packer, cut, members)) {
            struct format_pack_map map = { cut->value - cut_values, cut->start - cut_bytes, cut_bytes, piece_count };
            buf_append(&packer->maps, &map, sizeof map);
            struct format_pack_piece *sorted = (struct format_pack_piece *)(void *)packer->sorted.at;
            for (uint32_t m = 0; m < cut->member_count; m++) sorted[m].offset += cut_bytes - cut->start;
            buf_append(&packer->pieces, sorted, cut->member_count * sizeof *sorted);
            kept[count++] = (struct packer_kept){ cut, members };
            cut_bytes += cut->end - cut->start;
            cut_values += cut->value_count;
            piece_count += cut->member_count;
        }
        members += cut->member_count;
    }
    return count;
}

/* Now that the skeleton's size is known. */
static void packer_shift(struct packer *packer, uint32_t text_size, uint32_t skeleton_size)
{
    struct format_pack_map end = { 0, skeleton_size, text_size - skeleton_size,
                                   (uint32_t)(packer->pieces.size / sizeof(struct format_pack_piece)) };
    buf_append(&packer->maps, &end, sizeof end);
    if (!packer_has_memory(packer)) return;
    struct format_pack_map *maps = (struct format_pack_map *)(void *)packer->maps.at;
    struct format_pack_piece *pieces = (struct format_pack_piece *)(void *)packer->pieces.at;
    for (size_t i = 0; i < packer->maps.size / sizeof *maps; i++) maps[i].offset += skeleton_size;
    for (size_t i = 0; i < end.first_piece; i++) pieces[i].offset += skeleton_size;
}

/* ---- The text --------------------------------------------------------------------------------------------------- */

static uint32_t packer_put_skeleton(struct packer *packer, struct str text, const struct packer_kept *kept,
                                    size_t count)
{
    uint32_t start = 0;
    for (size_t i = 0; i < count; i++) {
        block_writer_put(&packer->blocks, str_cut(text, start, kept[i].cut->start));
        start = kept[i].cut->end;
    }
    block_writer_put(&packer->blocks, str_cut(text, start, text.size));
    return block_writer_begin_pieces(&packer->blocks);
}

static void packer_put_members(struct packer *packer, struct str text, const struct packer_kept *kept)
{
    for (uint32_t m = 0; m < kept->cut->member_count; m++) {
        uint32_t end = m + 1 < kept->cut->member_count ? kept->members[m + 1].offset : kept->cut->end;
        block_writer_put_piece(&packer->blocks, str_cut(text, kept->members[m].offset, end));
    }
}

static int packer_put_out(const struct packer *packer, uint32_t text_size, uint32_t skeleton_size, struct buf *out)
{
    const struct block_writer *writer = &packer->blocks;
    const struct buf *const parts[] = { &packer->maps, &writer->blocks, &packer->pieces, &writer->frames };
    struct format_pack head = {
        .text_size = text_size,
        .skeleton_size = skeleton_size,
        .map_count = (uint32_t)(packer->maps.size / sizeof(struct format_pack_map)) - 1,
        .block_count = (uint32_t)(writer->blocks.size / sizeof(struct format_pack_block)) - 1,
        .piece_count = (uint32_t)(packer->pieces.size / sizeof(struct format_pack_piece)),
        .dictionary_size = (uint32_t)writer->dictionary_size,
    };
    size_t directory = sizeof head + packer->maps.size + writer->blocks.size + packer->pieces.size;
    size_t size = (directory + writer->frames.size + PACK_ALIGN - 1) / PACK_ALIGN * PACK_ALIGN;
    char *start = buf_reserve(out, size);
    if (start == NULL || out->size % PACK_ALIGN) return FILE_NO_MEMORY;
    memset(start, 0, size);
    memcpy(start, &head, sizeof head);
    char *at = start + sizeof head;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (parts[i]->size) memcpy(at, parts[i]->at, parts[i]->size);
        at += parts[i]->size;
    }
    head.checksum = XXH3_64bits(start + sizeof head.checksum, directory - sizeof head.checksum);
    memcpy(start, &head, sizeof head);
    out->size += size;
    return FILE_OK;
}

int packer_write(struct packer *packer, struct str text, const struct pack_outline *outline, struct buf *out)
{
    struct packer_kept kept[PACK_MAPS_MAX];
    if (text.size > LIMIT_SPEC_BYTES) return FILE_NO_MEMORY;
    buf_clear(&packer->sorted);
    buf_clear(&packer->maps);
    buf_clear(&packer->pieces);
    block_writer_start(&packer->blocks, text.size);
    size_t count = packer_choose(packer, outline, kept);
    uint32_t skeleton_size = packer_put_skeleton(packer, text, kept, count);
    packer_shift(packer, (uint32_t)text.size, skeleton_size);
    if (!packer_has_memory(packer)) return FILE_NO_MEMORY;
    for (size_t i = 0; i < count; i++) packer_put_members(packer, text, &kept[i]);
    if (!block_writer_end(&packer->blocks)) return FILE_NO_MEMORY;
    return packer_put_out(packer, (uint32_t)text.size, skeleton_size, out);
}
