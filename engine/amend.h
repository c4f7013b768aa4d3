/* amend.h - the next manifest of an open catalogue; for the files of the facade. */
#ifndef ENGINE_AMEND_H
#define ENGINE_AMEND_H

#include "engine_state.h"
#include "store.h"

struct amend {
    const struct engine *old; /* what the change began with, open */
    struct manifest next;
};

/* Who adds or removes is done soon, so one waits for the other. */
enum { AMEND_WAIT_MS = 10000 };

/* store_begin, and opens what is there: nobody can replace it until the change is ended. An engine_error, with a fault;
 * then there is nothing to end or to close. */
int amend_begin(struct store_change *change, const char *path, unsigned milliseconds, struct engine **old,
                struct engine_fault *fault);

/* Begins with what there is, and room for `most` APIs that are removed. FILE_OK, FILE_NO_MEMORY. */
int amend_start(struct amend *amend, struct store_change *change, const struct engine *old, size_t most);
/* Leaves an API out, wherever it is; false when it is nowhere. `id` must stay until the change is ended. */
bool amend_remove(struct amend *amend, struct str id);
/* Appends a segment. False: there are as many as there can be. */
bool amend_add(struct amend *amend, const struct manifest_segment *segment);

#endif
