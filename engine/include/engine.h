/* engine.h - API specifications in, answers out. Usable alone: no sockets, no JSON in its interface.
 *
 *   import:  specification files → one index file          (offline, seconds)
 *   open:    the index file, checked and mapped            (milliseconds)
 *   search:  words → the best elements                     (microseconds)
 *   details: one element → its description, model, examples
 *
 * Threads. An engine is read-only once open: any number of threads may search it, each with its own
 * struct engine_scratch. Details keep a small cache of opened documents inside the scratch, too.
 * Ownership. Text in answers lives in the mapped index or in the arena passed in: good until the
 * arena is reset, the scratch is used again, or the engine is closed, whichever is first.
 * Failure. 0 or a negative ENGINE_E code; `struct engine_fault` says what, where and what to do. */
#ifndef ENGINE_H
#define ENGINE_H

#include "arena.h"
#include "str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ENGINE_ERRORS(X)                                                                                               \
    X(ENGINE_ENOMEM, -1, "out of memory")                                                                              \
    X(ENGINE_EINVAL, -2, "invalid argument")                                                                           \
    X(ENGINE_ESYS, -3, "a system call failed")                                                                         \
    X(ENGINE_ECORRUPT, -4, "the index file is damaged or of another version")                                          \
    X(ENGINE_ENOTFOUND, -5, "there is no such element")                                                                \
    X(ENGINE_ENOTHING, -6, "no specification could be imported")                                                       \
    X(ENGINE_EOUTDATED, -7, "the catalogue has changed since the cursor was given")
#define ENGINE_X(name, code, text) name = (code),
enum engine_error { ENGINE_ERRORS(ENGINE_X) ENGINE_OK = 0 };
#undef ENGINE_X
const char *engine_strerror(int error);

/* A sentence for the user: what is wrong, where, and what to do. */
struct engine_fault {
    char text[512];
};

/* ---- Elements ----------------------------------------------------------------------------------- */

enum engine_kind {
    ENGINE_API,
    ENGINE_ENDPOINT,
    ENGINE_OBJECT,
    ENGINE_PROPERTY,
    ENGINE_PARAMETER,
    ENGINE_KINDS,
};
/* "api", "endpoint", "object", "property", "parameter". */
struct str engine_kind_name(enum engine_kind kind);
/* Reads such a name (singular or plural); false when it is none. */
bool engine_kind_read(struct str name, enum engine_kind *kind);

enum engine_flag {
    ENGINE_REQUIRED = 1 << 0,
    ENGINE_DEPRECATED = 1 << 1,
    ENGINE_READ_ONLY = 1 << 2,
    ENGINE_WRITE_ONLY = 1 << 3,
    ENGINE_NULLABLE = 1 << 4,
};

/* ---- Import --------------------------------------------------------------------------------------- */

struct engine_progress {
    uint32_t files, files_total;
    uint64_t bytes, bytes_total;
};

struct engine_import {
    const char *const *paths; /* files and folders (read to any depth, *.json) */
    size_t path_count;
    const char *output; /* the index; written beside, then renamed */
    bool keeps;         /* what else is in the index stays in it */
    bool is_fresh;      /* everything is read, whether it changed or not, and written to one file */
    unsigned threads;   /* 0: one a processor */
    /* Called from one thread at a time, in no fixed order of files; both may be NULL. */
    void (*on_progress)(const struct engine_progress *progress, void *context);
    void (*on_fault)(const char *file_line_column_what, void *context); /* one bad file: "a.json:3:14: what" */
    void *context;
};

struct engine_report {
    uint32_t imported, failed;       /* files */
    uint32_t unchanged;              /* files that the index had already, as they are */
    uint32_t removed;                /* APIs that were in the index and are in no file */
    uint64_t bytes;                  /* read and imported */
    uint64_t index_bytes;            /* written, stored texts included */
    uint64_t elements[ENGINE_KINDS]; /* of all that is in the index */
    uint64_t path_parameters;        /* those of the parameters that a path declares for all its endpoints */
    uint64_t microseconds;
    uint64_t peak_bytes; /* of memory that this process has had at a time, so far */
};

