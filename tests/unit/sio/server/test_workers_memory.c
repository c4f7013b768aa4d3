/* test_workers_memory.c - every allocation of a server with two workers fails once, in whichever thread it is: what
 * reaches from one worker into the other, clients that come back to another one, requests at the wrong one, and admins
 * who log in. The server goes on, and serves the next client of each worker and the next admin.
 *
 * Which thread comes first is not known, so neither is which allocation has which number; all have their turn. */
#include "clock.h"
#include "failing.h"
#include "live_workers.h"
#include "sio_admin.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#define HASH "$2b$04$abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW" /* of "secret" */

enum { WORKERS = 2, HEARD_BYTES = 1 << 16, AFTER_FAILURE_MS = 15 };

/* ---- The server -------------------------------------------------------------------------------------------- */

static unsigned other_worker(void)
{
    return 1 - sio_server_worker(live_server);
}

static const char *on_connect(sio_socket *socket, sio_value auth, void *context)
{
    (void)auth;
    (void)context;
    return sio_join(socket, "room") ? "no memory" : NULL;
}

static void on_echo(sio_socket *socket, sio_event *event, void *context)
{
    (void)socket;
    (void)context;
    sio_ack(event, sio_event_args(event));
}

static void on_id(sio_socket *socket, sio_event *event, void *context)
{
    (void)context;
    sio_ack(event, SIO_ARGS(sio_text(sio_id(socket))));
}

static void on_news(sio_socket *socket, sio_event *event, void *context)
{
    (void)event;
    (void)context;
    sio_emit(socket, "news", SIO_NO_ARGS);
}

static void on_found(sio_socket *socket, void *context)
{
    (void)context;
    if (socket) sio_emit(socket, "found", SIO_NO_ARGS);
}

static void on_answers(const sio_answers *answers, sio_args args, void *context)
{
    (void)answers;
    (void)args;
    (void)context;
}

static void on_members(int error, const sio_member *members, size_t count, void *context)
{
    (void)error;
    (void)members;
    (void)count;
    (void)context;
}

/* In the other worker's thread. */
static void acknowledge(void *context)
{
    sio_ticket *ticket = context;
    sio_ack_ticket(sio_of(live_server, "/"), ticket, SIO_ARGS(sio_text("stirred")));
    free(ticket);
}

static void decide(void *context)
{
    sio_ticket *ticket = context;
    sio_filter_decide(sio_of(live_server, "/"), ticket, true);
    free(ticket);
}

static void hand_over(void (*fn)(void *context), sio_ticket *ticket)
{
    if (sio_server_post_to(live_server, other_worker(), fn, ticket) != 0) free(ticket);
}

/* Whatever reaches into the other worker: stir(id of a socket there). */
static void on_stir(sio_socket *socket, sio_event *event, void *context)
{
    sio_namespace *ns = sio_namespace_of(socket);
    sio_args args = sio_event_args(event);
    sio_ticket *ticket = malloc(sizeof *ticket);
    (void)context;
    if (ticket && sio_ack_later(event, ticket) == 0)
        hand_over(acknowledge, ticket);
    else
        free(ticket);
    if (args.count == 0 || args.at[0].kind != SIO_TEXT) return;
    sio_find_anywhere(ns, args.at[0].data.at, on_found, NULL);
    sio_broadcast(ns, (sio_to){ .rooms = SIO_ROOMS("room") }, "all", SIO_ARGS(sio_bytes("bytes", 5)));
    sio_broadcast_ack(ns, (sio_to){ .except = SIO_ROOMS("nobody") }, "ask", SIO_NO_ARGS, 20, on_answers, NULL);
    sio_fetch(ns, (sio_to){ 0 }, on_members, NULL);
    sio_join_all(ns, (sio_to){ 0 }, SIO_ROOMS("more", "and more"));
    sio_leave_all(ns, (sio_to){ 0 }, SIO_ROOMS("more"));
    sio_disconnect_all(ns, (sio_to){ .rooms = SIO_ROOMS("nobody") }, true);
}

static bool postpone(sio_socket *socket, sio_event *event, void *context)
{
    sio_ticket *ticket;
    (void)socket;
    (void)context;
    if (strcmp(sio_event_name(event), "late") != 0) return true;
    ticket = malloc(sizeof *ticket);
    if (ticket && sio_filter_later(event, ticket) == 0)
        hand_over(decide, ticket);
    else
        free(ticket);
    return false;
}

static bool is_dynamic(const char *name, void *context)
{
    (void)context;
    return strncmp(name, "/dyn", 4) == 0;
}

