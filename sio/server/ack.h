/* ack.h - acknowledgements: those that clients ask of handlers, and those that the server asks of clients. */
#ifndef SERVER_ACK_H
#define SERVER_ACK_H

#include "packet.h"
#include "worker.h"

/* The client is asked with the acknowledgement's id, one of the namespace's: `fn` is called once, as sio_emit_ack says.
 * 0, SIO_ENOMEM, or SIO_EFULL: it owes LIMIT_SOCKET_ACKS answers. */
int ack_expect(struct sio_socket *socket, uint64_t id, uint32_t timeout_ms, sio_reply_fn *fn, void *context);
/* It could not be asked: nobody is called. False when nobody waits for that id. */
bool ack_forget(struct sio_socket *socket, uint64_t id);
/* A client's answer. One that nobody waits for is ignored. False when the packet is malformed. */
bool ack_on_packet(struct sio_socket *socket, struct packet *packet, const struct str *attachments);
/* A ticket for something that this socket's client has sent, with a number of it. */
void ack_write_ticket(sio_ticket *ticket, const struct sio_socket *socket, uint64_t number);
/* The socket of a ticket, in its worker; NULL when it has ended. */
struct sio_socket *ack_find_socket(const struct sio_namespace *ns, const struct worker *worker, const char *id);
/* The socket has ended: whoever waits learns it. */
void ack_fail_all(struct sio_socket *socket, struct worker *worker);

#endif
