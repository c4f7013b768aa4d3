#include "reasons.h"

#include "rank.h"

static size_t reasons_count(void)
{
    unsigned count = 0;
    while (rank_criterion_name(count)) count++;
    return count;
}

/* The first criterion in which two keys differ. */
static size_t reasons_decided(uint64_t a, uint64_t b, size_t count)
{
    for (unsigned i = 0; i < count; i++)
        if (rank_criterion_value(a, i) != rank_criterion_value(b, i)) return i;
    return count;
}

static const struct engine_reason *reasons_of(uint64_t key, size_t count, struct arena *arena)
{
    struct engine_reason *reasons = arena_calloc(arena, count, sizeof *reasons);
    for (unsigned i = 0; reasons && i < count; i++) {
        char words[RANK_WORDS_BYTES];
        rank_criterion_words(key, i, words);
        reasons[i] = (struct engine_reason){ .criterion = str_from(rank_criterion_name(i)),
                                             .value = rank_criterion_value(key, i),
                                             .words = arena_copy(arena, str_from(words)) };
    }
    return reasons;
}

bool reasons_fill(const struct search_answer *found, struct arena *arena, struct engine_hit *hits)
{
    size_t count = reasons_count();
    for (size_t i = 0; i < found->hit_count; i++) {
        hits[i].reasons = reasons_of(found->hits[i].key, count, arena);
        hits[i].reason_count = count;
        size_t other = i > 0 ? i - 1 : i + 1;
        hits[i].decided =
            other < found->hit_count ? reasons_decided(found->hits[i].key, found->hits[other].key, count) : count;
    }
    return !arena->failed;
}