/* Imports all that can be imported: afterwards the index has these files, and, where `keeps` says so, what it had
 * before. Files that it had already, with the same path and content, are not read again; when little else changed, that
 * is written to a file beside, a segment, which the index then lists. ENGINE_ENOTHING when nothing could be imported:
 * the old index then stays. A report with failed > 0 and a result of 0 means: the others are in. */
int engine_import(const struct engine_import *import, struct engine_report *report, struct engine_fault *fault);

/* Removes APIs from an index. ENGINE_ENOTFOUND: one is not there, and nothing was changed. */
int engine_remove(const char *path, const char *const *ids, size_t count, struct engine_fault *fault);

/* Makes one segment of many, or of those that are small; nothing is read from a specification again. Until it is done,
 * nobody else can change the index. */
int engine_compact(const char *path, unsigned threads, struct engine_fault *fault);

/* ---- Open ------------------------------------------------------------------------------------------- */

typedef struct engine engine;

int engine_open(engine **opened, const char *path, struct engine_fault *fault);
/* The same for a catalogue that changed: what it has in common with `old`, which stays as it is, is not read again. */
int engine_reopen(engine **opened, const engine *old, const char *path, struct engine_fault *fault);
void engine_close(engine *engine); /* NULL is fine */

struct engine_counts {
    uint64_t elements[ENGINE_KINDS];
    uint64_t path_parameters;
    uint64_t index_bytes, text_bytes; /* of the files, and of the specifications stored in them, uncompressed */
    uint32_t segments;                /* files that the catalogue is made of */
    uint64_t generation;              /* another one for another content */
};
void engine_counts(const engine *engine, struct engine_counts *counts);
/* Whether so much was added and removed that engine_compact is worth its time. */
bool engine_wants_compaction(const engine *engine);

/* What one thread needs beside the engine: bitmaps, heaps, the cache of opened documents. */
typedef struct engine_scratch engine_scratch;
int engine_scratch_create(engine_scratch **scratch, const engine *engine);
/* Keeps opened documents of at most `bytes`, and always the one read last, from the next details on; before it is
 * called LIMIT_DETAILS_CACHE_BYTES. */
void engine_scratch_limit(engine_scratch *scratch, size_t bytes);
void engine_scratch_destroy(engine_scratch *scratch); /* NULL is fine */

/* ---- Search ----------------------------------------------------------------------------------------- */

/* What must hold for an element, all of it; zero: nothing. */
struct engine_filter {
    struct str method;        /* endpoints of this one: "post" */
    struct str in;            /* parameters there: "query", "path", "header", "cookie" */
    struct str type;          /* a word of its type: "string", "array", "Container" */
    struct str tag;           /* endpoints that have this one */
    unsigned flags, no_flags; /* enum engine_flag that it has, and has not */
};

/* What words of descriptions count for. */
enum engine_descriptions {
    ENGINE_NO_DESCRIPTIONS,
    ENGINE_DESCRIPTIONS_TOO,   /* after everything found by name */
    ENGINE_DESCRIPTIONS_ALONE, /* names do not count */
};

struct engine_query {
    struct str text; /* as docs/query-syntax.md tells; what it says goes before what follows */
    struct str api;  /* id of one API ("kubernetes.io"); empty: all */
    unsigned kinds;  /* 1 << ENGINE_OBJECT | …; 0: all */
    struct engine_filter filter;
    bool is_pattern; /* all of the text is a regular expression */
    enum engine_descriptions descriptions;
    uint32_t limit;    /* rows; 0: 20 */
    uint32_t offset;   /* rows to skip */
    struct str cursor; /* of the page before, with the same query; goes before offset. Empty: the first page */
    bool explain;      /* fill the reasons of each hit */
};

struct engine_range {
    uint32_t start, end; /* bytes [start, end) */
};

