/* entries.h - the descriptions: each differing text of a group is an entry (see format.h, ENTRIES). */
#ifndef ENGINE_ENTRIES_H
#define ENGINE_ENTRIES_H

#include "catalogue.h"
#include "dictionary_builder.h"
#include "groups.h"

struct entries {
    struct format_entry *entries;
    uint8_t *words; /* by entry: how many differing words the text has, 255 for more */
    uint32_t count;
};

/* Makes the entries, sets first_entry of each group, and fills and finishes `words` with one posting an entry. */
int entries_make(struct entries *entries, struct groups *groups, const struct catalogue *catalogue,
                 struct dictionary_builder *words);
void entries_free(struct entries *entries);

#endif
