/* details_content.h - which of an endpoint's bodies is meant: the request, or the response of a status, in one of its
 * media types. */
#ifndef ENGINE_DETAILS_CONTENT_H
#define ENGINE_DETAILS_CONTENT_H

#include "operation.h"
#include "sample.h"
#include "sample_write.h"

struct details_content_wish {
    struct str status, media_type;    /* as in struct engine_payload_wish */
    const enum sample_format *format; /* a media type of this one comes first; NULL: the one understood best */
};

struct details_content {
    yyjson_val *holder; /* the Media Type Object */
    struct str status, media_type;
    enum sample_direction direction;
};

/* False when there is none: then `missing` says in words what there is not and what there is, "There is no response
 * 418. There are 200 and default.", in the arena. */
bool details_content_find(const struct operation *operation, const struct details_content_wish *wish,
                          struct arena *arena, struct details_content *found, struct str *missing);

#endif
