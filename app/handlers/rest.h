/* rest.h - the questions of the socket over plain HTTP: GET /api/v1/…
 *
 *     /api/v1/elements/<id>?depth=2 ─▶ {"id": "<id>", "depth": 2} ─▶ the event's handler ─▶ its reply, and a status
 *
 * So there is one way to read arguments, one to answer, and one to write replies. What is at which address is described
 * in contract/http/openapi.json. An id stands in the path as it is, each part percent-encoded where it must be.
 * Addresses of elements, /api/<id>, are the page's; an API whose id is "v1/search" or "v1/apis", or begins
 * with "v1/elements/", "v1/code/" or "v1/apis/", has none there. */
#ifndef REST_H
#define REST_H

#include "handlers.h"

enum { REST_ROUTES = 8 };

struct rest;
struct rest_binding {
    struct rest *rest;
    unsigned route;
};

struct rest {
    struct handlers *handlers;
    struct rest_binding bindings[REST_ROUTES];
};

/* Registers the routes. `rest` and `handlers` outlive the server. A negative SIO_E code. */
int rest_attach(struct rest *rest, struct handlers *handlers, sio_server *server);

#endif
