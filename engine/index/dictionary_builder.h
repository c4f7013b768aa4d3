/* dictionary_builder.h - a dictionary while it is made: first documents with their terms, then all sorted.
 *
 * A builder belongs to one thread. Running out of memory stays in it and is told by dictionary_builder_finish. */
#ifndef ENGINE_DICTIONARY_BUILDER_H
#define ENGINE_DICTIONARY_BUILDER_H

#include "buf.h"
#include "dictionary_writer.h"
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
    struct buf log_notes;  /* uint32_t, beside the log, when has_notes */
    bool has_notes;        /* what may be set before the first document, */
    uint32_t note;         /* and at any time: what is noted for the terms that follow */
    uint32_t document_count;
    bool has_failed;
    /* What finish makes: */
    struct str *sorted; /* the terms in their order, terms.count - 1 of them; they lie in the interner */
    struct dictionary_writer written;
    struct buf postings;
    struct buf notes; /* uint32_t, beside the postings: what was noted when the term was first added to the document */
};

void dictionary_builder_init(struct dictionary_builder *builder);
void dictionary_builder_free(struct dictionary_builder *builder);

/* Begins the next document: 0, 1, 2 … */
void dictionary_builder_document(struct dictionary_builder *builder);
/* Adds a term, which is copied, to the document begun last; of a longer one than DICTIONARY_TERM_BYTES the beginning.
 * The empty term and a term it has already are ignored. */
void dictionary_builder_add(struct dictionary_builder *builder, struct str term);
/* The same for several words (tokenize.h), at most DICTIONARY_BATCH, in less time: what one needs is fetched while
 * others are looked up.
 */
enum { DICTIONARY_BATCH = 32 };
void dictionary_builder_add_all(struct dictionary_builder *builder, const struct str *terms, size_t count);

/* Sorts. Posting i + `base` holds the terms of document `order[i]`, i below `count`; a NULL `order` stands for 0, 1,
 * 2 … FILE_OK or FILE_NO_MEMORY. */
int dictionary_builder_finish(struct dictionary_builder *builder, const uint32_t *order, uint32_t count, uint32_t base,
                              bool is_packed);
/* How many terms there are, which after finish are builder->sorted. */
static inline uint32_t dictionary_builder_count(const struct dictionary_builder *builder)
{
    return (uint32_t)builder->terms.count - 1;
}
/* Writes the sections of dictionary `number`. FILE_OK, FILE_SYSTEM, FILE_NO_MEMORY. */
int dictionary_builder_write(const struct dictionary_builder *builder, struct file_writer *writer, uint32_t number);

#endif
