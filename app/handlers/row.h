/* row.h - a JSON object written from front to back, as text.
 *
 * The rows of a search are most of what the server sends, and a tree of values (payload.h) takes five times as long to
 * build and to write. Here what is plain, which nearly all of it is, is copied, and what JSON has to escape is left to
 * yyjson. The row ends as one raw value of such a tree. */
#ifndef ROW_H
#define ROW_H

#include "payload.h"

struct row {
    struct payload *payload;
    char *at;
    size_t size, capacity;
};

/* A name with its quotes and colon, so that it is copied as it is: ROW_NAME("kind"). */
#define ROW_NAME(name) STR("\"" name "\":")

/* Begins the object. Out of memory, here and below: the arena remembers, and row_end gives NULL. */
struct row row_begin(struct payload *payload);
void row_add_text(struct row *row, struct str name, struct str text);
/* Only when the text is not empty. */
void row_add_text_if(struct row *row, struct str name, struct str text);
void row_add_number(struct row *row, struct str name, uint64_t number);
void row_add_true(struct row *row, struct str name);
/* Begins an array or object, '[' or '{', as a member; as a value where `name` is empty. And ends it, with its bracket.
 */
void row_open(struct row *row, struct str name, char bracket);
void row_close(struct row *row, char bracket);
/* Values of an array. */
void row_append_text(struct row *row, struct str text);
void row_append_number(struct row *row, uint64_t number);
/* Ends the object. */
yyjson_mut_val *row_end(struct row *row);

#endif