/* What one criterion of the order says of a hit. */
struct engine_reason {
    struct str criterion; /* "where the words were found" */
    uint32_t value;       /* smaller is better */
    struct str words;     /* "they are the name" */
};

struct engine_version {
    struct str version; /* "v1beta1"; of an API as its specification says it */
    struct str id;
};

/* One row. It stands for `count` elements of that kind and name (across APIs, or inside the one asked);
 * what is told of owner, API and text is of the best of them. */
struct engine_hit {
    enum engine_kind kind;
    unsigned flags;
    struct str id;    /* "kubernetes.io/object/io.k8s.api.core.v1.PodSpec", see engine_details */
    struct str name;  /* an endpoint's is its path */
    struct str owner; /* of a property: "Object" or "Object.parent"; of a parameter: "GET /path" */
    struct str path;  /* of a property found by the way to it: "Deployment.spec.template.spec"; else empty */
    struct str api, api_title;
    struct str type;         /* "string", "array of Container", "Deployment"; empty when not told */
    struct str method;       /* of an endpoint: "GET" */
    struct str operation_id; /* of an endpoint; may be empty */
    struct str summary;      /* first sentence, one line, no markup */
    struct str value;        /* the one that it was found by, of those it may have; empty when it was found otherwise */
    const struct engine_version *versions; /* of one object inside the API, or of the provider's API, when there are
                                            * several: stable ones first, of these the newest */
    size_t version_count;
    uint32_t count;                         /* elements it stands for */
    uint32_t owner_count;                   /* distinct owners among them */
    uint32_t api_count;                     /* distinct APIs among them */
    uint32_t score;                         /* higher is better; of use for display only */
    const struct engine_range *name_ranges; /* what matched in `name` */
    size_t name_range_count;
    const struct engine_range *summary_ranges; /* what matched in `summary` */
    size_t summary_range_count;
    const struct engine_reason *reasons; /* of engine_query.explain, the one that counts most first */
    size_t reason_count;
    size_t
        decided; /* the reason that puts it behind the hit before it (the first: before the next); reason_count: none */
};

struct engine_answer {
    const struct engine_hit *hits;
    size_t hit_count;
    uint64_t totals[ENGINE_KINDS]; /* rows a kind, whatever query.kinds says */
    uint64_t total;                /* rows of the kinds looked for */
    bool is_lower_bound;           /* there may be more rows: counting all would have taken too long */
    unsigned kinds;                /* 1 << enum engine_kind …: those looked for, as the query or its text says */
    struct str api;                /* id of the API looked in, as the query or its text says; empty: all */
    struct str suggestion;         /* the text with its typing errors corrected, when all that was found is found by
                                    * correcting some; else empty */
    struct str cursor;             /* for the page that follows; empty: there is none */
};

/* Never fails on any text: no words, no hits. ENGINE_ENOTFOUND: no such API. ENGINE_EINVAL: a method or a place of
 * parameters that there is not, or a cursor that is none or belongs to another query. ENGINE_EOUTDATED: a cursor of
 * another catalogue. ENGINE_ENOMEM. */
int engine_search(const engine *engine, engine_scratch *scratch, const struct engine_query *query, struct arena *arena,
                  struct engine_answer *answer);

/* ---- APIs ------------------------------------------------------------------------------------------- */

struct engine_api {
    struct str id, title, version, description, provider;
    struct str category; /* may be empty */
    uint64_t elements[ENGINE_KINDS];
    uint32_t score; /* in engine_search_apis */
};

/* One API by id, with its counts. */
int engine_api(const engine *engine, struct str id, struct engine_api *api);

/* APIs in the order of their ids: at most `limit`, behind the first `offset`. *total tells how many there are. */
int engine_list_apis(const engine *engine, uint32_t offset, uint32_t limit, struct arena *arena,
                     const struct engine_api **apis, size_t *count, uint64_t *total);

/* The original algorithm of app:api-search-action: `keyword` as a case-insensitive pattern (PCRE2; where it is no
 * valid pattern, as plain text) over id, title, provider, category and description of every API, most matches
 * first, a match in the id or title counting ten. Bounded by match limits. */
