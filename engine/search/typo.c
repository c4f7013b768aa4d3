#include "typo.h"

void typo_compile(struct typo_pattern *pattern, struct str text, unsigned errors, bool is_anywhere)
{
    *pattern = (struct typo_pattern){ .errors = errors };
    pattern->size = (unsigned)(text.size < TYPO_LETTERS ? text.size : TYPO_LETTERS);
    for (unsigned i = 0; i < pattern->size; i++) pattern->masks[(uint8_t)text.at[i]] |= (uint64_t)1 << i;
    pattern->goal = (uint64_t)1 << pattern->size;
    pattern->all = pattern->goal << 1 ? (pattern->goal << 1) - 1 : UINT64_MAX;
    pattern->second = is_anywhere ? UINT64_MAX : UINT64_MAX << (pattern->size / 2 + 1);
}

static void typo_begin(const struct typo_pattern *pattern, struct typo_state *state)
{
    *state = (struct typo_state){ .at = { 1, 3 & pattern->all } };
    if (pattern->errors > 1) state->at[2] = 7 & pattern->all & pattern->second;
}

/* What at[j] becomes with a letter whose places in the text are `mask`: that letter read; and seen from at[j - 1], a
 * letter added to the name, a letter changed, one left out of the name, two in the wrong order. `fewer` is what at[j -
 * 1] becomes. */
static inline uint64_t typo_next(const struct typo_state *state, unsigned j, uint64_t mask, uint64_t fewer)
{
    uint64_t swapped = ((state->before[j - 1] & mask) << 1 & state->last) << 1;
    return (state->at[j] & mask) << 1 | state->at[j - 1] | state->at[j - 1] << 1 | fewer << 1 | swapped;
}

/* Reads one more letter of the name; false, and nothing in `next`, when it cannot become the text any more. */
static inline bool typo_step(const struct typo_pattern *pattern, const struct typo_state *state, uint8_t letter,
                             struct typo_state *next)
{
    uint64_t mask = pattern->masks[letter], two = 0;
    uint64_t none = (state->at[0] & mask) << 1, one = typo_next(state, 1, mask, none) & pattern->all;
    if (pattern->errors > 1) two = typo_next(state, 2, mask, one) & pattern->all & pattern->second;
    if (!(none | one | two)) return false;
    *next = (struct typo_state){ { none, one, two }, { state->at[0], state->at[1] }, mask };
    return true;
}

/* The fewest errors with which what was read is the whole text; above TYPO_ERRORS: it is not. */
static inline unsigned typo_errors(const struct typo_pattern *pattern, const struct typo_state *state)
{
    unsigned errors = 0;
    while (errors <= TYPO_ERRORS && !(state->at[errors] & pattern->goal)) errors++;
    return errors;
}

/* ---- The walk --------------------------------------------------------------------------------------------------- */

/* What is known of a node, or of a term, on the way to it. */
struct typo_place {
    struct typo_state state;
    unsigned depth;
    unsigned errors; /* with which its beginning is the text, above TYPO_ERRORS: it is not */
    unsigned size;   /* of that beginning */
};

static void typo_emit(struct typo_walk *walk, uint32_t first, uint32_t end, const struct typo_place *place,
                      bool is_whole)
{
    if (place->errors == 0 || place->errors > TYPO_ERRORS || first >= end) return;
    struct typo_match match = { first, end, (uint16_t)place->size, (uint8_t)place->errors, is_whole };
    struct typo_match *last = walk->count ? &walk->matches[walk->count - 1] : NULL;
    if (last && last->end == first && last->size == match.size && last->errors == match.errors &&
        last->is_whole == is_whole)
        last->end = end;
    else if (walk->count < walk->most)
        walk->matches[walk->count++] = match;
}

/* Terms that end where the walk is. */
static void typo_end(struct typo_walk *walk, uint32_t first, uint32_t end, const struct typo_place *place)
{
    struct typo_place whole = *place;
    if (place->errors == 0) return; /* found by the text itself */
    whole.errors = typo_errors(walk->pattern, &place->state);
    whole.size = place->depth;
    bool is_whole = whole.errors <= TYPO_ERRORS;
    typo_emit(walk, first, end, is_whole ? &whole : place, is_whole);
}

/* Goes on with a letter. False when there is nothing more to find out: what begins so begins with the text as it did
 * before, or does not. */
