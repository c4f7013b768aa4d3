#include "dictionary_builder.h"

#include "dictionary.h"
#include "map.h"
#include "postings.h"
#include "utf8.h"

#include <stdlib.h>

/* Offsets are 32-bit numbers. */
static const size_t DICTIONARY_BYTES_MAX = UINT32_MAX;

void dictionary_builder_init(struct dictionary_builder *builder)
{
    *builder = (struct dictionary_builder){ .has_failed = false };
    interner_init(&builder->terms);
    struct buf *bufs[] = { &builder->seen,      &builder->log,      &builder->starts,
                           &builder->log_notes, &builder->postings, &builder->notes };
    for (size_t i = 0; i < sizeof bufs / sizeof *bufs; i++) buf_init(bufs[i], DICTIONARY_BYTES_MAX);
    dictionary_writer_init(&builder->written);
}

void dictionary_builder_free(struct dictionary_builder *builder)
{
    interner_free(&builder->terms);
    struct buf *bufs[] = { &builder->seen,      &builder->log,      &builder->starts,
                           &builder->log_notes, &builder->postings, &builder->notes };
    for (size_t i = 0; i < sizeof bufs / sizeof *bufs; i++) buf_free(bufs[i]);
    dictionary_writer_free(&builder->written);
    free(builder->sorted);
}

static void dictionary_append(struct buf *numbers, uint32_t number)
{
    buf_append(numbers, &number, sizeof number);
}

void dictionary_builder_document(struct dictionary_builder *builder)
{
    dictionary_append(&builder->starts, (uint32_t)(builder->log.size / sizeof(uint32_t)));
    buf_reserve(&builder->log, sizeof(uint32_t)); /* a log without terms has an address, too */
    builder->document_count++;
}

/* The last document that a term was in, plus one; NULL when there is no memory. */
static uint32_t *dictionary_seen(struct dictionary_builder *builder, uint32_t number)
{
    if ((number + (size_t)1) * sizeof(uint32_t) > builder->seen.size) {
        const uint32_t none[2] = { 0, 0 }; /* the first term has the number 1 */
        buf_append(&builder->seen, none, builder->seen.size ? sizeof none[0] : sizeof none);
    }
    return builder->seen.error ? NULL : (uint32_t *)(void *)builder->seen.at + number;
}

static void dictionary_add_hashed(struct dictionary_builder *builder, struct str term, uint64_t hash)
{
    if (term.size == 0) return;
    uint32_t number = interner_add_hashed(&builder->terms, term, hash);
    uint32_t *seen = number ? dictionary_seen(builder, number) : NULL;
    if (seen == NULL) {
        builder->has_failed = true;
        return;
    }
    if (*seen == builder->document_count) return;
    *seen = builder->document_count;
    dictionary_append(&builder->log, number);
    if (builder->has_notes) dictionary_append(&builder->log_notes, builder->note);
}

static struct str dictionary_cut(struct str term)
{
    return term.size > DICTIONARY_TERM_BYTES ? utf8_cut(term, DICTIONARY_TERM_BYTES) : term;
}

void dictionary_builder_add(struct dictionary_builder *builder, struct str term)
{
    term = dictionary_cut(term);
    dictionary_add_hashed(builder, term, map_hash(term));
}

void dictionary_builder_add_all(struct dictionary_builder *builder, const struct str *terms, size_t count)
{
    uint64_t hashes[DICTIONARY_BATCH];
    for (size_t i = 0; i < count; i++) {
        hashes[i] = map_hash(terms[i]);
        interner_fetch_slot(&builder->terms, hashes[i]);
    }
    for (size_t i = 0; i < count; i++) interner_fetch_text(&builder->terms, hashes[i]);
    for (size_t i = 0; i < count; i++) interner_fetch_bytes(&builder->terms, hashes[i]);
    for (size_t i = 0; i < count; i++) dictionary_add_hashed(builder, terms[i], hashes[i]);
}