int engine_search_apis(const engine *engine, struct str keyword, uint32_t limit, struct arena *arena,
                       const struct engine_api **apis, size_t *count);

/* ---- Details ---------------------------------------------------------------------------------------- */

/* Texts named `html` are the Markdown before them, rendered and not sanitised; they are empty with
 * ENGINE_WITHOUT_HTML. Lists that are longer than an answer may be have a total beside their count: what is missing is
 * told by the same question with engine_view.at and .offset. */

/* Documentation elsewhere; both empty: none. */
struct engine_link {
    struct str url, description;
};

/* One of the values allowed, or an example. */
struct engine_value {
    struct str json;        /* as JSON text; empty: it is longer than examples are told */
    struct str name;        /* a label that the specification gives it; may be empty */
    struct str description; /* may be empty */
};

struct engine_choice;

#define ENGINE_KEYS 3 /* names that are told of an object that is not told itself */

/* One line of a data model: a property of an object, a parameter, a header. */
struct engine_field {
    struct str name;        /* "*": any other name, "/^x-/": names like this, "[0]": the first item */
    struct str type;        /* as in engine_hit */
    struct str id;          /* of the element, to go there; empty when it is none */
    struct str type_id;     /* of the object that the type names; empty when none */
    struct str title;       /* that the schema gives itself; empty when it says no more than the name */
    struct str summary;     /* the first sentence, one line, no markup */
    struct str description; /* Markdown, whole */
    struct str html;
    struct str described_by; /* the object that the description is of, for the field has none itself; else empty */
    struct str note;         /* what is wrong in the specification here, in words; empty: nothing that was seen */
    struct str format, pattern, range; /* range: "1 to 65535", "at most 63 characters", … */
    struct str default_value;          /* JSON text */
    struct str constant;               /* the one value allowed, JSON text */
    const struct engine_value *values; /* the ones allowed */
    size_t value_count, value_total;
    const struct engine_value *examples;
    size_t example_count;
    const struct str *rules; /* what else holds, a sentence each: "No other members are allowed." */
    size_t rule_count;
    unsigned flags;
    struct str in;         /* of a parameter: "query", "path", "header", "cookie" */
    struct str style;      /* of a parameter, where it is not the usual one: "deepObject" */
    int explode;           /* the same: 1 yes, -1 no; 0: as usual */
    struct str media_type; /* of a parameter that is written in one */
    struct str origin;     /* the object of allOf that it comes from; empty when its own */
    struct str when;       /* of an alternative: what tells that it is meant, "petType is \"cat\"" */
    struct engine_link docs;
    const struct engine_field *fields; /* what is in it */
    size_t field_count, field_total;
    const struct str *keys; /* where that is not told: the first names in the object that it is */
    size_t key_count, key_total;
    const struct engine_choice *choices; /* each of them holds */
    size_t choice_count;
    bool is_recursive; /* its type is an object that it is in: that is not told again */
};

enum engine_choice_kind {
    ENGINE_ONE_OF,
    ENGINE_ANY_OF,
    ENGINE_SUBTYPES, /* what a discriminator leads to: objects that are made from this one */
};

/* Alternatives; each is a field with what is in it. */
struct engine_choice {
    enum engine_choice_kind kind;
    struct str discriminator; /* the property that tells them apart; may be empty */
    const struct engine_field *alternatives;
    size_t alternative_count, alternative_total;
};

/* What a response leads to (OpenAPI 3.1 §4.8.20). */
struct engine_response_link {
    struct str name, description, html;
    struct str endpoint;                   /* id of the endpoint, empty where it is not found */
    struct str operation;                  /* as the specification names it */
    const struct engine_value *parameters; /* name, and the expression as JSON text */
    size_t parameter_count;
    struct str body; /* JSON text; may be empty */
    struct str note;
};

