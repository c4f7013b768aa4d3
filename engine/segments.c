/* segments.c - one answer from several segments.
 *
 * Each segment is searched by itself and gives its best rows, in order. Keys (rank.h) compare rows of all segments; of
 * rows with one key, that of the older segment goes first. What several segments have is one row (twins.h): it stands
 * where its best one does, and its counts add up. So a catalogue that grew in steps answers as if it had been imported
 * at once, but for how rare names are: the rank of a group is of its own segment. */
#include "api_name.h"
#include "cursor.h"
#include "engine.h"
#include "engine_state.h"
#include "hits.h"
#include "limits.h"
#include "reasons.h"
#include "twins.h"

struct segments_search {
    const struct engine *self;
    struct engine_scratch *scratch;
    const struct engine_query *query;
    struct search_request request;
    struct search_answer answers[MANIFEST_SEGMENTS_MAX];
    const struct segment *api_segment; /* the one that has the API looked in; NULL: all are looked in */
    uint32_t api;
    uint32_t offset, limit;
};

/* ---- Which API is meant: the best of what all segments say -------------------------------------------------- */

struct segments_finder {
    const struct engine *self;
    uint32_t segment; /* the one that asks */
};

static const struct segment *segments_named_api(const struct engine *self, struct str name, uint32_t *api)
{
    const struct segment *best = NULL;
    uint32_t best_rank = UINT32_MAX;
    for (uint32_t i = 0; i < self->segment_count; i++) {
        const struct segment *segment = &self->segments[i];
        uint32_t rank, found = api_name_find(&segment->index, &segment->catalogue, name, &rank);
        if (found == CATALOGUE_NONE || rank >= best_rank) continue;
        best = segment;
        best_rank = rank;
        *api = found;
    }
    return best;
}

static uint32_t segments_find_api(const void *context, struct str name)
{
    const struct segments_finder *finder = context;
    uint32_t api;
    const struct segment *segment = segments_named_api(finder->self, name, &api);
    if (segment == NULL) return CATALOGUE_NONE;
    return segment == &finder->self->segments[finder->segment] ? api : SEARCH_ELSEWHERE;
}

/* ---- Each segment by itself ------------------------------------------------------------------------------------ */

static void segments_collect(struct segments_search *search, uint32_t number)
{
    const struct segments_finder finder = { search->self, number };
    const struct segment *segment = &search->self->segments[number];
    struct search_request request = search->request;
    request.find_api = segments_find_api;
    request.find_context = &finder;
    if (search->api_segment) request.api = search->api_segment == segment ? search->api : SEARCH_ELSEWHERE;
    search_collect(search->scratch->segments[number].search, &request, &search->answers[number]);
}

/* What the text says about the API is the same for all; the segment that has it tells. */
static void segments_settle(struct segments_search *search)
{
    for (uint32_t i = 0; i < search->self->segment_count; i++) {
        segments_collect(search, i);
        if (search->answers[i].api == CATALOGUE_NONE) continue;
        search->api_segment = &search->self->segments[i];
        search->api = search->answers[i].api;
    }
}

/* ---- Totals ------------------------------------------------------------------------------------------------------ */

/* Rows that an earlier segment has counted, too. */
static void segments_uncount(const struct segments_search *search, uint32_t number, struct engine_answer *answer)
{
    const struct segment *segments = search->self->segments;
    const struct index *index = &segments[number].index;
    for (uint32_t group = 0; group < index->head->group_count; group++) {
        uint64_t row = segments[number].twins[group];
        if (row >> 32 == number || !search_has_counted(search->scratch->segments[number].search, group)) continue;
        bool is_counted = false;
        for (uint32_t other = 0; other < number && !is_counted; other++) {
            uint32_t twin = twins_group(segments, other, row);
            is_counted = twin != CATALOGUE_NONE && search_has_counted(search->scratch->segments[other].search, twin);
        }
        if (is_counted) answer->totals[index_kind(index, group)]--;
    }
}

