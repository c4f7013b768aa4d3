#include "pieces_state.h"

#include "document.h"
#include "position.h"

/* What a value is number `ordinal` of, the values being those of the text at `offset`. */
static bool pieces_span_of(struct pieces *pieces, struct str text, uint32_t offset, size_t ordinal, uint32_t *start,
                           uint32_t *size)
{
    uint32_t run;
    size_t from = position_of_value(text, ordinal), to = position_value_end(text, from);
    if (from >= to) {
        pieces_fail(pieces, DOCUMENT_BAD);
        return false;
    }
    *start = pack_original(&pieces->pack, offset + (uint32_t)from, &run);
    *size = pack_original(&pieces->pack, offset + (uint32_t)to - 1, &run) + 1 - *start;
    return true;
}

static const struct piece *pieces_piece_of(const struct pieces *pieces, const yyjson_val *value)
{
    const struct piece *piece = pieces->last;
    while (piece && (value < piece->value || value >= piece->end)) piece = piece->next;
    return piece;
}

bool pieces_span(struct pieces *pieces, const yyjson_val *value, uint32_t *start, uint32_t *size)
{
    if (value < pieces->skeleton || value >= pieces->skeleton_end) {
        const struct piece *piece = pieces_piece_of(pieces, value);
        if (piece == NULL) return false;
        return pieces_span_of(pieces, piece->text, piece->value_offset, (size_t)(value - piece->value), start, size);
    }
    struct str text = str_cut(pieces_rest(pieces, 0), 0, pieces->pack.head->skeleton_size);
    struct str marked = document_skip_mark(text);
    return pieces_span_of(pieces, marked, (uint32_t)(marked.at - text.at), (size_t)(value - pieces->skeleton), start,
                          size);
}

/* Line ends before `offset`, in the skeleton with the pieces behind it. */
static uint32_t pieces_lines_before(struct pieces *pieces, uint32_t offset)
{
    uint32_t block = pack_block_of(&pieces->pack, offset), start = pieces->pack.blocks[block].offset;
    if (offset == start) return pieces->pack.blocks[block].line;
    struct str text = pieces_rest(pieces, start);
    return pieces->pack.blocks[block].line + pack_count_lines(str_cut(text, 0, offset - start));
}

uint32_t pieces_line(struct pieces *pieces, uint32_t at)
{
    uint32_t run, skeleton_size = pieces->pack.head->skeleton_size;
    uint32_t offset = pack_stored(&pieces->pack, at, &run);
    /* Before it stand so many bytes of the skeleton, and so many of the pieces. */
    uint32_t of_skeleton = offset < skeleton_size ? offset : at - (offset - skeleton_size);
    uint32_t of_pieces = at - of_skeleton;
    uint32_t lines = pieces_lines_before(pieces, of_skeleton) + pieces_lines_before(pieces, skeleton_size + of_pieces) -
                     pieces_lines_before(pieces, skeleton_size);
    return pieces->error ? 0 : lines + 1;
}

bool pieces_copy(struct pieces *pieces, uint32_t start, uint32_t size, struct buf *text)
{
    while (size > 0) {
        uint32_t run;
        struct str part = pieces_rest(pieces, pack_stored(&pieces->pack, start, &run));
        if (part.size == 0) return false;
        if (run > size) run = size;
        part = str_cut(part, 0, run);
        buf_append_str(text, part);
        start += (uint32_t)part.size;
        size -= (uint32_t)part.size;
    }
    return true;
}
