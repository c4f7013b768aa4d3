/* reasons.h - why a hit is where it is, for people. */
#ifndef ENGINE_REASONS_H
#define ENGINE_REASONS_H

#include "arena.h"
#include "engine.h"
#include "search.h"

/* Fills the reasons of all hits, in the order of rank.h, and which of them decided. False: out of memory. */
bool reasons_fill(const struct search_answer *found, struct arena *arena, struct engine_hit *hits);

#endif
