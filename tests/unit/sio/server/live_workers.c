#include "live_workers.h"

#include <stdio.h>

unsigned live_worker_of(const char *sid)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    return (unsigned)(strchr(digits, sid[19]) - digits);
}

void live_read_sid(char sid[21], const char *body)
{
    const char *at = strstr(body, "\"sid\":\"");
    assert_non_null(at);
    snprintf(sid, 21, "%.20s", at + 7);
}

void live_handshake(struct live_client *client)
{
    struct live_reply reply = live_get(client->fd, "/socket.io/?EIO=4&transport=polling");
    assert_int_equal(reply.status, 200);
    live_read_sid(client->sid, reply.body);
}

struct live_client live_client_at(unsigned worker)
{
    for (int i = 0; i < LIVE_TRIES; i++) {
        struct live_client client = { .fd = live_connect() };
        live_handshake(&client);
        if (live_worker_of(client.sid) == worker) return client;
        live_hang_up(&client.fd);
    }
    fail_msg("no connection gets to worker %u", worker);
    return (struct live_client){ 0 };
}

const char *live_target(const char *transport, const char *sid)
{
    static char text[128];
    snprintf(text, sizeof text, "/socket.io/?EIO=4&transport=%s&sid=%s", transport, sid);
    return text;
}

void live_post(int fd, const char *sid, const char *body)
{
    struct live_reply reply = live_request(fd, "POST", live_target("polling", sid), NULL, body);
    assert_int_equal(reply.status, 200);
    assert_string_equal(reply.body, "ok");
}

const char *live_poll_for(int fd, const char *sid)
{
    struct live_reply reply = live_get(fd, live_target("polling", sid));
    assert_int_equal(reply.status, 200);
    return reply.body;
}

void live_join(int fd, const char *sid)
{
    live_post(fd, sid, "40");
    assert_memory_equal(live_poll_for(fd, sid), "40{\"sid\":\"", 10);
}

void live_upgrade(int fd, const char *sid)
{
    char request[512];
    snprintf(request, sizeof request,
             "GET %s HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
             "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
             live_target("websocket", sid));
    live_say(fd, request);
    assert_non_null(strstr(live_hear(fd, "\r\n\r\n"), " 101 "));
    live_ws_send(fd, "2probe");
    assert_string_equal(live_ws_hear(fd), "3probe");
    live_ws_send(fd, "5");
}

struct live_client live_joined_at(unsigned worker)
{
    struct live_client client = live_client_at(worker);
    live_upgrade(client.fd, client.sid);
    live_ws_send(client.fd, "40");
    assert_memory_equal(live_ws_hear(client.fd), "40{\"sid\":\"", 10);
    return client;
}
