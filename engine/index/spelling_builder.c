#include "spelling_builder.h"

#include "format.h"
#include "spelling.h"

#include <stdlib.h>

enum {
    SPELLING_LEAF_TERMS = 16, /* so many are looked at one by one: half as many make twice as many nodes */
    SPELLING_DEPTH_MAX = 64,  /* of the tree: no typing errors are looked for behind it */
};

/* A term of the dictionaries with its first eight bytes as a number, which decide most comparisons. */
struct spelling_item {
    uint64_t head;
    struct str term;
    uint32_t number; /* as in FORMAT_SPELLING_TERMS */
};

void spelling_builder_init(struct spelling_builder *builder)
{
    buf_init(&builder->nodes, SIZE_MAX / 2);
    buf_init(&builder->labels, UINT32_MAX - 1);
    buf_init(&builder->terms, SIZE_MAX / 2);
    buf_init(&builder->tails, SIZE_MAX / 2);
}

void spelling_builder_free(struct spelling_builder *builder)
{
    buf_free(&builder->nodes);
    buf_free(&builder->labels);
    buf_free(&builder->terms);
    buf_free(&builder->tails);
}

/* ---- All terms in one order ------------------------------------------------------------------------------------- */

static bool spelling_is_behind(const struct spelling_item *a, const struct spelling_item *b)
{
    if (a->head != b->head) return a->head > b->head;
    int order = str_compare(a->term, b->term);
    return order ? order > 0 : a->number > b->number;
}

/* Merges the sorted items [0, middle) and [middle, end) of `from`. */
static void spelling_merge(const struct spelling_item *from, size_t middle, size_t end, struct spelling_item *into)
{
    size_t left = 0, right = middle;
    for (size_t i = 0; i < end; i++) {
        bool takes_right = left == middle || (right < end && spelling_is_behind(&from[left], &from[right]));
        into[i] = takes_right ? from[right++] : from[left++];
    }
}

static size_t spelling_fill(const struct spelling_source *source, uint32_t number, struct spelling_item *items)
{
    for (uint32_t entry = 0; entry < source->count; entry++) {
        struct str term = source->terms[entry];
        items[entry] =
            (struct spelling_item){ dictionary_head(term, 0), term, number << FORMAT_SPELLING_SHIFT | entry };
    }
    return source->count;
}

/* The items of dictionaries [first, end) in order, in `items`; `spare` has as much room. */
static size_t spelling_sort(const struct spelling_source *sources, uint32_t first, uint32_t end,
                            struct spelling_item *items, struct spelling_item *spare)
{
    if (first == end) return 0;
    if (end - first == 1) return spelling_fill(&sources[first], first, items);
    uint32_t half = first + (end - first) / 2;
    size_t middle = spelling_sort(sources, first, half, spare, items);
    size_t count = middle + spelling_sort(sources, half, end, spare + middle, items + middle);
    spelling_merge(spare, middle, count, items);
    return count;
}

/* ---- The tree --------------------------------------------------------------------------------------------------- */

/* A node that waits for its children. */
struct spelling_branch {
    uint32_t first, end; /* items */
    uint32_t depth;
};

struct spelling_maker {
    struct spelling_builder *builder;
    const struct spelling_item *items;
    uint32_t *tails;
    struct buf branches; /* struct spelling_branch, by node */
    uint32_t node_count;
};

static void spelling_add_node(struct spelling_maker *maker, uint32_t first, uint32_t end, uint32_t depth, char label)
{
    struct spelling_branch branch = { first, end, depth };
    buf_append(&maker->branches, &branch, sizeof branch);
    buf_append(&maker->builder->labels, &label, 1);
    maker->node_count++;
}

/* The first item at or behind `at` that does not go on with the letter of `at`. Terms of one letter are many near the
 * root: so in growing steps, then by halves. */
static uint32_t spelling_run(const struct spelling_maker *maker, uint32_t at, uint32_t end, uint32_t depth)
{
    const struct spelling_item *items = maker->items;
    char letter = items[at].term.at[depth];
    uint32_t low = at, step = 1;
    while (low + step < end && items[low + step].term.at[depth] == letter) {
        low += step;
        step *= 2;
    }
    uint32_t high = low + step < end ? low + step : end;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (items[middle].term.at[depth] == letter)
            low = middle;
        else
            high = middle;
    }
    return high;
}

