/* courier_transfer.h - one request on its way, for the files of courier only. */
#ifndef COURIER_TRANSFER_H
#define COURIER_TRANSFER_H

#include "buf.h"
#include "courier.h"

#include <curl/curl.h>

struct courier_transfer {
    struct courier_transfer *next; /* in the queue */
    CURL *curl;
    struct curl_slist *headers;
    struct buf body; /* of the request */
    struct buf answer_headers, answer_body;
    bool allows_private, has_begun, is_refused, is_cut;
    char why[CURL_ERROR_SIZE];
    courier_done_fn *done;
    void *context;
};

/* Everything that libcurl needs for it, with the ceilings. NULL without memory, and for what no request can have: a
 * line end in a header, more than fits. */
struct courier_transfer *courier_transfer_create(const struct courier_request *request, bool allows_private);
void courier_transfer_free(struct courier_transfer *transfer);
/* Tells whoever waits for it, and frees it. `result` is libcurl's; `error`: COURIER_OK, or what it ended with instead.
 */
void courier_transfer_end(struct courier_transfer *transfer, CURLcode result, int error);

#endif
