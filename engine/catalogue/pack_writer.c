#include "pack.h"

#include "limits.h"

#include <stdlib.h>
#define XXH_INLINE_ALL
#include <xxhash.h>
#include <zstd.h>

enum {
    /* Level 3 saves 5 % and takes 0.2 s of processor time more over the default catalogue. */
    PACK_LEVEL = 1,
    /* Smaller ones compress less: over the default catalogue 53 MB become 57 with half of that. Decompressing one takes
     * 20 microseconds. */
    PACK_BLOCK_BYTES = 64 * 1024,
    /* More saves little and takes longer for each block that is compressed. With less behind the first block than this
     * the time to make a dictionary is better spent on something else. */
    PACK_DICTIONARY_BYTES = 64 * 1024,
    PACK_DICTIONARY_FROM = 128 * 1024,
    /* Keys of one hash that somebody found: each would be looked at for each of the others. */
    PACK_SAME_HASHES = 32,
};

struct packer {
    ZSTD_CCtx *first, *others; /* the others have a dictionary */
    ZSTD_CDict *dictionary;    /* of `others` now, or NULL */
    struct str run;            /* text of the block that comes next, while it lies side by side in the original */
    struct buf stage;          /* else */
    struct buf sorted;         /* the members of one map, while they are sorted */
    struct buf maps, blocks, pieces, frames;
    uint32_t offset, line; /* of the block that comes next */
    size_t full;           /* bytes of it */
    size_t text_size, dictionary_size;
};

/* ---- Life ------------------------------------------------------------------------------------------------------- */

static bool packer_start_zstd(ZSTD_CCtx **context)
{
    *context = ZSTD_createCCtx();
    return *context && !ZSTD_isError(ZSTD_CCtx_setParameter(*context, ZSTD_c_compressionLevel, PACK_LEVEL)) &&
           !ZSTD_isError(ZSTD_CCtx_setParameter(*context, ZSTD_c_checksumFlag, 1)) &&
           !ZSTD_isError(ZSTD_CCtx_setParameter(*context, ZSTD_c_dictIDFlag, 0));
}

int packer_create(struct packer **created)
{
    struct packer *packer = *created = calloc(1, sizeof *packer);
    if (packer == NULL) return FILE_NO_MEMORY;
    struct buf *const bufs[] = { &packer->stage,  &packer->sorted, &packer->maps,
                                 &packer->blocks, &packer->pieces, &packer->frames };
    for (size_t i = 0; i < sizeof bufs / sizeof *bufs; i++) buf_init(bufs[i], UINT32_MAX);
    if (packer_start_zstd(&packer->first) && packer_start_zstd(&packer->others)) return FILE_OK;
    packer_destroy(packer);
    *created = NULL;
    return FILE_NO_MEMORY;
}

void packer_destroy(struct packer *packer)
{
    if (packer == NULL) return;
    ZSTD_freeCCtx(packer->first);
    ZSTD_freeCCtx(packer->others);
    ZSTD_freeCDict(packer->dictionary);
    buf_free(&packer->stage);
    buf_free(&packer->sorted);
    buf_free(&packer->maps);
    buf_free(&packer->blocks);
    buf_free(&packer->pieces);
    buf_free(&packer->frames);
    free(packer);
}

static void packer_clear(struct packer *packer)
{
    buf_clear(&packer->stage);
    buf_clear(&packer->sorted);
    buf_clear(&packer->maps);
    buf_clear(&packer->blocks);
    buf_clear(&packer->pieces);
    buf_clear(&packer->frames);
    packer->run = STR_EMPTY;
    packer->offset = packer->line = 0;
}

static bool packer_has_memory(const struct packer *packer)
{
    return !packer->stage.error && !packer->sorted.error && !packer->maps.error && !packer->blocks.error &&
           !packer->pieces.error && !packer->frames.error;
}

/* ---- Blocks ----------------------------------------------------------------------------------------------------- */

static uint32_t packer_count_lines(struct str text)
{
    uint32_t count = 0;
    for (size_t at; (at = str_find_byte(text, '\n')) != STR_NONE; count++) text = str_cut(text, at + 1, text.size);
    return count;
}

static struct str packer_text(const struct packer *packer)
{
    return packer->stage.size ? buf_str(&packer->stage) : packer->run;
}

/* Adds what comes next; nothing is copied while it is the original's own order. */
static void packer_put(struct packer *packer, struct str text)
{
    bool is_run = packer->stage.size == 0;
    if (is_run && (packer->run.size == 0 || packer->run.at + packer->run.size == text.at)) {
        if (packer->run.size == 0) packer->run.at = text.at;
        packer->run.size += text.size;
        return;
    }
    if (is_run) buf_append_str(&packer->stage, packer->run);
    buf_append_str(&packer->stage, text);
}

