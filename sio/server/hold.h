/* hold.h - a handshake that waits for options.allow_request to come to a decision, or for options.generate_id. Its
 * connection reads nothing meanwhile. */
#ifndef SERVER_HOLD_H
#define SERVER_HOLD_H

#include "http.h"

struct hold {
    struct http *http;
    uint64_t number;
    bool wants_id;
    bool has_begun; /* before that there is nothing that an answer could go on with */
    struct http1_request head;
    char bytes[]; /* of the head */
};

/* The function has returned: the answer may come. `wants_id`: it was options.generate_id. */
void hold_begin(struct http *http, bool wants_id);
/* The connection is gone, or the request is answered. */
void hold_drop(struct http *http);

#endif
