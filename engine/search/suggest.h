/* suggest.h - "Did you mean": the question as it should have been typed. */
#ifndef ENGINE_SUGGEST_H
#define ENGINE_SUGGEST_H

#include "match.h"

/* After a search whose hits are in order: when its best hit is found by correcting typing errors, and nothing without,
 * sets `suggestion` to `text`, the question, with what was mistyped corrected; else to the empty text. What else it
 * says (an API, filters) stays. False: the arena is full. */
bool suggest_text(const struct search_scratch *search, struct str text, struct arena *arena, struct str *suggestion);

#endif