/* A request body or a response, in one media type. */
struct engine_body {
    struct str status;            /* "200", "4XX", "default"; empty: the request */
    struct str media_type;        /* may be empty */
    struct str description, html; /* of the body or response, the same for all its media types */
    struct str note;
    bool is_required;
    bool is_first; /* of its status: has the headers and links */
    struct engine_field schema;
    const struct engine_value *encoding; /* name of a part, and in `description` how it is sent */
    size_t encoding_count;
    const struct engine_value *examples;
    size_t example_count;
    const struct engine_field *headers;
    size_t header_count;
    const struct engine_response_link *links;
    size_t link_count;
};

/* A request that the API sends to whoever called (OpenAPI 3.1 §4.8.18). */
struct engine_callback {
    struct str name, url; /* url: an expression, "{$request.body#/callbackUrl}" */
    struct str method, summary, description, html, note;
    const struct engine_body *bodies;
    size_t body_count;
};

/* How to authenticate. */
struct engine_scheme {
    struct str name, type; /* type: "apiKey", "http", "oauth2", "openIdConnect", "mutualTLS" */
    const struct str *how; /* what to do, a sentence each: "Send the header X-API-Key with your key." */
    size_t how_count;
    struct str description, html, note;
    const struct engine_value *scopes; /* names and descriptions, those that are needed; of an API all */
    size_t scope_count;
};

/* Schemes that are needed together, one way of several. */
struct engine_requirement {
    struct str text; /* "key + token"; "none": nothing is needed */
    const struct str *schemes;
    size_t scheme_count;
};

struct engine_server_variable {
    struct str name, default_value, description;
    const struct str *values;
    size_t value_count;
};

struct engine_server {
    struct str url;     /* variables replaced by their defaults, absolute */
    struct str written; /* as the specification writes it, "https://{region}.example.com" */
    struct str note;    /* where that is no whole address: for what https://example.com stands in `url` */
    struct str description, html;
    const struct engine_server_variable *variables;
    size_t variable_count;
};

struct engine_tag {
    struct str name, description, html;
    struct engine_link docs;
    uint64_t count; /* of an API: endpoints with it */
};

/* Of an API: whose it is. */
struct engine_about {
    struct str terms, contact, contact_url, contact_email, license, license_url;
};

/* What only the user knows of a request. */
enum engine_variable_kind {
    ENGINE_PLACEHOLDER, /* a part of the address; `value` is a sample, or what was given */
    ENGINE_FILE_NAME,
    ENGINE_SECRET, /* the environment holds it under this name; `value` is empty */
};
struct engine_variable {
    struct str name; /* "PET_ID", "BEARER_AUTH_TOKEN" */
    struct str key;  /* what the specification calls it */
    struct str value;
    enum engine_variable_kind kind;
};

struct engine_example {
    struct str label;    /* "JSON", "curl" */
    struct str language; /* for the highlighter: "json", "bash" */
    struct str code;
    struct engine_range focus; /* the bytes of the line that shows the element asked for; empty range: none */
    const struct engine_variable *variables; /* of engine_code: those in it */
    size_t variable_count;
    struct str body; /* of engine_code: the text that is sent as the body; empty: none is, or it is no text */
};

/* Where else a property's name occurs in the API, or who uses an object. */
struct engine_place {
    enum engine_kind kind;
    struct str id, name, owner, type, summary;
    bool is_same_text; /* its description equals the element's own */
};

