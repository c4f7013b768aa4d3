/* search_table.h - hits for people (a terminal) and for programs (a pipe). */
#ifndef SEARCH_TABLE_H
#define SEARCH_TABLE_H

#include "engine.h"
#include "output.h"

/* Aligned columns: kind, name with the match marked, type, owner; under each the id that `apiblaze show` takes, and
 * the summary; below that the reasons, where the query asked for them. */
void search_table_print(const struct output *output, const struct engine_answer *answer);
/* A line each, separated by tabs: kind, method, name, owner, type, api, id, summary. */
void search_table_print_tabs(const struct output *output, const struct engine_answer *answer);

#endif
