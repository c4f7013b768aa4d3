#include "live_workers.h"

#include "server.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { WORKERS = 3 };

/* ---- The program under test -------------------------------------------------------------------------------- */

static atomic_uint seen_workers; /* bits of those in whose threads a function was called */
static atomic_uint connects, disconnects, shown;

static void note_worker(void)
{
    atomic_fetch_or(&seen_workers, 1U << sio_server_worker(live_server));
}

static const char *on_connect(sio_socket *socket, sio_value auth, void *context)
{
    (void)socket;
    (void)auth;
    (void)context;
    note_worker();
    atomic_fetch_add(&connects, 1);
    return NULL;
}

static void on_disconnect(sio_socket *socket, const char *reason, void *context)
{
    (void)socket;
    (void)reason;
    (void)context;
    atomic_fetch_add(&disconnects, 1);
}

static void on_echo(sio_socket *socket, sio_event *event, void *context)
{
    (void)socket;
    (void)context;
    note_worker();
    sio_ack(event, sio_event_args(event));
}

static void on_worker(sio_socket *socket, sio_event *event, void *context)
{
    (void)socket;
    (void)context;
    sio_ack(event, SIO_ARGS(sio_number(sio_server_worker(live_server))));
}

static void on_join(sio_socket *socket, sio_event *event, void *context)
{
    (void)context;
    sio_join(socket, sio_event_args(event).at[0].data.at);
    sio_ack(event, SIO_NO_ARGS);
}

/* say(room, except, ...): the rest to everyone in one and not in the other; "" is all, and none. */
static void on_say(sio_socket *socket, sio_event *event, void *context)
{
    sio_args args = sio_event_args(event);
    const char *room = args.at[0].data.at, *except = args.at[1].data.at;
    sio_to to = { .rooms = *room ? SIO_ROOMS(room) : NULL, .except = *except ? SIO_ROOMS(except) : NULL };
    (void)context;
    sio_broadcast(sio_namespace_of(socket), to, "said", (sio_args){ args.at + 2, args.count - 2 });
}

static void on_answers(const sio_answers *answers, sio_args args, void *context)
{
    sio_ticket *ticket = context;
    (void)args;
    if (!answers->is_end) return;
    note_worker();
    sio_ack_ticket(sio_of(live_server, "/"), ticket,
                   SIO_ARGS(sio_number((double)answers->asked), sio_number((double)answers->answered),
                            sio_number(answers->error)));
    free(ticket);
}

static void on_ask(sio_socket *socket, sio_event *event, void *context)
{
    sio_ticket *ticket = malloc(sizeof *ticket);
    (void)context;
    sio_ack_later(event, ticket);
    sio_to to = { .except = SIO_ROOMS(sio_id(socket)) };
    if (sio_broadcast_ack(sio_namespace_of(socket), to, "question", SIO_NO_ARGS, 300, on_answers, ticket) != 0)
        free(ticket);
}

static void on_fetched(int error, const sio_member *members, size_t count, void *context)
{
    sio_ticket *ticket = context;
    size_t here = 0, data = 0;
    for (size_t i = 0; i < count; i++) {
        here += members[i].socket != NULL;
        if (strcmp(members[i].rooms[0], members[i].id) != 0) error = SIO_EINVAL;
        data += *(const unsigned char *)members[i].data;
    }
    sio_ack_ticket(
        sio_of(live_server, "/"), ticket,
        SIO_ARGS(sio_number(error), sio_number((double)count), sio_number((double)here), sio_number((double)data)));
    free(ticket);
}

static void on_fetch(sio_socket *socket, sio_event *event, void *context)
{
    sio_ticket *ticket = malloc(sizeof *ticket);
    (void)context;
    sio_ack_later(event, ticket);
    if (sio_fetch(sio_namespace_of(socket), (sio_to){ 0 }, on_fetched, ticket) != 0) free(ticket);
}

static void on_set(sio_socket *socket, sio_event *event, void *context)
{
    (void)context;
    *(unsigned char *)sio_data(socket) = (unsigned char)sio_event_args(event).at[0].number;
}

/* find(id): the worker that has it, by a question that the one who asks is acknowledged with; -1: nobody has it. */
static void on_found(sio_socket *socket, void *context)
{
    sio_ticket *ticket = context;
    double worker = socket ? (double)sio_server_worker(live_server) : -1.0;
    if (socket) sio_emit(socket, "found", SIO_NO_ARGS);
    sio_ack_ticket(sio_of(live_server, "/"), ticket, SIO_ARGS(sio_number(worker)));
    free(ticket);
}

