#include "hits.h"
#include "cursor.h"
#include "element_id.h"
#include "engine.h"
#include "engine_state.h"
#include "limits.h"
#include "reasons.h"
#include "summaries.h"
#include "versions.h"

enum { HITS_LIMIT = 20, HITS_ALL_KINDS = (1 << ENGINE_KINDS) - 1 };

_Static_assert(sizeof(struct engine_range) == sizeof(struct highlight_range), "ranges are handed on as they are");

/* An endpoint's own summary, else the first sentence of the description. */
static struct str hits_summary(const struct segment_scratch *scratch, const struct catalogue *catalogue,
                               const struct format_element *element, struct arena *arena)
{
    uint32_t text = element->kind == CATALOGUE_ENDPOINT && element->type ? element->type : element->text;
    return summaries_sentence(scratch->summaries, catalogue, text, arena);
}

static const struct engine_range *hits_ranges(const struct highlight_range *found, size_t count, struct arena *arena)
{
    if (count == 0) return NULL;
    struct engine_range *ranges = arena_alloc(arena, count * sizeof *ranges);
    for (size_t i = 0; ranges && i < count; i++) ranges[i] = (struct engine_range){ found[i].start, found[i].end };
    return ranges;
}

/* "Deployment.spec.template.spec": what the first step belongs to goes before it. */
static struct str hits_path(const struct catalogue *catalogue, const struct search_hit *found, struct arena *arena)
{
    struct str path = STR_EMPTY;
    if (found->path_count == 0) return path;
    const struct format_element *first = &catalogue->elements[found->path[0]];
    if (first->kind == CATALOGUE_PROPERTY) {
        struct str object = catalogue_string(catalogue, catalogue->elements[first->parent].name);
        struct str owner = catalogue_string(catalogue, first->owner), way = str_cut(owner, object.size, owner.size);
        path = arena_format(arena, "%.*s%.*s", STR_FORMAT(catalogue_short_name(object)), STR_FORMAT(way));
    }
    for (size_t i = 0; i < found->path_count; i++) {
        struct str name = catalogue_string(catalogue, catalogue->elements[found->path[i]].name);
        if (i == 0 && first->kind == CATALOGUE_OBJECT) name = catalogue_short_name(name);
        path = path.size ? arena_format(arena, "%.*s.%.*s", STR_FORMAT(path), STR_FORMAT(name)) : name;
    }
    return path;
}

static void hits_mark_summary(const struct segment_scratch *scratch, struct arena *arena, struct engine_hit *hit)
{
    struct highlight_range found[HIGHLIGHT_RANGES];
    hit->summary_range_count = search_highlight_text(scratch->search, hit->summary, found);
    hit->summary_ranges = hits_ranges(found, hit->summary_range_count, arena);
}

/* What only some kinds have. */
static void hits_fill_kind(const struct catalogue *catalogue, const struct format_element *element,
                           struct engine_hit *hit)
{
    switch ((enum catalogue_kind)element->kind) {
    case CATALOGUE_ENDPOINT:
        hit->method = catalogue_method_upper((enum catalogue_method)element->detail);
        hit->operation_id = catalogue_string(catalogue, element->owner);
        break;
    case CATALOGUE_PROPERTY:
    case CATALOGUE_PARAMETER:
        hit->owner = catalogue_string(catalogue, element->owner);
        hit->type = catalogue_string(catalogue, element->type);
        break;
    case CATALOGUE_OBJECT: hit->type = catalogue_string(catalogue, element->type); break;
    default: break;
    }
}

void hits_fill(const struct segment *segment, const struct segment_scratch *scratch, const struct search_hit *found,
               struct arena *arena, struct engine_hit *hit)
{
    const struct catalogue *catalogue = &segment->catalogue;
    const struct format_element *element = &catalogue->elements[found->element];
    const struct format_api *api = &catalogue->apis[catalogue_api_of(catalogue, found->element)];
    *hit = (struct engine_hit){
        .kind = (enum engine_kind)element->kind,
        .flags = element->flags & ~(unsigned)(CATALOGUE_OF_PATH | CATALOGUE_IS_KIND),
        .id = element_id_write(catalogue, found->element, arena),
        .name = catalogue_string(catalogue, element->name),
        .owner = STR_EMPTY,
        .path = hits_path(catalogue, found, arena),
        .type = STR_EMPTY,
        .method = STR_EMPTY,
        .operation_id = STR_EMPTY,
        .api = catalogue_string(catalogue, api->id),
        .api_title = catalogue_string(catalogue, api->title),
        .summary = hits_summary(scratch, catalogue, element, arena),
        .value = found->value,
        .count = found->count,
        .owner_count = found->owner_count,
        .api_count = found->api_count,
        .score = (uint32_t) ~(found->key >> 32),
        .name_ranges = hits_ranges(found->ranges, found->range_count, arena),
        .name_range_count = found->range_count,
    };
    versions_find(segment, found->element, found->group, arena, &hit->versions, &hit->version_count);
    hits_fill_kind(catalogue, element, hit);
    hits_mark_summary(scratch, arena, hit);
}

