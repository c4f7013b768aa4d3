/* request.h - the HTTP request that an endpoint wants, before any language writes it as code. */
#ifndef ENGINE_REQUEST_H
#define ENGINE_REQUEST_H

#include "arena.h"
#include "operation.h"
#include "sample.h"

/* A value, or with `variable` what an environment variable of that name holds, behind `value`: "Bearer " and TOKEN. */
struct request_pair {
    struct str name;     /* of a query pair and a cookie: percent-encoded; of a header: a token (RFC 9110 §5.6.2) */
    struct str value;    /* of a query pair and a cookie: percent-encoded; of a header: without control characters */
    struct str variable; /* empty: none */
    bool is_focus;       /* of the parameter asked for */
    struct request_pair *next;
};

struct request_pairs {
    struct request_pair *first, *last;
};

enum request_body {
    REQUEST_NO_BODY,
    REQUEST_TEXT,      /* body_text */
    REQUEST_FORM,      /* fields, to be percent-encoded: neither names nor values are */
    REQUEST_MULTIPART, /* fields; `variable` FILE: a file's content */
    REQUEST_FILE,      /* bytes that only the user has */
};

struct request {
    struct str method;
    struct str url;    /* without query; only bytes that uri_clean leaves */
    bool is_url_focus; /* the parameter asked for is in the path */
    struct request_pairs query, headers, cookies, fields;
    bool is_basic;  /* user and password by HTTP's Basic scheme */
    bool is_digest; /* by its Digest scheme */
    enum request_body body;
    struct str body_text, media_type;
};

/* What must be in the request, and is marked in it: a parameter. Empty name: nothing but what is required. */
struct request_focus {
    struct str name;
    enum catalogue_in in;
};

/* Fills `request`: the first server, path parameters replaced by samples, required parameters and the one in focus, the
 * first way to authenticate, the body's sample. What a hostile document could smuggle in (line ends in a header, a
 * header name that is none) is cleaned or left out. Out of memory: arena->failed. */
void request_make(const struct operation *operation, struct request_focus focus, struct arena *arena,
                  struct request *request);

#endif
