/* reply_field.h - the parts of reply_details; for the reply_… files only. */
#ifndef REPLY_FIELD_H
#define REPLY_FIELD_H

#include "replies.h"

/* How much of the details goes into a reply. */
struct reply_bounds {
    unsigned depth;    /* of fields inside fields */
    size_t text_bytes; /* of each description */
    size_t rows;       /* of each list */
    bool html;
    bool was_cut; /* set when anything was left out */
};

/* As many rows of a list as the bounds allow. */
size_t reply_rows(struct reply_bounds *bounds, size_t count);
void reply_add_texts_if(struct payload *payload, yyjson_mut_val *object, const char *key, const struct str *texts,
                        size_t count, struct reply_bounds *bounds);
/* "description" and "html". */
void reply_add_description(struct payload *payload, yyjson_mut_val *object, struct str description, struct str html,
                           struct reply_bounds *bounds);
void reply_add_docs_if(struct payload *payload, yyjson_mut_val *object, const struct engine_link *docs);
/* The total beside a list of which not all is there. */
void reply_add_total_if(struct payload *payload, yyjson_mut_val *object, const char *key, size_t total, size_t count);
/* [{"value", "name"?, "description"?}]. */
void reply_add_examples_if(struct payload *payload, yyjson_mut_val *object, const struct engine_value *examples,
                           size_t count, struct reply_bounds *bounds);
/* [{"name", "description"}]. */
void reply_add_named_if(struct payload *payload, yyjson_mut_val *object, const char *key,
                        const struct engine_value *values, size_t count, struct reply_bounds *bounds);

yyjson_mut_val *reply_field(struct payload *payload, const struct engine_field *field, struct reply_bounds *bounds);
yyjson_mut_val *reply_fields(struct payload *payload, const struct engine_field *fields, size_t count,
                             struct reply_bounds *bounds);

/* What an endpoint has, and an API of it. */
yyjson_mut_val *reply_bodies(struct payload *payload, const struct engine_body *bodies, size_t count,
                             struct reply_bounds *bounds);
void reply_add_callbacks_if(struct payload *payload, yyjson_mut_val *root, const struct engine_details *details,
                            struct reply_bounds *bounds);
void reply_add_access(struct payload *payload, yyjson_mut_val *root, const struct engine_details *details,
                      struct reply_bounds *bounds);
void reply_add_tags_if(struct payload *payload, yyjson_mut_val *root, const struct engine_details *details,
                       struct reply_bounds *bounds);

#endif