static void on_find(sio_socket *socket, sio_event *event, void *context)
{
    sio_ticket *ticket = malloc(sizeof *ticket);
    (void)context;
    sio_ack_later(event, ticket);
    if (sio_find_anywhere(sio_namespace_of(socket), sio_event_args(event).at[0].data.at, on_found, ticket) != 0)
        free(ticket);
}

static void on_id(sio_socket *socket, sio_event *event, void *context)
{
    (void)context;
    sio_ack(event, SIO_ARGS(sio_text(sio_id(socket))));
}

/* An event "held" waits until somebody says "let" or "drop", at whatever worker. */
static sio_ticket held_event;
static atomic_bool is_event_held;

static bool hold_event(sio_socket *socket, sio_event *event, void *context)
{
    (void)socket;
    (void)context;
    if (strcmp(sio_event_name(event), "held") != 0) return true;
    assert_int_equal(sio_filter_later(event, &held_event), 0);
    atomic_store(&is_event_held, true);
    return false;
}

static void on_decide(sio_socket *socket, sio_event *event, void *context)
{
    (void)context;
    bool passes = strcmp(sio_event_name(event), "let") == 0;
    sio_ack(event, SIO_ARGS(sio_number(sio_filter_decide(sio_namespace_of(socket), &held_event, passes))));
}

static void on_gather(sio_socket *socket, sio_event *event, void *context)
{
    (void)context;
    sio_join_all(sio_namespace_of(socket), (sio_to){ 0 }, SIO_ROOMS("all", "hall"));
    sio_leave_all(sio_namespace_of(socket), (sio_to){ 0 }, SIO_ROOMS("hall"));
    sio_ack(event, SIO_NO_ARGS);
}

static void on_close_all(sio_socket *socket, sio_event *event, void *context)
{
    (void)event;
    (void)context;
    sio_disconnect_all(sio_namespace_of(socket), (sio_to){ .except = SIO_ROOMS(sio_id(socket)) }, true);
}

static void on_sent(sio_socket *socket, const char *event, sio_args args, void *context)
{
    (void)socket;
    (void)context;
    if (strcmp(event, "said") == 0 && args.count == 2 && args.at[1].kind == SIO_BYTES && args.at[1].data.size == 3)
        atomic_fetch_add(&shown, 1);
}

static bool is_dynamic(const char *name, void *context)
{
    (void)context;
    return strncmp(name, "/dyn-", 5) == 0;
}

static void serve_in(sio_namespace *ns)
{
    static const struct {
        const char *name;
        sio_event_fn *fn;
    } events[] = { { "echo", on_echo },  { "worker", on_worker }, { "join", on_join },     { "say", on_say },
                   { "ask", on_ask },    { "fetch", on_fetch },   { "gather", on_gather }, { "close", on_close_all },
                   { "set", on_set },    { "find", on_find },     { "id", on_id },         { "held", on_worker },
                   { "let", on_decide }, { "drop", on_decide } };
    assert_non_null(ns);
    sio_on_connect(ns, on_connect, NULL);
    sio_on_disconnect(ns, on_disconnect, NULL);
    for (size_t i = 0; i < sizeof events / sizeof *events; i++)
        assert_int_equal(sio_on_all(ns, events[i].name, events[i].fn, NULL), 0);
    assert_int_equal(sio_filter(ns, hold_event, NULL), 0);
}

static void on_page(sio_request *request, void *context)
{
    (void)context;
    sio_reply(request, 200, "text/plain", "page", 4);
}

static void open_server(sio_options options)
{
    atomic_store(&seen_workers, 0);
    atomic_store(&connects, 0);
    atomic_store(&disconnects, 0);
    atomic_store(&shown, 0);
    options.workers = WORKERS;
    options.socket_data_size = 16;
    live_open(options);
    serve_in(sio_of(live_server, "/"));
    serve_in(sio_of_match(live_server, is_dynamic, NULL));
    assert_int_equal(sio_route(live_server, "GET", "/page", on_page, NULL), 0);
}

static int open_plain(void **state)
{
    (void)state;
    open_server((sio_options){ 0 });
    return 0;
}

static int close_plain(void **state)
{
    (void)state;
    live_close();
    assert_int_equal(atomic_load(&connects), atomic_load(&disconnects));
    return 0;
}

static sio_counters counters(void)
{
    sio_counters now;
    sio_server_counters(live_server, &now);
    return now;
}

/* ---- Requests at the wrong worker -------------------------------------------------------------------------- */

