/* trial.h - app:api-element-try-action: requests are sent for the page, and answered when their answers have come.
 *
 *   event → engine_call → courier's thread → … → its answer as JSON → the server's thread → acknowledgement
 *
 * No worker waits for a request. A page of another site, which a browser would let connect to this server, may not send
 * any: by the header Origin, which browsers set and scripts cannot. */
#ifndef TRIAL_H
#define TRIAL_H

#include "handlers.h"

struct trial;

/* `allows_private`: to private addresses, too. NULL without memory. */
struct trial *trial_create(bool allows_private);
/* Has the handlers hand the event over; call it before handlers_attach. Whether a client is a page of this server is
 * noted in the bytes that options.socket_data_size gives each socket: TRIAL_SOCKET_DATA of them. */
enum { TRIAL_SOCKET_DATA = sizeof(bool) };
void trial_attach(struct trial *trial, struct handlers *handlers, sio_server *server);
/* When the server has ended. Requests under way are given up. NULL is fine. */
void trial_destroy(struct trial *trial);

#endif
