/* broadcast.h - one event for the sockets of this thread's worker. */
#ifndef SERVER_BROADCAST_H
#define SERVER_BROADCAST_H

#include "adapter.h"

/* Written once, framed once for each kind of client. 0 or SIO_ENOMEM. */
int broadcast_local(struct sio_namespace *ns, const struct adapter_event *event);
/* Sends one that another worker has written; event->relay is not looked at. */
int broadcast_relayed(struct sio_namespace *ns, const struct adapter_event *event, const struct adapter_packet *packet);

#endif
