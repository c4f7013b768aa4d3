/* handle.h - one handler an event: JSON arguments in, the reply's JSON out; between the two an action.
 *
 * The reply lives in the action's arena; {NULL, 0} when there was no memory for it. */
#ifndef HANDLE_H
#define HANDLE_H

#include "actions.h"
#include "sio.h"
#include "sio_http.h"

typedef struct str handle_fn(const struct action *action, sio_args args);

handle_fn handle_about, handle_health, handle_api_search, handle_api_load, handle_elements_search,
    handle_element_details, handle_element_code, handle_element_try, handle_element_example, handle_element_refs,
    handle_element_source;
/* Over HTTP only: all APIs; an element's details as Markdown, or an error in JSON. */
handle_fn handle_api_list, handle_element_markdown;

/* GET /health: the same question over HTTP, for load balancers. A sio_request_fn. */
void handle_health_request(sio_request *request, void *context);

#endif
