/* request_call.h - a request as it is sent, with what the user gave for placeholders and secrets in it. */
#ifndef ENGINE_REQUEST_CALL_H
#define ENGINE_REQUEST_CALL_H

#include "request.h"

struct request_call_header {
    struct str name, value;
};

struct request_call {
    struct str url;
    struct request_call_header *headers;
    size_t header_count;
    struct str body; /* `at` NULL: none */
    struct str user, password;
    enum request_login login;
};

/* What the answer to request_call may be. */
enum request_call_result {
    REQUEST_CALL_OK,
    REQUEST_CALL_NO_SERVER, /* the address is at none of the servers that the specification names */
    REQUEST_CALL_FILE,      /* the body is a file, or has one in it */
    REQUEST_CALL_TOO_LONG,  /* than LIMIT_DETAILS_TEXT_BYTES */
};

/* Fills `call` from a request made with `wish`, whose `given` has the secrets, too: what needs one that was not given
 * is left out, so that a server can say that it is missing. The address must begin with that of a server in the
 * specification: its variables stand for one of the values it lists, or where it lists none for its default, or for
 * letters, digits, '-' and
 * '_' (so that no text leads to another host, or out of a path). Out of memory: arena->failed. */
enum request_call_result request_call(const struct operation *operation, const struct request *request,
                                      const struct request_wish *wish, struct arena *arena, struct request_call *call);

#endif
