/* gather.h - sio_fetch across workers: each lists its own sockets, the one that asked hands on the lists. */
#ifndef SERVER_GATHER_H
#define SERVER_GATHER_H

#include "sio.h"

/* `fn` is called once, in this thread, when all have answered. 0, or SIO_ENOMEM: then it is not. */
int gather_fetch(sio_namespace *ns, const sio_to *to, sio_fetch_fn *fn, void *context);

#endif
