/* snippet.h - a request as code in a language. A language is a file with one function of this shape. */
#ifndef ENGINE_SNIPPET_H
#define ENGINE_SNIPPET_H

#include "buf.h"
#include "request.h"
#include "sample_node.h"

/* curl in a POSIX shell: runs when pasted. Secrets are in variables of the environment (TOKEN, API_KEY, USERNAME and
 * PASSWORD), files in FILE; nothing that the specification says is read as shell or as curl syntax. `focus` gets the
 * lines of the parameter that the request was made for. */
void snippet_curl(struct buf *code, const struct request *request, struct sample_focus *focus);

/* The URL with its query on one line; variables stand as {API_KEY}. */
void snippet_url(struct buf *code, const struct request *request);

#endif
