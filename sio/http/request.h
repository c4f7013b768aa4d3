/* request.h - what a handler can ask a request. */
#ifndef HTTP_REQUEST_H
#define HTTP_REQUEST_H

#include "http.h"

/* Fills method, path and query. 0, or the status to answer with. */
int request_decode(sio_request *request);
/* True for GET, and for HEAD where the library leaves out the body. */
bool request_is_get(const sio_request *request);
bool request_is_head(const sio_request *request);

#endif
