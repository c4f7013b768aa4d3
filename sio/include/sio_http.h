/* sio_http.h - the plain HTTP requests a sio_server gets outside its own path.
 *
 * A request is lent to its handler and answered before the handler returns; one that was not
 * answered gets 404. HEAD, keep-alive, Content-Length, Date and conditional requests are the
 * library's work. Paths and texts are UTF-8, decoded, NUL-ended. */
#ifndef SIO_HTTP_H
#define SIO_HTTP_H

#include "sio.h"
#ifdef __cplusplus
extern "C" {
#endif
#pragma GCC visibility push(default)

typedef void sio_request_fn(sio_request *request, void *context);

/* Calls `fn` for requests of `method` ("GET" takes HEAD too; NULL: any) whose path equals `pattern`, or
 * begins with it where the pattern ends in '*'. The first route that fits wins, before on_request.
 * A path that has routes, but none for the method, is answered 405 with Allow. SIO_ENOMEM, SIO_EINVAL. */
int sio_route(sio_server *server, const char *method, const char *pattern, sio_request_fn *fn, void *context);

const char *sio_request_method(const sio_request *request);
const char *sio_request_path(const sio_request *request);  /* decoded, no query */
const char *sio_request_query(const sio_request *request); /* as sent, behind '?'; "" when none */
/* A header by name, whatever its case; NULL when it was not sent. */
const char *sio_request_header(const sio_request *request, const char *name);
/* The header at a place, in the order sent, from 0. False behind the last, or without memory. */
bool sio_request_header_at(const sio_request *request, size_t place, const char **name, const char **value);
/* The body; *size tells its bytes. */
const void *sio_request_body(const sio_request *request, size_t *size);

/* In options.allow_request, or options.generate_id: the answer comes later, by sio_request_answer(), or
 * sio_request_answer_id(), with the ticket, within options.request_timeout_ms. What the function returns is then not
 * looked at. SIO_ENOMEM, SIO_EINVAL elsewhere. */
typedef struct sio_request_ticket {
    uint64_t number;
} sio_request_ticket;
int sio_request_later(sio_request *request, sio_request_ticket *ticket);
/* Lets the session begin (NULL) or refuses it, from any worker's thread. SIO_EGONE: the client did not wait, or was
 * answered; SIO_EINVAL: allow_request has not returned yet. Neither is told of a request at another worker. */
int sio_request_answer(sio_server *server, const sio_request_ticket *ticket, const char *message);
/* The same with the id of a session, as options.generate_id gives it; NULL: there is none. SIO_EINVAL also when the
 * ticket is the other function's. */
int sio_request_answer_id(sio_server *server, const sio_request_ticket *ticket, const char *id);

/* Adds a header to the reply that follows. Refuses names and values that would break the head: SIO_EINVAL. */
int sio_reply_header(sio_request *request, const char *name, const char *value);
/* Text of options.http_compression_bytes and more is compressed where the client accepts it, unless the reply has an
 * ETag or a Content-Encoding. */
int sio_reply(sio_request *request, int status, const char *type, const void *body, size_t size);
/* The file under the folder `root` that the path names; "/" ends are index.html. Never leaves root, follows
 * no link out of it. ETag, Last-Modified, Range (RFC 9110 §14), If-None-Match; `name.br` and `name.gz`
 * beside it are served to clients that accept them. 404 when there is none. */
int sio_reply_file(sio_request *request, const char *root);

/* A file inside the program: its bytes live as long as the server. */
typedef struct sio_asset {
    const char *path, *type, *etag;    /* "/main.js", "text/javascript; charset=utf-8", "\"abc\"" */
    bool is_immutable;                 /* its name changes with its content: cached for a year */
    const void *bytes, *gzip, *brotli; /* gzip and brotli may be NULL */
    size_t size, gzip_size, brotli_size;
} sio_asset;
/* Serves an asset with all that sio_reply_file does. */
int sio_reply_asset(sio_request *request, const sio_asset *asset);
#pragma GCC visibility pop
#ifdef __cplusplus
}
#endif
#endif
