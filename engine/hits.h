/* hits.h - from what a search found to what is told of it; for the files of the facade. */
#ifndef ENGINE_HITS_H
#define ENGINE_HITS_H

#include "arena.h"
#include "engine_state.h"

/* What is asked of each segment, but for the API and the place to go on at. ENGINE_OK, ENGINE_EINVAL. */
int hits_request(const struct engine_query *query, struct search_request *request);
/* Fills a row. */
void hits_fill(const struct segment *segment, const struct segment_scratch *scratch, const struct search_hit *found,
               struct arena *arena, struct engine_hit *hit);
/* engine_search of a catalogue that is one segment. */
int hits_search(const struct engine *self, struct engine_scratch *scratch, const struct engine_query *query,
                struct arena *arena, struct engine_answer *answer);

#endif
