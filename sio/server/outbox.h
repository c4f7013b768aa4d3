/* outbox.h - Engine.IO packets that wait: for the next poll, or for a socket to be let in.
 *
 *   | size 4 | type 1 | is_binary 1 | bytes | size 4 | ...
 */
#ifndef SERVER_OUTBOX_H
#define SERVER_OUTBOX_H

#include "buf.h"
#include "eio.h"

/* An outbox is a buf with this content. Appends a packet, or nothing: the buf's error then says why. */
void outbox_add(struct buf *outbox, enum eio_type type, bool is_binary, struct str bytes);
/* The packet at *position, which advances; begin with 0. False at the end. The bytes may be written to. */
bool outbox_next(const struct buf *outbox, size_t *position, struct eio_packet *packet);

#endif
