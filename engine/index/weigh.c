#include "weigh.h"

#include "object_names.h"
#include "tokenize.h"
#include "version.h"

#include <math.h>
#include <stdlib.h>

enum {
    WEIGH_ROUNDS = 4,      /* Deployment → spec → template → spec → containers */
    WEIGH_SPAN_WORDS = 3,  /* words that an object's name in a path or an operationId may have */
    WEIGH_PATH_WORDS = 64, /* words of one path or operationId that are looked at */
    WEIGH_ENDPOINT = 128,  /* an endpoint's weight, before its path counts */
    WEIGH_SEGMENT = 8,     /* what each segment of the path takes off */
    WEIGH_TOLD = 48,       /* what a description adds */
    WEIGH_OWN = 6,         /* what the API that a provider itself serves has more than others of that size, */
    WEIGH_UNRIPE = 64,     /* and what a beta has less */
};
/* A doubling: with WEIGH_TOLD the weightiest object of the default catalogue stays below 256. */
static const double WEIGH_SCALE = 12;

/* One API at a time; the memory is kept for the next. */
struct weigher {
    const struct catalogue *catalogue;
    const uint32_t *links;
    uint8_t *weights;
    const struct format_api *api;
    struct object_names names;
    uint32_t *object_of; /* element - api->first_element → object, for objects */
    size_t element_capacity;
    double *base, *flow, *sum; /* by object */
    size_t capacity;
    bool has_failed;
};

static void weigher_free(struct weigher *weigher)
{
    object_names_free(&weigher->names);
    free(weigher->object_of);
    free(weigher->base);
    free(weigher->flow);
    free(weigher->sum);
}

static bool weigher_room(struct weigher *weigher, size_t objects, size_t elements)
{
    if (elements > weigher->element_capacity) {
        weigher->element_capacity = elements + elements / 2;
        free(weigher->object_of);
        weigher->object_of = calloc(weigher->element_capacity, sizeof *weigher->object_of);
        if (weigher->object_of == NULL) return false;
    }
    if (objects <= weigher->capacity) return true;
    weigher->capacity = objects + objects / 2;
    double **arrays[] = { &weigher->base, &weigher->flow, &weigher->sum };
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++) {
        free(*arrays[i]);
        *arrays[i] = calloc(weigher->capacity, sizeof **arrays[i]);
        if (*arrays[i] == NULL) return false;
    }
    return true;
}

static bool weigher_collect(struct weigher *weigher)
{
    const struct format_api *api = weigher->api;
    if (!weigher_room(weigher, api->counts[CATALOGUE_OBJECT], api->element_count)) return false;
    if (!object_names_collect(&weigher->names, api)) return false;
    for (uint32_t object = 0; object < weigher->names.count; object++) {
        weigher->object_of[weigher->names.elements[object] - api->first_element] = object;
        weigher->base[object] = 0;
    }
    return true;
}

/* Gives one to each object of this name. */
static void weigher_give(const struct weigher *weigher, uint32_t object)
{
    for (; object != OBJECT_NAMES_NONE; object = weigher->names.next[object]) weigher->base[object] += 1;
}

/* The singular of a plural in -s, as far as English names need it. */
static struct str weigh_singular(struct str name)
{
    bool is_plural = name.size > 3 && name.at[name.size - 1] == 's' && name.at[name.size - 2] != 's';
    return is_plural ? str_cut(name, 0, name.size - 1) : name;
}

/* Gives one to each object whose name stands in `text`: in up to three words side by side, the longest first. */
static void weigher_mention(struct weigher *weigher, struct str text)
{
    struct tokenizer tokenizer = { .text = text };
    size_t starts[WEIGH_PATH_WORDS], ends[WEIGH_PATH_WORDS], count = 0;
    while (count < WEIGH_PATH_WORDS && tokenize_next(&tokenizer, &starts[count], &ends[count])) count++;
    for (size_t first = 0; first < count; first++) {
        for (size_t span = WEIGH_SPAN_WORDS; span > 0; span--) {
            if (first + span > count) continue;
            struct str name = str_cut(text, starts[first], ends[first + span - 1]);
            uint32_t object = object_names_find(&weigher->names, name);
            if (object == OBJECT_NAMES_NONE) object = object_names_find(&weigher->names, weigh_singular(name));
            if (object == OBJECT_NAMES_NONE) continue;
            weigher_give(weigher, object);
            first += span - 1;
            break;
        }
    }
}

/* One round: every object hands half of what it has to what its properties' types name. */
static void weigher_round(struct weigher *weigher)
{
    const struct format_element *elements = weigher->catalogue->elements;
    uint32_t first = weigher->api->first_element, end = first + weigher->api->element_count;
    for (uint32_t object = 0; object < weigher->names.count; object++) weigher->sum[object] = weigher->base[object];
    for (uint32_t object = 0; object < weigher->names.count; object++) {
        uint32_t owner = weigher->names.elements[object];
        for (uint32_t i = owner + 1; i < end && elements[i].kind == CATALOGUE_PROPERTY; i++) {
            uint32_t link = weigher->links[i];
            if (link == FORMAT_NO_LINK || link == i) continue;
            weigher->sum[weigher->object_of[link - first]] += (1 + weigher->flow[object]) / 2;
        }
    }
    double *done = weigher->flow;
    weigher->flow = weigher->sum;
    weigher->sum = done;
}

