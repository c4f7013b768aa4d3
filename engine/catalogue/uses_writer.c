#include "uses.h"

#include "leb128.h"

#include <stdlib.h>

/* As it is written, but for the differences. */
struct uses_record {
    uint32_t target, user;
    uint32_t how; /* of an object `within`, then the role */
};

void uses_writer_init(struct uses_writer *writer)
{
    buf_init(&writer->objects, UINT32_MAX);
    buf_init(&writer->records, UINT32_MAX);
    buf_init(&writer->sorted, UINT32_MAX);
}

void uses_writer_free(struct uses_writer *writer)
{
    buf_free(&writer->objects);
    buf_free(&writer->records);
    buf_free(&writer->sorted);
}

void uses_writer_clear(struct uses_writer *writer)
{
    buf_clear(&writer->objects);
    buf_clear(&writer->records);
    buf_clear(&writer->sorted);
}

bool uses_writer_works(const struct uses_writer *writer)
{
    return !writer->objects.error && !writer->records.error && !writer->sorted.error;
}

void uses_writer_object(struct uses_writer *writer, uint32_t element)
{
    buf_append(&writer->objects, &element, sizeof element);
}

void uses_writer_add(struct uses_writer *writer, uint32_t target, uint32_t user, uint32_t within, enum uses_role role)
{
    struct uses_record record = { target, user, within << USES_ROLE_BITS | role };
    buf_append(&writer->records, &record, sizeof record);
}

/* ---- In order --------------------------------------------------------------------------------------------------- */

static uint32_t uses_count(const struct buf *buf, size_t size)
{
    return (uint32_t)(buf->size / size);
}

static bool uses_is_of_endpoint(const struct uses_record *record)
{
    return (record->how & ((1 << USES_ROLE_BITS) - 1)) >= USES_OF_ENDPOINTS;
}

static int uses_order(const void *a, const void *b)
{
    const struct uses_record *left = a, *right = b;
    if (left->user != right->user) return left->user < right->user ? -1 : 1;
    return left->how < right->how ? -1 : left->how > right->how;
}

/* Sorts the records by target, all else in the order of their coming: `starts` gets where each one's begin, and has one
 * more and zeros at first. */
static void uses_sort(struct uses_writer *writer, uint32_t *starts, uint32_t object_count)
{
    const struct uses_record *records = (const struct uses_record *)(const void *)writer->records.at;
    struct uses_record *sorted = (struct uses_record *)(void *)writer->sorted.at;
    uint32_t count = uses_count(&writer->records, sizeof *records);
    for (uint32_t i = 0; i < count; i++) starts[records[i].target + 1]++;
    for (uint32_t i = 0; i < object_count; i++) starts[i + 1] += starts[i];
    for (uint32_t i = 0; i < count; i++) sorted[starts[records[i].target]++] = records[i];
    for (uint32_t i = object_count; i > 0; i--) starts[i] = starts[i - 1];
    starts[0] = 0;
}

/* Properties of one object come in the order of the walk, which may come back to an outer one. */
static uint32_t uses_unique(struct uses_record *records, uint32_t count)
{
    bool is_sorted = true;
    uint32_t kept = 0;
    for (uint32_t i = 1; i < count && is_sorted; i++) is_sorted = uses_order(&records[i - 1], &records[i]) <= 0;
    if (!is_sorted) qsort(records, count, sizeof *records, uses_order);
    for (uint32_t i = 0; i < count; i++)
        if (kept == 0 || uses_order(&records[kept - 1], &records[i]) != 0) records[kept++] = records[i];
    return kept;
}

/* ---- Writing ---------------------------------------------------------------------------------------------------- */

static void uses_append(struct buf *out, uint32_t number)
{
    uint8_t bytes[LEB128_SIZE_MAX];
    buf_append(out, bytes, leb128_write(number, bytes));
}

/* The users of one object: `records` are those of endpoints, then those of objects. */
static void uses_write_list(struct uses_record *records, uint32_t count, struct buf *out)
{
    uint32_t endpoints = 0;
    while (endpoints < count && uses_is_of_endpoint(&records[endpoints])) endpoints++;
    struct uses_record *of_objects = records + endpoints;
    uint32_t objects = uses_unique(of_objects, count - endpoints);
    endpoints = uses_unique(records, endpoints);
    if (objects + endpoints) uses_append(out, objects);
    for (uint32_t i = 0, last = 0; i < objects; last = of_objects[i++].user) {
        uses_append(out, of_objects[i].user - last);
        uses_append(out, of_objects[i].how);
    }
    for (uint32_t i = 0, last = 0; i < endpoints; last = records[i++].user)
        uses_append(out, (records[i].user - last) << USES_ROLE_BITS | records[i].how);
}

static void uses_write_lists(struct uses_writer *writer, const uint32_t *starts, uint32_t object_count, size_t start,
                             struct buf *out)
{
    struct uses_record *sorted = (struct uses_record *)(void *)writer->sorted.at;
    size_t places = start + object_count * sizeof(uint32_t), lists = places + (object_count + 1) * sizeof(uint32_t);
    for (uint32_t object = 0; object <= object_count && !out->error; object++) {
        uint32_t place = (uint32_t)(out->size - lists);
        memcpy(out->at + places + object * sizeof place, &place, sizeof place);
        if (object == object_count || starts[object] == starts[object + 1]) continue;
        uses_write_list(sorted + starts[object], starts[object + 1] - starts[object], out);
    }
}

bool uses_writer_write(struct uses_writer *writer, struct buf *out)
{
    uint32_t object_count = uses_count(&writer->objects, sizeof(uint32_t));
    size_t head = (2 * (size_t)object_count + 1) * sizeof(uint32_t), start = out->size;
    uint32_t *starts = calloc(object_count + (size_t)2, sizeof *starts);
    bool works = starts && buf_reserve(out, head) && buf_reserve(&writer->sorted, writer->records.size + 1) &&
                 uses_writer_works(writer);
    if (works) {
        uses_sort(writer, starts, object_count);
        if (object_count) memcpy(out->at + start, writer->objects.at, writer->objects.size);
        out->size += head;
        uses_write_lists(writer, starts, object_count, start, out);
        while (out->size % sizeof(uint32_t)) buf_append_byte(out, 0);
    }
    free(starts);
    return works && !out->error;
}
