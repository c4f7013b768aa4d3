/* json_text.h - JSON text checked and cut into views without building a tree (RFC 8259), and written.
 *
 * The text is valid UTF-8 already: the transport has checked it. */
#ifndef SIO_WIRE_JSON_TEXT_H
#define SIO_WIRE_JSON_TEXT_H

#include "buf.h"
#include "str.h"

#include <stdint.h>

enum json_text_kind {
    JSON_TEXT_ERROR,
    JSON_TEXT_NULL,
    JSON_TEXT_TRUE,
    JSON_TEXT_FALSE,
    JSON_TEXT_NUMBER,
    JSON_TEXT_STRING,
    JSON_TEXT_ARRAY,
    JSON_TEXT_OBJECT
};

struct json_text_value {
    enum json_text_kind kind;
    struct str text; /* the value as it stands; of JSON_TEXT_STRING what is between the quotes, see json_text_decode */
};

/* Skips white space (§2) and returns what stands there, '\0' at the end. */
char json_text_peek(const char **at, const char *end);
/* Checks and cuts the value at *at, behind white space, and advances behind it. kind is JSON_TEXT_ERROR, and *at
 * somewhere at the fault, when it breaks the grammar or nests deeper than LIMIT_JSON_DEPTH (a stack of a bit a level;
 * nothing recurses). */
struct json_text_value json_text_read(const char **at, const char *end);
/* True when the text is one value, with white space around it at most. */
bool json_text_valid(struct str text);
/* The first member of that name of a checked object. The kind is JSON_TEXT_ERROR when there is none, or `object` is
 * another value. A name that is written with escapes is not found. */
struct json_text_value json_text_member(struct str object, struct str name);
/* The members of a checked object, one after the other: begin with *at == NULL. False behind the last. */
bool json_text_next_member(struct str object, const char **at, struct str *name, struct json_text_value *value);

/* Where the first byte stands that cannot be inside a JSON string as it is: a quote, a backslash, a control character;
 * `end` when there is none. */
const char *json_text_plain_end(const char *at, const char *end);
/* As json_text_plain_end, but a byte that is not ASCII ends it too: what it passes needs no look at its UTF-8. */
const char *json_text_ascii_end(const char *at, const char *end);

/* Decodes the escapes of checked text in place and returns its new size: it only shrinks. A surrogate without its other
 * half becomes U+FFFD. */
size_t json_text_decode(char *text, size_t size);
/* The number that checked text stands for, rounded to the nearest double, whatever the locale. The byte behind the text
 * is readable and not part of a number, as behind every value inside an array. */
double json_text_number(struct str text);

/* Writes text as a JSON string with its quotes, escaping what JSON.stringify escapes. Bytes that are no UTF-8 become
 * U+FFFD. */
void json_text_write_string(struct buf *buf, struct str text);
/* The same without the quotes. */
void json_text_write_escaped(struct buf *buf, struct str text);
/* Writes a number as JSON.stringify does: the fewest digits that read back the same (ECMA-262 §6.1.6.1.20), null for
 * NaN and the infinities. */
void json_text_write_number(struct buf *buf, double number);
/* Writes the decimal digits of a whole number. */
void json_text_write_whole(struct buf *buf, uint64_t number);

#endif