/* A term with its first eight bytes as a number, which decide most comparisons. */
struct dictionary_order {
    uint64_t head;
    struct str term;
    uint32_t number;
};

static int dictionary_compare(const void *a, const void *b)
{
    const struct dictionary_order *left = a, *right = b;
    if (left->head != right->head) return left->head < right->head ? -1 : 1;
    return str_compare(left->term, right->term);
}

/* The terms in order. */
static struct dictionary_order *dictionary_sort(const struct dictionary_builder *builder)
{
    uint32_t count = dictionary_builder_count(builder);
    struct dictionary_order *order = malloc((count + (size_t)1) * sizeof *order);
    if (order == NULL) return NULL;
    for (uint32_t number = 1; number <= count; number++) {
        struct str term = interner_text(&builder->terms, number);
        order[number - 1] = (struct dictionary_order){ dictionary_head(term, 0), term, number };
    }
    qsort(order, count, sizeof *order, dictionary_compare);
    return order;
}

/* The documents of each term, by counting: `starts` (one more than there are terms, zeroed) and `postings` are filled.
 */
struct dictionary_lists {
    uint32_t *entries;  /* term number → entry */
    uint32_t *starts;   /* by entry */
    uint32_t *postings; /* by starts */
    uint32_t *notes;    /* beside them, or NULL */
};

static void dictionary_lists_free(struct dictionary_lists *lists)
{
    free(lists->entries);
    free(lists->starts);
    free(lists->postings);
    free(lists->notes);
}

/* The slice of the log with the terms of a document. */
static const uint32_t *dictionary_log(const struct dictionary_builder *builder, uint32_t document, const uint32_t **end)
{
    const uint32_t *log = (const uint32_t *)(const void *)builder->log.at;
    const uint32_t *starts = (const uint32_t *)(const void *)builder->starts.at;
    bool is_last = document + 1 == builder->document_count;
    *end = log + (is_last ? builder->log.size / sizeof *log : starts[document + 1]);
    return log + starts[document];
}

static uint64_t dictionary_count(const struct dictionary_builder *builder, struct dictionary_lists *lists,
                                 const uint32_t *order, uint32_t count)
{
    uint64_t total = 0;
    for (uint32_t i = 0; i < count; i++) {
        const uint32_t *end, *term = dictionary_log(builder, order ? order[i] : i, &end);
        total += (uint64_t)(end - term);
        for (; term < end; term++) lists->starts[lists->entries[*term]]++;
    }
    return total;
}

/* Fills the lists; afterwards starts[entry] is where the list of `entry` begins. */
static void dictionary_fill(const struct dictionary_builder *builder, struct dictionary_lists *lists,
                            const uint32_t *order, uint32_t count, uint32_t base)
{
    const uint32_t *log = (const void *)builder->log.at, *notes = (const void *)builder->log_notes.at;
    uint32_t sum = 0;
    for (uint32_t entry = 0; entry < builder->terms.count; entry++) {
        sum += lists->starts[entry];
        lists->starts[entry] = sum;
    }
    for (uint32_t i = count; i-- > 0;) {
        const uint32_t *end, *term = dictionary_log(builder, order ? order[i] : i, &end);
        for (; term < end; term++) {
            uint32_t at = --lists->starts[lists->entries[*term]];
            lists->postings[at] = base + i;
            if (lists->notes) lists->notes[at] = notes[term - log];
        }
    }
}