static void segments_totals(const struct segments_search *search, struct engine_answer *answer)
{
    const struct engine *self = search->self;
    answer->kinds = search->answers[0].kinds;
    for (uint32_t i = 0; i < self->segment_count; i++) {
        answer->is_lower_bound |= search->answers[i].is_lower_bound;
        for (unsigned kind = 0; kind < ENGINE_KINDS; kind++) answer->totals[kind] += search->answers[i].totals[kind];
        if (i > 0) segments_uncount(search, i, answer);
    }
    for (unsigned kind = 0; kind < ENGINE_KINDS; kind++)
        if (answer->kinds >> kind & 1) answer->total += answer->totals[kind];
    if (search->api_segment == NULL) return;
    const struct catalogue *catalogue = &search->api_segment->catalogue;
    answer->api = catalogue_string(catalogue, catalogue->apis[search->api].id);
}

/* ---- Merging ----------------------------------------------------------------------------------------------------- */

struct segments_row {
    struct collect_hit hit;
    uint32_t segment;
};

struct segments_merge {
    const struct collect_hit *hits[MANIFEST_SEGMENTS_MAX];
    size_t counts[MANIFEST_SEGMENTS_MAX], at[MANIFEST_SEGMENTS_MAX];
    struct number_map seen; /* rows */
    bool has_failed;
};

/* The next row of any segment; false at the end. */
static bool segments_next(const struct engine *self, struct segments_merge *merge, struct segments_row *row)
{
    uint32_t best = self->segment_count;
    for (uint32_t i = 0; i < self->segment_count; i++) {
        if (merge->at[i] == merge->counts[i]) continue;
        if (best == self->segment_count || merge->hits[i][merge->at[i]].key < merge->hits[best][merge->at[best]].key)
            best = i;
    }
    if (best == self->segment_count) return false;
    *row = (struct segments_row){ merge->hits[best][merge->at[best]++], best };
    return true;
}

/* The same, but a row that was there only once. */
static bool segments_next_new(const struct engine *self, struct segments_merge *merge, struct segments_row *row)
{
    bool added = false;
    while (!added) {
        if (!segments_next(self, merge, row)) return false;
        if (!number_map_put(&merge->seen, twins_row(self->segments, row->segment, row->hit.group), 0, &added)) {
            merge->has_failed = true;
            return false;
        }
    }
    return true;
}

/* What the segment with the best row suggests. */
static int segments_suggest(const struct segments_search *search, const struct segments_merge *merge,
                            struct arena *arena, struct engine_answer *answer)
{
    struct segments_merge first = *merge;
    struct segments_row row;
    if (!segments_next(search->self, &first, &row)) return ENGINE_OK;
    const struct search_scratch *scratch = search->scratch->segments[row.segment].search;
    return search_suggest(scratch, search->request.text, arena, &answer->suggestion) ? ENGINE_OK : ENGINE_ENOMEM;
}

/* The counts of a row are those of all its groups. */
static int segments_represent(const struct segments_search *search, const struct segments_row *row, struct arena *arena,
                              struct search_hit *hit)
{
    const struct segment *segments = search->self->segments;
    uint64_t number = twins_row(segments, row->segment, row->hit.group);
    int error = search_show(search->scratch->segments[row->segment].search, &row->hit, arena, hit);
    for (uint32_t i = 0; i < search->self->segment_count && error == FILE_OK && search->api_segment == NULL; i++) {
        struct search_hit other;
        uint32_t group = i == row->segment ? CATALOGUE_NONE : twins_group(segments, i, number);
        if (group == CATALOGUE_NONE || (segments[i].gaps.groups && bitmap_has(segments[i].gaps.groups, group)))
            continue;
        struct collect_hit twin = { .key = row->hit.key, .group = group, .element = COLLECT_ANY };
        error = search_show(search->scratch->segments[i].search, &twin, arena, &other);
        hit->count += other.count;
        hit->owner_count += other.owner_count;
        hit->api_count += other.api_count;
    }
    return error;
}

