/* details_cache.h - parsed specifications, those asked for last.
 *
 * Reading one takes from microseconds to a third of a second (the largest has 38 MB), so they are kept up to a ceiling
 * of bytes, and the one unused the longest goes first. A cache belongs to one thread. */
#ifndef ENGINE_DETAILS_CACHE_H
#define ENGINE_DETAILS_CACHE_H

#include "catalogue.h"

#include <stddef.h>
#include <stdint.h>

struct document;
struct details_cache;

/* Holds at most `limit` bytes of documents, and always the newest one however large; 0: LIMIT_DOCUMENT_CACHE_BYTES.
 * ENGINE_ENOMEM. */
int details_cache_create(struct details_cache **cache, size_t limit);
void details_cache_destroy(struct details_cache *cache); /* NULL is fine */

/* The document of an API of this catalogue, read if it must be; good until the next call. A cache serves one catalogue.
 * ENGINE_ENOMEM, ENGINE_ECORRUPT. */
int details_cache_get(struct details_cache *cache, const struct catalogue *catalogue, uint32_t api,
                       const struct document **document);

#endif
