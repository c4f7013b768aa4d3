/* ack.h - acknowledgements: those that clients ask of handlers, and those that the server asks of clients. */
#ifndef SERVER_ACK_H
#define SERVER_ACK_H

#include "packet.h"
#include "worker.h"

/* A client's answer. One that nobody waits for is ignored. False when the packet is malformed. */
bool ack_on_packet(struct sio_socket *socket, struct packet *packet, const struct str *attachments);
/* The socket has ended: whoever waits learns it. */
void ack_fail_all(struct sio_socket *socket, struct worker *worker);

#endif