static sio_value describe(sio_socket *socket, void *context)
{
    (void)socket;
    (void)context;
    return sio_json("{\"is\":\"described\"}", 18);
}

static void start(void)
{
    static const struct {
        const char *name;
        sio_event_fn *fn;
    } events[] = {
        { "echo", on_echo }, { "late", on_echo }, { "id", on_id }, { "news", on_news }, { "stir", on_stir }
    };
    live_open((sio_options){ .workers = WORKERS, .recovery_ms = 60000, .socket_data_size = 16 });
    sio_namespace *ns = sio_of(live_server, "/");
    sio_on_connect(ns, on_connect, NULL);
    for (size_t i = 0; i < sizeof events / sizeof *events; i++)
        assert_int_equal(sio_on_all(ns, events[i].name, events[i].fn, NULL), 0);
    assert_int_equal(sio_filter(ns, postpone, NULL), 0);
    assert_non_null(sio_of_match(live_server, is_dynamic, NULL));
    const sio_admin_options admin = { .username = "admin", .password_hash = HASH, .describe = describe };
    assert_int_equal(sio_admin_enable(live_server, &admin), 0);
}

/* ---- Clients that take whatever comes ---------------------------------------------------------------------- */

struct talker {
    int fd;
    size_t size;
    char heard[HEARD_BYTES];
};

static void say(const struct talker *talker, const void *bytes, size_t size)
{
    send(talker->fd, bytes, size, MSG_NOSIGNAL);
}

/* A frame masked with zeros, of less than 126 bytes. */
static void say_text(const struct talker *talker, const char *text)
{
    char frame[132] = { (char)0x81, (char)(0x80 | strlen(text)) };
    assert_true(strlen(text) < 126);
    memcpy(frame + 6, text, strlen(text));
    say(talker, frame, strlen(text) + 6);
}

static bool has_failed(void)
{
    unsigned long number = atomic_load(&failing);
    return number && atomic_load(&allocations) >= number;
}

/* Waits for a text. False: the connection has ended, or something has failed and nothing comes any more. */
static bool hears(struct talker *talker, const char *text)
{
    for (uint64_t start = clock_ms(); memmem(talker->heard, talker->size, text, strlen(text)) == NULL;) {
        if (talker->size == HEARD_BYTES) talker->size = 0;
        ssize_t got = recv(talker->fd, talker->heard + talker->size, HEARD_BYTES - talker->size, MSG_DONTWAIT);
        if (got > 0)
            talker->size += (size_t)got;
        else if (got == 0 || errno != EAGAIN || clock_ms() - start > (has_failed() ? AFTER_FAILURE_MS : LIVE_MS))
            return false;
        else
            assert_int_equal(sio_server_step(live_server, 1), 0);
    }
    return true;
}

/* What stands behind `before`, up to the next quote. */
static void read_after(char text[64], const struct talker *talker, const char *before)
{
    const char *at = memmem(talker->heard, talker->size, before, strlen(before));
    assert_non_null(at);
    at += strlen(before);
    snprintf(text, 64, "%.*s", (int)strcspn(at, "\""), at);
}

static void hang_up(struct talker *talker)
{
    if (talker->fd >= 0) close(talker->fd);
    talker->fd = -1;
}

/* A WebSocket whose session is at that worker. */
static void open_talker(struct talker *talker, unsigned worker)
{
    struct live_client client = live_client_at(worker);
    live_upgrade(client.fd, client.sid);
    *talker = (struct talker){ .fd = client.fd };
}

static void join(struct talker *talker, unsigned worker)
{
    open_talker(talker, worker);
    say_text(talker, "40");
    assert_true(hears(talker, "40{\"sid\":\""));
}

/* ---- Conversations ----------------------------------------------------------------------------------------- */

static struct talker first, second, leaving, coming, admin, stranger, wrong;
static struct live_client polling;
static char second_id[64], pid[64], offset[64];

static void prepare(void)
{
    join(&first, 0);
    join(&second, 1);
    join(&leaving, 0);
    open_talker(&coming, 1);
    open_talker(&admin, 1);
    open_talker(&stranger, 0);
    say_text(&second, "421[\"id\"]");
    assert_true(hears(&second, "431["));
    read_after(second_id, &second, "431[\"");
    say_text(&leaving, "42[\"news\"]");
    assert_true(hears(&leaving, "[\"news\""));
    read_after(pid, &leaving, "\"pid\":\"");
    read_after(offset, &leaving, "[\"news\",\"");
    polling = live_client_at(1);
    live_join(polling.fd, polling.sid);
    wrong = (struct talker){ .fd = live_client_at(0).fd };
}

