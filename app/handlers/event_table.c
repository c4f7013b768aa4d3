#include "event_table.h"

const struct event event_table[EVENT_COUNT] = {
    { "system:healthcheck", handle_health },
    { "app:api-search-action", handle_api_search },
    { "app:api-load-action", handle_api_load },
    { "app:api-elements-search-action", handle_elements_search },
    { "app:api-element-details-action", handle_element_details },
};
