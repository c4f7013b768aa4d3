#include "admin_events.h"

#include "admin.h"
#include "admin_json.h"
#include "clock.h"
#include "fetch.h"
#include "json_text.h"
#include "observer.h"

#include <stdlib.h>

/* The admin whose clients are to be told of this socket; NULL: there is none. */
static struct admin *admin_events_begin(const sio_socket *socket, char time[ADMIN_JSON_TIME_SIZE])
{
    struct admin *admin = socket->ns->server->admin;
    if (!admin_is_heard(admin)) return NULL;
    admin_json_write_time(time, clock_wall_ms());
    return admin;
}

/* ---- Sockets ----------------------------------------------------------------------------------------------- */

static void admin_events_tell_room(const char *what, const sio_socket *socket, const char *room)
{
    char time[ADMIN_JSON_TIME_SIZE];
    struct admin *admin = admin_events_begin(socket, time);
    if (admin == NULL) return;
    admin_tell(admin, what,
               SIO_ARGS(sio_text(sio_name(socket->ns)), sio_text(room), sio_text(sio_id(socket)), sio_text(time)));
}

static void admin_events_on_joined(sio_socket *socket, struct str room)
{
    admin_events_tell_room("room_joined", socket, room.at);
}

static void admin_events_on_left(sio_socket *socket, struct str room)
{
    admin_events_tell_room("room_left", socket, room.at);
}

static void admin_events_tell_member(int error, const sio_member *members, size_t count, void *context)
{
    sio_socket *socket = context;
    char time[ADMIN_JSON_TIME_SIZE];
    struct admin *admin = admin_events_begin(socket, time);
    struct buf json;
    if (error || count != 1 || admin == NULL) return;
    buf_init(&json, admin->server->options.backlog_bytes_max);
    admin_json_write_member(&json, admin, sio_name(socket->ns), members);
    if (json.error == BUF_OK)
        admin_tell(admin, "socket_connected", SIO_ARGS(sio_json(json.at, json.size), sio_text(time)));
    buf_free(&json);
}

/* The room that only it is in is told too, as the reference does. */
static void admin_events_on_connected(sio_socket *socket)
{
    const sio_to to = { .rooms = SIO_ROOMS(sio_id(socket)) };
    if (!admin_is_heard(socket->ns->server->admin)) return;
    admin_events_tell_room("room_joined", socket, sio_id(socket));
    (void)fetch_local(socket->ns, &to, admin_events_tell_member, socket);
}

static void admin_events_on_disconnected(sio_socket *socket, const char *reason)
{
    char time[ADMIN_JSON_TIME_SIZE];
    struct admin *admin = admin_events_begin(socket, time);
    if (admin == NULL) return;
    admin_tell(admin, "socket_disconnected",
               SIO_ARGS(sio_text(sio_name(socket->ns)), sio_text(sio_id(socket)), sio_text(reason), sio_text(time)));
    admin_events_tell_room("room_left", socket, sio_id(socket));
}

/* What has changed of a socket: `member` of the object that the page has of it. */
static void admin_events_tell_update(sio_socket *socket, struct str member, struct str value)
{
    struct admin *admin = socket->ns->server->admin;
    struct buf json;
    buf_init(&json, admin->server->options.backlog_bytes_max);
    buf_append_str(&json, STR("{\"id\":"));
    json_text_write_string(&json, socket_name(socket));
    buf_append_str(&json, STR(",\"nsp\":"));
    json_text_write_string(&json, socket->ns->name);
    buf_append_format(&json, ",\"%.*s\":", STR_FORMAT(member));
    buf_append_str(&json, value);
    buf_append_byte(&json, '}');
    if (json.error == BUF_OK) admin_tell(admin, "socket_updated", SIO_ARGS(sio_json(json.at, json.size)));
    buf_free(&json);
}

static void admin_events_on_upgraded(sio_socket *socket)
{
    if (admin_is_heard(socket->ns->server->admin))
        admin_events_tell_update(socket, STR("transport"), STR("\"websocket\""));
}

void sio_admin_updated(sio_socket *socket)
{
    struct admin *admin = socket->ns ? socket->ns->server->admin : NULL;
    struct buf data;
    if (admin == NULL || !admin->is_development || !socket->is_connected || !admin_is_heard(admin)) return;
    buf_init(&data, admin->server->options.backlog_bytes_max);
    admin_json_write_data(&data, admin, socket);
    if (data.error == BUF_OK) admin_events_tell_update(socket, STR("data"), buf_str(&data));
    buf_free(&data);
}

/* ---- Events ------------------------------------------------------------------------------------------------ */

/* The event becomes a value of another one, with the bytes it has. */
static void admin_events_tell_event(const char *what, sio_socket *socket, struct str event, sio_args args)
{
    char time[ADMIN_JSON_TIME_SIZE];
    struct admin *admin = socket->ns == socket->ns->server->admin->ns ? NULL : admin_events_begin(socket, time);
    struct packet_position position = { 0 };
    struct str bytes;
    struct buf json;
    size_t count = 0;
    if (admin == NULL) return;
    buf_init(&json, worker_here(admin->server)->packet.limit);
    size_t most = packet_write_array(&json, event, args);
    sio_value *attachments = calloc(most + 1, sizeof *attachments);
    while (attachments && packet_next_attachment(args, &position, &bytes))
        attachments[count++] = sio_bytes(bytes.at, bytes.size);
    if (attachments && json.error == BUF_OK)
        admin_tell(admin, what,
                   SIO_ARGS(sio_text(sio_name(socket->ns)), sio_text(sio_id(socket)),
                            sio_json_with_bytes(json.at, json.size, (sio_args){ attachments, count }), sio_text(time)));
    free(attachments);
    buf_free(&json);
}

static void admin_events_on_received(sio_socket *socket, const struct sio_event *event)
{
    admin_events_tell_event("event_received", socket, event_name(event), event->args);
}

static void admin_events_on_sent(sio_socket *socket, struct str event, sio_args args)
{
    admin_events_tell_event("event_sent", socket, event, args);
}

static void admin_events_on_session_end(struct sio_server *server, const char *reason)
{
    admin_stats_count_end(&server->admin->stats, reason);
}

const struct observer *admin_events_observer(bool is_development)
{
    static const struct observer everything = {
        .on_connected = admin_events_on_connected,
        .on_disconnected = admin_events_on_disconnected,
        .on_upgraded = admin_events_on_upgraded,
        .on_joined = admin_events_on_joined,
        .on_left = admin_events_on_left,
        .on_received = admin_events_on_received,
        .on_sent = admin_events_on_sent,
        .on_session_end = admin_events_on_session_end,
        .on_stop = admin_stop,
        .on_free = admin_free,
    };
    static const struct observer numbers = {
        .on_session_end = admin_events_on_session_end,
        .on_stop = admin_stop,
        .on_free = admin_free,
    };
    return is_development ? &everything : &numbers;
}
