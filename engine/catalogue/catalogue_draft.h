/* catalogue_draft.h - what is in a catalogue_builder and in a catalogue_union; for the files of this room. */
#ifndef ENGINE_CATALOGUE_DRAFT_H
#define ENGINE_CATALOGUE_DRAFT_H

#include "buf.h"
#include "catalogue_builder.h"
#include "catalogue_union.h"
#include "interner.h"
#include "pack.h"
#include "uses.h"

#include <pthread.h>

/* Facts are interned as the numbers of their strings, four bytes each: format, default, then the values. */
enum { CATALOGUE_FACTS_VALUES = 2 };

struct catalogue_builder {
    struct interner strings;
    struct interner facts;
    struct format_api *apis;
    size_t api_count, api_capacity;
    struct format_element *elements;
    size_t element_count, element_capacity;
    struct buf texts;
    struct buf uses;
    struct buf entry;      /* the facts being interned */
    struct packer *packer; /* NULL until there is a text */
    struct uses_writer uses_writer;
    struct catalogue_union *finished;
    bool failed;
};

/* The members of an API that are strings, in the order of their use. */
enum { CATALOGUE_API_STRINGS = 7 };
static inline void catalogue_api_strings(struct format_api *api, uint32_t *strings[CATALOGUE_API_STRINGS])
{
    uint32_t *const all[] = { &api->id,       &api->title,    &api->version, &api->description,
                              &api->provider, &api->category, &api->source };
    _Static_assert(sizeof all / sizeof *all == CATALOGUE_API_STRINGS, "each has its place");
    for (unsigned i = 0; i < CATALOGUE_API_STRINGS; i++) strings[i] = all[i];
}

/* One API of a union. What stands for string ids and facts are the union's numbers of them; parents are counted from
 * the API's first element. */
struct union_api {
    struct format_api api;
    struct str id;
    struct format_element *elements;
    char *text;        /* the pack */
    char *uses;        /* the lists */
    uint32_t *strings; /* each of its strings once, in the order of use */
    uint32_t *facts;   /* the same */
    uint32_t string_count, fact_count;
};

/* The parts that strings are interned in. A string's number is its number within the part times UNION_PARTS plus the
 * number of the part: never 0. */
enum { UNION_PART_BITS = 6, UNION_PARTS = 1 << UNION_PART_BITS };
struct union_part {
    pthread_mutex_t lock;
    struct interner interner;
    uint32_t *places; /* by number: the offset in the blob plus one, 0 while it has none */
};

struct catalogue_union {
    struct union_part strings[UNION_PARTS];
    struct union_part facts; /* as in a builder, of the union's strings */
    pthread_mutex_t lock;    /* of the APIs */
    struct union_api *apis;
    size_t api_count, api_capacity;

    /* What catalogue_union_finish makes. */
    struct format_api *made_apis;
    struct format_element *made_elements;
    char *made_strings, *made_texts, *made_uses;
    struct buf made_facts;
    uint64_t strings_size, uses_size, element_count;
};

#endif
