#include "catalogue_draft.h"

#include "map.h"

#include <stdlib.h>

int catalogue_union_create(struct catalogue_union **made)
{
    struct catalogue_union *all = *made = calloc(1, sizeof *all);
    if (all == NULL) return FILE_NO_MEMORY;
    for (size_t i = 0; i < UNION_PARTS; i++) {
        pthread_mutex_init(&all->strings[i].lock, NULL);
        interner_init(&all->strings[i].interner);
    }
    pthread_mutex_init(&all->facts.lock, NULL);
    interner_init(&all->facts.interner);
    pthread_mutex_init(&all->lock, NULL);
    buf_init(&all->made_facts, UINT32_MAX);
    return FILE_OK;
}

static void union_part_free(struct union_part *part)
{
    pthread_mutex_destroy(&part->lock);
    interner_free(&part->interner);
    free(part->places);
}

static void union_api_free(struct union_api *api)
{
    free(api->elements);
    free(api->text);
    free(api->uses);
    free(api->strings);
    free(api->facts);
}

void catalogue_union_destroy(struct catalogue_union *all)
{
    if (all == NULL) return;
    for (size_t i = 0; i < UNION_PARTS; i++) union_part_free(&all->strings[i]);
    union_part_free(&all->facts);
    pthread_mutex_destroy(&all->lock);
    for (size_t i = 0; i < all->api_count; i++) union_api_free(&all->apis[i]);
    free(all->apis);
    free(all->made_apis);
    free(all->made_elements);
    free(all->made_strings);
    free(all->made_texts);
    free(all->made_uses);
    buf_free(&all->made_facts);
    free(all);
}

/* ---- One API moves in ------------------------------------------------------------------------------------ */

/* What a number of the builder is in the union, and the last API, counted from 1, that used it. */
struct union_known {
    uint32_t number, api;
};

struct union_move {
    struct catalogue_union *all;
    const struct catalogue_builder *from;
    struct union_known *strings, *facts; /* by the builder's numbers */
    uint32_t api;
    struct buf string_list, fact_list, entry;
    bool failed;
};

static void union_use(struct union_move *move, struct union_known *known, struct buf *list)
{
    if (known->api == move->api) return;
    known->api = move->api;
    buf_append(list, &known->number, sizeof known->number);
}

/* ---- All strings of a builder, a part of the union after the other: so what is looked at lies close together ----- */

struct union_batch {
    uint64_t *hashes;                 /* by the builder's number */
    uint32_t *order;                  /* the builder's numbers, by part */
    uint32_t starts[UNION_PARTS + 1]; /* in order */
};

static uint32_t union_part_of(uint64_t hash)
{
    return (uint32_t)(hash >> (64 - UNION_PART_BITS));
}

static void union_sort(struct union_batch *batch, const struct interner *strings)
{
    uint32_t cursors[UNION_PARTS];
    for (uint32_t string = 1; string < strings->count; string++) {
        batch->hashes[string] = map_hash(strings->texts[string]);
        batch->starts[union_part_of(batch->hashes[string]) + 1]++;
    }
    for (size_t part = 0; part < UNION_PARTS; part++) {
        batch->starts[part + 1] += batch->starts[part];
        cursors[part] = batch->starts[part];
    }
    for (uint32_t string = 1; string < strings->count; string++)
        batch->order[cursors[union_part_of(batch->hashes[string])]++] = string;
}

static void union_fetch_ahead(const struct union_batch *batch, const struct interner *interner, uint32_t at,
                              uint32_t end)
{
    if (at + INTERNER_AHEAD_SLOT < end)
        interner_fetch_slot(interner, batch->hashes[batch->order[at + INTERNER_AHEAD_SLOT]]);
    if (at + INTERNER_AHEAD_TEXT < end)
        interner_fetch_text(interner, batch->hashes[batch->order[at + INTERNER_AHEAD_TEXT]]);
    if (at + INTERNER_AHEAD_BYTES < end)
        interner_fetch_bytes(interner, batch->hashes[batch->order[at + INTERNER_AHEAD_BYTES]]);
}

static void union_intern_part(struct union_move *move, const struct union_batch *batch, uint32_t number)
{
    struct union_part *part = &move->all->strings[number];
    uint32_t end = batch->starts[number + 1];
    pthread_mutex_lock(&part->lock);
    for (uint32_t at = batch->starts[number]; at < end; at++) {
        uint32_t string = batch->order[at];
        union_fetch_ahead(batch, &part->interner, at, end);
        uint32_t known = interner_add_hashed(&part->interner, move->from->strings.texts[string], batch->hashes[string]);
        /* None when there is no memory, or no number left. */
        move->failed |= known == 0 || known >= UINT32_MAX >> UNION_PART_BITS;
        move->strings[string].number = known << UNION_PART_BITS | number;
    }
    pthread_mutex_unlock(&part->lock);
}

static bool union_intern(struct union_move *move)
{
    size_t count = move->from->strings.count;
    struct union_batch batch = { .hashes = malloc(count * sizeof(uint64_t)),
                                 .order = malloc(count * sizeof(uint32_t)) };
    bool works = batch.hashes && batch.order;
    if (works) union_sort(&batch, &move->from->strings);
    for (uint32_t part = 0; works && part < UNION_PARTS; part++)
        if (batch.starts[part] < batch.starts[part + 1]) union_intern_part(move, &batch, part);
    free(batch.hashes);
    free(batch.order);
    return works && !move->failed;
}

