#include "weigh.h"

#include "arena.h"
#include "map.h"
#include "number_map.h"
#include "tokenize.h"

#include <math.h>
#include <stdlib.h>

enum {
    WEIGH_ROUNDS = 4,       /* Deployment → spec → template → spec → containers */
    WEIGH_SPAN_WORDS = 3,   /* words that an object's name in a path or an operationId may have */
    WEIGH_NAME_BYTES = 128, /* a longer name is not looked for */
    WEIGH_PATH_WORDS = 64,  /* words of one path or operationId that are looked at */
    WEIGH_ENDPOINT = 128,   /* an endpoint's weight, before its path counts */
    WEIGH_SEGMENT = 8,      /* what each segment of the path takes off */
    WEIGH_TOLD = 48,        /* what a description adds */
};
/* A doubling: with WEIGH_TOLD the weightiest object of the default catalogue stays below 256. */
static const double WEIGH_SCALE = 12;

/* One API at a time; the memory is kept for the next. */
struct weigher {
    const struct catalogue *catalogue;
    uint8_t *weights;
    const struct format_api *api;
    struct map names;          /* squashed short name → object, counted within the API */
    struct number_map types;   /* string id of a type text → the object it names plus one, or 0 */
    uint32_t *next_of_name;    /* objects of one name are a list: the next one plus one, or 0 */
    uint32_t *elements;        /* object → element */
    double *base, *flow, *sum; /* by object */
    struct arena arena;
    size_t capacity, object_count;
    bool has_failed;
};

static void weigher_free(struct weigher *weigher)
{
    map_free(&weigher->names);
    number_map_free(&weigher->types);
    free(weigher->next_of_name);
    free(weigher->elements);
    free(weigher->base);
    free(weigher->flow);
    free(weigher->sum);
    arena_free(&weigher->arena);
}

static bool weigher_room(struct weigher *weigher, size_t count)
{
    if (count <= weigher->capacity) return true;
    size_t capacity = count + count / 2;
    void **arrays[] = { (void **)&weigher->next_of_name, (void **)&weigher->elements, (void **)&weigher->base,
                        (void **)&weigher->flow, (void **)&weigher->sum };
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++) {
        free(*arrays[i]);
        *arrays[i] = calloc(capacity, i < 2 ? sizeof(uint32_t) : sizeof(double));
        if (*arrays[i] == NULL) weigher->has_failed = true;
    }
    weigher->capacity = weigher->has_failed ? 0 : capacity;
    return !weigher->has_failed;
}

/* The first object, plus one, with this name; 0: none. */
static uint32_t weigher_find(const struct weigher *weigher, struct str name)
{
    char squashed[WEIGH_NAME_BYTES];
    if (name.size == 0 || name.size > sizeof squashed) return 0;
    const uint64_t *found = map_find(&weigher->names, (struct str){ squashed, tokenize_squash(name, squashed) });
    return found ? (uint32_t)*found : 0;
}

static void weigher_add_object(struct weigher *weigher, uint32_t element)
{
    uint32_t object = (uint32_t)weigher->object_count++;
    weigher->elements[object] = element;
    weigher->base[object] = 0;
    weigher->next_of_name[object] = 0;
    struct str name =
        catalogue_short_name(catalogue_string(weigher->catalogue, weigher->catalogue->elements[element].name));
    if (name.size > WEIGH_NAME_BYTES) return;
    char *squashed = arena_alloc(&weigher->arena, name.size + 1);
    uint64_t *first =
        squashed ? map_put(&weigher->names, (struct str){ squashed, tokenize_squash(name, squashed) }, NULL) : NULL;
    if (first == NULL) {
        weigher->has_failed = true;
        return;
    }
    weigher->next_of_name[object] = (uint32_t)*first;
    *first = object + 1;
}

static bool weigher_collect(struct weigher *weigher)
{
    const struct format_api *api = weigher->api;
    map_free(&weigher->names);
    number_map_clear(&weigher->types);
    arena_reset(&weigher->arena);
    weigher->object_count = 0;
    if (!weigher_room(weigher, api->counts[CATALOGUE_OBJECT])) return false;
    for (uint32_t i = 0; i < api->element_count; i++)
        if (weigher->catalogue->elements[api->first_element + i].kind == CATALOGUE_OBJECT)
            weigher_add_object(weigher, api->first_element + i);
    return !weigher->has_failed;
}

