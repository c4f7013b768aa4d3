#include "pieces_state.h"

#include "document.h"
#include "limits.h"
#include "position.h"

#include <stdlib.h>

enum { PIECES_PADDING = YYJSON_PADDING_SIZE };

/* Blocks, texts and values of a pack that is as large as one may be. */
#define PIECES_MEMORY ((size_t)16 * LIMIT_SPEC_BYTES)

int pieces_fail(struct pieces *pieces, int error)
{
    if (pieces->arena.failed) error = DOCUMENT_NO_MEMORY;
    if (pieces->error == DOCUMENT_OK) pieces->error = error;
    return error;
}

int pieces_error(const struct pieces *pieces)
{
    return pieces->error;
}

size_t pieces_bytes(const struct pieces *pieces)
{
    return pieces->arena.total + pieces->loaded.capacity * sizeof *pieces->loaded.slots;
}

/* ---- Parsing into the arena ------------------------------------------------------------------------------------- */

static void *pieces_malloc(void *arena, size_t size)
{
    return arena_alloc(arena, size);
}

static void *pieces_realloc(void *arena, void *at, size_t old_size, size_t size)
{
    void *moved = arena_alloc(arena, size);
    if (moved) memcpy(moved, at, old_size < size ? old_size : size);
    return moved;
}

static void pieces_free(void *arena, void *at)
{
    (void)arena;
    (void)at;
}

/* Parses the value in front of the text, in a copy: the block stays as it was. NULL when there is no memory, or the
 * value is bad. */
static yyjson_doc *pieces_parse(struct pieces *pieces, struct str text)
{
    const yyjson_alc arena = { pieces_malloc, pieces_realloc, pieces_free, &pieces->arena };
    char *copy = arena_alloc(&pieces->arena, text.size + PIECES_PADDING);
    if (copy == NULL) return NULL;
    memcpy(copy, text.at, text.size);
    memset(copy + text.size, 0, PIECES_PADDING);
    const yyjson_read_flag flags = YYJSON_READ_INSITU | YYJSON_READ_BIGNUM_AS_RAW | YYJSON_READ_STOP_WHEN_DONE;
    yyjson_doc *json = yyjson_read_opts(copy, text.size, flags, &arena, NULL);
    return json && document_too_deep(json) == NULL ? json : NULL;
}

/* ---- Blocks ----------------------------------------------------------------------------------------------------- */

/* The text of a block; NULL: see the error. */
static const char *pieces_block(struct pieces *pieces, uint32_t block)
{
    if (pieces->blocks[block]) return pieces->blocks[block];
    char *text = arena_alloc(&pieces->arena, pack_block_size(&pieces->pack, block) + 1);
    int error = text ? pack_block(&pieces->pack, pieces->unpacker, block, pieces->blocks[0], text) : DOCUMENT_NO_MEMORY;
    if (error) {
        pieces_fail(pieces, error);
        return NULL;
    }
    return pieces->blocks[block] = text;
}

struct str pieces_rest(struct pieces *pieces, uint32_t offset)
{
    uint32_t block = pack_block_of(&pieces->pack, offset);
    const char *at = pieces_block(pieces, block);
    if (at == NULL) return STR_EMPTY;
    struct str text = { at, pack_block_size(&pieces->pack, block) };
    return str_cut(text, offset - pieces->pack.blocks[block].offset, text.size);
}

/* ---- Opening ---------------------------------------------------------------------------------------------------- */

/* Where its maps are; each is empty here. */
static int pieces_find_maps(struct pieces *pieces)
{
    size_t count = (size_t)(pieces->skeleton_end - pieces->skeleton);
    for (uint32_t i = 0; i < pieces->pack.head->map_count; i++) {
        if (pieces->pack.maps[i].value >= count) return DOCUMENT_BAD;
        yyjson_val *map = pieces->skeleton + pieces->pack.maps[i].value;
        if (!yyjson_is_obj(map) || yyjson_obj_size(map) != 0) return DOCUMENT_BAD;
        pieces->maps[i] = map;
    }
    return DOCUMENT_OK;
}

static int pieces_open(struct pieces *pieces, yyjson_doc **json)
{
    pieces->blocks = arena_calloc(&pieces->arena, pieces->pack.head->block_count, sizeof *pieces->blocks);
    if (pieces->blocks == NULL) return DOCUMENT_NO_MEMORY;
    const char *first = pieces_block(pieces, 0);
    if (first == NULL) return pieces->error;
    struct str text = { first, pieces->pack.head->skeleton_size };
    *json = pieces_parse(pieces, document_skip_mark(text));
    if (*json == NULL) return pieces_fail(pieces, DOCUMENT_BAD);
    pieces->skeleton = yyjson_doc_get_root(*json);
    pieces->skeleton_end = pieces->skeleton + yyjson_doc_get_val_count(*json);
    return pieces_find_maps(pieces);
}