static inline bool typo_go(const struct typo_walk *walk, const struct typo_place *place, uint8_t letter,
                           struct typo_place *next)
{
    if (!typo_step(walk->pattern, &place->state, letter, &next->state)) return false;
    next->depth = place->depth + 1;
    next->errors = place->errors;
    next->size = place->size;
    unsigned errors = walk->is_whole_only ? TYPO_ERRORS + 1 : typo_errors(walk->pattern, &next->state);
    if (errors < next->errors) {
        next->errors = errors;
        next->size = next->depth;
    }
    return true;
}

static void typo_term(struct typo_walk *walk, uint32_t term, const struct typo_place *place)
{
    struct typo_place places[2] = { *place };
    unsigned now = 0;
    const struct spelling *spelling = walk->spelling;
    uint32_t tail = spelling->tails[term];
    for (unsigned i = 0; i < SPELLING_TAIL_BYTES && tail; i++, tail >>= 8, now ^= 1)
        if (!typo_go(walk, &places[now], (uint8_t)tail, &places[now ^ 1])) {
            typo_emit(walk, term, term + 1, &places[now], false);
            return;
        }
    const struct dictionary *dictionary = &walk->dictionaries[spelling_dictionary(spelling, term)];
    dictionary_seek(&walk->cursor, dictionary, spelling_entry(spelling, term));
    struct str text = dictionary_term(&walk->cursor);
    for (size_t i = places[now].depth; i < text.size; i++, now ^= 1)
        if (!typo_go(walk, &places[now], (uint8_t)text.at[i], &places[now ^ 1])) {
            typo_emit(walk, term, term + 1, &places[now], false);
            return;
        }
    typo_end(walk, term, term + 1, &places[now]);
}

/* Calls itself for each letter of a term that the text can still become, so at most TYPO_LETTERS + TYPO_ERRORS times.
 */
static void typo_node(struct typo_walk *walk, uint32_t node, uint32_t end, const struct typo_place *place)
{
    const struct spelling *spelling = walk->spelling;
    const struct format_spelling_node *nodes = spelling->nodes;
    if (place->errors == 0) return;
    uint32_t child = nodes[node].first_child, last = nodes[node + 1].first_child;
    if (child == last) {
        for (uint32_t term = nodes[node].first_term; term < end && walk->steps; term++) {
            walk->steps--;
            typo_term(walk, term, place);
        }
        return;
    }
    typo_end(walk, nodes[node].first_term, nodes[child].first_term, place);
    struct typo_place next;
    for (; child < last && walk->steps; child++) {
        walk->steps--;
        bool goes_on = typo_go(walk, place, spelling->labels[child], &next);
        if (!goes_on && place->errors > TYPO_ERRORS) continue;
        uint32_t child_end = child + 1 < last ? nodes[child + 1].first_term : end;
        if (goes_on)
            typo_node(walk, child, child_end, &next);
        else
            typo_emit(walk, nodes[child].first_term, child_end, place, false);
    }
}

void typo_find(struct typo_walk *walk)
{
    struct typo_place root = { .errors = TYPO_ERRORS + 1 };
    typo_begin(walk->pattern, &root.state);
    walk->count = 0;
    typo_node(walk, 0, walk->spelling->term_count, &root);
}

unsigned typo_distance(const struct typo_pattern *pattern, struct str text)
{
    struct typo_state states[2];
    unsigned now = 0;
    typo_begin(pattern, &states[0]);
    for (size_t i = 0; i < text.size; i++, now ^= 1)
        if (!typo_step(pattern, &states[now], (uint8_t)text.at[i], &states[now ^ 1])) return TYPO_ERRORS + 1;
    return typo_errors(pattern, &states[now]);
}

size_t typo_prefix(const struct typo_pattern *pattern, struct str text)
{
    struct typo_state states[2];
    unsigned least = TYPO_ERRORS + 1, now = 0;
    size_t size = 0;
    typo_begin(pattern, &states[0]);
    for (size_t i = 0; i < text.size && typo_step(pattern, &states[now], (uint8_t)text.at[i], &states[now ^ 1]); i++) {
        now ^= 1;
        unsigned errors = typo_errors(pattern, &states[now]);
        if (errors >= least) continue;
        least = errors;
        size = i + 1;
    }
    return size;
}
