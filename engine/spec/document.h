/* document.h - one specification as a tree of JSON values, and where in its text each of them stands.
 *
 * A document is read whole from its text, as import does, or opened as it is stored in an index (pack.h): then the
 * members of its large maps (`paths`, `components.schemas` …; outline.h) are decompressed and parsed when document_get,
 * a pointer or a reference leads to one of them. Both are used alike, but for one thing: to document_first such a map
 * is empty. Who wants the list of all has the catalogue for it.
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
struct pack; /* pack.h */
struct pieces;
struct unpacker;

struct document {
    yyjson_doc *json;
    yyjson_val *root;
    struct str text; /* as it was read; empty after document_open */
    size_t bytes;    /* of memory that the values and the text of one that was read whole take */
    struct member_index *members;
    struct pieces *pieces; /* NULL: it was read whole */
};

struct document_fault {
    uint32_t line, column; /* from 1; the column counts code points. 0: the fault is of the whole file */
    char what[256];        /* "components.schemas is an array, expected an object" */
};

/* Reads `text`, which it borrows, unchanged, until document_close: faults found later are located in it. */
int document_read(struct document *document, struct str text, struct document_fault *fault);
/* Opens a stored specification; both are borrowed until document_close, and the unpacker belongs to the document's
 * thread. DOCUMENT_NO_MEMORY; DOCUMENT_BAD: it is damaged. */
int document_open(struct document *document, const struct pack *pack, struct unpacker *unpacker);
/* A document that was zeroed or closed is fine. */
void document_close(struct document *document);

/* Looking something up (a member, a pointer, a reference) has no way to say that it failed: it finds nothing, and here
 * is why. DOCUMENT_OK; DOCUMENT_NO_MEMORY; DOCUMENT_BAD: what was opened is damaged. */
int document_error(const struct document *document);
/* Of memory that it takes now; what is looked up adds to it. */
size_t document_bytes(const struct document *document);

/* Fills `fault` as printf would, with the position of `value` (NULL: none). Returns DOCUMENT_BAD. */
int document_fault_at(const struct document *document, yyjson_val *value, struct document_fault *fault,
                      const char *format, ...) __attribute__((format(printf, 4, 5)));

/* Where a value of a document that was opened stands in the text as it was read. */
struct document_span {
    size_t start, size; /* bytes */
    uint32_t line;      /* from 1 */
};
/* False: it is no value of this document, or document_error tells. What it finds is decompressed, nothing is parsed. */
bool document_span(const struct document *document, yyjson_val *value, struct document_span *span);
/* Appends bytes of that text, which must be in it. False: document_error tells, or the buf. */
bool document_copy(const struct document *document, size_t start, size_t size, struct buf *text);

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
