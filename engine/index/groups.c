#include "groups.h"

#include "arena.h"
#include "map.h"
#include "number_map.h"
#include "tokenize.h"
#include "weigh.h"

#include <math.h>
#include <stdlib.h>

/* The bits that the parts of a group's key have: kind, method, number of the folded name, of the folded operationId. */
enum { GROUPS_METHOD_BITS = 4, GROUPS_NAME_BITS = 28 };

/* A group while its elements come in. */
struct group_draft {
    uint32_t element; /* the first one */
    uint32_t count;
    uint32_t best;
    unsigned best_weight; /* with that of its API */
    uint32_t api_count, owner_count;
    uint32_t last_api, last_owner;
};

struct groups_maker {
    const struct catalogue *catalogue;
    struct groups *groups;
    struct arena arena;
    struct map folded;       /* folded name → its number */
    struct number_map names; /* string id → number of the folded name */
    struct number_map keys;  /* key → draft */
    struct group_draft *drafts;
    uint32_t draft_count, draft_capacity;
    bool has_failed;
};

static uint32_t groups_fold(struct groups_maker *maker, struct str name)
{
    char *folded = arena_alloc(&maker->arena, name.size + 1);
    if (folded == NULL) {
        maker->has_failed = true;
        return 0;
    }
    tokenize_fold(name, folded);
    bool added;
    uint64_t *number = map_put(&maker->folded, (struct str){ folded, name.size }, &added);
    if (number == NULL) {
        maker->has_failed = true;
        return 0;
    }
    if (added) *number = maker->folded.count - 1;
    return (uint32_t)*number;
}

/* The number of the folded form of a string. */
static uint32_t groups_name(struct groups_maker *maker, uint32_t string)
{
    bool added;
    uint32_t *number = number_map_put(&maker->names, string, 0, &added);
    if (number == NULL) {
        maker->has_failed = true;
        return 0;
    }
    if (added) *number = groups_fold(maker, catalogue_string(maker->catalogue, string));
    return *number;
}

/* Endpoints are told apart by method and operationId, too; all else by kind and name. */
static uint64_t groups_key(struct groups_maker *maker, const struct format_element *element, uint32_t name)
{
    bool is_endpoint = element->kind == CATALOGUE_ENDPOINT;
    uint64_t key = element->kind;
    key = key << GROUPS_METHOD_BITS | (is_endpoint ? element->detail : 0);
    key = key << GROUPS_NAME_BITS | name;
    return key << GROUPS_NAME_BITS | (is_endpoint ? groups_name(maker, element->owner) : 0);
}

static struct group_draft *groups_new_draft(struct groups_maker *maker, uint32_t element)
{
    if (maker->draft_count == maker->draft_capacity) {
        uint32_t capacity = maker->draft_capacity ? maker->draft_capacity * 2 : 1024;
        struct group_draft *drafts = reallocarray(maker->drafts, capacity, sizeof *drafts);
        if (drafts == NULL) {
            maker->has_failed = true;
            return NULL;
        }
        maker->drafts = drafts;
        maker->draft_capacity = capacity;
    }
    struct group_draft *draft = &maker->drafts[maker->draft_count++];
    *draft = (struct group_draft){
        .element = element, .best = element, .last_api = CATALOGUE_NONE, .last_owner = CATALOGUE_NONE
    };
    return draft;
}

/* An owner's elements of one name come one after the other, so that counting the changes counts the owners. */
static void groups_take(struct groups_maker *maker, struct group_draft *draft, uint32_t element, uint32_t api)
{
    const struct format_element *at = &maker->catalogue->elements[element];
    const uint8_t *weights = maker->groups->weights;
    draft->count++;
    bool is_other_api = draft->last_api != api;
    draft->api_count += is_other_api;
    draft->owner_count += is_other_api || draft->last_owner != at->owner;
    draft->last_api = api;
    draft->last_owner = at->owner;
    unsigned weight = (unsigned)weights[element] + weights[maker->catalogue->apis[api].first_element];
    if (draft->count > 1 && weight <= draft->best_weight) return;
    draft->best = element;
    draft->best_weight = weight;
}

static void groups_add(struct groups_maker *maker, uint32_t element, uint32_t api)
{
    const struct format_element *at = &maker->catalogue->elements[element];
    uint32_t name = groups_name(maker, at->name);
    bool added;
    uint32_t *number = number_map_put(&maker->keys, groups_key(maker, at, name), maker->draft_count, &added);
    if (number == NULL || maker->has_failed || (added && !groups_new_draft(maker, element))) {
        maker->has_failed = true;
        return;
    }
    maker->groups->group_of[element] = *number;
    groups_take(maker, &maker->drafts[*number], element, api);
}

