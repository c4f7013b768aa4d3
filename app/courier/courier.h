/* courier.h - sends HTTP requests to other servers, a thread of its own beside those that answer.
 *
 *   courier_send() → queue → courier's thread: libcurl → courier_done_fn, in that thread
 *
 * Whoever may ask the server may make it send. So an address is looked at when it is connected to, after the name was
 * resolved, not before, so that no name leads where it should not; redirects are told, not followed; proxies of the
 * environment, cookies and credentials of this machine are not used; and size, time and number have their ceilings
 * (LIMIT_COURIER_… in base/limits.h). */
#ifndef COURIER_H
#define COURIER_H

#include "str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct courier;

#define COURIER_ERRORS(X)                                                                                              \
    X(COURIER_ENOMEM, -1, "out of memory")                                                                             \
    X(COURIER_EFULL, -2, "too many requests are under way; try again")                                                 \
    X(COURIER_EREFUSED, -3, "the address belongs to a private network or to this machine")                             \
    X(COURIER_EUNREACHED, -4, "the server could not be reached")                                                       \
    X(COURIER_ETIME, -5, "the server did not answer in time")                                                          \
    X(COURIER_EBROKEN, -6, "the answer broke off, or is no HTTP")                                                      \
    X(COURIER_EADDRESS, -7, "this is no address, or none of http and https")                                           \
    X(COURIER_EGONE, -8, "the courier has ended")                                                                      \
    X(COURIER_EINVAL, -9, "this is no request, or it is too long")
#define COURIER_X(name, code, text) name = (code),
enum courier_error { COURIER_ERRORS(COURIER_X) COURIER_OK = 0 };
#undef COURIER_X
const char *courier_strerror(int error);

struct courier_header {
    struct str name, value;
};

struct courier_request {
    struct str method; /* a token: "POST" */
    struct str url;    /* absolute, http or https */
    const struct courier_header *headers;
    size_t header_count;
    struct str body; /* empty, and has_body not set: none */
    bool has_body;
    struct str user, password; /* of HTTP's own logins; empty: none */
    bool is_digest;            /* by Digest, else Basic */
};

/* Lent to the courier_done_fn. */
struct courier_answer {
    int error;             /* COURIER_OK, or what kept the answer away: `why` says more */
    const char *why;       /* NUL-ended; empty when there is nothing to say */
    unsigned status;       /* 200 */
    uint32_t milliseconds; /* from the beginning to the end */
    struct str headers;    /* as they came, a line each, the status line not among them */
    struct str body;       /* uncompressed */
    bool is_cut;           /* there is more of the body than LIMIT_COURIER_BODY_BYTES */
};
/* Called once for each request, in the courier's thread. */
typedef void courier_done_fn(const struct courier_answer *answer, void *context);

/* Starts the thread. `allows_private`: addresses of private networks and of this machine, too. COURIER_ENOMEM. */
int courier_create(struct courier **courier, bool allows_private);
/* Ends what is under way with COURIER_EGONE, and the thread. NULL is fine. */
void courier_destroy(struct courier *courier);
/* Sends a request, which is copied; from any thread. `done` is called for it, unless an error comes back:
 * COURIER_EFULL, and COURIER_EINVAL for what no request can have, a line end in a header, or more than fits. */
int courier_send(struct courier *courier, const struct courier_request *request, courier_done_fn *done, void *context);

#endif
