#include "dictionary_writer.h"

#include "leb128.h"

void dictionary_writer_init(struct dictionary_writer *writer)
{
    *writer = (struct dictionary_writer){ .count = 0 };
    buf_init(&writer->terms, UINT32_MAX);
    buf_init(&writer->heads, UINT32_MAX);
    buf_init(&writer->blocks, UINT32_MAX);
}

void dictionary_writer_free(struct dictionary_writer *writer)
{
    buf_free(&writer->terms);
    buf_free(&writer->heads);
    buf_free(&writer->blocks);
}

static void dictionary_writer_block(struct dictionary_writer *writer)
{
    struct format_block block = { (uint32_t)writer->terms.size, writer->postings };
    buf_append(&writer->blocks, &block, sizeof block);
}

static size_t dictionary_writer_shared(const struct dictionary_writer *writer, struct str term)
{
    size_t shared = 0, most = term.size < writer->last_size ? term.size : writer->last_size;
    while (shared < most && term.at[shared] == writer->last[shared]) shared++;
    return shared;
}

void dictionary_writer_add(struct dictionary_writer *writer, struct str term, uint32_t postings)
{
    size_t shared = 0, size = 0;
    uint8_t numbers[3 * LEB128_SIZE_MAX];
    if (writer->count % DICTIONARY_BLOCK == 0) {
        uint64_t head = dictionary_head(term, 0);
        dictionary_writer_block(writer);
        buf_append(&writer->heads, &head, sizeof head);
    } else {
        shared = dictionary_writer_shared(writer, term);
    }
    size += leb128_write((uint32_t)shared, numbers + size);
    size += leb128_write((uint32_t)(term.size - shared), numbers + size);
    size += leb128_write(postings, numbers + size);
    buf_append(&writer->terms, numbers, size);
    buf_append(&writer->terms, term.at + shared, term.size - shared);
    memcpy(writer->last + shared, term.at + shared, term.size - shared);
    writer->last_size = term.size;
    writer->postings += postings;
    writer->count++;
}

bool dictionary_writer_finish(struct dictionary_writer *writer)
{
    dictionary_writer_block(writer);
    /* Without a term they have an address, too. */
    buf_reserve(&writer->terms, 1);
    buf_reserve(&writer->heads, 1);
    return !writer->terms.error && !writer->heads.error && !writer->blocks.error;
}
