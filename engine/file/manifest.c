#include "manifest.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

static const char MANIFEST_DAMAGED[] = "its list of segments is damaged";

bool manifest_is(struct str bytes)
{
    return bytes.size >= sizeof(struct manifest_header) &&
           memcmp(bytes.at, MANIFEST_MAGIC, sizeof MANIFEST_MAGIC - 1) == 0;
}

static uint64_t manifest_checksum(struct manifest_header header, struct str rest)
{
    XXH3_state_t state;
    header.checksum = 0;
    XXH3_64bits_reset(&state);
    XXH3_64bits_update(&state, &header, sizeof header);
    XXH3_64bits_update(&state, rest.at, rest.size);
    return XXH3_64bits_digest(&state);
}

/* ---- Reading: what does not fit sets `fits` to false, and everything read from then on is 0 -------------------- */

struct manifest_reader {
    struct str rest;
    bool fits;
};

static struct str manifest_bytes(struct manifest_reader *reader, size_t size)
{
    reader->fits &= size <= reader->rest.size;
    if (!reader->fits) return STR_EMPTY;
    struct str bytes = str_cut(reader->rest, 0, size);
    reader->rest = str_cut(reader->rest, size, reader->rest.size);
    return bytes;
}

static uint64_t manifest_number(struct manifest_reader *reader, size_t size)
{
    uint64_t number = 0;
    struct str bytes = manifest_bytes(reader, size);
    for (size_t i = bytes.size; i-- > 0;) number = number << 8 | (uint8_t)bytes.at[i];
    return number;
}

/* What names a file outside of the folder is made to deceive. */
static bool manifest_is_name(struct str name)
{
    return name.size > 0 && name.size <= MANIFEST_NAME_BYTES && memchr(name.at, '/', name.size) == NULL &&
           memchr(name.at, '\0', name.size) == NULL;
}

static void manifest_read_segment(struct manifest_reader *reader, struct manifest_segment *segment, struct arena *arena)
{
    size_t name_size = (size_t)manifest_number(reader, 4);
    segment->removed_count = (uint32_t)manifest_number(reader, 4);
    segment->checksum = manifest_number(reader, 8);
    segment->name = manifest_bytes(reader, name_size);
    /* Each takes four bytes at least: no small file asks for much memory. */
    reader->fits &= manifest_is_name(segment->name) && segment->removed_count <= reader->rest.size / 4;
    if (!reader->fits) return;
    segment->removed = arena_calloc(arena, segment->removed_count, sizeof *segment->removed);
    for (uint32_t i = 0; segment->removed && i < segment->removed_count; i++)
        segment->removed[i] = manifest_bytes(reader, (size_t)manifest_number(reader, 4));
}

const char *manifest_read(struct manifest *manifest, struct str bytes, struct arena *arena)
{
    struct manifest_header header;
    *manifest = (struct manifest){ .generation = 0 };
    if (!manifest_is(bytes)) return "it is no list of segments";
    memcpy(&header, bytes.at, sizeof header);
    if (header.version != MANIFEST_VERSION) return "it was written by another version of ApiBlaze";
    struct manifest_reader reader = { .rest = str_cut(bytes, sizeof header, bytes.size), .fits = true };
    if (manifest_checksum(header, reader.rest) != header.checksum) return MANIFEST_DAMAGED;
    if (header.segment_count == 0 || header.segment_count > MANIFEST_SEGMENTS_MAX) return MANIFEST_DAMAGED;
    manifest->generation = header.generation;
    manifest->segment_count = header.segment_count;
    for (uint32_t i = 0; i < header.segment_count; i++) manifest_read_segment(&reader, &manifest->segments[i], arena);
    if (arena->failed) return "there is not enough memory to read it";
    return reader.fits && reader.rest.size == 0 ? NULL : MANIFEST_DAMAGED;
}

/* ---- Writing ------------------------------------------------------------------------------------------------- */

static void manifest_put(struct buf *bytes, uint64_t number, size_t size)
{
    for (size_t i = 0; i < size; i++) buf_append_byte(bytes, (char)(uint8_t)(number >> (8 * i)));
}

static void manifest_write_segment(const struct manifest_segment *segment, struct buf *bytes)
{
    manifest_put(bytes, segment->name.size, 4);
    manifest_put(bytes, segment->removed_count, 4);
    manifest_put(bytes, segment->checksum, 8);
    buf_append_str(bytes, segment->name);
    for (uint32_t i = 0; i < segment->removed_count; i++) {
        manifest_put(bytes, segment->removed[i].size, 4);
        buf_append_str(bytes, segment->removed[i]);
    }
}

void manifest_write(const struct manifest *manifest, struct buf *bytes)
{
    struct manifest_header header = { .version = MANIFEST_VERSION,
                                      .segment_count = manifest->segment_count,
                                      .generation = manifest->generation };
    memcpy(header.magic, MANIFEST_MAGIC, sizeof header.magic);
    size_t start = bytes->size;
    buf_append(bytes, &header, sizeof header);
    for (uint32_t i = 0; i < manifest->segment_count; i++) manifest_write_segment(&manifest->segments[i], bytes);
    if (bytes->error) return;
    header.checksum = manifest_checksum(header, str_cut(buf_str(bytes), start + sizeof header, bytes->size));
    memcpy(bytes->at + start, &header, sizeof header);
}
