/* refs_text.h - where an element is used, for people and for pipes. */
#ifndef REFS_TEXT_H
#define REFS_TEXT_H

#include "engine.h"
#include "output.h"

/* Headings with the totals, under each its rows. */
void refs_text_print(const struct output *output, const struct engine_refs *refs);
/* A line each, separated by tabs: use, roles, path, kind, name, owner, type, id, summary. */
void refs_text_print_tabs(const struct output *output, const struct engine_refs *refs);

#endif
