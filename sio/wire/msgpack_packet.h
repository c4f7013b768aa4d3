/* msgpack_packet.h - the packets of Socket.IO as socket.io-msgpack-parser has them: one MessagePack map in one binary
 * message, with bytes where they stand.
 *
 *     { type: 2, data: ["name", 1, <bytes>], nsp: "/", id: 12, options: {...} }
 *
 * `id`, and `data` of CONNECT and DISCONNECT, may be absent, undefined or nil (python-socketio); other members are
 * ignored. The types are those of protocol 5 without the binary ones: there are no attachments to wait for. */
#ifndef SIO_WIRE_MSGPACK_PACKET_H
#define SIO_WIRE_MSGPACK_PACKET_H

#include "msgpack.h"
#include "packet.h"

/* Reads a whole message into what packet_read makes of a text: the head, and as payload the JSON text of the data,
 * which is appended to `json` (its ceiling is that of the text) and stays there. What is inside it as bytes is added to
 * `attachments` (room: LIMIT_MSGPACK_ATTACHMENTS at most), views into `bytes`; packet->attachments tells how many, and
 * an EVENT or ACK with some gets the binary type, so that packet_read_arguments and packet_attach serve both parsers.
 * An object of the client's own that looks like a placeholder is treated as one, as it is in a text packet.
 * Errors as packet_read; PACKET_MSGPACK for what is no MessagePack, too deep or too much; PACKET_PAYLOAD also for an
 * EVENT or ACK without an array. */
enum packet_error msgpack_packet_read(struct packet *packet, const char *bytes, size_t size, struct buf *json,
                                      struct msgpack_attachments *attachments);

/* Each appends one packet, with the same arguments as its namesake in packet.h. */
void msgpack_packet_write_event(struct buf *buf, struct str nsp, uint64_t id, struct str event, sio_args args);
void msgpack_packet_write_ack(struct buf *buf, struct str nsp, uint64_t id, sio_args args);
void msgpack_packet_write_connect(struct buf *buf, struct str nsp, struct str json);
void msgpack_packet_write_disconnect(struct buf *buf, struct str nsp);
void msgpack_packet_write_connect_error(struct buf *buf, struct str nsp, struct str message, struct str data);

#endif
