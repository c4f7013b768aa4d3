/* dictionary_writer.h - writes what dictionary.h reads, but for the postings themselves. */
#ifndef ENGINE_DICTIONARY_WRITER_H
#define ENGINE_DICTIONARY_WRITER_H

#include "buf.h"
#include "dictionary.h"

struct dictionary_writer {
    struct buf terms, heads, blocks;
    uint32_t count;
    uint32_t postings; /* so far */
    size_t last_size;
    char last[DICTIONARY_TERM_BYTES]; /* the term added last */
};

void dictionary_writer_init(struct dictionary_writer *writer);
void dictionary_writer_free(struct dictionary_writer *writer);
/* Adds a term, which is behind all before it in byte order and has at most DICTIONARY_TERM_BYTES, and says how many
 * postings it has. */
void dictionary_writer_add(struct dictionary_writer *writer, struct str term, uint32_t postings);
/* To be called once, behind the last term. False: there was no memory. */
bool dictionary_writer_finish(struct dictionary_writer *writer);

#endif
