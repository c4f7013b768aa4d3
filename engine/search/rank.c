#include "rank.h"

#include <stddef.h>
#include <stdio.h>

/* Differences of a few letters say nothing: rests are compared in steps of four. */
enum { RANK_REST_STEP = 4, RANK_USES_NONE = 63 };

static uint32_t rank_place(const struct rank_facts *facts)
{
    return facts->errors ? RANK_MISTYPED : facts->place;
}

static uint32_t rank_errors(const struct rank_facts *facts)
{
    return facts->errors;
}

static uint32_t rank_mistyped_place(const struct rank_facts *facts)
{
    return facts->errors ? facts->place + 1 : 0;
}

static uint32_t rank_respelled(const struct rank_facts *facts)
{
    return facts->is_respelled;
}

static uint32_t rank_recased(const struct rank_facts *facts)
{
    return facts->is_recased;
}

/* By quarters of doublings. */
static uint32_t rank_uses(const struct rank_facts *facts)
{
    if (facts->uses == 0) return RANK_USES_NONE;
    uint32_t power = 31 - (uint32_t)__builtin_clz(facts->uses);
    uint32_t quarter = (uint32_t)(((uint64_t)facts->uses << 2 >> power) & 3), quarters = power << 2 | quarter;
    return quarters < RANK_USES_NONE ? RANK_USES_NONE - quarters : 0;
}

/* By doublings: side by side, one word between them, two or three … */
static uint32_t rank_spread(const struct rank_facts *facts)
{
    return facts->spread ? 32 - (uint32_t)__builtin_clz(facts->spread) : 0;
}

static uint32_t rank_reordered(const struct rank_facts *facts)
{
    return facts->is_reordered;
}

static uint32_t rank_text_words(const struct rank_facts *facts)
{
    return facts->text_words;
}

static uint32_t rank_loose(const struct rank_facts *facts)
{
    return facts->loose;
}

static uint32_t rank_rest(const struct rank_facts *facts)
{
    return (facts->rest + RANK_REST_STEP - 1) / RANK_REST_STEP;
}

/* By doublings: a word among five says more than one among fifty. */
static uint32_t rank_length(const struct rank_facts *facts)
{
    return facts->length ? 32 - (uint32_t)__builtin_clz(facts->length) : 0;
}

static uint32_t rank_rank(const struct rank_facts *facts)
{
    return facts->rank;
}

/* ---- In words -------------------------------------------------------------------------------------------------- */

static void rank_say_place(uint32_t value, char *words)
{
    static const char *const places[] = {
        [RANK_WHOLE] = "they are the name",
        [RANK_VALUE] = "they are a value that it may have",
        [RANK_PATH] = "they are the way to it",
        [RANK_OWNED] = "one part is the name, the rest is its owner",
        [RANK_START] = "the name begins with them",
        [RANK_NAME] = "all are words of the name, or begin such",
        [RANK_INITIALS] = "they are the first letters of its words",
        [RANK_INSIDE] = "they are somewhere in the name",
        [RANK_OWNER] = "some are in the name, some in its owner",
        [RANK_API] = "some are in the name, some in the API's title or id",
        [RANK_METHOD] = "it is the method",
        [RANK_MISTYPED] = "but for typing errors they are found",
        [RANK_TEXT] = "some are in the description only",
        [RANK_PATTERN] = "the pattern matches the name",
        [RANK_LISTED] = "nothing was asked for by name: all are listed",
    };
    _Static_assert(sizeof places / sizeof *places == RANK_PLACES, "each place is told in words");
    _Static_assert(RANK_PLACES < 1 << 4, "a criterion of four bits has room for each, and for none");
    snprintf(words, RANK_WORDS_BYTES, "%s", value < RANK_PLACES ? places[value] : "");
}

static void rank_say_mistyped_place(uint32_t value, char *words)
{
    if (value == 0)
        snprintf(words, RANK_WORDS_BYTES, "there are none");
    else
        rank_say_place(value - 1, words);
}

static void rank_say_respelled(uint32_t value, char *words)
{
    snprintf(words, RANK_WORDS_BYTES, "%s", value ? "yes" : "no, or it does not count");
}

static void rank_say_count(uint32_t value, char *words)
{
    snprintf(words, RANK_WORDS_BYTES, value ? "%u" : "none", value);
}