/* ---- The rank ------------------------------------------------------------------------------------------------ */

/* What the kinds are ahead of each other, in the unit of the rank: a doubling of the number of APIs is 16. An object is
 * asked for more often than a property of the same name, and an API more often than anything in it; what
 * weighs as its endpoint does begins with WEIGH_ENDPOINT, which is taken off again. */
static const double groups_kind_ahead[FORMAT_KINDS] = {
    [CATALOGUE_API] = 200,     [CATALOGUE_ENDPOINT] = -40,  [CATALOGUE_OBJECT] = 110,
    [CATALOGUE_PROPERTY] = 40, [CATALOGUE_PARAMETER] = -40,
};
static const double GROUPS_DOUBLING = 16, GROUPS_LETTER = 1.5, GROUPS_LETTERS_MAX = 60, GROUPS_TOLD = 28;

static struct str groups_shown_name(const struct catalogue *catalogue, const struct format_element *element)
{
    struct str name = catalogue_string(catalogue, element->name);
    return element->kind == CATALOGUE_OBJECT ? catalogue_short_name(name) : name;
}

/* In how many APIs it is, how weighty its best element is, and how short its name. */
static double groups_rank(const struct catalogue *catalogue, const uint8_t *weights, const struct group_draft *draft)
{
    const struct format_element *element = &catalogue->elements[draft->element];
    double letters = (double)groups_shown_name(catalogue, element).size;
    if (letters > GROUPS_LETTERS_MAX) letters = GROUPS_LETTERS_MAX;
    uint32_t api = catalogue_api_of(catalogue, draft->best);
    /* An API is known by its name, described or not. */
    bool is_told = catalogue->elements[draft->best].text && element->kind != CATALOGUE_API;
    return groups_kind_ahead[element->kind] + GROUPS_DOUBLING * log2(draft->api_count) +
           GROUPS_DOUBLING / 4 * log2(draft->count) + weights[draft->best] / 1.5 +
           weights[catalogue->apis[api].first_element] / 8.0 - GROUPS_LETTER * letters + (is_told ? GROUPS_TOLD : 0);
}

struct group_order {
    uint8_t kind;
    double rank;
    uint32_t name_size;
    uint32_t draft;
};

static int groups_compare(const void *a, const void *b)
{
    const struct group_order *left = a, *right = b;
    if (left->kind != right->kind) return left->kind < right->kind ? -1 : 1;
    if (left->rank != right->rank) return left->rank > right->rank ? -1 : 1;
    if (left->name_size != right->name_size) return left->name_size < right->name_size ? -1 : 1;
    return left->draft < right->draft ? -1 : left->draft > right->draft;
}

static struct group_order *groups_sort(const struct groups_maker *maker)
{
    const struct catalogue *catalogue = maker->catalogue;
    struct group_order *order = malloc((maker->draft_count + (size_t)1) * sizeof *order);
    if (order == NULL) return NULL;
    for (uint32_t i = 0; i < maker->draft_count; i++) {
        const struct group_draft *draft = &maker->drafts[i];
        const struct format_element *element = &catalogue->elements[draft->element];
        order[i] = (struct group_order){ element->kind, groups_rank(catalogue, maker->groups->weights, draft),
                                         (uint32_t)catalogue_string(catalogue, element->name).size, i };
    }
    qsort(order, maker->draft_count, sizeof *order, groups_compare);
    return order;
}

/* A rank as it is kept: smaller is better, 16 bits, so that groups of different kinds can be compared. */
static uint16_t groups_rank_number(double rank)
{
    double number = UINT16_MAX / 2.0 - rank * 32;
    if (number < 0) return 0;
    return number > UINT16_MAX ? UINT16_MAX : (uint16_t)number;
}

static size_t groups_letters(struct str name)
{
    char squashed[2 * UINT8_MAX];
    return tokenize_squash(str_cut(name, 0, sizeof squashed), squashed);
}

/* ---- The result ---------------------------------------------------------------------------------------------- */

static void groups_number(struct groups_maker *maker, const struct group_order *order, uint32_t *number_of)
{
    struct groups *groups = maker->groups;
    const struct catalogue *catalogue = maker->catalogue;
    uint32_t first_member = 0;
    for (uint32_t i = 0; i < maker->draft_count; i++) {
        const struct group_draft *draft = &maker->drafts[order[i].draft];
        const struct format_element *element = &catalogue->elements[draft->element];
        size_t letters = groups_letters(groups_shown_name(catalogue, element));
        number_of[order[i].draft] = i;
        groups->kind_first[element->kind + 1] = i + 1;
        groups->groups[i] = (struct format_group){
            .first_member = first_member,
            .best = draft->best,
            .api_count = draft->api_count,
            .owner_count = draft->owner_count,
            .rank = groups_rank_number(order[i].rank),
            .letters = letters < UINT8_MAX ? (uint8_t)letters : UINT8_MAX,
            .method = element->detail,
        };
        first_member += draft->count;
    }
    groups->groups[groups->count].first_member = first_member;
    for (unsigned kind = 1; kind <= FORMAT_KINDS; kind++)
        if (groups->kind_first[kind] < groups->kind_first[kind - 1])
            groups->kind_first[kind] = groups->kind_first[kind - 1];
}

