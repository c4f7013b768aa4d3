/* json.h - JSON text checked and cut into views without building a tree (RFC 8259), and written.
 *
 * The text is valid UTF-8 already: the transport has checked it. */
#ifndef SIO_WIRE_JSON_H
#define SIO_WIRE_JSON_H

#include "buf.h"
#include "str.h"

#include <stdint.h>

enum json_kind { JSON_ERROR, JSON_NULL, JSON_TRUE, JSON_FALSE, JSON_NUMBER, JSON_TEXT, JSON_ARRAY, JSON_OBJECT };

struct json_value {
    enum json_kind kind;
    bool is_escaped; /* JSON_TEXT: has escapes, see json_decode_text */
    struct str text; /* the value as it stands; of JSON_TEXT what is between the quotes */
};

/* Skips white space (§2) and returns what stands there, '\0' at the end. */
char json_peek(const char **at, const char *end);
/* Checks and cuts the value at *at, behind white space, and advances behind it. kind is JSON_ERROR, and *at somewhere
 * at the fault, when it breaks the grammar or nests deeper than LIMIT_JSON_DEPTH (a stack of a bit a level; nothing
 * recurses). */
struct json_value json_read(const char **at, const char *end);
/* True when the text is one value, with white space around it at most. */
bool json_valid(struct str text);

/* Decodes the escapes of checked text in place and returns its new size: it only shrinks. A surrogate without its other
 * half becomes U+FFFD. */
size_t json_decode_text(char *text, size_t size);
/* The number that checked text stands for, rounded to the nearest double, whatever the locale. */
double json_number(struct str text);

/* Writes text as a JSON string with its quotes, escaping what JSON.stringify escapes. Bytes that are no UTF-8 become
 * U+FFFD. */
void json_write_text(struct buf *buf, struct str text);
/* Writes a number as JSON.stringify does: the fewest digits that read back the same (ECMA-262 §6.1.6.1.20), null for
 * NaN and the infinities. */
void json_write_number(struct buf *buf, double number);

#endif
