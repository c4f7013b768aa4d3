/* actions.h - what ApiBlaze does: one function an event, plain C. No JSON, no sockets.
 *
 * The socket's handlers, the command line and whoever comes next call the same functions. Each takes a request,
 * asks the engine and fills a reply; all text of a reply lives as engine.h says: until the arena is reset or the
 * scratch is used again. */
#ifndef ACTIONS_H
#define ACTIONS_H

#include "arena.h"
#include "engine.h"
#include "str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What the program around it is. */
struct action_site {
    struct str version, page; /* of the program; the page's own, empty when there is none */
    bool can_try;             /* requests may be sent: app:api-element-try-action */
};

/* What an action works with, all borrowed. */
struct action {
    const engine *engine;
    engine_scratch *scratch;        /* of this thread */
    struct arena *arena;            /* of this event */
    const struct action_site *site; /* NULL on the command line */
};

/* ---- Faults -------------------------------------------------------------------------------------------------- */

/* The codes of contract/definitions.json#/$defs/error. */
#define ACTION_ERRORS(X)                                                                                               \
    X(ACTION_INVALID, 1, "invalid-argument")                                                                           \
    X(ACTION_NOT_FOUND, 2, "not-found")                                                                                \
    X(ACTION_INTERNAL, 3, "internal")                                                                                  \
    X(ACTION_OVERLOADED, 4, "overloaded")                                                                              \
    X(ACTION_OUTDATED, 5, "outdated")                                                                                  \
    X(ACTION_REFUSED, 6, "refused")                                                                                    \
    X(ACTION_UNREACHED, 7, "unreached")
#define ACTION_X(name, number, code) name = (number),
enum action_error { ACTION_OK = 0, ACTION_ERRORS(ACTION_X) };
#undef ACTION_X
/* The error's code as the contract spells it. */
struct str action_error_code(enum action_error error);

struct action_fault {
    enum action_error error;
    struct str message;        /* a sentence: what, where, what to do */
    const struct str *nearest; /* ids of elements that may have been meant */
    size_t nearest_count;
};

/* Fills the fault and returns `error`. `message` is borrowed. */
enum action_error action_fail(struct action_fault *fault, enum action_error error, struct str message);
/* The same for a negative ENGINE_E code: ENGINE_ENOTFOUND is not-found, ENGINE_ENOMEM overloaded, ENGINE_EINVAL
 * invalid-argument, ENGINE_EOUTDATED outdated, all else internal. */
enum action_error action_fail_engine(struct action_fault *fault, int engine_error, struct str message);
/* Puts the ids of the up to 3 best elements for `text`, or for its beginning, into the fault. `api`: inside one API;
 * empty: all. `kinds` as in struct engine_query. Uses the scratch. */
void action_nearest(const struct action *action, struct str text, struct str api, unsigned kinds,
                    struct action_fault *fault);
/* What engine_details, engine_code or engine_example said of an element, with the nearest ones when it is not there. */
enum action_error action_fail_element(const struct action *action, struct str id, int engine_error,
                                      const struct engine_fault *why, struct action_fault *fault);
/* "There is no API "x"." with the nearest APIs. */
enum action_error action_fail_no_api(const struct action *action, struct str id, struct action_fault *fault);

/* ---- system:healthcheck ---------------------------------------------------------------------------------------- */

/* "healthy": whoever gets the answer has reached a loop that turns. */
struct str action_health(void);

/* ---- system:about ---------------------------------------------------------------------------------------------- */

struct about_reply {
    struct action_site site;
    struct engine_counts counts;
};
void action_about(const struct action *action, struct about_reply *reply);

/* ---- app:api-search-action ------------------------------------------------------------------------------------- */

struct api_search_request {
    struct str keyword; /* at most LIMIT_QUERY_BYTES; empty finds nothing */
    uint32_t limit;     /* 1 to LIMIT_RESULTS */
    bool is_brief;      /* the summaries are enough: some descriptions have 100 KB */
};
struct api_search_reply {
    const struct engine_api *apis; /* highest score first */
    size_t count;
};
enum action_error action_api_search(const struct action *action, const struct api_search_request *request,
                                    struct api_search_reply *reply, struct action_fault *fault);

/* ---- All APIs, over HTTP ----------------------------------------------------------------------------------------- */

struct api_list_request {
    struct str keyword; /* as in api_search_request; empty: all, by id */
    uint32_t limit;     /* 1 to LIMIT_RESULTS */
    uint32_t offset;    /* without a keyword; at most LIMIT_OFFSET */
};
struct api_list_reply {
    const struct engine_api *apis;
    size_t count;
    uint64_t total;
};
enum action_error action_api_list(const struct action *action, const struct api_list_request *request,
                                  struct api_list_reply *reply, struct action_fault *fault);