static void hits_totals(const struct segment *self, const struct search_answer *found, struct engine_answer *answer)
{
    const struct catalogue *catalogue = &self->catalogue;
    for (unsigned kind = 0; kind < ENGINE_KINDS; kind++) {
        answer->totals[kind] = found->totals[kind];
        if (found->kinds >> kind & 1) answer->total += found->totals[kind];
    }
    answer->is_lower_bound = found->is_lower_bound;
    answer->kinds = found->kinds;
    answer->suggestion = found->suggestion;
    if (found->api != CATALOGUE_NONE) answer->api = catalogue_string(catalogue, catalogue->apis[found->api].id);
}

static int hits_answer(const struct engine *self, const struct engine_scratch *scratch,
                       const struct engine_query *query, const struct search_answer *found, struct arena *arena,
                       struct engine_answer *answer)
{
    const struct segment *segment = &self->segments[0];
    hits_totals(segment, found, answer);
    struct engine_hit *hits = arena_alloc(arena, found->hit_count * sizeof *hits);
    if (hits == NULL) return ENGINE_ENOMEM;
    for (size_t i = 0; i < found->hit_count; i++)
        hits_fill(segment, &scratch->segments[0], &found->hits[i], arena, &hits[i]);
    if (query->explain && !reasons_fill(found, arena, hits)) return ENGINE_ENOMEM;
    if (found->has_more)
        answer->cursor = cursor_write(engine_generation(self), query, &found->hits[found->hit_count - 1], arena);
    answer->hits = hits;
    answer->hit_count = found->hit_count;
    return arena->failed ? ENGINE_ENOMEM : ENGINE_OK;
}

static bool hits_filter(const struct engine_filter *asked, struct query_filter *filter)
{
    *filter = (struct query_filter){
        .flags = asked->flags, .no_flags = asked->no_flags, .type = asked->type, .tag = asked->tag
    };
    if (asked->method.size) filter->methods = query_syntax_methods(asked->method);
    if (asked->in.size) filter->places = query_syntax_places(asked->in);
    return (filter->methods || !asked->method.size) && (filter->places || !asked->in.size);
}

int hits_request(const struct engine_query *query, struct search_request *request)
{
    unsigned kinds = query->kinds & HITS_ALL_KINDS ? query->kinds & HITS_ALL_KINDS : HITS_ALL_KINDS;
    *request = (struct search_request){ .text = query->text,
                                        .api = CATALOGUE_NONE,
                                        .kinds = kinds,
                                        .is_pattern = query->is_pattern,
                                        .descriptions = query->descriptions,
                                        .offset = query->offset,
                                        .limit = query->limit ? query->limit : HITS_LIMIT };
    return hits_filter(&query->filter, &request->filter) ? ENGINE_OK : ENGINE_EINVAL;
}

int hits_search(const struct engine *self, struct engine_scratch *scratch, const struct engine_query *query,
                struct arena *arena, struct engine_answer *answer)
{
    const struct segment *segment = &self->segments[0];
    struct search_request request;
    int error = hits_request(query, &request);
    if (error) return error;
    if (query->api.size) {
        request.api = catalogue_api_find(&segment->catalogue, query->api);
        if (!segment_has_api(segment, request.api)) return ENGINE_ENOTFOUND;
    }
    if (query->cursor.size) {
        error = cursor_read(engine_generation(self), query, &request.last);
        if (error) return error;
        request.is_behind = true;
    }
    struct search_answer found;
    if (search_run(scratch->segments[0].search, &request, arena, &found)) return ENGINE_ENOMEM;
    return hits_answer(self, scratch, query, &found, arena, answer);
}