int pieces_create(struct pieces **created, const struct pack *pack, struct unpacker *unpacker, yyjson_doc **json)
{
    struct pieces *pieces = *created = calloc(1, sizeof *pieces);
    if (pieces == NULL) return DOCUMENT_NO_MEMORY;
    pieces->pack = *pack;
    pieces->unpacker = unpacker;
    arena_init(&pieces->arena, PIECES_MEMORY);
    map_init(&pieces->loaded);
    int error = pieces_open(pieces, json);
    if (error == DOCUMENT_OK) return DOCUMENT_OK;
    pieces_destroy(pieces);
    *created = NULL;
    *json = NULL;
    return error;
}

void pieces_destroy(struct pieces *pieces)
{
    if (pieces == NULL) return;
    map_free(&pieces->loaded);
    arena_free(&pieces->arena);
    free(pieces);
}

/* ---- Asking ----------------------------------------------------------------------------------------------------- */

static uint32_t pieces_map(const struct pieces *pieces, const yyjson_val *object)
{
    uint32_t map = 0;
    while (map < pieces->pack.head->map_count && pieces->maps[map] != object) map++;
    return map;
}

bool pieces_has(const struct pieces *pieces, const yyjson_val *object)
{
    bool is_of_skeleton = object >= pieces->skeleton && object < pieces->skeleton_end;
    return is_of_skeleton && pieces_map(pieces, object) < pieces->pack.head->map_count;
}

/* A key that is written with escapes is decoded as any string is. */
static struct str pieces_key(struct pieces *pieces, struct str quoted)
{
    if (quoted.size < 2) return STR_EMPTY;
    if (str_find_byte(quoted, '\\') == STR_NONE) return str_cut(quoted, 1, quoted.size - 1);
    yyjson_doc *json = pieces_parse(pieces, quoted);
    if (json == NULL) pieces_fail(pieces, DOCUMENT_BAD);
    return json ? document_str(yyjson_doc_get_root(json)) : STR_EMPTY;
}

static struct piece *pieces_load(struct pieces *pieces, uint32_t map, const struct format_pack_piece *entry)
{
    uint32_t most = pack_size_of(entry->hash), of_map = pieces->pack.maps[map + 1].offset - entry->offset;
    struct str text = pieces_rest(pieces, entry->offset);
    if (text.size == 0) return NULL;
    text = str_cut(text, 0, most < of_map ? most : of_map);
    size_t value = position_member_value(text, 0);
    yyjson_doc *json = pieces_parse(pieces, str_cut(text, value, text.size));
    struct piece *piece = json ? arena_alloc(&pieces->arena, sizeof *piece) : NULL;
    if (piece == NULL) {
        pieces_fail(pieces, DOCUMENT_BAD);
        return NULL;
    }
    *piece = (struct piece){ .key = pieces_key(pieces, str_cut(text, 0, position_string_end(text, 0))),
                             .value = yyjson_doc_get_root(json),
                             .text = str_cut(text, value, text.size),
                             .value_offset = entry->offset + (uint32_t)value,
                             .next = pieces->last };
    piece->end = piece->value + yyjson_doc_get_val_count(json);
    return pieces->last = piece;
}

/* Loads a piece, if it was not. */
static struct piece *pieces_piece(struct pieces *pieces, uint32_t map, const struct format_pack_piece *entry)
{
    struct str place = { (const char *)entry, sizeof *entry };
    uint64_t *known = map_find(&pieces->loaded, place);
    if (known) return (struct piece *)(uintptr_t)*known;
    bool is_inside =
        entry->offset >= pieces->pack.maps[map].offset && entry->offset < pieces->pack.maps[map + 1].offset;
    if (!is_inside) pieces_fail(pieces, DOCUMENT_BAD);
    struct piece *piece = is_inside ? pieces_load(pieces, map, entry) : NULL;
    if (piece == NULL) return NULL;
    known = map_put(&pieces->loaded, place, NULL);
    if (known) *known = (uintptr_t)piece;
    if (known == NULL) pieces_fail(pieces, DOCUMENT_NO_MEMORY);
    return piece;
}

yyjson_val *pieces_get(struct pieces *pieces, const yyjson_val *object, struct str key)
{
    size_t count;
    uint32_t map = pieces_map(pieces, object);
    const struct format_pack_piece *entries = pack_find(&pieces->pack, map, pack_hash(key), &count);
    for (size_t i = 0; i < count; i++) {
        const struct piece *piece = pieces_piece(pieces, map, &entries[i]);
        if (piece && str_equal(piece->key, key)) return piece->value;
    }
    return NULL;
}
