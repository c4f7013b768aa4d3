/* copy.h - copies of what a call lends, for a worker that reads it later. All lie in an arena, whose `failed` tells
 * whether there was memory for them. */
#ifndef SERVER_COPY_H
#define SERVER_COPY_H

#include "arena.h"
#include "sio.h"

/* NULL stays NULL. */
const char *const *copy_names(struct arena *arena, const char *const *names);
sio_to copy_to(struct arena *arena, const sio_to *to);
/* Texts and JSON get the NUL that values have behind them. */
sio_args copy_args(struct arena *arena, sio_args args);

#endif
