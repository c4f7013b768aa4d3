/* route.h - which handler a plain request goes to. */
#ifndef SERVER_ROUTE_H
#define SERVER_ROUTE_H

#include "sio_http.h"

struct route;

/* Answers a request outside the server's own path: by a route, on_request, 405 or 404. */
void route_dispatch(sio_server *server, sio_request *request);
void route_free_all(struct route *routes);

#endif
