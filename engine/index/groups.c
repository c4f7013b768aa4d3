#include "groups.h"

#include "group_drafts.h"
#include "parallel.h"
#include "tokenize.h"
#include "type_links.h"
#include "weigh.h"

#include <math.h>
#include <stdlib.h>

struct groups_maker {
    const struct catalogue *catalogue;
    struct groups *groups;
    struct group_drafts drafts[FORMAT_KINDS];
    struct group_order *orders[FORMAT_KINDS]; /* of the drafts */
    uint32_t *numbers[FORMAT_KINDS];          /* by draft: its group */
    uint32_t member_first[FORMAT_KINDS];
    uint32_t *links; /* by element */
};

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
    double rank;
    uint32_t name_size;
    uint32_t draft;
};

static int groups_compare(const void *a, const void *b)
{
    const struct group_order *left = a, *right = b;
    if (left->rank != right->rank) return left->rank > right->rank ? -1 : 1;
    if (left->name_size != right->name_size) return left->name_size < right->name_size ? -1 : 1;
    return left->draft < right->draft ? -1 : left->draft > right->draft;
}

static struct group_order *groups_sort(const struct groups *groups, const struct group_drafts *drafts)
{
    const struct catalogue *catalogue = drafts->catalogue;
    struct group_order *order = malloc((drafts->count + (size_t)1) * sizeof *order);
    if (order == NULL) return NULL;
    for (uint32_t i = 0; i < drafts->count; i++) {
        const struct group_draft *draft = &drafts->drafts[i];
        const struct format_element *element = &catalogue->elements[draft->element];
        order[i] = (struct group_order){ groups_rank(catalogue, groups->weights, draft),
                                         (uint32_t)catalogue_string(catalogue, element->name).size, i };
    }
    qsort(order, drafts->count, sizeof *order, groups_compare);
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

static void groups_number(struct groups_maker *maker, enum catalogue_kind kind)
{
    struct groups *groups = maker->groups;
    const struct catalogue *catalogue = maker->catalogue;
    const struct group_drafts *drafts = &maker->drafts[kind];
    uint32_t first_member = maker->member_first[kind];
    for (uint32_t i = 0; i < drafts->count; i++) {
        const struct group_order *order = &maker->orders[kind][i];
        const struct group_draft *draft = &drafts->drafts[order->draft];
        const struct format_element *element = &catalogue->elements[draft->element];
        size_t letters = groups_letters(groups_shown_name(catalogue, element));
        maker->numbers[kind][order->draft] = groups->kind_first[kind] + i;
        groups->groups[groups->kind_first[kind] + i] = (struct format_group){
            .first_member = first_member,
            .best = draft->best,
            .api_count = draft->api_count,
            .owner_count = draft->owner_count,
            .rank = groups_rank_number(order->rank),
            .letters = letters < UINT8_MAX ? (uint8_t)letters : UINT8_MAX,
            .method = element->detail,
        };
        first_member += draft->count;
    }
}

/* Elements by group: counting sort, which keeps them rising. */
static int groups_fill(struct groups_maker *maker, enum catalogue_kind kind)
{
    struct groups *groups = maker->groups;
    uint32_t first = groups->kind_first[kind], count = maker->drafts[kind].count;
    uint32_t *cursors = malloc((count + (size_t)1) * sizeof *cursors);
    if (cursors == NULL) return FILE_NO_MEMORY;
    for (uint32_t i = 0; i < count; i++) cursors[i] = groups->groups[first + i].first_member;
    for (uint32_t element = 0; element < maker->catalogue->element_count; element++) {
        if (maker->catalogue->elements[element].kind != kind) continue;
        uint32_t group = maker->numbers[kind][groups->group_of[element]];
        groups->group_of[element] = group;
        groups->members[cursors[group - first]++] = element;
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

/* ---- The steps: weights, drafts and groups, then what needs the groups of all kinds ----------------------------- */

/* Threads share the kinds, the longest first: half of all elements are properties. */
static const enum catalogue_kind groups_kinds[FORMAT_KINDS] = { CATALOGUE_PROPERTY, CATALOGUE_PARAMETER,
                                                                CATALOGUE_OBJECT, CATALOGUE_ENDPOINT, CATALOGUE_API };

/* What is done element by element, or API by API, is done in so many parts. */
enum { GROUPS_PARTS = 64 };

static uint32_t groups_part(uint32_t count, size_t part)
{
    return (uint32_t)((uint64_t)count * part / GROUPS_PARTS);
}

static int groups_weigh_part(void *context, size_t part)
{
    const struct groups_maker *maker = context;
    uint32_t count = maker->catalogue->api_count;
    uint32_t first = groups_part(count, part), end = groups_part(count, part + 1);
    int error = type_links_apis(maker->catalogue, first, end, maker->links);
    return error ? error : weigh_apis(maker->catalogue, first, end, maker->links, maker->groups->weights);
}

static int groups_draft_kind(void *context, size_t number)
{
    struct groups_maker *maker = context;
    enum catalogue_kind kind = groups_kinds[number];
    struct group_drafts *drafts = &maker->drafts[kind];
    int error = group_drafts_make(drafts, maker->catalogue, maker->groups->weights, kind, maker->groups->group_of);
    if (error) return error;
    maker->numbers[kind] = malloc((drafts->count + (size_t)1) * sizeof(uint32_t));
    maker->orders[kind] = groups_sort(maker->groups, drafts);
    return maker->numbers[kind] && maker->orders[kind] ? FILE_OK : FILE_NO_MEMORY;
}

static int groups_lay_out(struct groups_maker *maker)
{
    struct groups *groups = maker->groups;
    uint32_t members = 0;
    for (unsigned kind = 0; kind < FORMAT_KINDS; kind++) {
        maker->member_first[kind] = members;
        members += maker->drafts[kind].element_count;
        groups->kind_first[kind + 1] = groups->kind_first[kind] + maker->drafts[kind].count;
    }
    groups->count = groups->kind_first[FORMAT_KINDS];
    groups->groups = calloc(groups->count + (size_t)1, sizeof *groups->groups);
    if (groups->groups == NULL) return FILE_NO_MEMORY;
    groups->groups[groups->count].first_member = members;
    return FILE_OK;
}

static int groups_number_kind(void *context, size_t number)
{
    struct groups_maker *maker = context;
    groups_number(maker, groups_kinds[number]);
    return groups_fill(maker, groups_kinds[number]);
}

static int groups_fill_owners(void *context, size_t part)
{
    const struct groups_maker *maker = context;
    const struct catalogue *catalogue = maker->catalogue;
    struct groups *groups = maker->groups;
    uint32_t count = catalogue->element_count;
    for (uint32_t i = groups_part(count, part); i < groups_part(count, part + 1); i++) {
        const struct format_element *at = &catalogue->elements[groups->members[i]];
        bool is_nested = at->kind == CATALOGUE_PROPERTY && at->owner != catalogue->elements[at->parent].name;
        groups->owners[i] = groups_owner(groups, catalogue, groups->members[i]) | (is_nested ? FORMAT_NESTED : 0);
    }
    return FILE_OK;
}

/* From one number for each element to one for each member that is an object or a property. */
static int groups_fill_links(const struct groups_maker *maker)
{
    struct groups *groups = maker->groups;
    uint32_t first = maker->member_first[CATALOGUE_OBJECT], end = maker->member_first[CATALOGUE_PROPERTY + 1];
    groups->link_count = end - first;
    groups->links = malloc((groups->link_count + (size_t)1) * sizeof *groups->links);
    if (groups->links == NULL) return FILE_NO_MEMORY;
    for (uint32_t i = 0; i < groups->link_count; i++) groups->links[i] = maker->links[groups->members[first + i]];
    return FILE_OK;
}

static int groups_run(struct groups_maker *maker, unsigned threads)
{
    int error = parallel_run(threads, GROUPS_PARTS, groups_weigh_part, maker);
    if (error == FILE_OK) error = parallel_run(threads, FORMAT_KINDS, groups_draft_kind, maker);
    if (error == FILE_OK) error = groups_lay_out(maker);
    if (error == FILE_OK) error = parallel_run(threads, FORMAT_KINDS, groups_number_kind, maker);
    if (error == FILE_OK) error = parallel_run(threads, GROUPS_PARTS, groups_fill_owners, maker);
    if (error == FILE_OK) error = groups_fill_links(maker);
    return error;
}

int groups_make(struct groups *groups, const struct catalogue *catalogue, unsigned threads)
{
    size_t count = catalogue->element_count + (size_t)1;
    *groups = (struct groups){ .weights = malloc(count),
                               .group_of = malloc(count * sizeof(uint32_t)),
                               .members = malloc(count * sizeof(uint32_t)),
                               .owners = malloc(count * sizeof(uint32_t)) };
    struct groups_maker maker = { .catalogue = catalogue, .groups = groups, .links = malloc(count * sizeof(uint32_t)) };
    int error = FILE_NO_MEMORY;
    if (groups->weights && groups->group_of && groups->members && groups->owners && maker.links)
        error = groups_run(&maker, threads);
    free(maker.links);
    for (unsigned kind = 0; kind < FORMAT_KINDS; kind++) {
        group_drafts_free(&maker.drafts[kind]);
        free(maker.orders[kind]);
        free(maker.numbers[kind]);
    }
    if (error) groups_free(groups);
    return error;
}

void groups_free(struct groups *groups)
{
    free(groups->groups);
    free(groups->group_of);
    free(groups->members);
    free(groups->owners);
    free(groups->links);
    free(groups->weights);
    *groups = (struct groups){ .groups = NULL };
}
