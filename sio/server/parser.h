/* parser.h - the packets of Socket.IO in the form that options.uses_msgpack asks for: texts whose bytes follow as
 * attachments, or MessagePack, one binary message each. All clients of a server use the same. */
#ifndef SERVER_PARSER_H
#define SERVER_PARSER_H

#include "packet.h"
#include "session.h"

/* The packet is written to the worker's buffer, emptied before. */
void parser_write_event(struct worker *worker, struct str nsp, uint64_t id, struct str event, sio_args args);
void parser_write_ack(struct worker *worker, struct str nsp, uint64_t id, sio_args args);
void parser_write_connect(struct worker *worker, struct str nsp, struct str json);
void parser_write_disconnect(struct worker *worker, struct str nsp);
void parser_write_connect_error(struct worker *worker, int revision, struct str nsp, struct str message,
                                struct str data);

/* One Engine.IO message of a packet. */
struct parser_message {
    bool is_binary;
    struct str bytes;
    bool has_begun; /* zero-initialised: before the first */
    struct packet_position position;
};
/* The next message of the packet that was written with these arguments. False behind the last. */
bool parser_next(const struct worker *worker, sio_args args, struct parser_message *message);
/* The bytes of them all. */
size_t parser_size(const struct worker *worker, sio_args args);
/* True when one of them is binary. */
bool parser_has_binary(const struct worker *worker, sio_args args);
void parser_send(struct session *session, sio_args args);

#endif