/* The frames that follow have the end of the first one as their dictionary, if there are enough of them. */
static bool packer_use_dictionary(struct packer *packer, struct str first)
{
    ZSTD_freeCDict(packer->dictionary);
    packer->dictionary = NULL;
    packer->dictionary_size = 0;
    if (packer->text_size - first.size >= PACK_DICTIONARY_FROM)
        packer->dictionary_size = first.size < PACK_DICTIONARY_BYTES ? first.size : PACK_DICTIONARY_BYTES;
    struct str dictionary = str_cut(first, first.size - packer->dictionary_size, first.size);
    if (dictionary.size) packer->dictionary = ZSTD_createCDict(dictionary.at, dictionary.size, PACK_LEVEL);
    if (dictionary.size && packer->dictionary == NULL) return false;
    return !ZSTD_isError(ZSTD_CCtx_refCDict(packer->others, packer->dictionary));
}

static void packer_note_block(struct packer *packer)
{
    struct format_pack_block block = { packer->offset, packer->line, (uint32_t)packer->frames.size };
    buf_append(&packer->blocks, &block, sizeof block);
}

static bool packer_end_block(struct packer *packer)
{
    bool is_first = packer->blocks.size == 0;
    struct str text = packer_text(packer);
    size_t bound = ZSTD_compressBound(text.size);
    packer_note_block(packer);
    char *at = buf_reserve(&packer->frames, bound);
    if (at == NULL) return false;
    size_t size = ZSTD_compress2(is_first ? packer->first : packer->others, at, bound, text.at, text.size);
    if (ZSTD_isError(size) || (is_first && !packer_use_dictionary(packer, text))) return false;
    packer->frames.size += size;
    packer->offset += (uint32_t)text.size;
    packer->line += packer_count_lines(text);
    packer->full = PACK_BLOCK_BYTES;
    packer->stage.size = packer->run.size = 0;
    return true;
}

/* Whether what was put is a block by itself when a piece of this size would come next. One that is large has a block of
 * its own, so that its neighbours are not read with it. */
static bool packer_is_full(const struct packer *packer, size_t next)
{
    size_t size = packer_text(packer).size, full = packer->full;
    if (size == 0) return false;
    return size >= full || next >= PACK_BLOCK_BYTES || (size >= full / 2 && size + next > full + full / 4);
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

/* Behind a large skeleton come pieces in the first block all the same, for the dictionary. */
static uint32_t packer_put_skeleton(struct packer *packer, struct str text, const struct packer_kept *kept,
                                    size_t count)
{
    uint32_t start = 0;
    for (size_t i = 0; i < count; i++) {
        packer_put(packer, str_cut(text, start, kept[i].cut->start));
        start = kept[i].cut->end;
    }
    packer_put(packer, str_cut(text, start, text.size));
    size_t size = packer_text(packer).size;
    packer->full = size < PACK_BLOCK_BYTES / 2 ? PACK_BLOCK_BYTES : size + PACK_BLOCK_BYTES / 2;
    return (uint32_t)size;
}

static bool packer_put_members(struct packer *packer, struct str text, const struct packer_kept *kept)
{
    for (uint32_t m = 0; m < kept->cut->member_count; m++) {
        uint32_t end = m + 1 < kept->cut->member_count ? kept->members[m + 1].offset : kept->cut->end;
        struct str member = str_cut(text, kept->members[m].offset, end);
        if (packer_is_full(packer, member.size) && !packer_end_block(packer)) return false;
        packer_put(packer, member);
    }
    return !packer->stage.error;
}

static int packer_put_out(const struct packer *packer, uint32_t text_size, uint32_t skeleton_size, struct buf *out)
{
    const struct buf *const parts[] = { &packer->maps, &packer->blocks, &packer->pieces, &packer->frames };
    struct format_pack head = {
        .text_size = text_size,
        .skeleton_size = skeleton_size,
        .map_count = (uint32_t)(packer->maps.size / sizeof(struct format_pack_map)) - 1,
        .block_count = (uint32_t)(packer->blocks.size / sizeof(struct format_pack_block)) - 1,
        .piece_count = (uint32_t)(packer->pieces.size / sizeof(struct format_pack_piece)),
        .dictionary_size = (uint32_t)packer->dictionary_size,
    };
    size_t directory = sizeof head + packer->maps.size + packer->blocks.size + packer->pieces.size;
    size_t size = (directory + packer->frames.size + PACK_ALIGN - 1) / PACK_ALIGN * PACK_ALIGN;
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
    packer_clear(packer);
    if (text.size > LIMIT_SPEC_BYTES) return FILE_NO_MEMORY;
    packer->text_size = text.size;
    size_t count = packer_choose(packer, outline, kept);
    uint32_t skeleton_size = packer_put_skeleton(packer, text, kept, count);
    packer_shift(packer, (uint32_t)text.size, skeleton_size);
    bool works = packer_has_memory(packer);
    for (size_t i = 0; i < count && works; i++) works = packer_put_members(packer, text, &kept[i]);
    works = works && packer_end_block(packer);
    packer_note_block(packer);
    if (!works || !packer_has_memory(packer)) return FILE_NO_MEMORY;
    return packer_put_out(packer, (uint32_t)text.size, skeleton_size, out);
}