static void polls_reach_their_session(void **state)
{
    struct live_client clients[WORKERS];
    (void)state;
    for (unsigned i = 0; i < WORKERS; i++) clients[i] = live_client_at(i);
    for (unsigned i = 0; i < WORKERS; i++) {
        int other = clients[(i + 1) % WORKERS].fd;
        live_join(other, clients[i].sid);
        live_post(other, clients[i].sid, "420[\"worker\"]");
        char wanted[16];
        snprintf(wanted, sizeof wanted, "430[%u]", i);
        assert_string_equal(live_poll_for(other, clients[i].sid), wanted);
        struct live_client moved = { .fd = other };
        live_handshake(&moved); /* the connection is there for good */
        assert_int_equal(live_worker_of(moved.sid), i);
        clients[(i + 1) % WORKERS] = live_client_at((i + 1) % WORKERS);
    }
    assert_int_equal(counters().sockets, WORKERS);
}

/* A poll that waits at its own worker while others bring packets to the wrong one. */
static void a_poll_and_a_post_on_different_connections(void **state)
{
    (void)state;
    struct live_client client = live_client_at(0), other = live_client_at(1);
    live_join(client.fd, client.sid);
    char request[256];
    snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: a\r\n\r\n", live_target("polling", client.sid));
    live_say(client.fd, request);
    live_post(other.fd, client.sid, "421[\"echo\",\"far\"]");
    assert_string_equal(live_reply(client.fd, true).body, "431[\"far\"]");
    live_hang_up(&client.fd);
    live_hang_up(&other.fd);
}

static void upgrades_reach_their_session(void **state)
{
    (void)state;
    for (unsigned i = 0; i < WORKERS; i++) {
        struct live_client client = live_client_at(i), other = live_client_at((i + 1) % WORKERS);
        live_upgrade(other.fd, client.sid);
        live_ws_send(other.fd, "40");
        assert_memory_equal(live_ws_hear(other.fd), "40{\"sid\":\"", 10);
        char wanted[16];
        snprintf(wanted, sizeof wanted, "430[%u]", i);
        live_ws_send(other.fd, "420[\"worker\"]");
        assert_string_equal(live_ws_hear(other.fd), wanted);
    }
    assert_int_equal(counters().upgrades_total, WORKERS);
}

static void answers_stay_in_order(void **state)
{
    char requests[1024];
    (void)state;
    struct live_client client = live_client_at(2), other = live_client_at(1);
    live_join(client.fd, client.sid);
    live_post(client.fd, client.sid, "420[\"echo\",1]");
    snprintf(requests, sizeof requests,
             "GET /page HTTP/1.1\r\nHost: a\r\n\r\nGET %s HTTP/1.1\r\nHost: a\r\n\r\n"
             "GET /page HTTP/1.1\r\nHost: a\r\n\r\nGET /none HTTP/1.1\r\nHost: a\r\n\r\n",
             live_target("polling", client.sid));
    live_say(other.fd, requests);
    assert_string_equal(live_reply(other.fd, true).body, "page");
    assert_string_equal(live_reply(other.fd, true).body, "430[1]");
    assert_string_equal(live_reply(other.fd, true).body, "page");
    assert_int_equal(live_reply(other.fd, true).status, 404);
}