static uint32_t union_string(struct union_move *move, uint32_t string)
{
    if (string == 0) return 0;
    struct union_known *known = &move->strings[string];
    union_use(move, known, &move->string_list);
    return known->number;
}

/* The strings are used anew by each API, and stand behind those that the API used before them. */
static void union_facts_strings(struct union_move *move, struct str entry)
{
    buf_clear(&move->entry);
    for (size_t at = 0; at < entry.size; at += sizeof(uint32_t)) {
        uint32_t string;
        memcpy(&string, entry.at + at, sizeof string);
        string = union_string(move, string);
        buf_append(&move->entry, &string, sizeof string);
    }
}

static uint32_t union_new_facts(struct union_move *move, struct str entry)
{
    pthread_mutex_lock(&move->all->facts.lock);
    uint32_t number = interner_add(&move->all->facts.interner, entry);
    pthread_mutex_unlock(&move->all->facts.lock);
    move->failed |= number == 0;
    return number;
}

static uint32_t union_facts(struct union_move *move, uint32_t facts)
{
    if (facts == 0) return 0;
    struct union_known *known = &move->facts[facts];
    if (known->api == move->api) return known->number;
    union_facts_strings(move, interner_text(&move->from->facts, facts));
    if (known->number == 0) known->number = union_new_facts(move, buf_str(&move->entry));
    union_use(move, known, &move->fact_list);
    return known->number;
}

static void union_move_strings(struct union_move *move, struct format_api *api)
{
    uint32_t *strings[CATALOGUE_API_STRINGS];
    catalogue_api_strings(api, strings);
    for (unsigned i = 0; i < CATALOGUE_API_STRINGS; i++) *strings[i] = union_string(move, *strings[i]);
}

static void union_move_elements(struct union_move *move, const struct format_api *from, struct format_element *elements)
{
    for (uint32_t i = 0; i < from->element_count && !move->failed; i++) {
        struct format_element element = move->from->elements[from->first_element + i];
        element.name = union_string(move, element.name);
        element.owner = union_string(move, element.owner);
        element.type = union_string(move, element.type);
        element.text = union_string(move, element.text);
        element.facts = union_facts(move, element.facts);
        element.parent -= from->first_element;
        elements[i] = element;
    }
}

static void *union_copy(struct str bytes)
{
    void *copy = malloc(bytes.size + 1);
    if (copy && bytes.size) memcpy(copy, bytes.at, bytes.size);
    return copy;
}

static bool union_make_api(struct union_move *move, struct union_api *api)
{
    const struct format_api *from = &move->from->apis[move->api - 1];
    buf_clear(&move->string_list);
    buf_clear(&move->fact_list);
    *api = (struct union_api){ .api = *from, .id = interner_text(&move->from->strings, from->id) };
    api->elements = malloc((from->element_count + (size_t)1) * sizeof *api->elements);
    if (api->elements == NULL) return false;
    union_move_strings(move, &api->api);
    union_move_elements(move, from, api->elements);
    api->string_count = (uint32_t)(move->string_list.size / sizeof(uint32_t));
    api->fact_count = (uint32_t)(move->fact_list.size / sizeof(uint32_t));
    api->strings = union_copy(buf_str(&move->string_list));
    api->facts = union_copy(buf_str(&move->fact_list));
    api->text =
        union_copy(str_cut(buf_str(&move->from->texts), from->text_offset, from->text_offset + from->text_size));
    api->uses = union_copy(str_cut(buf_str(&move->from->uses), from->uses_offset, from->uses_offset + from->uses_size));
    return !move->failed && !move->string_list.error && !move->fact_list.error && !move->entry.error && api->strings &&
           api->facts && api->text && api->uses;
}

static bool union_keep(struct catalogue_union *all, const struct union_api *api)
{
    pthread_mutex_lock(&all->lock);
    if (all->api_count == all->api_capacity) {
        size_t capacity = all->api_capacity ? all->api_capacity * 2 : 64;
        struct union_api *apis = reallocarray(all->apis, capacity, sizeof *apis);
        if (apis) {
            all->apis = apis;
            all->api_capacity = capacity;
        }
    }
    bool fits = all->api_count < all->api_capacity;
    if (fits) all->apis[all->api_count++] = *api;
    pthread_mutex_unlock(&all->lock);
    return fits;
}

static bool union_move_api(struct union_move *move)
{
    struct union_api api;
    if (union_make_api(move, &api) && union_keep(move->all, &api)) return true;
    union_api_free(&api);
    return false;
}

int catalogue_union_add(struct catalogue_union *all, const struct catalogue_builder *builder)
{
    struct union_move move = { .all = all, .from = builder };
    if (catalogue_builder_failed(builder)) return FILE_NO_MEMORY;
    buf_init(&move.string_list, UINT32_MAX);
    buf_init(&move.fact_list, UINT32_MAX);
    buf_init(&move.entry, UINT32_MAX);
    move.strings = calloc(builder->strings.count, sizeof *move.strings);
    move.facts = calloc(builder->facts.count, sizeof *move.facts);
    bool works = move.strings && move.facts && union_intern(&move);
    for (move.api = 1; works && move.api <= builder->api_count; move.api++) works = union_move_api(&move);
    free(move.strings);
    free(move.facts);
    buf_free(&move.string_list);
    buf_free(&move.fact_list);
    buf_free(&move.entry);
    return works ? FILE_OK : FILE_NO_MEMORY;
}
