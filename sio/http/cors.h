/* cors.h - lets pages of another origin speak with the server (Fetch standard, "CORS protocol"), with the answers of
 * the npm package cors, which the reference server uses. */
#ifndef HTTP_CORS_H
#define HTTP_CORS_H

#include "http.h"

/* Appends the header lines of an answer to `request`; nothing when the option is not set. */
void cors_write_headers(const struct http_host *host, const struct http1_request *request, struct buf *lines);
/* Answers a preflight request, when the option is set and this is one; false: it is none. */
bool cors_preflight(sio_request *request);

#endif
