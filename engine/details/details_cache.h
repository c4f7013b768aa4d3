/* details_cache.h - parsed specifications, those asked for last.
 *
 * Reading one takes from microseconds to a third of a second (the largest has 38 MB), so they are kept up to a ceiling
 * of bytes, and the one unused the longest goes first. A cache belongs to one thread and serves one catalogue. */
#ifndef ENGINE_DETAILS_CACHE_H
#define ENGINE_DETAILS_CACHE_H

#include "catalogue.h"
#include "document.h"

#include <stddef.h>
#include <stdint.h>

struct details_cache;
struct details_uses; /* details_uses.h */

struct details_document {
    struct document document;
    struct details_uses *uses; /* NULL until somebody asks who uses what */
};

/* Keeps at most `limit` bytes of documents, and always the newest one, however large. ENGINE_ENOMEM. */
int details_cache_create(struct details_cache **cache, size_t limit);
void details_cache_destroy(struct details_cache *cache); /* NULL is fine */

/* The document of an API, read if it must be; good until the next call. ENGINE_ENOMEM, ENGINE_ECORRUPT. */
int details_cache_get(struct details_cache *cache, const struct catalogue *catalogue, uint32_t api,
                      struct details_document **document);

/* Forgets the document that was given last: it ran out of memory while it was asked. */
void details_cache_drop_newest(struct details_cache *cache);

/* What it holds now, for tests. */
size_t details_cache_count(const struct details_cache *cache);

#endif
