/* static_pump.h - sends a large file piece by piece, as fast as its client takes it. */
#ifndef HTTP_STATIC_PUMP_H
#define HTTP_STATIC_PUMP_H

#include "http.h"

enum { STATIC_PIECE_BYTES = 128 * 1024 };

/* Sends the bytes [start, end) of `fd`, which is closed when they are sent. The head is written already. 0 or
 * SIO_ENOMEM, with `fd` closed. */
int static_pump_start(struct http *http, int fd, uint64_t start, uint64_t end);
/* The client has taken what it was sent. */
void static_pump_continue(struct http *http);
void static_pump_free(struct http *http);

#endif
