/* event_table.h - which events there are, and who answers them. contract/ describes each. */
#ifndef EVENT_TABLE_H
#define EVENT_TABLE_H

#include "handle.h"

struct event {
    const char *name;
    handle_fn *handle;
    bool is_typed; /* asked with every key: see latest.h */
};

#define EVENT_COUNT 11
extern const struct event event_table[EVENT_COUNT];

#define EVENT_TRY "app:api-element-try-action"
/* Pushed by the server to every client when it answers from a new index. */
#define EVENT_CATALOGUE_UPDATED "catalogue:updated"

#endif
