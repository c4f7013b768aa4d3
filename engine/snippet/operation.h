/* operation.h - an endpoint in its document: what the operation says, and what it takes over from its path and from the
 * document (OpenAPI 3.1 §4.8.9 and §4.8.10). */
#ifndef ENGINE_OPERATION_H
#define ENGINE_OPERATION_H

#include "arena.h"
#include "catalogue.h"
#include "document.h"

struct operation {
    const struct document *document;
    struct str path;
    enum catalogue_method method;
    yyjson_val *path_item, *value; /* the Operation Object */
};

/* False when the document has no such operation. */
bool operation_find(struct operation *operation, const struct document *document, enum catalogue_method method,
                    struct str path);

struct operation_parameter {
    yyjson_val *value;    /* the Parameter Object, references followed; NULL: it leads nowhere */
    yyjson_val *written;  /* as it stands in the list */
    struct str reference; /* by which it is given; empty: in place */
    struct str name;
    enum catalogue_in in;
    bool is_required;
    bool is_of_path;
    size_t position; /* in the list of the path or of the operation */
};

/* The parameters that apply: those of the path, each overridden by one of the operation with its name and place; path
 * first, then query, header and cookie, the required ones first in each. At most LIMIT_OPERATION_PARAMETERS.
 * Those given by a reference that leads nowhere come last. NULL and count 0 when there are none, or arena->failed. */
const struct operation_parameter *operation_parameters(const struct operation *operation, struct arena *arena,
                                                       size_t *count);

/* The URLs of the servers, variables replaced by their defaults, clean for use in a request; relative ones stand below
 * https://example.com, for where the document came from is not known. Always one at least, unless arena->failed. */
const struct str *operation_servers(const struct operation *operation, struct arena *arena, size_t *count);
/* The Server Objects that apply: those of the operation, of its path or of the document; NULL: none. */
yyjson_val *operation_server_list(const struct operation *operation);
/* What a variable of a Server Object stands for: its default, or the first of its values; empty: neither is told. */
struct str operation_server_variable(yyjson_val *server, struct str name);
/* The URLs of a whole API. */
const struct str *operation_servers_of_document(const struct document *document, struct arena *arena, size_t *count);

/* The security requirements that apply: an array of Security Requirement Objects, or NULL. */
yyjson_val *operation_security(const struct operation *operation);

/* The request body, references followed; NULL when there is none. */
yyjson_val *operation_request_body(const struct operation *operation);
/* The entry of a `content` map that is shown first: JSON, then forms, then text, then the first. NULL: none. */
yyjson_val *operation_media_type(yyjson_val *content, struct str *name);
/* A media type without its parameters. */
struct str operation_essence(struct str media_type);
/* True for "application/json", "application/merge-patch+json; charset=utf-8" and their like. */
bool operation_is_json(struct str media_type);

#endif