static bool stir(void)
{
    char text[128];
    snprintf(text, sizeof text, "422[\"stir\",\"%s\"]", second_id);
    say_text(&first, text);
    say_text(&second, "42[\"stir\"]");
    return hears(&first, "432[\"stirred\"]") && hears(&second, "[\"found\"") && hears(&second, "[\"ask\"");
}

static bool wait_for_a_decision(void)
{
    say_text(&second, "423[\"late\",1]");
    say_text(&second, "424[\"echo\",2]");
    return hears(&second, "433[1]") && hears(&second, "434[2]");
}

static bool enter_a_dynamic_namespace(void)
{
    say_text(&first, "40/dyn,");
    say_text(&second, "40/dyn,");
    return hears(&first, "40/dyn,{\"sid\":\"") && hears(&second, "40/dyn,{\"sid\":\"");
}

static bool ask_the_wrong_worker(void)
{
    char request[256];
    int size =
        snprintf(request, sizeof request, "POST %s HTTP/1.1\r\nHost: a\r\nContent-Length: 13\r\n\r\n421[\"echo\",7]",
                 live_target("polling", polling.sid));
    say(&wrong, request, (size_t)size);
    if (!hears(&wrong, "\r\n\r\nok")) return false;
    size = snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: a\r\n\r\n", live_target("polling", polling.sid));
    say(&wrong, request, (size_t)size);
    return hears(&wrong, "431[7]");
}

static bool come_back(void)
{
    char text[256];
    hang_up(&leaving);
    /* The worker that it was at has seen it when all that was sent there before is done. */
    for (unsigned i = 0; i < 3; i++) assert_int_equal(sio_server_step(live_server, 1), 0);
    snprintf(text, sizeof text, "40{\"pid\":\"%s\",\"offset\":\"%s\"}", pid, offset);
    say_text(&coming, text);
    return hears(&coming, "40{\"sid\":\"");
}

static bool log_in(void)
{
    say_text(&stranger, "40/admin,{\"username\":\"admin\",\"password\":\"wrong\"}");
    say_text(&admin, "40/admin,{\"username\":\"admin\",\"password\":\"secret\"}");
    return hears(&stranger, "invalid credentials") && hears(&admin, "[\"session\",") &&
           hears(&admin, "[\"all_sockets\",") && hears(&admin, "described");
}

static bool (*const conversations[])(void) = {
    stir, wait_for_a_decision, enter_a_dynamic_namespace, ask_the_wrong_worker, come_back, log_in,
};

static void end_all(void)
{
    struct talker *talkers[] = { &first, &second, &leaving, &coming, &admin, &stranger, &wrong };
    for (size_t i = 0; i < sizeof talkers / sizeof *talkers; i++) hang_up(talkers[i]);
    close(polling.fd);
}

/* ---- The sweep --------------------------------------------------------------------------------------------- */

static bool is_served(struct talker *witness)
{
    witness->size = 0;
    say_text(witness, "429[\"echo\",9]");
    return hears(witness, "439[9]");
}

static void assert_goes_on(void)
{
    for (unsigned worker = 0; worker < WORKERS; worker++) {
        static struct talker next;
        join(&next, worker);
        assert_true(is_served(&next));
        say_text(&next, "40/admin,{\"username\":\"admin\",\"password\":\"secret\"}");
        assert_true(hears(&next, "[\"all_sockets\","));
        hang_up(&next);
    }
}

/* True when nothing failed any more, and so every conversation came to its end. */
static bool fail_number(unsigned long number)
{
    static struct talker witnesses[WORKERS];
    bool came_to_their_ends = true;
    start();
    for (unsigned i = 0; i < WORKERS; i++) join(&witnesses[i], i);
    prepare();
    atomic_store(&allocations, 0);
    atomic_store(&failing, number);
    for (size_t i = 0; i < sizeof conversations / sizeof *conversations; i++) came_to_their_ends &= conversations[i]();
    bool is_last = !has_failed();
    atomic_store(&failing, 0);
    assert_true(came_to_their_ends || !is_last);
    assert_true(is_served(&witnesses[0]) || is_served(&witnesses[1])); /* both get all broadcasts */
    assert_goes_on();
    for (unsigned i = 0; i < WORKERS; i++) hang_up(&witnesses[i]);
    end_all();
    live_close();
    return is_last;
}

static void the_server_outlives_every_failure(void **state)
{
    (void)state;
    for (unsigned long number = 1; !fail_number(number); number++) {
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(the_server_outlives_every_failure) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
