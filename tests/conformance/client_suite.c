/* client_suite.c - the server that the tests of socket.io-client expect, of version 4 and of 2.5.
 *
 *   client_suite [--port 3210] [--workers N]
 *
 * An event that stands in no table below is not answered: the tests of time limits rely on it. */
#include "serve.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

/* ---- The filter that lets a handshake wait for 10 ms -------------------------------------------------------- */

enum { WAITING_MOST = 1024, WAITING_MS = 10 };

static struct {
    sio_request_ticket ticket;
    uint64_t due;
} waiting[WAITING_MOST];
static size_t waiting_first, waiting_count;
static pthread_mutex_t waiting_lock = PTHREAD_MUTEX_INITIALIZER; /* the filter is called by any worker */

static uint64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

/* Its turn is over, and the time is looked at. */
static void wake(void *context)
{
    (void)context;
}

static const char *allow_later(sio_request *request, void *context)
{
    sio_request_ticket ticket;
    (void)context;
    if (sio_request_later(request, &ticket) != 0) return NULL;
    pthread_mutex_lock(&waiting_lock);
    size_t place = (waiting_first + waiting_count) % WAITING_MOST;
    if (waiting_count < WAITING_MOST) { /* else the server itself ends the wait */
        waiting[place].ticket = ticket;
        waiting[place].due = now_ms() + WAITING_MS;
        waiting_count++;
    }
    pthread_mutex_unlock(&waiting_lock);
    sio_server_post(serve_server, wake, NULL);
    return NULL;
}

static int let_in_those_due(void)
{
    pthread_mutex_lock(&waiting_lock);
    for (; waiting_count && waiting[waiting_first].due <= now_ms(); waiting_count--) {
        sio_request_answer(serve_server, &waiting[waiting_first].ticket, NULL);
        waiting_first = (waiting_first + 1) % WAITING_MOST;
    }
    int wait = waiting_count ? 1 : -1;
    pthread_mutex_unlock(&waiting_lock);
    return wait;
}

/* ---- Namespaces --------------------------------------------------------------------------------------------- */

static const char *on_connect(sio_socket *socket, sio_value auth, void *context)
{
    (void)auth;
    (void)context;
    return sio_query(socket, "fail") ? "Auth failed (main namespace)" : NULL;
}

static const char *on_connect_no(sio_socket *socket, sio_value auth, void *context)
{
    (void)socket;
    (void)auth;
    (void)context;
    return "Auth failed (custom namespace)";
}

static const char *on_connect_abc(sio_socket *socket, sio_value auth, void *context)
{
    (void)auth;
    (void)context;
    sio_emit(socket, "handshake", SIO_ARGS(sio_handshake(socket)));
    return NULL;
}

/* ---- Events ------------------------------------------------------------------------------------------------- */

/* What of the binary messages has come. */
struct received {
    bool first_buffer, first_blob, second_blob;
};

static sio_value argument(const sio_event *event, size_t place)
{
    sio_args args = sio_event_args(event);
    return place < args.count ? args.at[place] : (sio_value){ .kind = SIO_NULL };
}

static bool is_bytes(const sio_event *event)
{
    return argument(event, 0).kind == SIO_BYTES;
}

static void on_hi(sio_socket *socket, sio_event *event, void *context)
{
    (void)event;
    (void)context;
    sio_emit(socket, "hi", SIO_NO_ARGS);
}

static void on_echo(sio_socket *socket, sio_event *event, void *context)
{
    (void)socket;
    (void)context;
    sio_ack(event, SIO_ARGS(argument(event, 0)));
}

static void on_ack_answer(int error, sio_args args, void *context)
{
    sio_socket *socket = error ? NULL : context;
    bool is_right = args.count == 2 && args.at[0].kind == SIO_NUMBER && args.at[0].number > 4 &&
                    args.at[0].number < 6 && args.at[1].kind == SIO_JSON && strstr(args.at[1].data.at, "\"test\":true");
    if (socket && is_right) sio_emit(socket, "got it", SIO_NO_ARGS);
}

/* Without a time limit the answer comes while the socket lives, or with an error. */
static void on_ack(sio_socket *socket, sio_event *event, void *context)
{
    (void)event;
    (void)context;
    sio_emit_ack(socket, "ack", SIO_NO_ARGS, 0, on_ack_answer, socket);
}

static const char *now_text(const char *format)
{
    static _Thread_local char text[64];
    char date[32];
    time_t seconds = time(NULL);
    struct tm utc;
    if (gmtime_r(&seconds, &utc) == NULL) return "";
    strftime(date, sizeof date, "%Y-%m-%dT%H:%M:%S.000Z", &utc);
    snprintf(text, sizeof text, format, date);
    return text;
}

static void on_get_ack_date(sio_socket *socket, sio_event *event, void *context)
{
    (void)socket;
    (void)context;
    sio_ack(event, SIO_ARGS(sio_text(now_text("%s"))));
}

static void on_get_date(sio_socket *socket, sio_event *event, void *context)
{
    (void)event;
    (void)context;
    sio_emit(socket, "takeDate", SIO_ARGS(sio_text(now_text("%s"))));
}

static void on_get_date_obj(sio_socket *socket, sio_event *event, void *context)
{
    (void)event;
    (void)context;
    const char *json = now_text("{\"date\":\"%s\"}");
    sio_emit(socket, "takeDateObj", SIO_ARGS(sio_json(json, strlen(json))));
}

static void on_get_utf8(sio_socket *socket, sio_event *event, void *context)
{
    static const char *const texts[] = { "てすと", "Я Б Г Д Ж Й", "Ä ä Ü ü ß", "utf8 — string", "utf8 — string" };
    (void)event;
    (void)context;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        sio_emit(socket, "takeUtf8", SIO_ARGS(sio_text(texts[i])));
}

