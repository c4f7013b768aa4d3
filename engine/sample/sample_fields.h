/* sample_fields.h - a sample as the fields of a form (OpenAPI 3.1 §4.8.14.3 to 5, §4.8.15).
 *
 * An array is a field for each item, or one with all items where the encoding does not explode it; an object is JSON,
 * or with the style deepObject a field for each member, name[key]=value. */
#ifndef ENGINE_SAMPLE_FIELDS_H
#define ENGINE_SAMPLE_FIELDS_H

#include "sample_write.h"

struct sample_field {
    struct str name, value;  /* as they are: nothing is encoded */
    struct str content_type; /* as the encoding says, application/json for what is JSON; may be empty */
    bool is_file;            /* its content is bytes */
    bool is_focus;
    struct sample_field *next;
};

/* The fields of an object, in order; of anything else one without a name. NULL: it is empty, or arena->failed. */
struct sample_field *sample_fields_of(const struct sample_node *node, const struct sample_source *source,
                                      struct arena *arena);

/* Appends application/x-www-form-urlencoded: "a=1&b=x%20y". */
void sample_form_write(struct buf *text, const struct sample_node *node, const struct sample_source *source,
                       struct arena *arena, struct sample_focus *focus);
/* Appends multipart/form-data (RFC 7578), with a plain line end for CR LF, and a word in place of a file's bytes. */
void sample_multipart_write(struct buf *text, const struct sample_node *node, const struct sample_source *source,
                            struct arena *arena, struct sample_focus *focus);

#endif
