/* spelling.h - the tree of letters over all names and words, for finding what was meant by a mistyped one.
 * What the parts mean is told in format.h, SPELLING. A view of the mapped file. */
#ifndef ENGINE_SPELLING_H
#define ENGINE_SPELLING_H

#include "dictionary.h"
#include "file.h"
#include "format.h"

struct spelling {
    const struct format_spelling_node *nodes; /* node_count + 1; node_count is above 0 */
    const uint8_t *labels;                    /* by node: the letter that leads to it; of the root 0 */
    const uint32_t *terms;                    /* term_count: see spelling_dictionary, spelling_entry */
    const uint32_t *tails;                    /* beside the terms */
    uint32_t node_count, term_count;
};

enum { SPELLING_TAIL_BYTES = 4 };

/* Finds the sections in `file` and checks what walking relies on: children come behind their parents, terms are entries
 * of the first `count` of `dictionaries`. False, and file->why, when something is wrong. Whether the tree agrees with
 * the terms is not checked: in a file made to deceive, ranges of terms may be empty or overlap. */
bool spelling_open(struct spelling *spelling, struct file *file, const struct dictionary *dictionaries, uint32_t count);

static inline uint32_t spelling_dictionary(const struct spelling *spelling, uint32_t term)
{
    return spelling->terms[term] >> FORMAT_SPELLING_SHIFT;
}

static inline uint32_t spelling_entry(const struct spelling *spelling, uint32_t term)
{
    return spelling->terms[term] & (((uint32_t)1 << FORMAT_SPELLING_SHIFT) - 1);
}

#endif
