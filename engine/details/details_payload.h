/* details_payload.h - an example of what is sent or answered: of an object, a property, a parameter, an endpoint's
 * body. */
#ifndef ENGINE_DETAILS_PAYLOAD_H
#define ENGINE_DETAILS_PAYLOAD_H

#include "details.h"

/* Fills `payload` for an element of the catalogue; what engine_example says of text and errors holds. */
int details_payload(const struct details_source *source, uint32_t element, const struct engine_payload_wish *wish,
                    struct arena *arena, struct engine_payload *payload, struct engine_fault *fault);

#endif
