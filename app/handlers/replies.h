/* replies.h - the replies as contract/ describes them, written from what the actions fill.
 *
 * The command line prints the same text. Each returns JSON in the arena, NUL-ended; {NULL, 0} when there is no
 * memory or the reply would be longer than LIMIT_REPLY_BYTES. `sequence`: of the request; NULL: none. */
#ifndef REPLIES_H
#define REPLIES_H

#include "actions.h"
#include "payload.h"

struct str reply_error(struct arena *arena, const struct action_fault *fault, yyjson_val *sequence);
/* The error that a reply is; ACTION_OK when it is none. */
enum action_error reply_error_of(struct str reply);
/* To a question that a newer one has replaced before it was answered. */
struct str reply_superseded(struct arena *arena, yyjson_val *sequence);
struct str reply_api_search(struct arena *arena, const struct api_search_request *request,
                            const struct api_search_reply *reply);
struct str reply_api_list(struct arena *arena, const struct api_list_reply *reply);
struct str reply_api_load(struct arena *arena, const struct api_load_reply *reply, yyjson_val *sequence);
struct str reply_elements(struct arena *arena, const struct elements_search_request *request,
                          const struct engine_answer *answer, yyjson_val *sequence);
/* When the whole is too long, what is nested deeper goes, texts are cut, and "truncated" says so. */
struct str reply_details(struct arena *arena, const struct engine_details *details, yyjson_val *sequence);
struct str reply_code(struct arena *arena, const struct engine_code_wish *wish, const struct element_code_reply *reply,
                      yyjson_val *sequence);
struct str reply_about(struct arena *arena, const struct about_reply *reply);
struct str reply_refs(struct arena *arena, const struct engine_refs *refs, yyjson_val *sequence);
struct str reply_source(struct arena *arena, const struct engine_source *source, yyjson_val *sequence);
struct str reply_example(struct arena *arena, const struct engine_payload *payload, yyjson_val *sequence);
/* What catalogue:updated tells. */
struct str reply_catalogue(struct arena *arena, const struct engine_counts *counts);

/* Parts that replies share. */
yyjson_mut_val *reply_hit(struct payload *payload, const struct engine_hit *hit);
yyjson_mut_val *reply_flags(struct payload *payload, unsigned flags);
/* The members of a place. */
void reply_place_into(struct payload *payload, yyjson_mut_val *row, const struct engine_place *place);
/* Code with what is marked in it. */
yyjson_mut_val *reply_shown(struct payload *payload, const struct engine_example *example);
/* {"endpoints": 845, "objects": 547, …}: the elements in an API; with "apis" in front when `with_apis`. */
yyjson_mut_val *reply_counts(struct payload *payload, const uint64_t elements[ENGINE_KINDS], bool with_apis);

#endif
