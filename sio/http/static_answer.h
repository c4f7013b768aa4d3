/* static_answer.h - what GET and HEAD of something that lies ready are answered: RFC 9110 §13 (conditions) and §14
 * (ranges), the same for files and for assets inside the program. */
#ifndef HTTP_STATIC_ANSWER_H
#define HTTP_STATIC_ANSWER_H

#include "http.h"

struct static_content {
    const char *etag;   /* with its quotes */
    const char *coding; /* "br", "gzip", or NULL */
    const char *cache;  /* Cache-Control, or NULL */
    bool has_variants;  /* the answer depends on Accept-Encoding */
    bool has_date;
    int64_t modified; /* seconds since 1970, when has_date */
    uint64_t size;
};

/* Decides between 200, 206, 304 and 416, and adds the headers for it. The answer's status; for 200 and 206 the bytes
 * [*start, *end) are to be sent. A negative SIO_E code when the headers do not fit. */
int static_answer(sio_request *request, const struct static_content *content, uint64_t *start, uint64_t *end);

#endif
