/* typo.h - what differs from a typed text by few errors: a letter added, left out, changed, or two in the wrong order
 * (Damerau-Levenshtein distance, optimal string alignment), counted in bytes.
 *
 * All the ways to read a name as the typed text are followed at once, one bit each (Wu and Manber 1992, with
 * transpositions as Hyyrö 2003 has them): bit i of at[j] is set when what has been read of the name is the first i
 * letters of the typed text, but for j errors. Reading one more letter takes a dozen operations for each j, so a tree
 * of letters is walked with one such state for each node, and left where no bit is set any more:
 *
 *     typed "dpeloy"      "d"      "de"      "dep"       "depl" …      at[1] of "dep" has bit 3: two in the wrong order
 *
 * With two errors the walk would be wide near the root, where every letter goes on. But either the first half of the
 * text has at most one of them, or both: the second case is looked for only when the first found nothing. */
#ifndef ENGINE_TYPO_H
#define ENGINE_TYPO_H

#include "index.h"
#include "str.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    TYPO_ERRORS = 2,   /* the most that are looked for */
    TYPO_LETTERS = 62, /* of the typed text: a bit each, and one for all of it; what is longer is cut */
};

struct typo_pattern {
    uint64_t masks[256]; /* by letter: bit i stands for the i-th letter of the text being that one */
    uint64_t all, goal;  /* the bits in use, the last of them */
    uint64_t second;     /* where a second error may stand */
    unsigned size, errors;
};

/* At most `errors` errors in `text`, from 1 to TYPO_ERRORS; with `is_anywhere` the second may stand in its first half.
 */
void typo_compile(struct typo_pattern *pattern, struct str text, unsigned errors, bool is_anywhere);

struct typo_state {
    uint64_t at[TYPO_ERRORS + 1];
    uint64_t before[TYPO_ERRORS]; /* at, one letter ago */
    uint64_t last;                /* the mask of that letter */
};

/* Terms [first, end) of the spelling tree. */
struct typo_match {
    uint32_t first, end;
    uint16_t size; /* letters of them that stand for the typed text */
    uint8_t errors;
    bool is_whole; /* they are the text; else they begin with it */
};

/* Looking for matches; all is bounded by `most` and `steps`. */
struct typo_walk {
    const struct spelling *spelling;
    const struct dictionary *dictionaries; /* that it is over */
    const struct typo_pattern *pattern;
    bool is_whole_only;
    struct typo_match *matches; /* with room for `most` */
    uint32_t count, most;
    uint32_t steps; /* nodes and terms that may still be looked at */
    struct dictionary_cursor cursor;
};

/* Finds the terms that the text differs from by 1 to pattern->errors errors, and those that begin with such unless
 * is_whole_only. Terms that begin with the text itself are left out. */
void typo_find(struct typo_walk *walk);

/* The errors by which `text` (in small letters) differs; above TYPO_ERRORS: more than the pattern allows. */
unsigned typo_distance(const struct typo_pattern *pattern, struct str text);

/* How many letters at the front of `text` (in small letters) are the typed text, with the fewest errors; 0: none. */
size_t typo_prefix(const struct typo_pattern *pattern, struct str text);

#endif
