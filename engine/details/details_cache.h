/* details_cache.h - opened specifications, those asked for last.
 *
 * Of each only what was asked for is decompressed and parsed (document_open). That is kept up to a ceiling of bytes,
 * and the specification unused the longest goes first. A cache belongs to one thread and serves one catalogue. */
#ifndef ENGINE_DETAILS_CACHE_H
#define ENGINE_DETAILS_CACHE_H

#include "catalogue.h"
#include "document.h"

#include <stddef.h>
#include <stdint.h>

struct details_cache;

/* Keeps at most `limit` bytes of documents, but for what one question loads of the newest one. ENGINE_ENOMEM. */
int details_cache_create(struct details_cache **cache, size_t limit);
void details_cache_destroy(struct details_cache *cache); /* NULL is fine */
/* Another limit, from the next question on. */
void details_cache_limit(struct details_cache *cache, size_t limit);

/* The document of an API, opened if it must be; good until the next call. ENGINE_ENOMEM, ENGINE_ECORRUPT. */
int details_cache_get(struct details_cache *cache, const struct catalogue *catalogue, uint32_t api,
                      const struct document **document);

/* Whether all that the document given last was asked for could be read; if not, it is forgotten. ENGINE_OK;
 * ENGINE_ENOMEM, ENGINE_ECORRUPT. */
int details_cache_check(struct details_cache *cache);

/* What it holds now, for tests. */
size_t details_cache_count(const struct details_cache *cache);

#endif
