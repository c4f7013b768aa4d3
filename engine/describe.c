#include "engine_state.h"

#include "details.h"
#include "element_id.h"
#include "limits.h"
#include "utf8.h"

/* The first hit for what the id ends with, in its API where there is one: the user's next try. */
static struct str describe_nearest(const struct engine *self, struct engine_scratch *scratch, struct str id,
                                   struct arena *arena)
{
    struct str rest = id;
    uint32_t api = element_id_api(&self->catalogue, id, &rest);
    size_t start = rest.size;
    while (start > 0 && memchr("/#.?", rest.at[start - 1], 4) == NULL) start--;
    struct engine_query query = { .text = str_cut(rest, start, rest.size), .api = STR_EMPTY, .limit = 1 };
    if (api != CATALOGUE_NONE) query.api = catalogue_string(&self->catalogue, self->catalogue.apis[api].id);
    if (api == CATALOGUE_NONE) {
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

static int describe_failed(const struct engine *self, uint32_t element, int error, struct engine_fault *fault)
{
    if (error == ENGINE_ENOMEM) {
        engine_fault_set(fault, "There is not enough memory for these details.");
    } else {
        struct str api =
            catalogue_string(&self->catalogue, self->catalogue.apis[catalogue_api_of(&self->catalogue, element)].id);
        engine_fault_set(fault, "The specification of %.*s could not be read: %s.", STR_FORMAT(utf8_cut(api, 200)),
                         engine_strerror(error));
    }
    return error;
}

int engine_details(const struct engine *self, struct engine_scratch *scratch, struct str id, struct arena *arena,
                   struct engine_details *details, struct engine_fault *fault)
{
    const uint8_t *weights = self->index.weights;
    uint32_t element = element_id_read(&self->catalogue, weights, id);
    if (element == CATALOGUE_NONE) return describe_not_found(self, scratch, id, arena, fault);
    int error = ENGINE_OK;
    if (scratch->details == NULL) error = details_cache_create(&scratch->details, LIMIT_DETAILS_CACHE_BYTES);
    if (error == ENGINE_OK) {
        const struct details_source source = { &self->catalogue, weights, scratch->details };
        error = details_make(&source, element, arena, details);
    }
    return error ? describe_failed(self, element, error, fault) : ENGINE_OK;
}