/* ---- app:api-load-action --------------------------------------------------------------------------------------- */

struct api_load_reply {
    struct engine_api api;
    struct str html; /* the description, rendered; not sanitised */
};
enum action_error action_api_load(const struct action *action, struct str id, struct api_load_reply *reply,
                                  struct action_fault *fault);

/* ---- app:api-elements-search-action ---------------------------------------------------------------------------- */

enum action_filter {
    FILTER_EVERYTHING, /* all kinds; names first, then descriptions */
    FILTER_OBJECT,
    FILTER_PROPERTY, /* and parameters: they are shown with the properties */
    FILTER_ENDPOINT,
    FILTER_PARAMETER,
    FILTER_API,
    FILTER_DESCRIPTION, /* all kinds, by words of their descriptions alone */
    FILTERS,
};
/* "everything", "object", … as the contract spells them. */
struct str action_filter_name(enum action_filter filter);
/* Reads such a name; kinds in the plural, too. False when it is none. */
bool action_filter_read(struct str name, enum action_filter *filter);

struct elements_search_request {
    struct str keyword; /* as docs/query-syntax.md tells; at most LIMIT_QUERY_BYTES; empty finds nothing */
    struct str api;     /* empty: all */
    enum action_filter filter;
    struct engine_filter elements; /* which of them count */
    bool is_pattern;               /* the keyword is a regular expression */
    bool explain;
    struct str cursor; /* of the reply before; empty: the first page */
    bool descriptions; /* look into descriptions also where the filter is not FILTER_EVERYTHING */
    uint32_t limit;    /* 1 to LIMIT_RESULTS */
    uint32_t offset;   /* at most LIMIT_OFFSET */
    uint32_t each;     /* so many of each kind are listed, those behind the limit after it; 0: as they come */
};
/* The request as the engine takes it. */
struct engine_query action_elements_query(const struct elements_search_request *request);
enum action_error action_elements_search(const struct action *action, const struct elements_search_request *request,
                                         struct engine_answer *answer, struct action_fault *fault);

/* ---- app:api-element-details-action ---------------------------------------------------------------------------- */

struct element_details_request {
    struct str id;           /* as engine_details takes it, at most LIMIT_ID_BYTES */
    struct engine_view view; /* .at at most LIMIT_ID_BYTES */
};
enum action_error action_element_details(const struct action *action, const struct element_details_request *request,
                                         struct engine_details *details, struct action_fault *fault);

/* ---- Short forms of ids, for the command line -------------------------------------------------------------------- */

/* What a person means by "PodSpec", "k8s:PodSpec", "kubernetes.io/PodSpec", "k8s/object/PodSpec",
 * "Deployment.spec.template", "get /pods", or by a whole id. */
struct resolved {
    struct str id, at;             /* when it is clear; `at`: the way on into the model, for struct engine_view */
    const struct engine_hit *hits; /* what it may be instead, the best first */
    size_t hit_count;
    uint64_t total;
};
/* True when it is clear. Out of memory: false and nothing, with the arena failed. Uses the scratch. */
bool action_resolve(const struct action *action, struct str text, struct resolved *resolved);

/* ---- app:api-element-code-action -------------------------------------------------------------------------------- */

struct element_code_reply {
    struct engine_example example;
    const struct engine_language *languages; /* all there are */
    size_t language_count;
};
/* `wish` as engine_code takes it. */
enum action_error action_element_code(const struct action *action, const struct engine_code_wish *wish,
                                      struct element_code_reply *reply, struct action_fault *fault);

/* ---- app:api-element-try-action -------------------------------------------------------------------------------- */

/* The request that is to be sent; `wish->given` has the secrets, too. */
enum action_error action_element_try(const struct action *action, const struct engine_code_wish *wish,
                                     struct engine_call *call, struct action_fault *fault);

/* ---- app:api-element-refs-action ------------------------------------------------------------------------------- */

/* As engine_refs takes it; limit and offset at most LIMIT_RESULTS and LIMIT_OFFSET. */
enum action_error action_element_refs(const struct action *action, const struct engine_refs_query *query,
                                      struct engine_refs *refs, struct action_fault *fault);

/* ---- app:api-element-source-action ----------------------------------------------------------------------------- */

/* As engine_source takes it. */
enum action_error action_element_source(const struct action *action, const struct engine_source_query *query,
                                        struct engine_source *source, struct action_fault *fault);
/* ---- app:api-element-example-action ---------------------------------------------------------------------------- */

/* `wish` as engine_example takes it. */
enum action_error action_element_example(const struct action *action, const struct engine_payload_wish *wish,
                                         struct engine_payload *payload, struct action_fault *fault);

#endif