static void a_request_in_pieces_moves_whole(void **state)
{
    char head[256];
    (void)state;
    struct live_client client = live_client_at(0), other = live_client_at(2);
    live_join(client.fd, client.sid);
    snprintf(head, sizeof head, "\r\nPOST %s HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 15\r\n\r\n",
             live_target("polling", client.sid));
    for (const char *at = head; *at; at++) live_say_bytes(other.fd, at, 1);
    assert_string_equal(live_hear(other.fd, "\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
    for (const char *at = "420[\"echo\",\"x\"]"; *at; at++) live_say_bytes(other.fd, at, 1);
    assert_string_equal(live_reply(other.fd, true).body, "ok");
    assert_string_equal(live_poll_for(client.fd, client.sid), "430[\"x\"]");
}

static void unknown_sessions_are_told_by_whoever_is_asked(void **state)
{
    static const char *const ids[] = { "AAAAAAAAAAAAAAAAAAAA",
                                       "AAAAAAAAAAAAAAAAAAAB",
                                       "AAAAAAAAAAAAAAAAAAAC",
                                       "AAAAAAAAAAAAAAAAAAAD",
                                       "AAAAAAAAAAAAAAAAAAA_",
                                       "B",
                                       "%2e",
                                       "AAAAAAAAAAAAAAAAAAA." };
    (void)state;
    struct live_client client = live_client_at(0);
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        struct live_reply reply = live_get(client.fd, live_target("polling", ids[i]));
        assert_int_equal(reply.status, 400);
        assert_string_equal(reply.body, "{\"code\":1,\"message\":\"Session ID unknown\"}");
    }
}

static int make_id(sio_request *request, char id[21], void *context)
{
    static atomic_uint count;
    (void)request;
    (void)context;
    snprintf(id, 21, "program-made-%07u", atomic_fetch_add(&count, 1) / 2 % 10000000); /* each one twice */
    return 0;
}

static void ids_of_the_program_find_their_worker(void **state)
{
    enum { SESSIONS = 16 };
    int fds[SESSIONS];
    char sids[SESSIONS][21];
    unsigned count = 0, refused = 0;
    (void)state;
    open_server((sio_options){ .generate_id = make_id });
    while (count < SESSIONS) {
        int fd = live_connect();
        struct live_reply reply = live_get(fd, "/socket.io/?EIO=4&transport=polling");
        if (reply.status == 400) {
            refused++;
            live_hang_up(&fd);
            continue;
        }
        live_read_sid(sids[count], reply.body);
        fds[count++] = fd;
    }
    assert_in_range(refused, SESSIONS - 1, SESSIONS); /* an id that any worker has is in use */
    for (unsigned i = 0; i < SESSIONS; i++) live_join(fds[(i + 1) % SESSIONS], sids[i]);
    assert_int_equal(counters().sockets, SESSIONS);
    live_close();
}

/* ---- Events for many --------------------------------------------------------------------------------------- */

static void one_at_each_worker(struct live_client clients[WORKERS])
{
    for (unsigned i = 0; i < WORKERS; i++) clients[i] = live_joined_at(i);
}

static void everyone_hears(void **state)
{
    struct live_client clients[WORKERS];
    (void)state;
    one_at_each_worker(clients);
    struct live_client polling = live_client_at(1);
    live_join(polling.fd, polling.sid);
    for (unsigned from = 0; from < WORKERS; from++) {
        live_ws_send(clients[from].fd, "42[\"say\",\"\",\"\",\"all\"]");
        for (unsigned i = 0; i < WORKERS; i++) assert_string_equal(live_ws_hear(clients[i].fd), "42[\"said\",\"all\"]");
        assert_string_equal(live_poll_for(polling.fd, polling.sid), "42[\"said\",\"all\"]");
    }
}

static void rooms_and_exceptions_reach_over_workers(void **state)
{
    struct live_client clients[WORKERS];
    (void)state;
    one_at_each_worker(clients);
    for (unsigned i = 0; i < WORKERS; i++) {
        live_ws_send(clients[i].fd, "420[\"join\",\"room\"]");
        assert_string_equal(live_ws_hear(clients[i].fd), "430[]");
    }
    live_ws_send(clients[2].fd, "421[\"join\",\"quiet\"]");
    assert_string_equal(live_ws_hear(clients[2].fd), "431[]");
    live_ws_send(clients[0].fd, "42[\"say\",\"room\",\"quiet\",1]");
    live_ws_send(clients[0].fd, "42[\"say\",\"room\",\"\",2]");
    for (unsigned i = 0; i < 2; i++) assert_string_equal(live_ws_hear(clients[i].fd), "42[\"said\",1]");
    for (unsigned i = 0; i < WORKERS; i++) assert_string_equal(live_ws_hear(clients[i].fd), "42[\"said\",2]");
}

static void attachments_reach_every_kind_of_client(void **state)
{
    struct live_client clients[WORKERS];
    (void)state;
    assert_int_equal(sio_on_any_sent(sio_of(live_server, "/"), on_sent, NULL), 0);
    one_at_each_worker(clients);
    int old = live_ws("?EIO=3&transport=websocket"), base64 = live_ws("?EIO=3&transport=websocket&b64=1");
    for (int i = 0; i < 2; i++) {
        live_ws_hear(old);
        live_ws_hear(base64);
    }
    for (unsigned from = 0; from < WORKERS; from++) {
        live_ws_send(clients[from].fd, "451-[\"say\",\"\",\"\",\"x\",{\"_placeholder\":true,\"num\":0}]");
        live_ws_send_binary(clients[from].fd, "\1\2\3", 3);
        for (unsigned i = 0; i < WORKERS; i++) {
            assert_string_equal(live_ws_hear(clients[i].fd), "451-[\"said\",\"x\",{\"_placeholder\":true,\"num\":0}]");
            assert_string_equal(live_ws_hear(clients[i].fd), "binary 010203");
        }
        live_ws_hear(old);
        assert_string_equal(live_ws_hear(old), "binary 04010203");
        live_ws_hear(base64);
        assert_string_equal(live_ws_hear(base64), "b4AQID");
    }
    while (atomic_load(&shown) < WORKERS * (WORKERS + 2)) live_turns(1);
}

static void answers_are_collected_over_workers(void **state)
{
    struct live_client clients[WORKERS];
    (void)state;
    one_at_each_worker(clients);
    live_ws_send(clients[1].fd, "420[\"ask\"]");
    for (unsigned i = 0; i < WORKERS; i++) {
        if (i == 1) continue;
        assert_string_equal(live_ws_hear(clients[i].fd), "420[\"question\"]");
        live_ws_send(clients[i].fd, "430[\"yes\"]");
    }
    assert_string_equal(live_ws_hear(clients[1].fd), "430[2,2,0]");
    live_ws_send(clients[1].fd, "421[\"ask\"]");
    live_ws_hear(clients[0].fd);
    live_ws_send(clients[0].fd, "431[\"yes\"]");
    assert_string_equal(live_ws_hear(clients[1].fd), "431[2,1,-8]"); /* the third is silent: SIO_ETIME */
    assert_string_equal(live_ws_hear(clients[2].fd), "421[\"question\"]");
    live_ws_send(clients[1].fd, "422[\"ask\"]");
    live_ws_hear(clients[2].fd);
    live_hang_up(&clients[2].fd);
    live_ws_hear(clients[0].fd);
    live_ws_send(clients[0].fd, "432[]");
    assert_string_equal(live_ws_hear(clients[1].fd), "432[2,1,-5]"); /* SIO_EGONE */
}

static void all_are_fetched_and_moved(void **state)
{
    struct live_client clients[WORKERS];
    (void)state;
    one_at_each_worker(clients);
    for (unsigned i = 0; i < WORKERS; i++) {
        char set[32];
        snprintf(set, sizeof set, "42[\"set\",%u]", 10 + i);
        live_ws_send(clients[i].fd, set);
        live_ws_send(clients[i].fd, "420[\"echo\"]");
        live_ws_hear(clients[i].fd);
    }
    live_ws_send(clients[2].fd, "421[\"fetch\"]");
    assert_string_equal(live_ws_hear(clients[2].fd), "431[0,3,1,33]");
    live_ws_send(clients[2].fd, "422[\"gather\"]");
    assert_string_equal(live_ws_hear(clients[2].fd), "432[]");
    live_ws_send(clients[2].fd, "42[\"say\",\"hall\",\"\",1]"); /* nobody is there */
    live_ws_send(clients[2].fd, "42[\"say\",\"all\",\"\",2]");
    for (unsigned i = 0; i < WORKERS; i++) assert_string_equal(live_ws_hear(clients[i].fd), "42[\"said\",2]");
    live_ws_send(clients[2].fd, "42[\"close\"]");
    for (unsigned i = 0; i < 2; i++) {
        assert_string_equal(live_ws_hear(clients[i].fd), "41");
        assert_true(live_ws_is_closed(clients[i].fd));
    }
    live_ws_send(clients[2].fd, "423[\"echo\"]");
    assert_string_equal(live_ws_hear(clients[2].fd), "433[]");
}

static void a_socket_is_found_at_any_worker(void **state)
{
    struct live_client clients[WORKERS];
    char question[64], wanted[32];
    (void)state;
    one_at_each_worker(clients);
    for (unsigned from = 0; from < WORKERS; from++)
        for (unsigned to = 0; to < WORKERS; to++) {
            char id[21];
            live_ws_send(clients[to].fd, "427[\"id\"]");
            assert_int_equal(sscanf(live_ws_hear(clients[to].fd), "437[\"%20[^\"]\"]", id), 1);
            snprintf(question, sizeof question, "42%u[\"find\",\"%s\"]", from, id);
            live_ws_send(clients[from].fd, question);
            assert_string_equal(live_ws_hear(clients[to].fd), "42[\"found\"]");
            snprintf(wanted, sizeof wanted, "43%u[%u]", from, to);
            assert_string_equal(live_ws_hear(clients[from].fd), wanted);
        }
    live_ws_send(clients[1].fd, "429[\"find\",\"nobody\"]");
    assert_string_equal(live_ws_hear(clients[1].fd), "439[-1]");
    assert_int_equal(sio_find_anywhere(sio_of(live_server, "/"), "nobody", NULL, NULL), SIO_EINVAL);
    assert_int_equal(sio_find_anywhere(live_server->patterns, "nobody", on_found, NULL), SIO_EINVAL);
}

/* Whoever is looked for while the server ends is not told of, or found; nothing is lost in either case. */
static void a_search_may_be_on_its_way_at_the_end(void **state)
{
    struct live_client clients[WORKERS];
    (void)state;
    one_at_each_worker(clients);
    for (unsigned i = 0; i < 32; i++) live_ws_send(clients[i % WORKERS].fd, "429[\"find\",\"nobody\"]");
}

static void a_room_at_all_workers_is_one(void **state)
{
    struct live_client clients[WORKERS];
    (void)state;
    one_at_each_worker(clients);
    for (unsigned i = 0; i < WORKERS; i++) {
        live_ws_send(clients[i].fd, "420[\"join\",\"room\"]");
        live_ws_hear(clients[i].fd);
        assert_int_equal(counters().rooms, 1);
        live_ws_send(clients[i].fd, "40/dyn-1,"); /* rooms of another namespace are others */
        live_ws_hear(clients[i].fd);
    }
    for (unsigned i = 0; i < WORKERS; i++) {
        char join[40];
        snprintf(join, sizeof join, "42/dyn-1,0[\"join\",\"own %u\"]", i);
        live_ws_send(clients[i].fd, "42/dyn-1,0[\"join\",\"room\"]");
        live_ws_hear(clients[i].fd);
        live_ws_send(clients[i].fd, join);
        live_ws_hear(clients[i].fd);
        assert_int_equal(counters().rooms, 3 + i);
    }
    for (unsigned i = 0; i < WORKERS; i++) {
        live_hang_up(&clients[i].fd);
        unsigned left = i + 1 < WORKERS ? 2 + WORKERS - i - 1 : 0;
        while (counters().rooms != left) live_turns(1);
    }
}

static bool has_namespace(struct str name)
{
    pthread_mutex_lock(&live_server->names_lock);
    bool has_it = map_find(&live_server->namespace_names, name) != NULL;
    pthread_mutex_unlock(&live_server->names_lock);
    return has_it;
}

static void a_pattern_makes_one_namespace_for_all(void **state)
{
    struct live_client clients[WORKERS];
    (void)state;
    one_at_each_worker(clients);
    for (int round = 0; round < 3; round++) {
        for (unsigned i = 0; i < WORKERS; i++) {
            live_ws_send(clients[i].fd, "40/dyn-1,");
            assert_memory_equal(live_ws_hear(clients[i].fd), "40/dyn-1,{\"sid\":\"", 17);
        }
        live_ws_send(clients[0].fd, "42/dyn-1,[\"say\",\"\",\"\"]");
        for (unsigned i = 0; i < WORKERS; i++) assert_string_equal(live_ws_hear(clients[i].fd), "42/dyn-1,[\"said\"]");
        for (unsigned i = 0; i < WORKERS; i++) live_ws_send(clients[i].fd, "41/dyn-1,");
        while (counters().sockets > WORKERS) live_turns(1);
    }
    while (has_namespace(STR("/dyn-1"))) live_turns(1); /* an event of the last round may still be on its way */
}

/* ---- Coming back -------------------------------------------------------------------------------------------- */

static void read_member(char text[64], const char *json, const char *name)
{
    const char *at = strstr(json, name);
    assert_non_null(at);
    snprintf(text, 64, "%.*s", (int)strcspn(at + strlen(name), "\""), at + strlen(name));
}

/* The last text of an event is its offset. */
static void read_offset(char text[64], const char *event)
{
    const char *end = strrchr(event, '"'), *start = end;
    while (start[-1] != '"') start--;
    snprintf(text, 64, "%.*s", (int)(end - start), start);
}

static void a_client_comes_back_to_any_worker(void **state)
{
    (void)state;
    open_server((sio_options){ .recovery_ms = 60000 });
    for (unsigned i = 0; i < WORKERS; i++) {
        char pid[64], sid[64], offset[64], connect[256];
        struct live_client client = live_client_at(i), speaker = live_joined_at((i + 1) % WORKERS),
                           other = live_client_at((i + 2) % WORKERS);
        live_upgrade(client.fd, client.sid);
        live_ws_send(client.fd, "40");
        const char *accept = live_ws_hear(client.fd);
        read_member(pid, accept, "\"pid\":\"");
        read_member(sid, accept, "\"sid\":\"");
        live_ws_send(client.fd, "420[\"join\",\"club\"]");
        live_ws_hear(client.fd);
        live_ws_send(speaker.fd, "42[\"say\",\"\",\"\",\"heard\"]");
        read_offset(offset, live_ws_hear(client.fd));
        live_ws_hear(speaker.fd);
        sio_counters before = counters();
        live_hang_up(&client.fd);
        while (counters().sockets == before.sockets) live_turns(1);
        live_ws_send(speaker.fd, "42[\"say\",\"club\",\"\",\"missed\"]");
        live_ws_send(speaker.fd, "42[\"say\",\"pub\",\"\",\"not meant\"]");
        live_ws_send(speaker.fd, "420[\"echo\"]");
        live_ws_hear(speaker.fd);
        live_upgrade(other.fd, other.sid);
        snprintf(connect, sizeof connect, "40{\"pid\":\"%s\",\"offset\":\"%s\"}", pid, offset);
        live_ws_send(other.fd, connect);
        assert_memory_equal(live_ws_hear(other.fd), "42[\"said\",\"missed\",", 18);
        snprintf(connect, sizeof connect, "40{\"sid\":\"%s\",\"pid\":\"%s\"}", sid, pid);
        assert_string_equal(live_ws_hear(other.fd), connect);
        live_ws_send(speaker.fd, "42[\"say\",\"club\",\"\",\"again\"]");
        assert_memory_equal(live_ws_hear(other.fd), "42[\"said\",\"again\",", 17);
        live_hang_up(&other.fd);
        live_hang_up(&speaker.fd);
        while (counters().sockets) live_turns(1);
    }
    live_close();
}

/* ---- Decisions --------------------------------------------------------------------------------------------- */

static _Atomic uint64_t held_ticket;

static const char *hold_request(sio_request *request, void *context)
{
    sio_request_ticket ticket;
    (void)context;
    assert_int_equal(sio_request_later(request, &ticket), 0);
    atomic_store(&held_ticket, ticket.number);
    return NULL;
}

/* Wherever the request waits, the answer may come from the first worker's thread, which is the test's. */
static void a_decision_finds_its_request(void **state)
{
    unsigned seen = 0;
    (void)state;
    open_server((sio_options){ .allow_request = hold_request });
    for (int i = 0; i < LIVE_TRIES && seen != (1 << WORKERS) - 1; i++) {
        int fd = live_connect();
        atomic_store(&held_ticket, 0);
        live_say(fd, "GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: a\r\n\r\n");
        while (atomic_load(&held_ticket) == 0) live_turns(1);
        sio_request_ticket ticket = { atomic_load(&held_ticket) };
        assert_int_equal(sio_request_answer(live_server, &ticket, i % 2 ? NULL : "not now"), 0);
        struct live_reply reply = live_reply(fd, true);
        assert_int_equal(reply.status, i % 2 ? 200 : 403);
        if (i % 2) {
            char sid[21];
            live_read_sid(sid, reply.body);
            seen |= 1U << live_worker_of(sid);
        }
        live_hang_up(&fd);
    }
    assert_int_equal(seen, (1 << WORKERS) - 1);
    assert_int_equal(sio_request_answer(live_server, &(sio_request_ticket){ SIO_WORKERS_MAX - 1 }, NULL), SIO_EGONE);
    live_close();
}

static void an_event_is_decided_about_at_any_worker(void **state)
{
    struct live_client clients[WORKERS];
    (void)state;
    one_at_each_worker(clients);
    for (unsigned from = 0; from < WORKERS; from++)
        for (unsigned to = 0; to < WORKERS; to++) {
            char wanted[32];
            if (from == to) continue;
            atomic_store(&is_event_held, false);
            live_ws_send(clients[to].fd, "421[\"held\"]");
            live_ws_send(clients[to].fd, "422[\"echo\",\"behind it\"]");
            while (!atomic_load(&is_event_held)) live_turns(1);
            live_ws_send(clients[from].fd, from ? "423[\"let\"]" : "423[\"drop\"]");
            assert_string_equal(live_ws_hear(clients[from].fd), "433[0]");
            snprintf(wanted, sizeof wanted, "431[%u]", to);
            if (from) assert_string_equal(live_ws_hear(clients[to].fd), wanted);
            assert_string_equal(live_ws_hear(clients[to].fd), "432[\"behind it\"]");
        }
}

static atomic_int posted;

static void note_post(void *context)
{
    if (sio_server_worker(live_server) == *(const unsigned *)context) atomic_fetch_add(&posted, 1);
}

static void work_is_posted_to_any_worker(void **state)
{
    static unsigned numbers[WORKERS] = { 0, 1, 2 };
    (void)state;
    atomic_store(&posted, 0);
    for (unsigned i = 0; i < WORKERS; i++)
        assert_int_equal(sio_server_post_to(live_server, i, note_post, &numbers[i]), 0);
    assert_int_equal(sio_server_post(live_server, note_post, &numbers[0]), 0);
    assert_int_equal(sio_server_post_to(live_server, WORKERS, note_post, NULL), SIO_EINVAL);
    while (atomic_load(&posted) < WORKERS + 1) live_turns(1);
    assert_int_equal(sio_server_worker(live_server), 0);
}

/* ---- The server as a whole --------------------------------------------------------------------------------- */

static void functions_run_in_their_workers_threads(void **state)
{
    struct live_client clients[WORKERS];
    (void)state;
    one_at_each_worker(clients);
    assert_int_equal(atomic_load(&seen_workers), (1 << WORKERS) - 1);
    for (unsigned i = 0; i < WORKERS; i++) {
        char wanted[16];
        snprintf(wanted, sizeof wanted, "430[%u]", i);
        live_ws_send(clients[i].fd, "420[\"worker\"]");
        assert_string_equal(live_ws_hear(clients[i].fd), wanted);
    }
}

static void all_workers_count(void **state)
{
    struct live_client clients[WORKERS];
    (void)state;
    one_at_each_worker(clients);
    sio_counters now = counters();
    assert_int_equal(now.websocket[1], WORKERS);
    assert_int_equal(now.sockets, WORKERS);
    assert_true(now.connections >= WORKERS && now.requests_total >= 2 * WORKERS);
    for (unsigned i = 0; i < WORKERS; i++) live_hang_up(&clients[i].fd);
    while (counters().connections) live_turns(1);
    assert_int_equal(counters().sockets, 0);
}

static void the_limit_of_clients_is_for_all(void **state)
{
    enum { MOST = 8 };
    int fds[2 * MOST];
    unsigned welcome = 0;
    (void)state;
    open_server((sio_options){ .clients_max = MOST });
    for (int i = 0; i < 2 * MOST; i++) {
        fds[i] = live_connect();
        int status = live_get(fds[i], "/socket.io/?EIO=4&transport=polling").status;
        welcome += status == 200;
        assert_true(status == 200 || status == 503);
    }
    assert_int_equal(welcome, MOST);
    live_close();
}

static void a_stop_reaches_everyone(void **state)
{
    struct live_client clients[WORKERS];
    (void)state;
    one_at_each_worker(clients);
    sio_server_stop(live_server);
    for (unsigned i = 0; i < WORKERS; i++) {
        assert_true(live_ws_is_closed(clients[i].fd));
        live_hang_up(&clients[i].fd);
    }
    while (sio_server_is_running(live_server)) live_turns(1);
    assert_int_equal(sio_server_run(live_server), 0);
    assert_int_equal(atomic_load(&disconnects), WORKERS);
}

static void a_server_may_end_with_clients(void **state)
{
    struct live_client clients[WORKERS];
    (void)state;
    one_at_each_worker(clients);
    live_ws_send(clients[1].fd, "420[\"ask\"]");
    live_ws_hear(clients[0].fd); /* the question is open while close_plain destroys the server */
    live_ws_hear(clients[2].fd);
    struct live_client leaving = live_client_at(1);
    char request[256];
    snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: a\r\n\r\n", live_target("polling", clients[0].sid));
    live_say(leaving.fd, request); /* and this connection may be on its way */
}

static void one_that_was_never_run_ends_too(void **state)
{
    sio_server *server;
    (void)state;
    assert_int_equal(sio_server_create(&server, &(sio_options){ .workers = WORKERS }), 0);
    assert_int_equal(sio_server_post_to(server, 2, note_post, NULL), 0);
    sio_server_destroy(server);
    assert_int_equal(sio_server_create(&server, &(sio_options){ .workers = SIO_WORKERS_MAX + 1 }), SIO_EINVAL);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_plain, close_plain)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(polls_reach_their_session),
        TEST(a_poll_and_a_post_on_different_connections),
        TEST(upgrades_reach_their_session),
        TEST(answers_stay_in_order),
        TEST(a_request_in_pieces_moves_whole),
        TEST(unknown_sessions_are_told_by_whoever_is_asked),
        cmocka_unit_test(ids_of_the_program_find_their_worker),
        TEST(everyone_hears),
        TEST(rooms_and_exceptions_reach_over_workers),
        TEST(attachments_reach_every_kind_of_client),
        TEST(answers_are_collected_over_workers),
        TEST(all_are_fetched_and_moved),
        TEST(a_socket_is_found_at_any_worker),
        TEST(a_search_may_be_on_its_way_at_the_end),
        TEST(a_room_at_all_workers_is_one),
        TEST(a_pattern_makes_one_namespace_for_all),
        cmocka_unit_test(a_client_comes_back_to_any_worker),
        cmocka_unit_test(a_decision_finds_its_request),
        TEST(an_event_is_decided_about_at_any_worker),
        TEST(work_is_posted_to_any_worker),
        TEST(functions_run_in_their_workers_threads),
        TEST(all_workers_count),
        cmocka_unit_test(the_limit_of_clients_is_for_all),
        TEST(a_stop_reaches_everyone),
        TEST(a_server_may_end_with_clients),
        cmocka_unit_test(one_that_was_never_run_ends_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