static uint8_t weigh_scale(double amount)
{
    double scaled = WEIGH_SCALE * log2(1 + amount);
    return scaled < UINT8_MAX ? (uint8_t)scaled : UINT8_MAX;
}

static uint8_t weigh_endpoint(struct str path)
{
    int weight = WEIGH_ENDPOINT;
    for (size_t i = 0; i < path.size && weight > WEIGH_SEGMENT; i++)
        if (path.at[i] == '/') weight -= WEIGH_SEGMENT;
    return (uint8_t)weight;
}

static void weigher_objects(struct weigher *weigher)
{
    const struct catalogue *catalogue = weigher->catalogue;
    const struct format_api *api = weigher->api;
    if (weigher->names.count == 0) return;
    for (uint32_t i = api->first_element; i < api->first_element + api->element_count; i++) {
        if (catalogue->elements[i].kind != CATALOGUE_ENDPOINT) continue;
        weigher_mention(weigher, catalogue_string(catalogue, catalogue->elements[i].name));
        weigher_mention(weigher, catalogue_string(catalogue, catalogue->elements[i].owner));
    }
    memcpy(weigher->flow, weigher->base, weigher->names.count * sizeof *weigher->flow);
    for (int round = 0; round < WEIGH_ROUNDS; round++) weigher_round(weigher);
    for (uint32_t object = 0; object < weigher->names.count; object++)
        weigher->weights[weigher->names.elements[object]] = weigh_scale(weigher->flow[object]);
}

/* github.com/api.github.com is what everybody asks of GitHub, rather than the enterprise servers, which have a little
 * more. */
static bool weigh_is_own(const struct catalogue *catalogue, const struct format_api *api)
{
    struct str id = catalogue_string(catalogue, api->id), provider = catalogue_string(catalogue, api->provider);
    return provider.size > 0 && str_starts(id, provider) &&
           str_find(str_cut(id, provider.size, id.size), provider) != STR_NONE;
}

/* microsoft.com/graph-beta has twice as much as microsoft.com/graph, which is what people may rely on; the version of
 * both is 1.0.1, so the end of the id counts, too. */
static bool weigh_is_unripe(const struct catalogue *catalogue, const struct format_api *api)
{
    static const struct str ends[] = { STR_INIT("-beta"), STR_INIT("-alpha"), STR_INIT("-preview"),
                                       STR_INIT("_preview") };
    struct str id = catalogue_string(catalogue, api->id);
    bool is_unripe = version_unripe(catalogue_string(catalogue, api->version)) > 0;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) is_unripe |= str_ends(id, ends[i]);
    return is_unripe;
}

static uint8_t weigh_api(const struct catalogue *catalogue, const struct format_api *api)
{
    int weight = weigh_scale(api->counts[CATALOGUE_ENDPOINT] + api->counts[CATALOGUE_OBJECT]);
    if (weigh_is_own(catalogue, api)) weight += WEIGH_OWN;
    if (weigh_is_unripe(catalogue, api)) weight -= WEIGH_UNRIPE;
    if (weight < 0) return 0;
    return weight < UINT8_MAX ? (uint8_t)weight : UINT8_MAX;
}

/* All but the objects; these must be done before. */
static void weigher_others(struct weigher *weigher)
{
    const struct format_api *api = weigher->api;
    const struct format_element *elements = weigher->catalogue->elements;
    uint8_t *weights = weigher->weights;
    for (uint32_t i = api->first_element; i < api->first_element + api->element_count; i++) {
        switch (elements[i].kind) {
        case CATALOGUE_API: weights[i] = weigh_api(weigher->catalogue, api); break;
        case CATALOGUE_ENDPOINT:
            weights[i] = weigh_endpoint(catalogue_string(weigher->catalogue, elements[i].name));
            break;
        case CATALOGUE_PROPERTY:
        case CATALOGUE_PARAMETER: weights[i] = weights[elements[i].parent]; break;
        default: break;
        }
        if (elements[i].flags & CATALOGUE_DEPRECATED) weights[i] /= 2;
    }
}

/* After all others: what is handed down is the weight without it. */
static void weigher_told(struct weigher *weigher)
{
    const struct format_api *api = weigher->api;
    for (uint32_t i = api->first_element; i < api->first_element + api->element_count; i++) {
        unsigned weight = weigher->weights[i] + (weigher->catalogue->elements[i].text ? WEIGH_TOLD : 0U);
        weigher->weights[i] = weight < UINT8_MAX ? (uint8_t)weight : UINT8_MAX;
    }
}

int weigh_apis(const struct catalogue *catalogue, uint32_t first, uint32_t end, const uint32_t *links, uint8_t *weights)
{
    struct weigher weigher = { .catalogue = catalogue, .links = links, .weights = weights };
    object_names_init(&weigher.names, catalogue);
    for (uint32_t i = first; i < end && !weigher.has_failed; i++) {
        weigher.api = &catalogue->apis[i];
        memset(weights + weigher.api->first_element, 0, weigher.api->element_count);
        weigher.has_failed = !weigher_collect(&weigher);
        if (weigher.has_failed) break;
        weigher_objects(&weigher);
        weigher_others(&weigher);
        weigher_told(&weigher);
    }
    bool has_failed = weigher.has_failed;
    weigher_free(&weigher);
    return has_failed ? FILE_NO_MEMORY : FILE_OK;
}
