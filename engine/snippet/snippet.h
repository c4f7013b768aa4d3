/* snippet.h - a request as code in a language: a complete program, or what one pastes into a shell.
 *
 * A language is a file with one function and a row in snippet_languages. What the specification says is never read as
 * code, whatever it holds. Secrets come from the environment under the names of request_variable.name, placeholders and
 * files are variables at the top (docs/code-examples.md). */
#ifndef ENGINE_SNIPPET_H
#define ENGINE_SNIPPET_H

#include "buf.h"
#include "request.h"
#include "sample_node.h"

#include <stdbool.h>

struct snippet;
typedef void snippet_fn(struct snippet *snippet);

struct snippet_language {
    const char *name;      /* for the command line: "python" */
    const char *label;     /* for people: "Python requests" */
    const char *highlight; /* for the highlighter: "py" */
    snippet_fn *write;
    bool has_digest; /* its client can log in by Digest */
};

/* All languages, the one shown first in front. */
extern const struct snippet_language snippet_languages[];
extern const size_t snippet_language_count;
/* NULL: there is none of that name. */
const struct snippet_language *snippet_language_find(struct str name);

/* Appends the code. `focus` gets the lines of the parameter that the request was made for. */
void snippet_write(const struct snippet_language *language, const struct request *request, struct buf *code,
                   struct sample_focus *focus);

/* The URL with its query on one line; secrets stand as {API_KEY}. */
void snippet_url(struct buf *code, const struct request *request);

#endif
