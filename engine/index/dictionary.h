/* dictionary.h - sorted terms, each with the numbers it is found under.
 *
 *     access          ──▶ [3 9 12]       terms in byte order, none twice
 *     access│ory      ──▶ [4]            of a term only what differs from the one before it is kept
 *     acc   │ount     ──▶ [3 7]
 *
 * Terms stand in blocks of DICTIONARY_BLOCK. The first of a block is whole, so that reading can begin there; its first
 * eight bytes, as a number, are the block's head. A term is found by its head among all heads, which are few enough to
 * stay in the processor's memory, and then in one block.
 *
 *     terms     records, one after the other: LEB128 how many bytes are those of the term before it, how many follow,
 *               how many postings it has; then the bytes that follow
 *     heads     by block
 *     blocks    by block, and one more: where it begins in `terms`, and in the postings
 *     postings  of each term, in the order of the terms, rising
 *
 * The terms with a prefix are one range of entries, and their postings one slice. Postings are plain 32-bit numbers, or
 * packed: LEB128, each term's first number and then the differences (see postings.h); packed ones are counted in bytes.
 * A dictionary is a view of the mapped file; opening it checks what the functions rely on. */
#ifndef ENGINE_DICTIONARY_H
#define ENGINE_DICTIONARY_H

#include "file.h"
#include "format.h"
#include "scan.h"
#include "str.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    DICTIONARY_BLOCK = 16,
    DICTIONARY_TERM_BYTES = 512, /* longer terms are cut when they are added: nobody types a longer one to its end */
};

/* What a dictionary is made of; its sections have the ids FORMAT_DICTIONARY + 4 * number + part. */
enum dictionary_part { DICTIONARY_TERMS, DICTIONARY_HEADS, DICTIONARY_BLOCKS, DICTIONARY_POSTINGS, DICTIONARY_PARTS };

struct dictionary {
    struct str terms;
    const uint64_t *heads;
    const struct format_block *blocks;
    uint32_t block_count, count; /* count: of terms */
    const uint32_t *postings;    /* NULL when packed */
    struct str packed;
};

/* Finds dictionary `number` in `file` and checks it: records fill the blocks, terms rise, plain postings are within
 * [low, high). False, and file->why, when something is wrong. */
bool dictionary_open(struct dictionary *dictionary, struct file *file, uint32_t number, uint32_t low, uint32_t high,
                     bool is_packed);

/* Entries [first, last), and their postings [start, end). Those of the term that was asked for, if it is one of them,
 * are [start, exact): else exact is start. */
struct dictionary_range {
    uint32_t first, last;
    uint32_t start, exact, end;
};
/* The entries whose term begins with `prefix`. The one that equals it, if any, is the first. */
struct dictionary_range dictionary_prefix(const struct dictionary *dictionary, struct str prefix);
/* The same cut down to the entry that equals `term`: one or none. */
struct dictionary_range dictionary_exact(const struct dictionary *dictionary, struct str term);

/* Reads entries one after the other; holds the term of one of them. */
struct dictionary_cursor {
    const struct dictionary *dictionary;
    uint32_t entry;
    uint32_t start, end; /* its postings */
    size_t at;           /* in dictionary->terms: where the next record is */
    size_t size;
    char bytes[DICTIONARY_TERM_BYTES + SCAN_PADDING];
};
/* Goes to an entry below dictionary->count. From one entry to a later one of the same block costs less. */
void dictionary_seek(struct dictionary_cursor *cursor, const struct dictionary *dictionary, uint32_t entry);
/* Goes to the next entry; false behind the last, where the cursor stays. */
bool dictionary_next(struct dictionary_cursor *cursor);
/* Goes from where the cursor is, or from there on when `is_first`, to the next entry whose term has `text` anywhere in
 * it; false when there is none. `text` has at least one byte. */
bool dictionary_next_inside(struct dictionary_cursor *cursor, struct str text, bool is_first);
/* The term where the cursor is; good until it moves. */
static inline struct str dictionary_term(const struct dictionary_cursor *cursor)
{
    return (struct str){ cursor->bytes, cursor->size };
}

/* The first eight bytes of a term as a number, so that numbers compare as terms do; what is missing is `fill`. */
static inline uint64_t dictionary_head(struct str term, uint8_t fill)
{
    uint64_t head = 0;
    for (size_t i = 0; i < sizeof head; i++) head = head << 8 | (i < term.size ? (uint8_t)term.at[i] : fill);
    return head;
}

#endif
