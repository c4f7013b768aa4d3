#include "engine.h"
#include "engine_state.h"

#include "clock.h"
#include "utf8.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdlib.h>

enum {
    APIS_TITLE_SCORE = 10,     /* what a match in the id or the title counts */
    APIS_PATTERN_BYTES = 1024, /* a longer keyword is cut */
    APIS_MATCHES = 1000,       /* matches counted in one text */
    /* A pattern like (a+)+b may try exponentially many ways: so many steps from one place of a text, */
    APIS_MATCH_STEPS = 1000,
    /* of a text so long, for a step may look at all of it, */
    APIS_TEXT_BYTES = 16 * 1024,
    /* and from so many places before the clock is looked at: more while that is quickly done. */
    APIS_PLACES_LEAST = 16,
    APIS_PLACES_MOST = APIS_TEXT_BYTES,
    APIS_PLACES_MICROSECONDS = 200,
    /* All of it may hold a thread so long; taking the keyword as plain text then takes some more. */
    APIS_MICROSECONDS = 30000,
    APIS_EXHAUSTED_TEXTS = 20, /* texts that used up their steps: it is taken as plain text */
};

void segment_api(const struct segment *segment, uint32_t number, struct engine_api *api)
{
    const struct catalogue *catalogue = &segment->catalogue;
    const struct format_api *from = &catalogue->apis[number];
    *api = (struct engine_api){
        .id = catalogue_string(catalogue, from->id),
        .title = catalogue_string(catalogue, from->title),
        .version = catalogue_string(catalogue, from->version),
        .description = catalogue_string(catalogue, from->description),
        .provider = catalogue_string(catalogue, from->provider),
        .category = catalogue_string(catalogue, from->category),
    };
    for (unsigned kind = 0; kind < ENGINE_KINDS; kind++) api->elements[kind] = from->counts[kind];
}

int engine_api(const struct engine *self, struct str id, struct engine_api *api)
{
    uint32_t number;
    const struct segment *segment = engine_find_api(self, id, &number);
    if (segment == NULL) return ENGINE_ENOTFOUND;
    segment_api(segment, number, api);
    return ENGINE_OK;
}

/* ---- The keyword as a pattern ------------------------------------------------------------------------------------ */

struct apis_pattern {
    pcre2_code *code;
    pcre2_match_data *match;
    pcre2_match_context *limits;
    unsigned exhausted; /* texts that used up their steps */
    size_t places;      /* that the next call tries */
    uint64_t end;       /* when time is up, in microseconds */
    bool is_literal;    /* it takes no more steps than the text has bytes */
    bool is_late;
};

static bool apis_is_hopeless(const struct apis_pattern *pattern)
{
    return pattern->exhausted >= APIS_EXHAUSTED_TEXTS;
}

static void apis_pattern_free(struct apis_pattern *pattern)
{
    pcre2_code_free(pattern->code);
    pcre2_match_data_free(pattern->match);
    pcre2_match_context_free(pattern->limits);
}

/* ENGINE_EINVAL: the keyword is no valid pattern. */
static int apis_pattern_compile(struct apis_pattern *pattern, struct str keyword, uint32_t options)
{
    int error;
    PCRE2_SIZE where;
    *pattern = (struct apis_pattern){ .places = APIS_PLACES_LEAST,
                                      .end = clock_us() + APIS_MICROSECONDS,
                                      .is_literal = options & PCRE2_LITERAL };
    options |= PCRE2_CASELESS | PCRE2_UTF | PCRE2_MATCH_INVALID_UTF;
    if (!pattern->is_literal) options |= PCRE2_USE_OFFSET_LIMIT;
    pattern->code = pcre2_compile((PCRE2_SPTR)keyword.at, keyword.size, options, &error, &where, NULL);
    if (pattern->code == NULL) return error == PCRE2_ERROR_HEAP_FAILED ? ENGINE_ENOMEM : ENGINE_EINVAL;
    pcre2_jit_compile(pattern->code, PCRE2_JIT_COMPLETE); /* where there is none, the interpreter does */
    pattern->match = pcre2_match_data_create_from_pattern(pattern->code, NULL);
    pattern->limits = pcre2_match_context_create(NULL);
    if (pattern->match == NULL || pattern->limits == NULL) {
        apis_pattern_free(pattern);
        return ENGINE_ENOMEM;
    }
    pcre2_set_match_limit(pattern->limits, APIS_MATCH_STEPS);
    return ENGINE_OK;
}

