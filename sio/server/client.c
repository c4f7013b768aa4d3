#include "client.h"

#include "ack.h"
#include "connect.h"
#include "event.h"
#include "intake.h"
#include "msgpack_packet.h"
#include "namespace.h"
#include "socket.h"

#include <stdlib.h>

/* A packet whose attachments are still to come: a copy of its text, which `packet` points into. */
struct client_binary {
    struct packet packet;
    uint32_t count;
    size_t taken;                                     /* see intake.h */
    struct str attachments[LIMIT_PACKET_ATTACHMENTS]; /* owned */
    char text[];
};

int client_revision(const struct session *session)
{
    return session->protocol == 4 ? 5 : 4;
}

struct sio_socket *client_socket(const struct session *session, struct str name)
{
    struct sio_socket *socket = session->sockets;
    while (socket && !str_equal(socket->ns->name, name)) socket = socket->next;
    return socket;
}

void client_open(struct session *session)
{
    if (session->protocol == 3) connect_join(session, STR("/"), STR_EMPTY);
}

static void client_free_binary(struct worker *worker, struct client_binary *binary)
{
    if (binary == NULL) return;
    intake_give_back(&worker->server->intake, &binary->taken);
    for (uint32_t i = 0; i < binary->count; i++) free((char *)(uintptr_t)binary->attachments[i].at);
    free(binary);
}

void client_close(struct session *session, const char *reason)
{
    client_free_binary(session->worker, session->binary);
    session->binary = NULL;
    while (session->sockets) socket_close(session->sockets, reason);
}

static void client_fault(struct session *session)
{
    session_close(session, "parse error");
}

/* An event or acknowledgement that is whole. */
static void client_deliver(struct session *session, struct packet *packet, const struct str *attachments)
{
    bool is_event = packet->type == PACKET_EVENT || packet->type == PACKET_BINARY_EVENT;
    struct sio_socket *socket = client_socket(session, packet->nsp);
    bool is_good = socket && !socket_is_waiting(socket);
    if (is_good && packet->json_size == 0) return; /* accepted and ignored, as by the reference */
    if (is_good)
        is_good = is_event ? event_dispatch(socket, packet, attachments) : ack_on_packet(socket, packet, attachments);
    arena_reset(&session->worker->arena);
    if (!is_good) client_fault(session);
}

/* A broken connection for want of memory is the session's alone. */
static void client_keep_binary(struct session *session, char *text, size_t size)
{
    size_t taken = 0;
    struct client_binary *binary = NULL;
    if (intake_take(&session->worker->server->intake, &taken, size)) binary = malloc(sizeof *binary + size);
    if (binary == NULL) {
        intake_give_back(&session->worker->server->intake, &taken);
        session_close(session, "transport error");
        return;
    }
    binary->count = 0;
    binary->taken = taken;
    memcpy(binary->text, text, size);
    packet_read(&binary->packet, client_revision(session), binary->text, size);
    session->binary = binary;
}

/* A packet without attachments to wait for. */
static void client_on_packet(struct session *session, struct packet *packet, const struct str *attachments)
{
    switch (packet->type) {
    case PACKET_EVENT:
    case PACKET_ACK:
    case PACKET_BINARY_EVENT:
    case PACKET_BINARY_ACK: client_deliver(session, packet, attachments); return;
    case PACKET_CONNECT: connect_join(session, packet->nsp, (struct str){ packet->json, packet->json_size }); return;
    case PACKET_DISCONNECT: connect_leave(session, packet->nsp); return;
    case PACKET_CONNECT_ERROR: client_fault(session); return;
    }
}

void client_on_text(struct session *session, char *text, size_t size)
{
    bool is_msgpack = session->worker->server->options.uses_msgpack;
    struct packet packet;
    if (is_msgpack || session->binary || packet_read(&packet, client_revision(session), text, size) != PACKET_OK)
        client_fault(session);
    else if (packet.type == PACKET_BINARY_EVENT || packet.type == PACKET_BINARY_ACK)
        client_keep_binary(session, text, size);
    else
        client_on_packet(session, &packet, NULL);
}

/* The JSON that is made of a packet: the most that escapes make of a text, and the placeholders. */
enum { CLIENT_JSON_GROWTH = 8 };

static void client_on_msgpack(struct session *session, struct str bytes)
{
    struct str attachments[LIMIT_MSGPACK_ATTACHMENTS];
    struct msgpack_attachments list = { .at = attachments, .room = LIMIT_MSGPACK_ATTACHMENTS };
    struct packet packet;
    struct buf json;
    buf_init(&json, CLIENT_JSON_GROWTH * (session->worker->server->options.payload_bytes_max + 64));
    if (msgpack_packet_read(&packet, bytes.at, bytes.size, &json, &list) == PACKET_OK)
        client_on_packet(session, &packet, packet.attachments ? attachments : NULL);
    else
        client_fault(session);
    buf_free(&json);
}

void client_on_binary(struct session *session, struct str bytes)
{
    struct client_binary *binary = session->binary;
    if (session->worker->server->options.uses_msgpack) {
        client_on_msgpack(session, bytes);
        return;
    }
    if (binary == NULL) {
        client_fault(session);
        return;
    }
    char *copy = NULL;
    if (intake_take(&session->worker->server->intake, &binary->taken, bytes.size))
        copy = malloc(bytes.size ? bytes.size : 1);
    if (copy == NULL) {
        session_close(session, "transport error");
        return;
    }
    if (bytes.size) memcpy(copy, bytes.at, bytes.size);
    binary->attachments[binary->count++] = (struct str){ copy, bytes.size };
    if (binary->count < binary->packet.attachments) return;
    session->binary = NULL; /* a handler may get the next one */
    client_deliver(session, &binary->packet, binary->attachments);
    client_free_binary(session->worker, binary);
}