static void weigher_give(const struct weigher *weigher, uint32_t object, double *values, double amount)
{
    for (; object; object = weigher->next_of_name[object - 1]) values[object - 1] += amount;
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
            uint32_t object = weigher_find(weigher, name);
            if (object == 0) object = weigher_find(weigher, weigh_singular(name));
            if (object == 0) continue;
            weigher_give(weigher, object, weigher->base, 1);
            first += span - 1;
            break;
        }
    }
}

/* The object, plus one, that a type text names: "array of Container" names Container. */
static uint32_t weigher_type(struct weigher *weigher, uint32_t type)
{
    bool added;
    uint32_t *known = number_map_put(&weigher->types, type, 0, &added);
    if (known == NULL) {
        weigher->has_failed = true;
        return 0;
    }
    if (!added) return *known;
    struct str rest = catalogue_string(weigher->catalogue, type), word;
    while (*known == 0 && str_split(&rest, ' ', &word)) *known = weigher_find(weigher, word);
    return *known;
}

/* One round: every object hands half of what it has to what its properties' types name. */
static void weigher_round(struct weigher *weigher)
{
    const struct format_element *elements = weigher->catalogue->elements;
    for (size_t object = 0; object < weigher->object_count; object++) weigher->sum[object] = weigher->base[object];
    for (size_t object = 0; object < weigher->object_count; object++) {
        uint32_t owner = weigher->elements[object], end = weigher->api->first_element + weigher->api->element_count;
        for (uint32_t i = owner + 1; i < end && elements[i].kind == CATALOGUE_PROPERTY; i++)
            weigher_give(weigher, weigher_type(weigher, elements[i].type), weigher->sum,
                         (1 + weigher->flow[object]) / 2);
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
    if (weigher->object_count == 0) return;
    for (uint32_t i = api->first_element; i < api->first_element + api->element_count; i++) {
        if (catalogue->elements[i].kind != CATALOGUE_ENDPOINT) continue;
        weigher_mention(weigher, catalogue_string(catalogue, catalogue->elements[i].name));
        weigher_mention(weigher, catalogue_string(catalogue, catalogue->elements[i].owner));
    }
    memcpy(weigher->flow, weigher->base, weigher->object_count * sizeof *weigher->flow);
    for (int round = 0; round < WEIGH_ROUNDS; round++) weigher_round(weigher);
    for (size_t object = 0; object < weigher->object_count; object++)
        weigher->weights[weigher->elements[object]] = weigh_scale(weigher->flow[object]);
}

/* All but the objects; these must be done before. */
static void weigher_others(struct weigher *weigher)
{
    const struct format_api *api = weigher->api;
    const struct format_element *elements = weigher->catalogue->elements;
    uint8_t *weights = weigher->weights;
    for (uint32_t i = api->first_element; i < api->first_element + api->element_count; i++) {
        switch (elements[i].kind) {
        case CATALOGUE_API:
            weights[i] = weigh_scale(api->counts[CATALOGUE_ENDPOINT] + api->counts[CATALOGUE_OBJECT]);
            break;
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

int weigh_apis(const struct catalogue *catalogue, uint32_t first, uint32_t end, uint8_t *weights)
{
    struct weigher weigher = { .catalogue = catalogue, .weights = weights };
    arena_init(&weigher.arena, SIZE_MAX / 2);
    number_map_init(&weigher.types);
    map_init(&weigher.names);
    for (uint32_t i = first; i < end && !weigher.has_failed; i++) {
        weigher.api = &catalogue->apis[i];
        memset(weights + weigher.api->first_element, 0, weigher.api->element_count);
        if (!weigher_collect(&weigher)) break;
        weigher_objects(&weigher);
        weigher_others(&weigher);
        weigher_told(&weigher);
    }
    bool has_failed = weigher.has_failed;
    weigher_free(&weigher);
    return has_failed ? FILE_NO_MEMORY : FILE_OK;
}
