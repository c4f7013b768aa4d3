/* pieces_state.h - what stands behind pieces.h; for pieces.c and pieces_text.c only. */
#ifndef ENGINE_PIECES_STATE_H
#define ENGINE_PIECES_STATE_H

#include "arena.h"
#include "map.h"
#include "pieces.h"

/* A member that was loaded. */
struct piece {
    struct str key;
    yyjson_val *value, *end; /* behind what is in it */
    struct str text;         /* from the value on, as it was written; ends before the next map */
    uint32_t value_offset;
    struct piece *next;
};

struct pieces {
    struct pack pack;
    struct unpacker *unpacker;
    struct arena arena; /* holds all that follows */
    char **blocks;      /* the texts of those that were decompressed, else NULL */
    struct map loaded;  /* struct piece by the place of its entry in the directory */
    struct piece *last; /* of those, linked */
    yyjson_val *skeleton, *skeleton_end;
    yyjson_val *maps[PACK_MAPS_MAX];
    int error;
};

/* Notes what went wrong, if it is the first; returns it. */
int pieces_fail(struct pieces *pieces, int error);
/* The text of a block from `offset` on; empty: see the error. */
struct str pieces_rest(struct pieces *pieces, uint32_t offset);

#endif
