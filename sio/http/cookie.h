/* cookie.h - the cookie that holds the session's id. */
#ifndef HTTP_COOKIE_H
#define HTTP_COOKIE_H

#include "buf.h"
#include "sio.h"

/* Appends the line Set-Cookie (RFC 6265 §4.1.1), attributes in the order of the npm package cookie. */
void cookie_write(struct buf *lines, const sio_cookie *cookie, struct str value);

#endif
