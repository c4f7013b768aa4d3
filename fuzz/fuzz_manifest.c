/* The list of segments, with its checksum made right: what it then says must stay inside its bytes, and what is read
 * must be what would be written. */
#include "manifest.h"

#include <stdlib.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void repair(char *bytes, size_t size)
{
    struct manifest_header header;
    memcpy(&header, bytes, sizeof header);
    header.checksum = 0;
    memcpy(bytes, &header, sizeof header);
    header.checksum = XXH3_64bits(bytes, size);
    memcpy(bytes, &header, sizeof header);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct manifest manifest;
    struct arena arena;
    char *bytes = malloc(size + 1);
    if (bytes == NULL || size > 1 << 20) abort();
    memcpy(bytes, data, size);
    if (size >= sizeof(struct manifest_header)) repair(bytes, size);
    arena_init(&arena, 64 << 20);
    if (manifest_read(&manifest, (struct str){ bytes, size }, &arena) == NULL) {
        struct buf written;
        buf_init(&written, 2 << 20);
        manifest_write(&manifest, &written);
        if (written.error || written.size != size || memcmp(written.at, bytes, size) != 0) abort();
        buf_free(&written);
    }
    arena_free(&arena);
    free(bytes);
    return 0;
}