static int segments_fill(const struct segments_search *search, struct segments_merge *merge, struct arena *arena,
                         struct engine_answer *answer)
{
    struct segments_row row;
    struct engine_hit *hits = arena_calloc(arena, search->limit + (size_t)1, sizeof *hits);
    struct search_hit *found = arena_calloc(arena, search->limit + (size_t)1, sizeof *found);
    if (hits == NULL || found == NULL) return ENGINE_ENOMEM;
    for (uint32_t i = 0; i < search->offset; i++)
        if (!segments_next_new(search->self, merge, &row)) return merge->has_failed ? ENGINE_ENOMEM : ENGINE_OK;
    size_t count = 0;
    while (count < search->limit && segments_next_new(search->self, merge, &row)) {
        const struct segment_scratch *scratch = &search->scratch->segments[row.segment];
        if (segments_represent(search, &row, arena, &found[count]) != FILE_OK) return ENGINE_ENOMEM;
        hits_fill(&search->self->segments[row.segment], scratch, &found[count], arena, &hits[count]);
        count++;
    }
    answer->hits = hits;
    answer->hit_count = count;
    const struct search_answer shown = { .hits = found, .hit_count = count };
    if (search->query->explain && !reasons_fill(&shown, arena, hits)) return ENGINE_ENOMEM;
    /* Where the next page begins; its place is the same as long as the catalogue is. */
    const struct search_hit next = { .key = search->offset + count };
    if (count == search->limit && segments_next_new(search->self, merge, &row))
        answer->cursor = cursor_write(engine_generation(search->self), search->query, &next, arena);
    return merge->has_failed || arena->failed ? ENGINE_ENOMEM : ENGINE_OK;
}

static int segments_answer(struct segments_search *search, struct arena *arena, struct engine_answer *answer)
{
    struct segments_merge merge = { .has_failed = false };
    segments_settle(search);
    segments_totals(search, answer);
    number_map_init(&merge.seen);
    for (uint32_t i = 0; i < search->self->segment_count; i++)
        merge.hits[i] = search_collected(search->scratch->segments[i].search, &merge.counts[i]);
    int error = segments_suggest(search, &merge, arena, answer);
    if (!error) error = segments_fill(search, &merge, arena, answer);
    number_map_free(&merge.seen);
    return error;
}

static int segments_read(struct segments_search *search)
{
    const struct engine_query *query = search->query;
    int error = hits_request(query, &search->request);
    if (error) return error;
    if (query->api.size) {
        search->api_segment = engine_find_api(search->self, query->api, &search->api);
        if (search->api_segment == NULL) return ENGINE_ENOTFOUND;
    }
    if (query->cursor.size) {
        struct collect_hit last;
        error = cursor_read(engine_generation(search->self), query, &last);
        if (error) return error;
        search->request.offset = last.key < LIMIT_OFFSET ? (uint32_t)last.key : LIMIT_OFFSET;
    }
    search->limit = search->request.limit < LIMIT_RESULTS ? search->request.limit : LIMIT_RESULTS;
    search->offset = search->request.offset;
    if (search->offset > LIMIT_OFFSET) search->limit = 0;
    return ENGINE_OK;
}

int engine_search(const struct engine *self, struct engine_scratch *scratch, const struct engine_query *query,
                  struct arena *arena, struct engine_answer *answer)
{
    *answer = (struct engine_answer){ .hits = NULL, .api = STR_EMPTY, .suggestion = STR_EMPTY, .cursor = STR_EMPTY };
    if (self->segment_count == 1) return hits_search(self, scratch, query, arena, answer);
    struct segments_search search = { .self = self, .scratch = scratch, .query = query };
    int error = segments_read(&search);
    return error ? error : segments_answer(&search, arena, answer);
}