struct engine_details {
    enum engine_kind kind;
    struct str id, name, title; /* title: short, "PodSpec" of "io.k8s.api.core.v1.PodSpec" */
    struct str api, api_title, api_version;
    struct str owner, owner_id;
    struct str method, operation_id, summary; /* of an endpoint */
    struct str pointer;                       /* JSON pointer into the specification (RFC 6901) */
    struct str at;                            /* of the question; `self` is what is there */
    struct engine_field self;                 /* type, description, constraints, flags; an object's fields */
    const struct engine_field *parameters;    /* path, query, header, cookie; the required ones first in each */
    size_t parameter_count, parameter_total;
    const struct engine_body *bodies; /* the request first, then responses by status */
    size_t body_count, body_total;
    const struct engine_callback *callbacks;
    size_t callback_count, callback_total;
    const struct engine_requirement
        *security; /* any one of them is enough; of an API, where no endpoint says otherwise */
    size_t security_count;
    const struct engine_scheme *schemes; /* that these name; of an API all */
    size_t scheme_count;
    const struct engine_server *servers;
    size_t server_count;
    const struct engine_tag *tags;
    size_t tag_count;
    struct engine_about about; /* of an API, as the next two */
    uint64_t elements[ENGINE_KINDS];
    const struct engine_version *versions; /* the provider's APIs of this title, when there are several */
    size_t version_count;
    const struct engine_place *places;
    size_t place_count;   /* those listed */
    uint64_t place_total; /* all there are */
    const struct engine_example *examples;
    size_t example_count;
};

/* Parts of an answer that are not wanted. */
enum engine_without {
    ENGINE_WITHOUT_HTML = 1 << 0,
    ENGINE_WITHOUT_MODEL = 1 << 1, /* nothing but the names */
    ENGINE_WITHOUT_PLACES = 1 << 2,
    ENGINE_WITHOUT_EXAMPLES = 1 << 3, /* code and payloads */
};

/* How much of an element is told; zero: what its page shows first. */
struct engine_view {
    struct str at; /* a way into its model, through references, arrays and maps: "spec.template.spec"; of an endpoint it
                    * begins with "request" or a status, "200.items.metadata". Only the field there is told. */
    uint32_t depth;  /* levels of fields; what references lead to counts. 0: what is written in place, to any depth */
    uint32_t offset; /* fields, values, alternatives, parameters and bodies of the first level to skip */
    bool required_only; /* fields that are not required are left out */
    unsigned without;   /* enum engine_without */
};

/* An element's details, read from the specification stored in the index. `view` may be NULL.
 * Ids: "<api>", "<api>/object/<name>", "<api>/object/<name>#<property.path>", "<api>/property/<name>" (the best
 * owner's), "<api>/endpoint/<method>/<path without its first slash>", "<api>/endpoint/…?<in>.<parameter>",
 * "<api>/parameter/<in>/<name>" (the best endpoint's). An object's last part ("PodSpec", "Deployment") stands for its
 * name where it is unique or one is clearly the best. ENGINE_ENOTFOUND: `fault` names the nearest there is, or what
 * there is at view->at. */
int engine_details(const engine *engine, engine_scratch *scratch, struct str id, const struct engine_view *view,
                   struct arena *arena, struct engine_details *details, struct engine_fault *fault);

/* ---- Text -------------------------------------------------------------------------------------------------------- */

/* Markdown, or HTML, as lines for a terminal: wrapped to `width` columns, each indented, with colours where these are
 * wanted. No control character of the text comes out. Out of memory: the empty str, and arena->failed. */
struct engine_text_look {
    size_t width, indent;
    bool has_colour;
};
struct str engine_terminal_text(struct arena *arena, struct str markdown, const struct engine_text_look *look);

/* The first sentence of a description, one line, no markup. It lies in the arena or in `markdown`. Out of memory as
 * above. */
struct str engine_sentence(struct arena *arena, struct str markdown);

/* Markdown without HTML: what is written in HTML becomes Markdown, tags in Markdown go. Out of memory as above. */
struct str engine_clean_markdown(struct arena *arena, struct str markdown);

/* ---- Examples ---------------------------------------------------------------------------------------- */

/* How much a payload shows; docs/samples.md has the rules. */
enum engine_tier {
    ENGINE_USEFUL,  /* what is required, says what it is, and is common */
    ENGINE_MINIMAL, /* what is required or says what it is */
    ENGINE_FULL,    /* all that there is room for */
    ENGINE_TIERS,
};
/* "useful", "minimal", "full". */
struct str engine_tier_name(enum engine_tier tier);
/* Reads such a name; false when it is none. */
bool engine_tier_read(struct str name, enum engine_tier *tier);

/* ---- Code ------------------------------------------------------------------------------------------- */

