/* request.h - the HTTP request that an endpoint wants, before any language writes it as code.
 *
 * Everything that is sent stands here byte by byte, encoded where HTTP and OpenAPI want it, so that a language has only
 * to write texts in its own quotes; none decides what is encoded, or how. What only the user knows are variables: a
 * placeholder has a sample, a secret comes from the environment. */
#ifndef ENGINE_REQUEST_H
#define ENGINE_REQUEST_H

#include "arena.h"
#include "operation.h"
#include "sample.h"

enum request_variable_kind {
    REQUEST_PLACEHOLDER, /* a parameter of the path, a part of the server's address */
    REQUEST_FILE_NAME,   /* a file that is sent; its sample is "file.bin" */
    REQUEST_SECRET,      /* what the environment holds under this name */
};

struct request_variable {
    struct str name;  /* A-Z, 0-9 and '_', beginning with a letter, one of its own in the request, and no word that
                         means something in a language: "PET_ID", "BEARER_AUTH_TOKEN" */
    struct str key;   /* what the specification calls it */
    struct str value; /* the sample, without control characters but line ends and tabs; of a secret: empty */
    enum request_variable_kind kind;
    bool is_focus; /* of the parameter asked for */
    struct request_variable *next;
};

/* A text that is sent: literal parts, and what variables hold. Two literal parts never follow each other. */
struct request_part {
    struct str literal;                      /* as it is sent; with a variable: empty */
    const struct request_variable *variable; /* NULL: a literal part */
    bool is_encoded;                         /* what the variable holds is sent percent-encoded (uri_encode) */
    struct request_part *next;
};

/* A line of a text that is best read in several. */
struct request_line {
    struct request_part *first;
    bool is_focus;
    struct request_line *next;
};

struct request_header {
    struct str name;            /* a token (RFC 9110 §5.6.2) */
    struct request_part *value; /* ASCII without control characters; NULL: an empty one */
    bool is_focus;
    struct request_header *next;
};

/* What parts are separated by where the client leaves it to the program: no field holds it. */
#define REQUEST_BOUNDARY "----apiblaze-7d91c3f0a2e84b65"

/* A part of a multipart/form-data body (RFC 7578). */
struct request_field {
    struct str name;                     /* without control characters, '"', '\\' and '=' */
    struct str value;                    /* without control characters but line ends and tabs */
    const struct request_variable *file; /* the file whose content is sent; NULL: the value */
    struct str media_type;               /* empty: text/plain, which need not be said */
    struct request_field *next;
};

enum request_body {
    REQUEST_NO_BODY,
    REQUEST_TEXT,      /* body_text */
    REQUEST_FORM,      /* form: application/x-www-form-urlencoded, its lines one behind the other */
    REQUEST_MULTIPART, /* fields */
    REQUEST_FILE,      /* what the file holds that body_file names */
};

enum request_login {
    REQUEST_NO_LOGIN,
    REQUEST_BASIC,  /* user and password by RFC 7617 */
    REQUEST_DIGEST, /* by RFC 7616 */
};

struct request {
    struct str method;
    struct request_variable *variables; /* placeholders in the order of their use, then secrets */
    struct request_line *url;           /* the address, then a line for each pair of the query, with its '?' or '&' */
    struct request_header *headers;     /* Cookie and Content-Type (but of multipart) among them, each name once */
    enum request_login login;
    const struct request_variable *user, *password;
    const struct request_variable *certificate, *certificate_key; /* of mutual TLS: PEM files; NULL: none wanted */
    enum request_body body;
    struct str body_text;      /* without control characters but line ends and tabs */
    struct request_line *form; /* each but the first begins with '&' */
    struct request_field *fields;
    const struct request_variable *body_file;
    struct str media_type;  /* of the body; empty: none */
    bool lacks_at;          /* the body has not the property asked for, or there is none */
    bool is_server_unknown; /* the specification tells no address: a placeholder stands for it */
};

/* What the user chose instead of a sample: for a placeholder or a secret, by its variable's name ("PET_ID"), or for a
 * parameter that is then sent, whether it is required or not ("query.limit"). */
struct request_given {
    struct str name, value;
};

/* What the request is made for. Zero: nothing but what is required. */
struct request_wish {
    struct str focus; /* a parameter that must be in it, and is marked; empty: none */
    enum catalogue_in focus_in;
    struct str server;           /* the address to use instead of the specification's; empty: that one */
    enum sample_tier tier;       /* of the body */
    struct str at;               /* a property of the body, as the focus in struct sample_wish; empty: none */
    struct sample_common common; /* as there */
    bool has_digest;             /* the client can log in by Digest; else it is a header whose value the user makes */
    const struct request_given *given;
    size_t given_count;
    struct str body; /* instead of the sample, where the body is a text; `at` NULL: the sample */
};
/* What was given under this name, or NULL. */
const struct request_given *request_given(const struct request_wish *wish, struct str name);

/* Fills `request`: the first server, required parameters and the one in focus, all schemes of the first security
 * requirement, the body's sample. What a hostile document could smuggle in (line ends in a header, a header name that
 * is none, headers by which HTTP frames its messages) is cleaned or left out. docs/decisions/020-requests.md tells what
 * was decided where the standards leave it open. Out of memory: arena->failed. */
void request_make(const struct operation *operation, const struct request_wish *wish, struct arena *arena,
                  struct request *request);

#endif
