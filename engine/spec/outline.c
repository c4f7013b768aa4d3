#include "outline.h"

#include "position.h"

enum {
    OUTLINE_TEXT_BYTES = 32 * 1024, /* as much is decompressed and parsed in some 30 microseconds */
    OUTLINE_MAP_BYTES = 4 * 1024,
};

/* yyjson decodes strings where they lie in its copy of the text: a key's place tells where it stood. */
struct outline_walk {
    struct outline *outline;
    struct str text;
    const char *copy; /* where the text's first byte is in the copy */
    const yyjson_val *root;
};

void outline_init(struct outline *outline)
{
    buf_init(&outline->cuts, PACK_MAPS_MAX * sizeof(struct pack_cut));
    buf_init(&outline->members, SIZE_MAX);
    outline->text_bytes = OUTLINE_TEXT_BYTES;
    outline->map_bytes = OUTLINE_MAP_BYTES;
}

void outline_free(struct outline *outline)
{
    buf_free(&outline->cuts);
    buf_free(&outline->members);
}

/* The quote of a key; the size of the text when it is not where it should be. */
static size_t outline_place(const struct outline_walk *walk, yyjson_val *key)
{
    uintptr_t offset = (uintptr_t)unsafe_yyjson_get_str(key) - (uintptr_t)walk->copy - 1;
    return offset < walk->text.size && walk->text.at[offset] == '"' ? (size_t)offset : walk->text.size;
}

/* Appends the members of a map that is not empty to the outline, and finds their end; false when one of them cannot be
 * placed. */
static bool outline_members(const struct outline_walk *walk, yyjson_val *map, size_t start, size_t *end)
{
    size_t place = start;
    for (struct document_member at = document_first(map); at.left; document_next(&at)) {
        size_t next = outline_place(walk, at.key);
        if (next == walk->text.size || next < place) return false;
        struct format_pack_piece piece = { pack_hash(document_str(at.key)), (uint32_t)next };
        buf_append(&walk->outline->members, &piece, sizeof piece);
        place = next;
    }
    *end = position_member_end(walk->text, place);
    return !walk->outline->members.error;
}

static void outline_map(const struct outline_walk *walk, yyjson_val *map)
{
    struct buf *cuts = &walk->outline->cuts, *members = &walk->outline->members;
    if (yyjson_obj_size(map) == 0 || cuts->size == cuts->limit) return;
    size_t start = outline_place(walk, document_first(map).key), end = start, before = members->size;
    bool is_placed = outline_members(walk, map, start, &end);
    if (!is_placed || end < start + walk->outline->map_bytes) {
        members->size = before;
        return;
    }
    struct pack_cut cut = {
        .value = (uint32_t)(map - walk->root),
        .value_count = (uint32_t)(unsafe_yyjson_get_next(map) - map) - 1,
        .start = (uint32_t)start,
        .end = (uint32_t)end,
        .member_count = (uint32_t)yyjson_obj_size(map),
    };
    buf_append(cuts, &cut, sizeof cut);
}

static void outline_components(const struct outline_walk *walk, yyjson_val *components)
{
    for (struct document_member at = document_first(components); at.left; document_next(&at))
        if (!str_equal(document_str(at.key), STR("securitySchemes"))) outline_map(walk, at.value);
}

int outline_make(struct outline *outline, const struct document *document, struct str text)
{
    buf_clear(&outline->cuts);
    buf_clear(&outline->members);
    struct document_member at = document_first(document->root);
    size_t first = str_find_byte(text, '"'); /* nothing but spaces, a mark and the brace are before the first key */
    if (text.size < outline->text_bytes || at.left == 0) return DOCUMENT_OK;
    struct outline_walk walk = { outline, text, unsafe_yyjson_get_str(at.key) - 1 - first, document->root };
    for (; at.left; document_next(&at)) {
        struct str key = document_str(at.key);
        if (str_equal(key, STR("components")))
            outline_components(&walk, at.value);
        else if (str_equal(key, STR("paths")) || str_equal(key, STR("webhooks")) || str_starts(key, STR("x-")))
            outline_map(&walk, at.value);
    }
    return outline->cuts.error || outline->members.error ? DOCUMENT_NO_MEMORY : DOCUMENT_OK;
}

struct pack_outline outline_pack(const struct outline *outline)
{
    return (struct pack_outline){
        .cuts = (const struct pack_cut *)(const void *)outline->cuts.at,
        .cut_count = outline->cuts.size / sizeof(struct pack_cut),
        .members = (const struct format_pack_piece *)(const void *)outline->members.at,
    };
}
