#include "edition.h"

#include "limits.h"

#include <stdlib.h>

/* All workers together may keep as much as one could, as far as that leaves each enough for some documents. */
enum { EDITION_DOCUMENT_BYTES_LEAST = 4 * 1024 * 1024 };

struct edition *edition_create(engine *opened, unsigned workers)
{
    struct edition *edition = calloc(1, sizeof *edition + workers * sizeof(engine_scratch *));
    if (edition == NULL) return NULL;
    edition->engine = opened;
    edition->workers = workers;
    return edition;
}

int edition_prepare(struct edition *edition, unsigned worker)
{
    size_t bytes = LIMIT_DETAILS_CACHE_BYTES / edition->workers;
    int error = engine_scratch_create(&edition->scratches[worker], edition->engine);
    if (error != ENGINE_OK) return error;
    if (bytes < EDITION_DOCUMENT_BYTES_LEAST) bytes = EDITION_DOCUMENT_BYTES_LEAST;
    engine_scratch_limit(edition->scratches[worker], bytes);
    return ENGINE_OK;
}

static void edition_free(struct edition *edition)
{
    for (unsigned i = 0; i < edition->workers; i++) engine_scratch_destroy(edition->scratches[i]);
    engine_close(edition->engine);
    free(edition);
}

bool edition_sweep(struct edition *newest)
{
    struct edition **link = &newest->older;
    while (*link) {
        struct edition *edition = *link;
        if (atomic_load(&edition->users) > 0) {
            link = &edition->older;
            continue;
        }
        *link = edition->older;
        edition_free(edition);
    }
    return newest->older != NULL;
}

void edition_free_all(struct edition *newest)
{
    while (newest) {
        struct edition *older = newest->older;
        edition_free(newest);
        newest = older;
    }
}