static uint32_t spelling_tail(struct str term, uint32_t depth)
{
    uint32_t tail = 0;
    for (uint32_t i = 0; i < SPELLING_TAIL_BYTES && depth + i < term.size; i++)
        tail |= (uint32_t)(uint8_t)term.at[depth + i] << (8 * i);
    return tail;
}

static void spelling_grow(struct spelling_maker *maker, struct spelling_branch branch)
{
    struct format_spelling_node node = { maker->node_count, branch.first };
    buf_append(&maker->builder->nodes, &node, sizeof node);
    bool is_leaf = branch.end - branch.first <= SPELLING_LEAF_TERMS || branch.depth == SPELLING_DEPTH_MAX;
    for (uint32_t i = branch.first; is_leaf && i < branch.end; i++)
        maker->tails[i] = spelling_tail(maker->items[i].term, branch.depth);
    uint32_t at = branch.first;
    while (!is_leaf && at < branch.end && maker->items[at].term.size == branch.depth) at++;
    for (uint32_t behind; !is_leaf && at < branch.end; at = behind) {
        behind = spelling_run(maker, at, branch.end, branch.depth);
        spelling_add_node(maker, at, behind, branch.depth + 1, maker->items[at].term.at[branch.depth]);
    }
}

static bool spelling_has_failed(const struct spelling_maker *maker)
{
    const struct spelling_builder *builder = maker->builder;
    return builder->nodes.error || builder->labels.error || builder->terms.error || builder->tails.error ||
           maker->branches.error;
}

static int spelling_make(struct spelling_builder *builder, const struct spelling_item *items, uint32_t count)
{
    struct spelling_maker maker = { .builder = builder, .items = items };
    size_t bytes = (size_t)count * sizeof(uint32_t);
    uint32_t *terms = (uint32_t *)(void *)buf_reserve(&builder->terms, bytes + 1);
    maker.tails = (uint32_t *)(void *)buf_reserve(&builder->tails, bytes + 1);
    buf_init(&maker.branches, SIZE_MAX / 2);
    if (terms && maker.tails) {
        memset(maker.tails, 0, bytes);
        for (uint32_t i = 0; i < count; i++) terms[i] = items[i].number;
        builder->terms.size = builder->tails.size = bytes;
        spelling_add_node(&maker, 0, count, 0, 0);
    }
    for (uint32_t node = 0; node < maker.node_count && !spelling_has_failed(&maker); node++)
        spelling_grow(&maker, ((const struct spelling_branch *)(const void *)maker.branches.at)[node]);
    struct format_spelling_node last = { maker.node_count, count };
    buf_append(&builder->nodes, &last, sizeof last);
    int error = spelling_has_failed(&maker) ? FILE_NO_MEMORY : FILE_OK;
    buf_free(&maker.branches);
    return error;
}

int spelling_builder_make(struct spelling_builder *builder, const struct spelling_source *sources, uint32_t count)
{
    size_t total = 0;
    for (uint32_t i = 0; i < count; i++) total += sources[i].count;
    if (total >= UINT32_MAX) return FILE_NO_MEMORY;
    struct spelling_item *items = calloc(total + 1, sizeof *items), *spare = calloc(total + 1, sizeof *spare);
    int error = FILE_NO_MEMORY;
    if (items && spare) {
        spelling_sort(sources, 0, count, items, spare);
        error = spelling_make(builder, items, (uint32_t)total);
    }
    free(items);
    free(spare);
    return error;
}

struct spelling spelling_builder_view(const struct spelling_builder *builder)
{
    return (struct spelling){ .nodes = (const void *)builder->nodes.at,
                              .labels = (const void *)builder->labels.at,
                              .terms = (const void *)builder->terms.at,
                              .tails = (const void *)builder->tails.at,
                              .node_count = (uint32_t)builder->labels.size,
                              .term_count = (uint32_t)(builder->terms.size / sizeof(uint32_t)) };
}

int spelling_builder_write(const struct spelling_builder *builder, struct file_writer *writer)
{
    const struct {
        uint32_t section;
        const struct buf *bytes;
    } parts[] = { { FORMAT_SPELLING_NODES, &builder->nodes },
                  { FORMAT_SPELLING_LABELS, &builder->labels },
                  { FORMAT_SPELLING_TERMS, &builder->terms },
                  { FORMAT_SPELLING_TAILS, &builder->tails } };
    int error = FILE_OK;
    for (size_t i = 0; i < sizeof parts / sizeof *parts && error == FILE_OK; i++)
        error = file_writer_section(writer, parts[i].section, parts[i].bytes->at, parts[i].bytes->size);
    return error;
}
