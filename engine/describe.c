#include "describe.h"

#include "element_id.h"
#include "limits.h"
#include "name_finder.h"
#include "utf8.h"
#include "versions.h"

/* The first hit for what the id ends with, in its API where there is one: the user's next try. */
static struct str describe_nearest(const struct engine *self, struct engine_scratch *scratch, struct str id,
                                   struct arena *arena)
{
    struct str rest = id;
    uint32_t api = CATALOGUE_NONE, number = 0;
    for (; number < self->segment_count && api == CATALOGUE_NONE; number++) {
        api = element_id_api(&self->segments[number].catalogue, id, &rest);
        if (!segment_has_api(&self->segments[number], api)) api = CATALOGUE_NONE;
    }
    size_t start = rest.size;
    while (start > 0 && memchr("/#.?", rest.at[start - 1], 4) == NULL) start--;
    struct engine_query query = { .text = str_cut(rest, start, rest.size), .api = STR_EMPTY, .limit = 1 };
    if (api != CATALOGUE_NONE) {
        const struct catalogue *catalogue = &self->segments[number - 1].catalogue;
        query.api = catalogue_string(catalogue, catalogue->apis[api].id);
    } else {
        query.text = str_cut(id, 0, str_find_byte(id, '/'));
        query.kinds = 1 << ENGINE_API;
    }
    struct engine_answer answer;
    bool is_found = engine_search(self, scratch, &query, arena, &answer) == ENGINE_OK && answer.hit_count;
    return is_found ? answer.hits[0].id : STR_EMPTY;
}

static int describe_not_found(const struct engine *self, struct engine_scratch *scratch, struct str id,
                              struct arena *arena, struct engine_fault *fault)
{
    struct str nearest = describe_nearest(self, scratch, id, arena);
    struct str shown = utf8_cut(id, 120);
    if (nearest.size) {
        engine_fault_set(fault, "There is no \"%.*s\" in the catalogue. The nearest is \"%.*s\".", STR_FORMAT(shown),
                         STR_FORMAT(utf8_cut(nearest, 240)));
    } else {
        engine_fault_set(fault, "There is no \"%.*s\" in the catalogue. Search for a part of its name.",
                         STR_FORMAT(shown));
    }
    return ENGINE_ENOTFOUND;
}

int describe_failed(const struct described *at, int error, struct engine_fault *fault)
{
    if (error == ENGINE_ENOMEM) {
        engine_fault_set(fault, "There is not enough memory for these details.");
    } else {
        const struct catalogue *catalogue = &at->segment->catalogue;
        struct str api = catalogue_string(catalogue, catalogue->apis[catalogue_api_of(catalogue, at->element)].id);
        engine_fault_set(fault, "The specification of %.*s could not be read: %s.", STR_FORMAT(utf8_cut(api, 200)),
                         engine_strerror(error));
    }
    return error;
}

/* The newest segment goes first: what was looked for last is often what was added last. */
int describe_find(const struct engine *self, struct engine_scratch *scratch, struct str id, struct arena *arena,
                  struct described *at, struct engine_fault *fault)
{
    for (uint32_t i = self->segment_count; i-- > 0;) {
        const struct segment *segment = &self->segments[i];
        const struct name_finder names = name_finder(&segment->index);
        uint32_t element = element_id_read(&segment->catalogue, segment->index.weights, &names.finder, id);
        if (element == CATALOGUE_NONE) continue;
        if (!segment_has_api(segment, catalogue_api_of(&segment->catalogue, element))) continue;
        const struct details_source source = { &segment->catalogue, &segment->index, scratch->segments[i].details };
        *at = (struct described){ segment, element, source };
        return ENGINE_OK;
    }
    return describe_not_found(self, scratch, id, arena, fault);
}

int engine_details(const struct engine *self, struct engine_scratch *scratch, struct str id,
                   const struct engine_view *view, struct arena *arena, struct engine_details *details,
                   struct engine_fault *fault)
{
    static const struct engine_view first = { .at = STR_INIT("") };
    struct engine_view wanted = view ? *view : first;
    struct described at;
    struct str missing = STR_EMPTY;
    if (wanted.at.at == NULL) wanted.at = STR_EMPTY;
    int error = describe_find(self, scratch, id, arena, &at, fault);
    if (error) return error;
    error = details_make(&at.source, at.element, &wanted, arena, details, &missing);
    if (error == ENGINE_ENOTFOUND) {
        engine_fault_set(fault, "%.*s", STR_FORMAT(utf8_cut(missing, sizeof fault->text - 1)));
        return error;
    }
    if (error) return describe_failed(&at, error, fault);
    versions_find(at.segment, at.element, at.segment->index.group_of[at.element], arena, &details->versions,
                  &details->version_count);
    return ENGINE_OK;
}
