/* index_path.h - where the index file is when nobody says so. */
#ifndef INDEX_PATH_H
#define INDEX_PATH_H

#include <stdbool.h>
#include <stddef.h>

enum { INDEX_PATH_BYTES = 4096 }; /* Linux takes no longer one */

/* How --help tells of it. */
#define INDEX_PATH_HELP                                                                                                \
    "The index is looked for in this order: --index, the environment's APIBLAZE_INDEX,\n"                              \
    "$XDG_DATA_HOME/apiblaze/catalogue.apiblaze (~/.local/share where that is not set),\n"                             \
    "build/catalogue.apiblaze.\n"

/* The index to read. `option`: what the user said, or NULL. Always gives a path; when none exists, the one where
 * `apiblaze import` would put it. False only when it does not fit into `size`. */
bool index_path_to_read(const char *option, char *path, size_t size);
/* The index to write: the same order without the last; makes the folders of the default. */
bool index_path_to_write(const char *option, char *path, size_t size);

#endif
