/* document.h - one specification as a tree of JSON values, and where in its text each of them stands.
 *
 * Reading is strict: RFC 8259 without extensions, UTF-8 as RFC 3629 has it; a byte order mark is skipped. Numbers
 * beyond 64 bits stay text ("raw" in yyjson's words). No document is nested deeper than LIMIT_SPEC_DEPTH, so what walks
 * one may recurse. A document belongs to one thread at a time: looking things up fills an index inside it. */
#ifndef ENGINE_DOCUMENT_H
#define ENGINE_DOCUMENT_H

#include "buf.h"
#include "str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <yyjson.h>

enum document_error {
    DOCUMENT_OK = 0,
    DOCUMENT_NO_MEMORY = -1,
    DOCUMENT_BAD = -4, /* the fault says what and where */
};

struct member_index;

struct document {
    yyjson_doc *json;
    yyjson_val *root;
    struct str text; /* as it was read; empty after document_read_in_place */
    size_t bytes;    /* of memory: values and, when it is the document's own, text */
    struct member_index *members;
};

struct document_fault {
    uint32_t line, column; /* from 1; the column counts code points. 0: the fault is of the whole file */
    char what[256];        /* "components.schemas is an array, expected an object" */
};

/* Reads `text`, which it borrows, unchanged, until document_close: faults found later are located in it. */
int document_read(struct document *document, struct str text, struct document_fault *fault);
/* Reads a text that was good before, as catalogue_text gives it (4 zero bytes behind it): strings are
 * decoded where they lie, so `text` must stay until document_close and is of no other use. Its faults have no position.
 */
int document_read_in_place(struct document *document, struct buf *text, struct document_fault *fault);
/* A document that was zeroed or closed is fine. */
void document_close(struct document *document);

/* False when looking something up (a pointer, a reference) found nothing because there was no memory. */
bool document_has_memory(const struct document *document);

/* Fills `fault` as printf would, with the position of `value` (NULL: none). Returns DOCUMENT_BAD. */
int document_fault_at(const struct document *document, yyjson_val *value, struct document_fault *fault,
                      const char *format, ...) __attribute__((format(printf, 4, 5)));

/* The text of a string; the empty str for any other value and for NULL. */
struct str document_str(yyjson_val *value);
/* "an object", "a string", …, for messages; "nothing" for NULL. */
const char *document_type_name(yyjson_val *value);
/* Appends a value as JSON text on one line. */
void document_json_text(yyjson_val *value, struct buf *text);

/* The members of an object in the order of the text; none for any other value and for NULL:
 *     for (struct document_member at = document_first(object); at.left; document_next(&at)) … at.key … at.value … */
struct document_member {
    yyjson_val *key, *value;
    size_t left; /* this one and those behind it */
};

static inline struct document_member document_first(yyjson_val *object)
{
    struct document_member member = { .left = yyjson_obj_size(object) };
    if (member.left == 0) return member;
    member.key = unsafe_yyjson_get_first(object);
    member.value = member.key + 1;
    return member;
}

static inline void document_next(struct document_member *member)
{
    if (--member->left == 0) return;
    member->key = unsafe_yyjson_get_next(member->value);
    member->value = member->key + 1;
}

/* The member `key` of an object, the first of that name; NULL when there is none or `object` is no object or NULL.
 * Large objects are indexed when they are asked first, so that a million references into one stay linear. */
yyjson_val *document_get(const struct document *document, yyjson_val *object, struct str key);
/* The same for the elements of an array. */
yyjson_val *document_at(const struct document *document, yyjson_val *array, size_t position);

#endif