static void rank_say_uses(uint32_t value, char *words)
{
    uint32_t quarters = RANK_USES_NONE - value;
    if (quarters == 0)
        snprintf(words, RANK_WORDS_BYTES, "it does not count");
    else
        snprintf(words, RANK_WORDS_BYTES, "%u times or more", ((4 + (quarters & 3)) << (quarters >> 2)) >> 2);
}

static void rank_say_rest(uint32_t value, char *words)
{
    if (value == 0)
        snprintf(words, RANK_WORDS_BYTES, "none, or they do not count");
    else
        snprintf(words, RANK_WORDS_BYTES, "up to %u", value * RANK_REST_STEP);
}

static void rank_say_length(uint32_t value, char *words)
{
    if (value == 0)
        snprintf(words, RANK_WORDS_BYTES, "it does not count");
    else
        snprintf(words, RANK_WORDS_BYTES, "%u to %u words", 1U << (value - 1), (1U << value) - 1);
}

static void rank_say_rank(uint32_t value, char *words)
{
    snprintf(words, RANK_WORDS_BYTES, "%u of %u, less is more important", value, UINT16_MAX);
}

/* ---- The criteria ------------------------------------------------------------------------------------------------ */

/* In their order: what it is called, its bits, what it says of the facts, and that in words. */
#define RANK_CRITERIA_LIST(X)                                                                                          \
    X("where the words were found", 4, rank_place, rank_say_place)                                                     \
    X("typing errors", 2, rank_errors, rank_say_count)                                                                 \
    X("where the mistyped words were found", 4, rank_mistyped_place, rank_say_mistyped_place)                          \
    X("name typed otherwise", 1, rank_respelled, rank_say_respelled)                                                   \
    X("other capitals", 1, rank_recased, rank_say_respelled)                                                           \
    X("words between those of the description", 4, rank_spread, rank_say_length)                                       \
    X("words in another order", 1, rank_reordered, rank_say_respelled)                                                 \
    X("words that only begin a word", 4, rank_loose, rank_say_count)                                                   \
    X("length of the description", 4, rank_length, rank_say_length)                                                    \
    X("words in the description only", 4, rank_text_words, rank_say_count)                                             \
    X("letters not asked for", 4, rank_rest, rank_say_rest)                                                            \
    X("how often it occurs", 6, rank_uses, rank_say_uses)                                                              \
    X("importance", 16, rank_rank, rank_say_rank)

struct rank_criterion {
    const char *name;
    unsigned bits;
    uint32_t (*value)(const struct rank_facts *facts);
    void (*say)(uint32_t value, char *words);
};

static const struct rank_criterion rank_criteria[] = {
#define RANK_ROW(name, bits, value, say) { name, bits, value, say },
    RANK_CRITERIA_LIST(RANK_ROW)
#undef RANK_ROW
};
enum { RANK_CRITERIA = sizeof rank_criteria / sizeof *rank_criteria };

/* The bits below the last criterion. */
static unsigned rank_spare(void)
{
    unsigned spare = 64;
    for (unsigned i = 0; i < RANK_CRITERIA; i++) spare -= rank_criteria[i].bits;
    return spare;
}

static inline uint64_t rank_add(uint64_t key, unsigned bits, uint32_t value)
{
    uint32_t most = ((uint32_t)1 << bits) - 1;
    return key << bits | (value < most ? value : most);
}

/* Tens of thousands of keys are made for one question, so each criterion is called where it stands, not through the
 * table. */
uint64_t rank_key(const struct rank_facts *facts)
{
    uint64_t key = 0;
#define RANK_ADD(name, bits, value, say) key = rank_add(key, bits, value(facts));
    RANK_CRITERIA_LIST(RANK_ADD)
#undef RANK_ADD
    return key << rank_spare();
}

unsigned rank_key_errors(uint64_t key)
{
    unsigned criterion = 0;
    while (rank_criteria[criterion].value != rank_errors) criterion++;
    return rank_criterion_value(key, criterion);
}

const char *rank_criterion_name(unsigned criterion)
{
    return criterion < RANK_CRITERIA ? rank_criteria[criterion].name : NULL;
}

uint32_t rank_criterion_value(uint64_t key, unsigned criterion)
{
    unsigned shift = rank_spare();
    for (unsigned i = RANK_CRITERIA; i-- > criterion + 1;) shift += rank_criteria[i].bits;
    return (uint32_t)(key >> shift) & (((uint32_t)1 << rank_criteria[criterion].bits) - 1);
}

void rank_criterion_words(uint64_t key, unsigned criterion, char *words)
{
    rank_criteria[criterion].say(rank_criterion_value(key, criterion), words);
}
