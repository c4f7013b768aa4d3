#include "pages.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { PAGES_LARGE = 2 * 1024 * 1024 };

void *pages_zeros(size_t count, size_t size)
{
    if (count > (SIZE_MAX - PAGES_LARGE) / size) return NULL;
    if (count * size < PAGES_LARGE) return calloc(count, size);
    size_t rounded = (count * size + PAGES_LARGE - 1) / PAGES_LARGE * PAGES_LARGE;
    void *at = aligned_alloc(PAGES_LARGE, rounded);
    if (at == NULL) return NULL;
    /* What the system does not do is no error: the pages are small, then. */
    madvise(at, rounded, MADV_HUGEPAGE);
    return memset(at, 0, count * size);
}