struct engine_language {
    struct str name;      /* "python" */
    struct str label;     /* for people: "Python requests" */
    struct str highlight; /* for the highlighter: "py" */
};
/* The languages that requests are written in, by number from 0; false: there are no more. */
bool engine_language(size_t number, struct engine_language *language);

/* What the user chose instead of a sample: for a variable by its name ("PET_ID"), or for a parameter, which is then
 * sent
 * ("query.limit"). */
struct engine_given {
    struct str name, value;
};

struct engine_code_wish {
    struct str id;         /* of an endpoint, or of a parameter, which is then in the request, and marked */
    struct str language;   /* its name; empty: the first there is */
    struct str server;     /* the address to use instead of the specification's, http or https; empty: that one */
    enum engine_tier tier; /* how much its body shows */
    struct str at;         /* of the body, as in struct engine_payload_wish */
    const struct engine_given *given;
    size_t given_count;
    struct str body; /* instead of the sample, where the body is a text; `at` NULL: the sample */
};
/* The request of an endpoint as code that runs (docs/code-examples.md). The texts live in the arena. ENGINE_ENOTFOUND
 * as engine_details; ENGINE_EINVAL: no such language, which `fault` lists, no address, an element without a request, or
 * a body without that property. */
int engine_code(const engine *engine, engine_scratch *scratch, const struct engine_code_wish *wish, struct arena *arena,
                struct engine_example *example, struct engine_fault *fault);

/* The same request as it is sent. */
struct engine_call {
    struct str method, url;
    const struct engine_given *headers;
    size_t header_count;
    struct str body;           /* `at` NULL: none */
    struct str user, password; /* of Basic, or Digest; empty: no login */
    bool is_digest;
};
/* `wish->given` has the secrets, too; what needs one that is missing is left out. ENGINE_EINVAL also when the address
 * is at none of the servers that the specification names, or a file would have to be sent. */
int engine_call(const engine *engine, engine_scratch *scratch, const struct engine_code_wish *wish, struct arena *arena,
                struct engine_call *call, struct engine_fault *fault);

/* ---- Payloads --------------------------------------------------------------------------------------- */

/* Which payload; an empty str stands for what suits best. */
struct engine_payload_wish {
    struct str id;     /* as engine_details takes it: of an object, a property, an endpoint, a parameter */
    struct str format; /* "json", "yaml", "form", "multipart", "xml"; empty: as the media type says, YAML for what
                        * can be applied to a Kubernetes cluster, else JSON */
    enum engine_tier tier;
    struct str at;         /* names joined by dots, "spec.template.spec": the property that is shown and marked, with
                            * what is required beside it; empty: none, of a property itself */
    struct str status;     /* of an endpoint: the response, "200", "default"; empty: the request, or the first good
                            * response where there is none */
    struct str media_type; /* of an endpoint */
};

/* An object or an endpoint's body in which a property is: engine_example with its `id`, `at` and `status` shows it. */
struct engine_root {
    enum engine_kind kind;
    struct str id, name; /* "Deployment"; of an endpoint "POST /pods" */
    struct str at;       /* "spec.template.spec.imagePullSecrets" */
    struct str status;   /* of an endpoint: empty for its request */
};

struct engine_payload {
    struct engine_example example;
    struct str id; /* of the element whose payload it is: of a property asked for, its root's */
    struct str at, status, media_type;
    const struct engine_root *roots; /* of a property: where else it is, nearest first, the one taken included */
    size_t root_count;               /* those listed */
    uint64_t root_total;             /* all there are, as far as was looked */
    uint32_t left_out;               /* optional properties for which there was no room; YAML says so where they were */
    const struct str *faults;        /* what could not be made, in words: "spec.host: no text was found for …" */
    size_t fault_count;
};

/* An example of what is sent or answered. ENGINE_ENOTFOUND: there is no such element; ENGINE_EINVAL: it has no such
 * path, response or media type, or no payload, or there is no such format. `fault` says which, and what there is
 * instead. */