static void on_false(sio_socket *socket, sio_event *event, void *context)
{
    (void)event;
    (void)context;
    sio_emit(socket, "false", SIO_ARGS(sio_bool(false)));
}

static void on_doge(sio_socket *socket, sio_event *event, void *context)
{
    (void)event;
    (void)context;
    sio_emit(socket, "doge", SIO_ARGS(sio_bytes("asdfasdf", 8)));
}

static void on_getbin(sio_socket *socket, sio_event *event, void *context)
{
    (void)event;
    (void)context;
    sio_emit(socket, "takebin", SIO_ARGS(sio_bytes("asdfasdf", 8)));
}

/* `context` is what is to be emitted. */
static void on_bytes(sio_socket *socket, sio_event *event, void *context)
{
    if (is_bytes(event)) sio_emit(socket, context, SIO_NO_ARGS);
}

static void on_json_with_bytes(sio_socket *socket, sio_event *event, void *context)
{
    sio_value value = argument(event, 0);
    if (value.kind != SIO_JSON || value.attachment_count != 1) return;
    if (strstr(value.data.at, "\"hello\":\"lol\"") && strstr(value.data.at, "\"goodbye\":\"gotcha\""))
        sio_emit(socket, context, SIO_NO_ARGS);
}

static void on_abuff1(sio_socket *socket, sio_event *event, void *context)
{
    struct received *received = sio_data(socket);
    (void)context;
    received->first_buffer = is_bytes(event);
}

static void on_abuff2(sio_socket *socket, sio_event *event, void *context)
{
    struct received *received = sio_data(socket);
    (void)event;
    (void)context;
    if (received->first_buffer) sio_emit(socket, "abuff2-ack", SIO_NO_ARGS);
}

static void on_blob1(sio_socket *socket, sio_event *event, void *context)
{
    struct received *received = sio_data(socket);
    (void)context;
    received->first_blob = is_bytes(event);
}

static void on_blob2(sio_socket *socket, sio_event *event, void *context)
{
    struct received *received = sio_data(socket);
    sio_value value = argument(event, 0);
    (void)context;
    received->second_blob = received->first_blob && value.kind == SIO_TEXT && strcmp(value.data.at, "second") == 0;
}

static void on_blob3(sio_socket *socket, sio_event *event, void *context)
{
    struct received *received = sio_data(socket);
    (void)context;
    if (is_bytes(event) && received->second_blob) sio_emit(socket, "blob3-ack", SIO_NO_ARGS);
}

static void on_get_handshake(sio_socket *socket, sio_event *event, void *context)
{
    (void)context;
    sio_ack(event, SIO_ARGS(sio_handshake(socket)));
}

static void on_get_id(sio_socket *socket, sio_event *event, void *context)
{
    (void)context;
    sio_ack(event, SIO_ARGS(sio_text(sio_id(socket))));
}

static const struct {
    const char *name;
    sio_event_fn *fn;
    const char *answer;
} events[] = {
    { "hi", on_hi, NULL },
    { "echo", on_echo, NULL },
    { "ack", on_ack, NULL },
    { "getAckDate", on_get_ack_date, NULL },
    { "getDate", on_get_date, NULL },
    { "getDateObj", on_get_date_obj, NULL },
    { "getUtf8", on_get_utf8, NULL },
    { "false", on_false, NULL },
    { "doge", on_doge, NULL },
    { "getbin", on_getbin, NULL },
    { "buffa", on_bytes, "buffack" },
    { "blob", on_bytes, "back" },
    { "jsonbuff", on_json_with_bytes, "jsonbuff-ack" },
    { "jsonblob", on_json_with_bytes, "jsonblob-ack" },
    { "abuff1", on_abuff1, NULL },
    { "abuff2", on_abuff2, NULL },
    { "blob1", on_blob1, NULL },
    { "blob2", on_blob2, NULL },
    { "blob3", on_blob3, NULL },
    { "getHandshake", on_get_handshake, NULL },
    { "getId", on_get_id, NULL },
};

static int set_up_main(sio_namespace *ns)
{
    int error = 0;
    sio_on_connect(ns, on_connect, NULL);
    for (size_t i = 0; error == 0 && i < sizeof events / sizeof *events; i++)
        error = sio_on_all(ns, events[i].name, events[i].fn, (void *)(uintptr_t)events[i].answer);
    return error;
}

static int set_up(void)
{
    static const char *const empty[] = { "/timeout_socket", "/valid", "/asd" };
    sio_namespace *foo = sio_of(serve_server, "/foo"), *no = sio_of(serve_server, "/no");
    sio_namespace *abc = sio_of(serve_server, "/abc");
    for (size_t i = 0; i < sizeof empty / sizeof *empty; i++)
        if (sio_of(serve_server, empty[i]) == NULL) return SIO_ENOMEM;
    if (foo == NULL || no == NULL || abc == NULL) return SIO_ENOMEM;
    sio_on_connect(no, on_connect_no, NULL);
    sio_on_connect(abc, on_connect_abc, NULL);
    int error = sio_on_all(foo, "getId", on_get_id, NULL);
    return error ? error : set_up_main(sio_of(serve_server, "/"));
}

int main(int count, char **arguments)
{
    sio_options options = serve_options(3210);
    options.ping_interval_ms = 2000;
    options.socket_data_size = sizeof(struct received);
    options.keeps_handshake = true;
    options.recovery_ms = 120000;
    options.allow_request = allow_later;
    serve_read_flags(&options, count, arguments);
    return serve(&options, set_up, let_in_those_due);
}
