/* options.h - the options of a server: defaults filled in, texts copied. */
#ifndef SERVER_OPTIONS_H
#define SERVER_OPTIONS_H

#include "server.h"

/* Fills server->options; the copies are in server->texts. 0, SIO_EINVAL, SIO_ENOMEM or SIO_ETLS. */
int options_copy(struct sio_server *server, const sio_options *options);

#endif