/* One call of the library: it cannot be stopped, so it tries few places at a time. */
static int apis_match(struct apis_pattern *pattern, struct str text, size_t at)
{
    if (pattern->is_literal)
        return pcre2_match(pattern->code, (PCRE2_SPTR)text.at, text.size, at, 0, pattern->match, pattern->limits);
    uint64_t before = clock_us();
    pcre2_set_offset_limit(pattern->limits, at + pattern->places);
    int found = pcre2_match(pattern->code, (PCRE2_SPTR)text.at, text.size, at, 0, pattern->match, pattern->limits);
    uint64_t now = clock_us();
    if (now - before > APIS_PLACES_MICROSECONDS)
        pattern->places = APIS_PLACES_LEAST;
    else if (pattern->places < APIS_PLACES_MOST)
        pattern->places *= 2;
    pattern->is_late |= now > pattern->end;
    return found;
}

static uint32_t apis_count(struct apis_pattern *pattern, struct str text)
{
    uint32_t count = 0;
    text = utf8_cut(text, APIS_TEXT_BYTES);
    for (size_t at = 0; at <= text.size && count < APIS_MATCHES && !pattern->is_late;) {
        size_t tried = at + pattern->places + 1;
        int found = apis_match(pattern, text, at);
        if (found == PCRE2_ERROR_NOMATCH) {
            if (pattern->is_literal) break;
            at = tried;
            continue;
        }
        if (found < 0) {
            pattern->exhausted++;
            break;
        }
        const PCRE2_SIZE *ends = pcre2_get_ovector_pointer(pattern->match);
        /* An empty match is none: "x*" would be everywhere. */
        count += ends[1] > ends[0];
        at = ends[1] > at ? ends[1] : at + 1;
    }
    return count;
}

/* What tells an API apart, which is short; */
static uint32_t apis_score_name(struct apis_pattern *pattern, const struct engine_api *api)
{
    return APIS_TITLE_SCORE * (apis_count(pattern, api->id) + apis_count(pattern, api->title)) +
           apis_count(pattern, api->provider) + apis_count(pattern, api->category);
}

/* and what is told of it, which may be a book. */
static uint32_t apis_score_text(struct apis_pattern *pattern, const struct engine_api *api)
{
    return apis_count(pattern, api->description);
}

/* ---- The best APIs ----------------------------------------------------------------------------------------------- */

struct apis_rank {
    uint32_t score, number;
    const struct segment *segment;
};

static struct str apis_id(const struct apis_rank *rank)
{
    return catalogue_string(&rank->segment->catalogue, rank->segment->catalogue.apis[rank->number].id);
}

/* Most matches first, then by id. */
static int apis_compare(const void *a, const void *b)
{
    const struct apis_rank *left = a, *right = b;
    if (left->score != right->score) return left->score > right->score ? -1 : 1;
    return str_compare(apis_id(left), apis_id(right));
}

/* All APIs of the catalogue, each with the score 0. */
static size_t apis_list(const struct engine *self, struct apis_rank *ranks)
{
    size_t count = 0;
    for (uint32_t i = 0; i < self->segment_count; i++)
        for (uint32_t number = 0; number < self->segments[i].catalogue.api_count; number++)
            if (segment_has_api(&self->segments[i], number))
                ranks[count++] = (struct apis_rank){ 0, number, &self->segments[i] };
    return count;
}

typedef uint32_t apis_scorer(struct apis_pattern *pattern, const struct engine_api *api);
static void apis_add_scores(struct apis_pattern *pattern, struct apis_rank *ranks, size_t count, apis_scorer *score)
{
    for (size_t i = 0; i < count && !pattern->is_late && !apis_is_hopeless(pattern); i++) {
        struct engine_api api;
        segment_api(ranks[i].segment, ranks[i].number, &api);
        ranks[i].score += score(pattern, &api);
    }
}

