/* api_dictionaries.h - the dictionaries of an index as far as one API goes.
 *
 * People stay in one API for many keystrokes, and it is a thousandth of all: looking a word up among its own terms
 * costs microseconds where the terms of all APIs cost a hundred. The own ones are picked out of the others when an API
 * has been asked for some times, which takes as long as a few searches among all; the last few APIs' are kept. */
#ifndef ENGINE_API_DICTIONARIES_H
#define ENGINE_API_DICTIONARIES_H

#include "buf.h"
#include "dictionary_writer.h"
#include "index.h"
#include "spelling_builder.h"

/* Those of one API. Terms are copies, numbers of groups and entries are the index's. */
struct api_dictionaries {
    uint32_t api;
    uint32_t asked; /* how often, until it is made */
    uint64_t turn;  /* of the last question */
    bool is_made;
    struct dictionary dictionaries[INDEX_DICTIONARIES];
    struct dictionary_writer terms[INDEX_DICTIONARIES];
    struct buf postings[INDEX_DICTIONARIES];
    struct buf stems; /* uint32_t: as index.stems */
    struct spelling spelling;
    struct spelling_builder spelling_parts; /* where it lies */
};

enum { API_DICTIONARIES_KEPT = 8 };

struct api_dictionaries_cache {
    struct api_dictionaries kept[API_DICTIONARIES_KEPT];
    uint64_t turn;
    uint64_t *groups, *entries; /* bitmaps: of the API being picked out */
};

/* False: no memory. */
bool api_dictionaries_init(struct api_dictionaries_cache *cache, const struct index *index);
void api_dictionaries_free(struct api_dictionaries_cache *cache);

/* The dictionaries of `api`; NULL while those of all have to do. */
const struct api_dictionaries *api_dictionaries_of(struct api_dictionaries_cache *cache, const struct index *index,
                                                   const struct catalogue *catalogue, uint32_t api);

#endif
