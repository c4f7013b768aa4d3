/* dictionary.h - sorted terms, each with the numbers it is found under.
 *
 *     terms     access‸accessory‸account‸…          one blob, in byte order, none twice
 *     starts    0 6 15 22 …                         where each begins; one more at the end
 *     postings  [3 9 12] [4] [3 7] …                of each term, in the order of the terms, rising
 *
 * The terms with a prefix are therefore one range of entries, and their postings one slice. Postings are plain
 * 32-bit numbers, or packed: LEB128, each term's first number and then the differences (see postings.h).
 * A dictionary is a view of the mapped file; opening it checks what the functions rely on. */
#ifndef ENGINE_DICTIONARY_H
#define ENGINE_DICTIONARY_H

#include "file.h"
#include "str.h"

#include <stdbool.h>
#include <stdint.h>

/* What a dictionary is made of; its sections have the ids FORMAT_DICTIONARY + 4 * number + part. */
enum dictionary_part {
    DICTIONARY_TERMS,
    DICTIONARY_STARTS,
    DICTIONARY_POSTING_STARTS,
    DICTIONARY_POSTINGS,
    DICTIONARY_PARTS
};

struct dictionary {
    struct str terms;
    const uint32_t *starts; /* count + 1 */
    uint32_t count;
    const uint32_t *posting_starts; /* count + 1: of numbers, or of bytes when packed */
    const uint32_t *postings;       /* NULL when packed */
    struct str packed;
};

/* Finds dictionary `number` in `file` and checks it: starts rise and end where the parts end, terms are sorted, plain
 * postings are within [low, high). False, and file->why, when something is wrong. */
bool dictionary_open(struct dictionary *dictionary, struct file *file, uint32_t number, uint32_t low, uint32_t high,
                     bool is_packed);

struct str dictionary_term(const struct dictionary *dictionary, uint32_t entry);

/* Entries [first, last): those whose term begins with `prefix`. The entry that equals it, if any, is the first. */
struct dictionary_range {
    uint32_t first, last;
};
struct dictionary_range dictionary_prefix(const struct dictionary *dictionary, struct str prefix);
/* The same cut down to the entry that equals `term`: one or none. */
struct dictionary_range dictionary_exact(const struct dictionary *dictionary, struct str term);

#endif