/* Ranks all APIs; how many matched. When time is up among the descriptions, what was found until then counts. False
 * when the pattern takes too long even for names. */
static bool apis_rank_all(const struct engine *self, struct apis_pattern *pattern, struct apis_rank *ranks,
                          size_t *count)
{
    size_t all = apis_list(self, ranks);
    apis_add_scores(pattern, ranks, all, apis_score_name);
    if (pattern->is_late) return false;
    apis_add_scores(pattern, ranks, all, apis_score_text);
    if (apis_is_hopeless(pattern)) return false;
    qsort(ranks, all, sizeof *ranks, apis_compare);
    for (*count = 0; *count < all && ranks[*count].score;) ++*count;
    return true;
}

static int apis_rank_by(const struct engine *self, struct str keyword, uint32_t options, struct apis_rank *ranks,
                        size_t *count)
{
    struct apis_pattern pattern;
    int error = apis_pattern_compile(&pattern, keyword, options);
    if (error) return error;
    bool is_done = apis_rank_all(self, &pattern, ranks, count);
    apis_pattern_free(&pattern);
    return is_done ? ENGINE_OK : ENGINE_EINVAL;
}

/* Nearly every keyword means the same as a pattern and as text; as text it is found faster. */
static bool apis_is_literal(struct str keyword)
{
    for (size_t i = 0; i < keyword.size; i++)
        if (memchr("\\^$.|?*+()[]{}", keyword.at[i], 14)) return false;
    return true;
}

int engine_search_apis(const struct engine *self, struct str keyword, uint32_t limit, struct arena *arena,
                       const struct engine_api **apis, size_t *count)
{
    size_t api_count = 0;
    *apis = NULL;
    *count = 0;
    for (uint32_t i = 0; i < self->segment_count; i++) api_count += self->segments[i].catalogue.api_count;
    keyword = str_cut(str_trim(keyword), 0, APIS_PATTERN_BYTES);
    if (keyword.size == 0) return ENGINE_OK;
    struct apis_rank *ranks = arena_alloc(arena, (api_count + 1) * sizeof *ranks);
    if (ranks == NULL) return ENGINE_ENOMEM;
    size_t found;
    bool is_literal = apis_is_literal(keyword);
    int error = is_literal ? ENGINE_EINVAL : apis_rank_by(self, keyword, PCRE2_NEVER_BACKSLASH_C, ranks, &found);
    if (error == ENGINE_EINVAL) error = apis_rank_by(self, keyword, PCRE2_LITERAL, ranks, &found);
    if (error == ENGINE_EINVAL) return ENGINE_OK; /* no valid UTF-8 */
    if (error) return error;
    if (found > limit) found = limit;
    struct engine_api *best = arena_calloc(arena, found, sizeof *best);
    if (best == NULL) return ENGINE_ENOMEM;
    for (size_t i = 0; i < found; i++) {
        segment_api(ranks[i].segment, ranks[i].number, &best[i]);
        best[i].score = ranks[i].score;
    }
    *apis = best;
    *count = found;
    return ENGINE_OK;
}

int engine_list_apis(const struct engine *self, uint32_t offset, uint32_t limit, struct arena *arena,
                     const struct engine_api **apis, size_t *count, uint64_t *total)
{
    struct engine_counts counts;
    engine_counts(self, &counts);
    size_t all = (size_t)counts.elements[ENGINE_API];
    *apis = NULL;
    *count = 0;
    *total = all;
    if (offset >= all) return ENGINE_OK;
    size_t wanted = all - offset < limit ? all - offset : limit;
    struct apis_rank *ranks = arena_alloc(arena, all * sizeof *ranks);
    struct engine_api *listed = arena_calloc(arena, wanted, sizeof *listed);
    if (ranks == NULL || listed == NULL) return ENGINE_ENOMEM;
    apis_list(self, ranks);
    qsort(ranks, all, sizeof *ranks, apis_compare);
    for (size_t i = 0; i < wanted; i++) segment_api(ranks[offset + i].segment, ranks[offset + i].number, &listed[i]);
    *apis = listed;
    *count = wanted;
    return ENGINE_OK;
}
