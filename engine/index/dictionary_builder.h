/* dictionary_builder.h - a dictionary while it is made: first documents with their terms, then all sorted.
 *
 * A builder belongs to one thread. Running out of memory stays in it and is told by dictionary_builder_finish. */
#ifndef ENGINE_DICTIONARY_BUILDER_H
#define ENGINE_DICTIONARY_BUILDER_H

#include "buf.h"
#include "file.h"
#include "interner.h"
#include "str.h"

#include <stdbool.h>
#include <stdint.h>

struct dictionary_builder {
    struct interner terms; /* numbered from 1 in the order of their appearance */
    struct buf seen;       /* uint32_t by number: the last document it was in, plus one */
    struct buf log;        /* uint32_t: the terms of all documents, one document after the other */
    struct buf starts;     /* uint32_t: where in the log each document begins */
    uint32_t document_count;
    bool has_failed;
    /* What finish makes: */
    struct buf blob, term_starts, posting_starts, postings;
};

void dictionary_builder_init(struct dictionary_builder *builder);
void dictionary_builder_free(struct dictionary_builder *builder);

/* Begins the next document: 0, 1, 2 … */
void dictionary_builder_document(struct dictionary_builder *builder);
/* Adds a term, which is copied, to the document begun last. The empty term and a term it has already are ignored. */
void dictionary_builder_add(struct dictionary_builder *builder, struct str term);
/* The same for several, at most DICTIONARY_BATCH, in less time: what one needs is fetched while others are looked up.
 */
enum { DICTIONARY_BATCH = 32 };
void dictionary_builder_add_all(struct dictionary_builder *builder, const struct str *terms, size_t count);

/* Sorts. Posting i + `base` holds the terms of document `order[i]`, i below `count`; a NULL `order` stands for 0, 1,
 * 2 … FILE_OK or FILE_NO_MEMORY. */
int dictionary_builder_finish(struct dictionary_builder *builder, const uint32_t *order, uint32_t count, uint32_t base,
                              bool is_packed);
/* Writes the sections of dictionary `number`. FILE_OK, FILE_SYSTEM, FILE_NO_MEMORY. */
int dictionary_builder_write(const struct dictionary_builder *builder, struct file_writer *writer, uint32_t number);

#endif
