#include "upgrade.h"

#include "caller.h"
#include "observer.h"
#include "polling.h"
#include "reply.h"
#include "server.h"
#include "websocket.h"

static struct websocket *upgrade_open(sio_request *request, struct session *session, bool is_base64)
{
    struct websocket *websocket = websocket_open(request, session, is_base64);
    if (websocket == NULL) conn_fail(request->http->conn, CONN_NO_MEMORY);
    return websocket;
}

static void upgrade_open_session(sio_request *request, const struct session_start *start)
{
    struct session *session = session_create(request, start);
    if (session == NULL) {
        reply_refuse(request->http, 503, STR_EMPTY);
        return;
    }
    session->websocket = upgrade_open(request, session, start->is_base64);
    if (session->websocket)
        session_open(session);
    else
        session_bury(session);
}

/* Only one at a time, and none for a session that has a WebSocket: the second one is closed right after it opened. */
static void upgrade_open_probe(sio_request *request, struct session *session, bool is_base64)
{
    const sio_options *options = &session->worker->server->options;
    struct polling *polling = session->polling;
    struct websocket *websocket = upgrade_open(request, session, is_base64);
    if (websocket == NULL) return;
    if (polling == NULL || polling->probe || session->is_closed || options->refuse_upgrades) {
        websocket_close(websocket, WS_CLOSE_NO_CODE);
        return;
    }
    polling->probe = websocket;
    conn_deadline(websocket->channel.conn, options->upgrade_timeout_ms);
}

void upgrade_on_request(sio_request *request, struct session *session, const struct session_start *start)
{
    if (channel_refuse(request)) return;
    caller_ask_headers(request, session == NULL);
    if (session)
        upgrade_open_probe(request, session, start->is_base64);
    else
        upgrade_open_session(request, start);
}

static void upgrade_finish(struct websocket *websocket)
{
    struct session *session = websocket->session;
    conn_deadline(websocket->channel.conn, 0);
    session->websocket = websocket;
    counters_set_transport(session, COUNTERS_WEBSOCKET);
    counter_add(&session->worker->counters.upgrades_total, 1);
    polling_move_to(session->polling, websocket);
    observer_upgraded(session);
}

static void upgrade_cancel(struct websocket *websocket)
{
    upgrade_on_probe_lost(websocket->session);
    websocket_close(websocket, WS_CLOSE_NO_CODE);
}

void upgrade_on_probe_packet(struct websocket *websocket, const struct eio_packet *packet)
{
    struct polling *polling = websocket->session->polling;
    if (packet && packet->type == EIO_PING && str_equal((struct str){ packet->data, packet->size }, STR("probe"))) {
        websocket_send(websocket, EIO_PONG, STR("probe"));
        polling_start_releasing(polling);
    } else if (packet && packet->type == EIO_UPGRADE) {
        upgrade_finish(websocket);
    } else {
        upgrade_cancel(websocket);
    }
}

void upgrade_on_probe_lost(struct session *session)
{
    if (session->polling) session->polling->probe = NULL;
}
