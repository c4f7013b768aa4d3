/* route.h - which handler a plain request goes to. */
#ifndef HTTP_ROUTE_H
#define HTTP_ROUTE_H

#include "sio_http.h"

struct route;

/* Adds a route to the list at `routes`; see sio_route(). */
int route_add(struct route **routes, const char *method, const char *pattern, sio_request_fn *fn, void *context);
/* Decodes method, path and query, and has the request answered: by a route, options.on_request, 405 or 404; with 400
 * when its path cannot be decoded. */
void route_dispatch(const struct route *routes, sio_request *request);
void route_free_all(struct route *routes);

#endif
