/* fetch.h - who is in the rooms. */
#ifndef SERVER_FETCH_H
#define SERVER_FETCH_H

#include "sio.h"

/* sio_fetch for the sockets of this process: `fn` is called before it returns 0. Else SIO_ENOMEM. */
int fetch_local(sio_namespace *ns, const sio_to *to, sio_fetch_fn *fn, void *context);

#endif