/* Elements by group: counting sort, which keeps them rising. */
static int groups_fill(struct groups_maker *maker, const uint32_t *number_of)
{
    struct groups *groups = maker->groups;
    uint32_t *cursors = malloc((groups->count + (size_t)1) * sizeof *cursors);
    if (cursors == NULL) return FILE_NO_MEMORY;
    for (uint32_t i = 0; i < groups->count; i++) cursors[i] = groups->groups[i].first_member;
    for (uint32_t element = 0; element < maker->catalogue->element_count; element++) {
        uint32_t group = number_of[groups->group_of[element]];
        groups->group_of[element] = group;
        groups->members[cursors[group]++] = element;
    }
    free(cursors);
    return FILE_OK;
}

uint32_t groups_owner(const struct groups *groups, const struct catalogue *catalogue, uint32_t element)
{
    const struct format_element *at = &catalogue->elements[element];
    bool is_owned = at->kind == CATALOGUE_PROPERTY || at->kind == CATALOGUE_PARAMETER;
    return is_owned ? groups->group_of[at->parent] : FORMAT_NO_OWNER;
}

static void groups_fill_owners(struct groups *groups, const struct catalogue *catalogue)
{
    for (uint32_t i = 0; i < catalogue->element_count; i++) {
        const struct format_element *at = &catalogue->elements[groups->members[i]];
        bool is_nested = at->kind == CATALOGUE_PROPERTY && at->owner != catalogue->elements[at->parent].name;
        groups->owners[i] = groups_owner(groups, catalogue, groups->members[i]) | (is_nested ? FORMAT_NESTED : 0);
    }
}

static int groups_finish(struct groups_maker *maker)
{
    struct groups *groups = maker->groups;
    groups->count = maker->draft_count;
    groups->groups = calloc(groups->count + (size_t)1, sizeof *groups->groups);
    uint32_t *number_of = malloc((groups->count + (size_t)1) * sizeof *number_of);
    struct group_order *order = groups_sort(maker);
    int error = FILE_NO_MEMORY;
    if (groups->groups && number_of && order) {
        groups_number(maker, order, number_of);
        error = groups_fill(maker, number_of);
        if (error == FILE_OK) groups_fill_owners(groups, maker->catalogue);
    }
    free(number_of);
    free(order);
    return error;
}

static void groups_collect(struct groups_maker *maker)
{
    const struct catalogue *catalogue = maker->catalogue;
    for (uint32_t api = 0; api < catalogue->api_count; api++) {
        uint32_t first = catalogue->apis[api].first_element;
        for (uint32_t i = 0; i < catalogue->apis[api].element_count && !maker->has_failed; i++)
            groups_add(maker, first + i, api);
    }
    if (maker->folded.count >= (size_t)1 << GROUPS_NAME_BITS) maker->has_failed = true;
}

int groups_make(struct groups *groups, const struct catalogue *catalogue)
{
    size_t count = catalogue->element_count + (size_t)1;
    *groups = (struct groups){ .weights = malloc(count),
                               .group_of = malloc(count * sizeof(uint32_t)),
                               .members = malloc(count * sizeof(uint32_t)),
                               .owners = malloc(count * sizeof(uint32_t)) };
    struct groups_maker maker = { .catalogue = catalogue, .groups = groups };
    arena_init(&maker.arena, SIZE_MAX / 2);
    map_init(&maker.folded);
    number_map_init(&maker.names);
    number_map_init(&maker.keys);
    int error = FILE_NO_MEMORY;
    if (groups->weights && groups->group_of && groups->members && groups->owners)
        error = weigh_elements(catalogue, groups->weights);
    if (error == FILE_OK) groups_collect(&maker);
    if (error == FILE_OK) error = maker.has_failed ? FILE_NO_MEMORY : groups_finish(&maker);
    arena_free(&maker.arena);
    map_free(&maker.folded);
    number_map_free(&maker.names);
    number_map_free(&maker.keys);
    free(maker.drafts);
    if (error) groups_free(groups);
    return error;
}

void groups_free(struct groups *groups)
{
    free(groups->groups);
    free(groups->group_of);
    free(groups->members);
    free(groups->owners);
    free(groups->weights);
    *groups = (struct groups){ .groups = NULL };
}
