/* engine_remove: APIs stay in their segments, and the list of segments says that they do not count. */
#include "amend.h"

/* `old` is what the change began with: nobody else can replace it while it has the lock. */
static int remove_all(struct store_change *change, const struct engine *old, const char *const *ids, size_t count,
                      struct engine_fault *fault)
{
    struct amend amend;
    if (amend_start(&amend, change, old, count) != FILE_OK) return ENGINE_ENOMEM;
    for (size_t i = 0; i < count; i++) {
        if (amend_remove(&amend, str_from(ids[i]))) continue;
        engine_fault_set(fault, "There is no API \"%s\" in the index. Search for a part of its name.", ids[i]);
        return ENGINE_ENOTFOUND;
    }
    int error = store_commit(change, &amend.next);
    if (error) engine_fault_set(fault, "%s: %s", change->path, engine_strerror(error));
    return error;
}

int engine_remove(const char *path, const char *const *ids, size_t count, struct engine_fault *fault)
{
    struct store_change change;
    struct engine *old;
    int error = amend_begin(&change, path, AMEND_WAIT_MS, &old, fault);
    if (error) return error;
    error = remove_all(&change, old, ids, count, fault);
    engine_close(old);
    store_abandon(&change);
    return error;
}
