/* request_word.h - names of the specification as names of variables. */
#ifndef ENGINE_REQUEST_WORD_H
#define ENGINE_REQUEST_WORD_H

#include "buf.h"
#include "str.h"

#include <stdbool.h>

/* Appends the words of a name in upper case, joined by '_': "petId" → PET_ID, "X-API-Key" → X_API_KEY, "OAuth2" →
 * OAUTH2. What is no ASCII letter or digit parts words. At most REQUEST_WORD_BYTES; nothing when there are no words. */
enum { REQUEST_WORD_BYTES = 48 };
void request_word_append(struct buf *name, struct str text);

/* True for a name that means something already: a keyword of a language that snippets are written in, a variable of a
 * shell, or a name that the programs use themselves. */
bool request_word_is_taken(struct str name);

#endif
