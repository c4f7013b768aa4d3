/* request_maker.h - the state of a request while it is made; for the files of request only. */
#ifndef ENGINE_REQUEST_MAKER_H
#define ENGINE_REQUEST_MAKER_H

#include "buf.h"
#include "request.h"

struct request_maker {
    const struct operation *operation;
    const struct document *document;
    struct arena *arena;
    struct request *request;
    const struct request_wish *wish;
    struct buf text;                   /* the literal part under way */
    struct request_part *first, *last; /* of the text under way */
    struct request_line *cookies;      /* pairs, before they are one header */
    struct request_line *secrets;      /* pairs of the query that hold secrets: they come last in it */
    unsigned variable_count;
};

/* ---- request_text.c: texts. A text is under way from its first part to request_text_end. ------------------------- */

enum request_encoding {
    REQUEST_ENCODE_ALL,      /* all but the unreserved bytes */
    REQUEST_ENCODE_RESERVED, /* uri_encode_reserved */
    REQUEST_ENCODE_HEADER,   /* what no header may hold: control characters become spaces, others than ASCII encoded */
    REQUEST_ENCODE_NOTHING,
};
void request_text_add(struct request_maker *maker, struct str literal, enum request_encoding encoding);
void request_text_add_variable(struct request_maker *maker, const struct request_variable *variable, bool is_encoded);
void request_text_add_parts(struct request_maker *maker, const struct request_part *parts);
struct request_part *request_text_end(struct request_maker *maker);
/* Ends the text under way as a new last line of `lines`. */
void request_text_end_line(struct request_maker *maker, struct request_line **lines, bool is_focus);
/* `text` without control characters but tabs and line ends: each becomes U+FFFD. No argument of a program can hold NUL,
 * and what is pasted into a terminal is obeyed by it. */
struct str request_text_printable(struct request_maker *maker, struct str text);

/* ---- request_variable.c ------------------------------------------------------------------------------------------ */

/* The variable for what the specification calls `key`, the same one when asked again; "<KEY>_<SUFFIX>" in upper case
 * (suffix "": "<KEY>"). NULL without memory, and when there are LIMIT_REQUEST_VARIABLES. */
struct request_variable *request_variable_of(struct request_maker *maker, enum request_variable_kind kind,
                                             struct str key, const char *suffix, struct str value);

/* ---- request_value.c: samples as texts (OpenAPI 3.1 §4.8.12.2 to §4.8.12.4) -------------------------------------- */

/* A sample as JSON on one line; indented for a body. */
struct str request_value_json(struct request_maker *maker, const struct sample_node *node, bool is_indented);
/* What one value says: a leaf's text, a container's JSON. */
struct str request_value_text(struct request_maker *maker, const struct sample_node *node);
/* How a container is written as one text: what stands before it, between its entries, and between key and value; with
 * `name`, before the value of each entry of an array ";name=". */
struct request_joint {
    const char *before, *between, *pair;
    struct str name;
    enum request_encoding encoding;
};
void request_value_join(struct request_maker *maker, const struct sample_node *node, const struct request_joint *joint);
/* Adds a form's or a query's pairs for one value, a line each. */
struct request_pairs {
    struct request_line **lines;
    const char *first, *next; /* what a line begins with: "?" and "&" */
    struct str name;
    struct str style; /* "form", "spaceDelimited", "pipeDelimited", "deepObject" */
    bool is_exploded;
    const char *comma; /* between values in one text: "," or, where that may not stand, encoded */
    enum request_encoding encoding;
    bool is_focus;
};
void request_value_add_pairs(struct request_maker *maker, const struct sample_node *node,
                             const struct request_pairs *pairs);
/* Begins a pair: its separator, its name, '='. */
void request_value_begin_pair(struct request_maker *maker, const struct request_pairs *pairs, struct str name);

/* ---- request_header.c -------------------------------------------------------------------------------------------- */

struct request_header *request_header_find(const struct request *request, struct str name);
/* Ends the text under way as the value of a header. NULL, and the text is dropped: when the name is no token, is there
 * already, or belongs to HTTP's framing, which the client does; and when there is no memory. */
struct request_header *request_header_end(struct request_maker *maker, struct str name);
/* All cookies as one header (RFC 6265 §4.2.1). */
void request_header_add_cookies(struct request_maker *maker);

/* ---- The parts of a request, a file each, in the order of their making ------------------------------------------- */

void request_make_url(struct request_maker *maker, const struct operation_parameter *parameters, size_t count);
void request_make_security(struct request_maker *maker); /* secrets of the query are not in it yet */
void request_make_parameters(struct request_maker *maker, const struct operation_parameter *parameters, size_t count);
void request_make_body(struct request_maker *maker);

/* The sample of a parameter; of a `content` parameter the text of its JSON. NULL without memory. */
struct sample_node *request_parameter_sample(struct request_maker *maker, const struct operation_parameter *parameter);
/* What a parameter's style and explode say, or their defaults; `style` names the default. */
struct str request_parameter_style(const struct operation_parameter *parameter, struct str style, bool *is_exploded);
bool request_is_focus(const struct request_maker *maker, enum catalogue_in in, struct str name);
/* Cookies as pairs. */
struct request_pairs request_parameter_cookie(struct request_maker *maker, struct str name);

#endif
