/* pieces.h - the part of a document that is decompressed and parsed when it is asked for; for document.c only.
 *
 * What was loaded stays, and its values do not move, until all is destroyed. */
#ifndef ENGINE_PIECES_H
#define ENGINE_PIECES_H

#include "buf.h"
#include "pack.h"
#include "str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <yyjson.h>

struct pieces;

/* Reads the skeleton; the pack and the unpacker are borrowed. *json is freed with the rest, by pieces_destroy.
 * DOCUMENT_NO_MEMORY, DOCUMENT_BAD. */
int pieces_create(struct pieces **pieces, const struct pack *pack, struct unpacker *unpacker, yyjson_doc **json);
void pieces_destroy(struct pieces *pieces); /* NULL is fine */

/* Whether the members of this object are pieces. */
bool pieces_has(const struct pieces *pieces, const yyjson_val *object);
/* The member of such an object, or NULL: there is none, or pieces_error tells. */
yyjson_val *pieces_get(struct pieces *pieces, const yyjson_val *object, struct str key);

/* Where the text of a value that came from here begins, its members' pieces being in it, and its size: in the original.
 * False: see the error. */
bool pieces_span(struct pieces *pieces, const yyjson_val *value, uint32_t *start, uint32_t *size);
/* The line, from 1, that the original position `at`, less than the text's size, is in; 0: see the error. */
uint32_t pieces_line(struct pieces *pieces, uint32_t at);
/* Appends `size` bytes of the original from `start` on, which are in it. False: see the error. */
bool pieces_copy(struct pieces *pieces, uint32_t start, uint32_t size, struct buf *text);

/* The first thing that went wrong: DOCUMENT_OK, DOCUMENT_NO_MEMORY, DOCUMENT_BAD. */
int pieces_error(const struct pieces *pieces);
/* Of memory. */
size_t pieces_bytes(const struct pieces *pieces);

/* ---- document.c, for what is read whole and what is read in pieces ----------------------------------------------- */

/* Without the byte order mark. */
struct str document_skip_mark(struct str text);
/* The first container that is nested too deeply, or NULL. */
yyjson_val *document_too_deep(const yyjson_doc *json);

#endif