int engine_example(const engine *engine, engine_scratch *scratch, const struct engine_payload_wish *wish,
                   struct arena *arena, struct engine_payload *payload, struct engine_fault *fault);

/* ---- Where it is used ------------------------------------------------------------------------------- */

/* How an element is used, in the order in which it is told. */
enum engine_use {
    ENGINE_USE_PROPERTY, /* of an object: a property that is of this type, or an array or a map of it */
    ENGINE_USE_OBJECT,   /* of an object: another one that is composed of it, may be it, or holds it */
    ENGINE_USE_ENDPOINT, /* of an object: an endpoint that takes it, returns it, or sends it back */
    ENGINE_USE_ROOT,     /* of an object or a property: an object from which a path leads to it, itself used by no other
                          * object, of a kind by itself as those of Kubernetes, or the body of an endpoint */
    ENGINE_USE_REACH, /* of an object or a property: an endpoint from which a path leads to it through other objects */
    ENGINE_USE_NAME,  /* of a property or a parameter: each of that name in the API, itself too */
    ENGINE_USES,
};
/* "property", "object", "endpoint", "root", "reach", "name". */
struct str engine_use_name(enum engine_use use);
bool engine_use_read(struct str name, enum engine_use *use);

struct engine_refs_query {
    struct str id;   /* as engine_details takes it */
    unsigned uses;   /* 1 << ENGINE_USE_PROPERTY | …: those that are listed; 0: all */
    uint32_t limit;  /* rows; 0: 20 */
    uint32_t offset; /* rows to skip */
};

struct engine_ref {
    enum engine_use use;
    struct str
        roles; /* "allOf", "oneOf", "items"; of endpoints "parameter", "request", "response", "callback"; several with
                * ", " between; of ENGINE_USE_REACH those of the object that the path begins with; else empty */
    struct str path; /* "Deployment.spec.template.spec.imagePullSecrets"; of direct uses and names empty */
    struct engine_place place;
};

struct engine_refs {
    enum engine_kind kind;
    struct str id, name, title, api;
    const struct engine_ref *refs; /* by use; the direct ones and names by weight, paths the shortest first */
    size_t ref_count;
    uint64_t totals[ENGINE_USES];
    uint64_t total;      /* of the uses that are listed */
    bool is_lower_bound; /* there are so many ways to it that not all were gone: roots and endpoints may be more */
};

/* Who uses an element: answered from the index, without the specification. An API and an endpoint are used by nobody:
 * all totals are 0. ENGINE_ENOTFOUND as engine_details; ENGINE_ENOMEM. */
int engine_refs(const engine *engine, engine_scratch *scratch, const struct engine_refs_query *query,
                struct arena *arena, struct engine_refs *refs, struct engine_fault *fault);

/* ---- The specification itself ----------------------------------------------------------------------- */

struct engine_source_query {
    struct str id; /* as engine_details takes it */
    uint64_t
        from; /* the first byte of the specification to give; ENGINE_SOURCE_START: the element's text, and no more */
    uint32_t limit; /* bytes; 0 or more than that: LIMIT_SOURCE_BYTES */
};
#define ENGINE_SOURCE_START UINT64_MAX

struct engine_source {
    enum engine_kind kind;
    struct str id, api, pointer; /* the pointer is empty for an API: all of it */
    uint64_t start, size;        /* bytes of the element's text in the specification as it was read */
    uint32_t line;               /* in which that begins, from 1 */
    uint64_t from;               /* where the text begins that is given */
    struct str text;             /* as it was written; cut at the end of a character */
};

/* What the specification says of an element, to the byte, or any other part of that specification: only what is
 * wanted of it is decompressed. ENGINE_ENOTFOUND: no such element, or the specification has nothing of its own for it.
 * ENGINE_ECORRUPT, ENGINE_ENOMEM. */
int engine_source(const engine *engine, engine_scratch *scratch, const struct engine_source_query *query,
                  struct arena *arena, struct engine_source *source, struct engine_fault *fault);

#endif
