/* event_queue.h - events of a socket that wait: one about which a filter decides later, and behind it those that have
 * come meanwhile, so that they are handled in the order in which they were sent.
 *
 *   event ─▶ listeners ─▶ filters ─┬▶ handlers
 *                                  └▶ sio_filter_later ─▶ [ undecided ][ event ][ event ] ─▶ sio_filter_decide
 *
 * Acknowledgements do not wait: a filter may ask the client something before it decides. */
#ifndef SERVER_EVENT_QUEUE_H
#define SERVER_EVENT_QUEUE_H

#include "event.h"

/* An event comes while others wait. False: the socket has as many as it may, or there is no memory. */
bool event_queue_add(struct sio_socket *socket, const struct sio_event *event);
/* The filter that wanted to decide later about the event has returned. */
void event_queue_settle(struct sio_event *event);
/* The socket has ended: nothing waits any more. */
void event_queue_drop(struct sio_socket *socket);

#endif
