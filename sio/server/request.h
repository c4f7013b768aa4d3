/* request.h - what a handler can ask a request. */
#ifndef SERVER_REQUEST_H
#define SERVER_REQUEST_H

#include "http.h"

/* Decodes method, path and query and gives the request to the routes. One whose path cannot be decoded is answered 400.
 */
void request_dispatch(sio_request *request);
/* Fills method, path and query. 0, or the status to answer with. */
int request_decode(sio_request *request);
/* Lets options.on_headers add to the answer. */
void request_ask_headers(sio_request *request, bool is_first);
/* True for GET, and for HEAD where the library leaves out the body. */
bool request_is_get(const sio_request *request);
bool request_is_head(const sio_request *request);

#endif
