/* printed.h - a file in memory to print to, and what stands in it. */
#ifndef PRINTED_H
#define PRINTED_H

#include "output.h"

#include <stdlib.h>
#include <string.h>

struct printed {
    char *text;
    size_t size;
    struct output output;
};

static inline void printed_open(struct printed *printed, size_t width)
{
    printed->output = (struct output){ .file = open_memstream(&printed->text, &printed->size), .width = width };
}

/* The text so far, NUL-ended; good until the next printing. */
static inline const char *printed_text(struct printed *printed)
{
    fflush(printed->output.file);
    return printed->text;
}

static inline void printed_close(struct printed *printed)
{
    fclose(printed->output.file);
    free(printed->text);
}

#define assert_printed(printed, part)                                                                                  \
    do {                                                                                                               \
        if (strstr(printed_text(printed), part) == NULL)                                                               \
            fail_msg("\"%s\" is not in:\n%s", part, printed_text(printed));                                            \
    } while (0)

#endif
