/* show_text.h - an element's details as text, in the look of kubectl explain. */
#ifndef SHOW_TEXT_H
#define SHOW_TEXT_H

#include "arena.h"
#include "engine.h"
#include "output.h"

struct show {
    const struct output *output;
    struct arena *arena; /* of the texts that are made on the way */
};

/* All of an element, or what is at the place asked for. */
void show_text_print(const struct show *show, const struct engine_details *details);

/* ---- show_field.c: lines of a model ------------------------------------------------------------------------------ */

enum { SHOW_INDENT = 4 };

/* Fields with what is in them. `path`: to them, as --at takes it. */
void show_fields(const struct show *show, const struct engine_field *fields, size_t count, struct str path,
                 unsigned depth);
/* Alternatives of a field, and how much of it is not shown. */
void show_inside(const struct show *show, const struct engine_field *field, struct str path, unsigned depth);
/* What limits a value, a line each. */
void show_limits(const struct show *show, const struct engine_field *field, size_t indent);
/* A sentence with its mark, wrapped. */
void show_sentence(const struct show *show, const char *mark, struct str sentence, size_t indent);
/* Markdown, wrapped. */
void show_markdown(const struct show *show, struct str text, size_t indent);
void show_heading(const struct show *show, const char *heading, struct str more);
/* Spaces. */
void show_indent(const struct show *show, size_t columns);
/* "… 12 more: --at spec --offset 4". */
void show_more(const struct show *show, size_t count, size_t total, struct str path, size_t indent);

/* ---- show_endpoint.c: what an endpoint has, and an API of it ----------------------------------------------------- */

void show_bodies(const struct show *show, const struct engine_body *bodies, size_t count, const char *before);
void show_callbacks(const struct show *show, const struct engine_details *details);
void show_access(const struct show *show, const struct engine_details *details);
void show_tags(const struct show *show, const struct engine_details *details);
void show_about(const struct show *show, const struct engine_details *details);

#endif
