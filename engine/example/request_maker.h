/* request_maker.h - the state of a request while it is made; for the files of request only. */
#ifndef ENGINE_REQUEST_MAKER_H
#define ENGINE_REQUEST_MAKER_H

#include "request.h"

struct request_maker {
    const struct operation *operation;
    const struct document *document;
    struct arena *arena;
    struct request *request;
    struct request_focus focus;
};

/* Appends a pair; NULL when there is no memory. */
struct request_pair *request_add(struct request_maker *maker, struct request_pairs *pairs, struct str name,
                                 struct str value);
/* The same with name and value percent-encoded. */
struct request_pair *request_add_encoded(struct request_maker *maker, struct request_pairs *pairs, struct str name,
                                         struct str value);
/* The same for a header; NULL, too, when `name` is no token. Control characters in the value become spaces. */
struct request_pair *request_add_header(struct request_maker *maker, struct str name, struct str value);
/* A node as JSON text on one line or more. */
struct str request_json(struct request_maker *maker, const struct sample_node *node);

void request_make_parameters(struct request_maker *maker); /* request_parameter.c: the URL too */
void request_make_security(struct request_maker *maker);   /* request_security.c */
void request_make_body(struct request_maker *maker);       /* request_body.c */

#endif
