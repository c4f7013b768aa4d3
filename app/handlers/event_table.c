#include "event_table.h"

const struct event event_table[EVENT_COUNT] = {
    { "system:healthcheck", handle_health, false },
    { "system:about", handle_about, false },
    { "app:api-search-action", handle_api_search, true },
    { "app:api-load-action", handle_api_load, false },
    { "app:api-elements-search-action", handle_elements_search, true },
    { "app:api-element-details-action", handle_element_details, false },
    { "app:api-element-code-action", handle_element_code, false },
    { "app:api-element-try-action", handle_element_try, false },
    { "app:api-element-refs-action", handle_element_refs, false },
    { "app:api-element-source-action", handle_element_source, false },
    { "app:api-element-example-action", handle_element_example, false },
};
