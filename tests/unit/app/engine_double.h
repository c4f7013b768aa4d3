/* engine_double.h - an engine that answers what a test told it to, and remembers what it was asked. */
#ifndef ENGINE_DOUBLE_H
#define ENGINE_DOUBLE_H

#include "engine.h"

#include <stdatomic.h>

struct engine_double {
    /* What each call gives back. */
    int open_error, scratch_error, search_error, api_error, search_apis_error, details_error, code_error, refs_error,
        source_error, example_error;
    struct engine_answer answer;
    struct engine_api api;
    const struct engine_api *apis;
    size_t api_count;
    struct engine_details details;
    struct engine_call call;
    const char *details_fault, *no_details; /* no_details: the end of ids that there are none of; NULL: not looked at */
    struct engine_example code;
    struct engine_refs refs;
    struct engine_source source;
    struct engine_payload payload;
    const char *example_fault;
    struct engine_counts counts;
    size_t search_bytes;          /* taken from the arena in a search */
    size_t longest_known;         /* a search for more bytes finds nothing; 0: any */
    atomic_bool wants_compaction; /* read by the thread that watches */

    /* What was asked. */
    struct engine_query query;
    struct engine_refs_query refs_query;
    struct engine_source_query source_query;
    struct str api_id, details_id, keyword;
    struct engine_code_wish code_wish;
    struct engine_view view; /* of the details */
    struct engine_payload_wish wish;
    uint32_t limit;
    int searches;
    size_t document_bytes;
    atomic_int reopened, compactions;
    atomic_int opened, closed, scratches, scratches_destroyed; /* also by the watch's thread */
};

extern struct engine_double engine_double;

#endif
