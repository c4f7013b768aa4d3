/* secure.h - the certificates of a server: named in its options, read when it starts and when the program asks for it.
 */
#ifndef SERVER_SECURE_H
#define SERVER_SECURE_H

#include "server.h"

/* Copies the names of the files. 0 (also without any), SIO_ETLS when a name is missing, SIO_EINVAL when there are too
 * many, or SIO_ENOMEM. */
int secure_init(struct sio_server *server, const sio_options *options);
/* Reads the files, before the workers run. 0 (also when there are none to read), or SIO_ETLS, which is logged. */
int secure_load(struct sio_server *server);
/* Reads them anew, in the first worker's thread. When they cannot be used that is logged, and the old ones stay. */
void secure_reload(struct sio_server *server);
void secure_free(struct sio_server *server);

#endif
