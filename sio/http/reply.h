/* reply.h - answers to HTTP requests. */
#ifndef HTTP_REPLY_H
#define HTTP_REPLY_H

#include "http.h"
#include "http_header.h"

/* What an answer consists of. `type` may be empty; `headers` are whole lines. */
struct reply {
    int status;
    struct str type, headers, body;
    uint64_t size; /* of the body, where it is not here: `body` is empty and follows later */
    bool has_size; /* `size` counts, not body.size */
    bool is_head;  /* answers HEAD: everything but the body */
};

/* Writes an answer. Says Connection: close and ends the connection where the request in progress asks for it. */
void reply_send(struct http *http, const struct reply *reply);
/* Answers with a status and no body, and closes the connection: after it nothing of the input can be trusted. */
void reply_refuse(struct http *http, int status, struct str headers);
/* `body` in that coding, in the host's memory, and its Content-Encoding among `headers`; the body itself where it
 * cannot be had smaller. */
struct str reply_encode(struct http_host *host, enum http_coding coding, struct str body, struct buf *headers);
/* Answers a request with a status and its phrase as text. */
int reply_status(sio_request *request, int status);
/* Writes an answer whose body follows later with conn_write. Returns as sio_reply. */
int reply_begin(sio_request *request, int status, const char *type, uint64_t size);

#endif