static int dictionary_invert(const struct dictionary_builder *builder, const struct dictionary_order *sorted,
                             struct dictionary_lists *lists, const uint32_t *order, uint32_t count, uint32_t base)
{
    lists->entries = malloc(builder->terms.count * sizeof(uint32_t));
    lists->starts = calloc(builder->terms.count, sizeof(uint32_t));
    if (lists->entries == NULL || lists->starts == NULL) return FILE_NO_MEMORY;
    for (uint32_t entry = 0; entry < dictionary_builder_count(builder); entry++)
        lists->entries[sorted[entry].number] = entry;
    uint64_t total = dictionary_count(builder, lists, order, count);
    if (total >= UINT32_MAX) return FILE_NO_MEMORY;
    lists->postings = malloc((total + 1) * sizeof(uint32_t));
    if (builder->has_notes) lists->notes = malloc((total + 1) * sizeof(uint32_t));
    if (lists->postings == NULL || (builder->has_notes && lists->notes == NULL)) return FILE_NO_MEMORY;
    dictionary_fill(builder, lists, order, count, base);
    return FILE_OK;
}

/* The postings of an entry, as they will be read; how many, or how many bytes. */
static uint32_t dictionary_write_postings(struct dictionary_builder *builder, const uint32_t *postings, uint32_t count,
                                          bool is_packed)
{
    size_t before = builder->postings.size;
    if (!is_packed) {
        buf_append(&builder->postings, postings, count * sizeof *postings);
        return count;
    }
    postings_pack(&builder->postings, postings, count);
    return (uint32_t)(builder->postings.size - before);
}

static bool dictionary_write(struct dictionary_builder *builder, const struct dictionary_order *order,
                             const struct dictionary_lists *lists, bool is_packed)
{
    uint32_t count = dictionary_builder_count(builder);
    buf_reserve(&builder->postings, 1); /* none have an address, too */
    builder->sorted = malloc((count + (size_t)1) * sizeof *builder->sorted);
    if (builder->sorted == NULL) return false;
    for (uint32_t entry = 0; entry < count; entry++) {
        uint32_t start = lists->starts[entry], size = lists->starts[entry + 1] - start;
        builder->sorted[entry] = order[entry].term;
        size = dictionary_write_postings(builder, lists->postings + start, size, is_packed);
        dictionary_writer_add(&builder->written, order[entry].term, size);
    }
    if (lists->notes) buf_append(&builder->notes, lists->notes, lists->starts[count] * sizeof *lists->notes);
    return dictionary_writer_finish(&builder->written) && !builder->postings.error && !builder->notes.error;
}

static bool dictionary_builder_failed(const struct dictionary_builder *builder)
{
    return builder->has_failed || builder->terms.failed || builder->seen.error || builder->log.error ||
           builder->starts.error || builder->log_notes.error;
}

int dictionary_builder_finish(struct dictionary_builder *builder, const uint32_t *order, uint32_t count, uint32_t base,
                              bool is_packed)
{
    if (dictionary_builder_failed(builder)) return FILE_NO_MEMORY;
    struct dictionary_order *sorted = dictionary_sort(builder);
    if (sorted == NULL) return FILE_NO_MEMORY;
    struct dictionary_lists lists = { NULL, NULL, NULL, NULL };
    int error = dictionary_invert(builder, sorted, &lists, order, count, base);
    if (error == FILE_OK && !dictionary_write(builder, sorted, &lists, is_packed)) error = FILE_NO_MEMORY;
    dictionary_lists_free(&lists);
    free(sorted);
    return error;
}

int dictionary_builder_write(const struct dictionary_builder *builder, struct file_writer *writer, uint32_t number)
{
    const struct buf *parts[DICTIONARY_PARTS] = { [DICTIONARY_TERMS] = &builder->written.terms,
                                                  [DICTIONARY_HEADS] = &builder->written.heads,
                                                  [DICTIONARY_BLOCKS] = &builder->written.blocks,
                                                  [DICTIONARY_POSTINGS] = &builder->postings };
    int error = FILE_OK;
    for (uint32_t part = 0; part < DICTIONARY_PARTS && error == FILE_OK; part++) {
        uint32_t section = FORMAT_DICTIONARY + DICTIONARY_PARTS * number + part;
        error = file_writer_section(writer, section, parts[part]->at, parts[part]->size);
    }
    return error;
}
