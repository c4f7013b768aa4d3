/* progress.h - how far an import is: a bar on a terminal, a line each tenth elsewhere. */
#ifndef PROGRESS_H
#define PROGRESS_H

#include "engine.h"
#include "output.h"

struct progress {
    struct output output;
    bool is_quiet;
    bool is_drawn;    /* a bar stands in the terminal's last line */
    uint64_t started; /* clock_us */
    uint64_t drawn;   /* clock_us */
    unsigned tenth;   /* the last one told */
};

void progress_start(struct progress *progress, FILE *file, bool is_quiet);
/* For engine_import: `context` is the struct progress. */
void progress_show(const struct engine_progress *now, void *context);
/* Prints one bad file's line without hurting the bar. */
void progress_fault(const char *file_line_column_what, void *context);
/* Takes the bar away. */
void progress_end(struct progress *progress);

#endif
