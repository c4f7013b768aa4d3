/* details_endpoint.h - the parts of an endpoint; for the details_… files only. */
#ifndef ENGINE_DETAILS_ENDPOINT_H
#define ENGINE_DETAILS_ENDPOINT_H

#include "details_parameter.h"

/* ---- details_body.c ---------------------------------------------------------------------------------------------- */

/* The request first, then the responses: 2xx, the others, ranges behind the statuses in them, "default" last. One for
 * each media type; one without any where a response has none. */
void details_bodies(struct details_maker *maker, const struct operation *operation, size_t skipped,
                    const struct engine_body **bodies, size_t *count, size_t *total);
/* The field at a way that begins with "request" or a status, "200.items.name". */
bool details_body_at(struct details_maker *maker, const struct operation *operation, struct str path,
                     struct engine_field *field);

/* ---- details_response.c ------------------------------------------------------------------------------------------ */

/* Headers and links of a response. */
void details_response(struct details_maker *maker, yyjson_val *response, struct engine_body *body);
/* How the parts of a form are sent (OpenAPI 3.1 §4.8.15). */
void details_encoding(struct details_maker *maker, yyjson_val *media, struct engine_body *body);

/* ---- details_callback.c ------------------------------------------------------------------------------------------ */

void details_callbacks(struct details_maker *maker, const struct operation *operation);

/* ---- details_security.c, details_server.c, details_tag.c --------------------------------------------------------- */

/* The requirements, an array of Security Requirement Objects or NULL, and the schemes that they name; with `all` every
 * scheme of the document, and every scope. */
void details_security(struct details_maker *maker, yyjson_val *requirements, bool all);
/* `operation` NULL: those of the document. */
void details_servers(struct details_maker *maker, const struct operation *operation);
/* The tags that an operation names, with what the document says of them. */
void details_tags(struct details_maker *maker, yyjson_val *names);
/* All tags of the API, with the number of endpoints that have each. */
void details_api_tags(struct details_maker *maker);

#endif
