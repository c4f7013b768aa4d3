#include "copy.h"

const char *const *copy_names(struct arena *arena, const char *const *names)
{
    size_t count = 0;
    if (names == NULL) return NULL;
    while (names[count]) count++;
    const char **copies = arena_calloc(arena, count + 1, sizeof *copies);
    for (size_t i = 0; copies && i < count; i++) copies[i] = arena_copy(arena, str_from(names[i])).at;
    return copies;
}

sio_to copy_to(struct arena *arena, const sio_to *to)
{
    sio_to copy = *to;
    copy.rooms = copy_names(arena, to->rooms);
    copy.except = copy_names(arena, to->except);
    return copy;
}

static bool copy_has_data(const sio_value *value)
{
    return value->kind == SIO_TEXT || value->kind == SIO_JSON || value->kind == SIO_BYTES;
}

/* Values in an array of their own; those inside of them are bytes, and have none inside. */
static sio_value *copy_values(struct arena *arena, const sio_value *values, size_t count)
{
    sio_value *copies = arena_calloc(arena, count, sizeof *copies);
    for (size_t i = 0; copies && i < count; i++) {
        copies[i] = values[i];
        if (!copy_has_data(&values[i])) continue;
        copies[i].data.at = arena_copy(arena, (struct str){ values[i].data.at, values[i].data.size }).at;
    }
    return copies;
}

/* The values of one packet have its attachments in common. Copied for each, ten of 100 KB behind a thousand times "[]"
 * would become a gigabyte. */
sio_args copy_args(struct arena *arena, sio_args args)
{
    sio_value *copies = copy_values(arena, args.at, args.count);
    const sio_value *last = NULL, *copied = NULL;
    if (copies == NULL) return SIO_NO_ARGS;
    for (size_t i = 0; i < args.count; i++) {
        const sio_value *value = &args.at[i];
        if (value->kind != SIO_JSON || value->attachment_count == 0) continue;
        if (value->attachments != last) copied = copy_values(arena, value->attachments, value->attachment_count);
        last = value->attachments;
        copies[i].attachments = copied;
    }
    return (sio_args){ copies, args.count };
}
