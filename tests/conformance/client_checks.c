/* client_checks.c - the server that black-box checks with the official clients talk to.
 *
 *   client_checks [--port N] [--ping-interval MS] [--ping-timeout MS] [--no-eio3] [--deflate] [--recovery] [--msgpack]
 *                 [--workers N] [--cert FILE --key FILE] [--admin development|production|read-only|open]
 *                 [--files FOLDER]
 *
 * Prints "listening on PORT" and serves until SIGTERM; SIGHUP reads the certificate anew. On "/", "/custom" and every
 * "/dyn-<digits>" it emits `auth` with the handshake's auth and answers echo, bounce, asked, join, toroom, askme, kick,
 * kickhard, whoami; "/denied" refuses everyone. --admin adds the namespace of the Admin UI, for the user "admin" with
 * the password "secret" unless it is open; --files serves what is in a folder. */
#include <sio.h>
#include <sio_admin.h>
#include <sio_http.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static sio_server *server;
static const char *admin_mode, *files; /* of the flags; NULL: not given */
static const sio_deflate deflate = { .threshold_bytes = 0 };

static const char *on_connect(sio_socket *socket, sio_value auth, void *context)
{
    (void)context;
    sio_emit(socket, "auth", SIO_ARGS(auth.kind == SIO_NULL ? sio_json("{}", 2) : auth));
    return NULL;
}

static const char *on_denied(sio_socket *socket, sio_value auth, void *context)
{
    static const char data[] = "{\"code\":7}";
    (void)auth;
    (void)context;
    sio_refuse_with(socket, sio_json(data, sizeof data - 1));
    return "not allowed";
}

static void on_disconnect(sio_socket *socket, const char *reason, void *context)
{
    (void)context;
    printf("disconnect %s %s\n", sio_name(sio_namespace_of(socket)), reason);
    fflush(stdout);
}

static void on_echo(sio_socket *socket, sio_event *event, void *context)
{
    (void)socket;
    (void)context;
    sio_ack(event, sio_event_args(event));
}

static void on_bounce(sio_socket *socket, sio_event *event, void *context)
{
    (void)context;
    sio_emit(socket, "bounce", sio_event_args(event));
}

static void on_join(sio_socket *socket, sio_event *event, void *context)
{
    sio_args args = sio_event_args(event);
    (void)context;
    if (args.count == 1 && args.at[0].kind == SIO_TEXT && sio_join(socket, args.at[0].data.at) == 0)
        sio_ack(event, SIO_ARGS(sio_text("joined")));
}

static void on_toroom(sio_socket *socket, sio_event *event, void *context)
{
    sio_args args = sio_event_args(event);
    (void)context;
    if (args.count == 0 || args.at[0].kind != SIO_TEXT) return;
    sio_broadcast(sio_namespace_of(socket), (sio_to){ .rooms = SIO_ROOMS(args.at[0].data.at) }, "room",
                  (sio_args){ args.at + 1, args.count - 1 });
}

struct question {
    sio_namespace *ns;
    sio_ticket ticket;
};

static void on_answer(int error, sio_args args, void *context)
{
    struct question *question = context;
    sio_value values[9] = { sio_text(error ? "err" : "ok") };
    size_t count = args.count < 8 ? args.count : 8;
    for (size_t i = 0; i < count; i++) values[i + 1] = args.at[i];
    sio_ack_ticket(question->ns, &question->ticket, (sio_args){ values, count + 1 });
    free(question);
}

static void on_may(int error, sio_args args, void *context)
{
    struct question *question = context;
    bool passes = error == 0 && args.count && args.at[0].kind == SIO_BOOL && args.at[0].boolean;
    sio_filter_decide(question->ns, &question->ticket, passes);
    free(question);
}

/* The client is asked whether its event may go on. */
static bool on_filter(sio_socket *socket, sio_event *event, void *context)
{
    (void)context;
    if (strcmp(sio_event_name(event), "asked") != 0) return true;
    struct question *question = malloc(sizeof *question);
    if (question == NULL || sio_filter_later(event, &question->ticket) != 0) {
        free(question);
        return false;
    }
    question->ns = sio_namespace_of(socket);
    if (sio_emit_ack(socket, "may", SIO_NO_ARGS, 1000, on_may, question) != 0) free(question);
    return false;
}

static void on_askme(sio_socket *socket, sio_event *event, void *context)
{
    struct question *question = malloc(sizeof *question);
    (void)context;
    if (question == NULL || sio_ack_later(event, &question->ticket) != 0) {
        free(question);
        return;
    }
    question->ns = sio_namespace_of(socket);
    sio_args args = SIO_ARGS(sio_number(42), sio_bytes("\x09\x08\x07", 3));
    if (sio_emit_ack(socket, "question", args, 1000, on_answer, question) != 0) free(question);
}

static void on_kick(sio_socket *socket, sio_event *event, void *context)
{
    (void)event;
    (void)context;
    sio_disconnect(socket);
}

static void on_kickhard(sio_socket *socket, sio_event *event, void *context)
{
    (void)event;
    (void)context;
    sio_close(socket);
}

static void on_whoami(sio_socket *socket, sio_event *event, void *context)
{
    (void)context;
    sio_ack(event,
            SIO_ARGS(sio_text(sio_id(socket)), sio_text(sio_transport(socket)), sio_number(sio_protocol(socket))));
}

static bool is_dynamic(const char *name, void *context)
{
    (void)context;
    return strncmp(name, "/dyn-", 5) == 0 && name[5] != '\0' && name[5 + strspn(name + 5, "0123456789")] == '\0';
}

static int serve_in(sio_namespace *ns)
{
    static const struct {
        const char *name;
        sio_event_fn *fn;
    } events[] = {
        { "echo", on_echo },     { "bounce", on_bounce },     { "join", on_join },
        { "toroom", on_toroom }, { "asked", on_bounce },      { "askme", on_askme },
        { "kick", on_kick },     { "kickhard", on_kickhard }, { "whoami", on_whoami },
    };
    int error = ns ? 0 : SIO_ENOMEM;
    if (error == 0) error = sio_filter(ns, on_filter, NULL);
    if (error == 0) sio_on_connect(ns, on_connect, NULL);
    if (error == 0) sio_on_disconnect(ns, on_disconnect, NULL);
    for (size_t i = 0; error == 0 && i < sizeof events / sizeof *events; i++)
        error = sio_on_all(ns, events[i].name, events[i].fn, NULL);
    return error;
}

static int set_up(void)
{
    int error = serve_in(sio_of(server, "/"));
    if (error == 0) error = serve_in(sio_of(server, "/custom"));
    if (error == 0) error = serve_in(sio_of_match(server, is_dynamic, NULL));
    sio_namespace *denied = sio_of(server, "/denied");
    if (denied == NULL) return SIO_ENOMEM;
    sio_on_connect(denied, on_denied, NULL);
    return error;
}

/* The hash is of bcrypt's lowest cost, so that tests do not wait. */
static int enable_admin(void)
{
    bool is_open = strcmp(admin_mode, "open") == 0, is_read_only = strcmp(admin_mode, "read-only") == 0;
    return sio_admin_enable(
        server, &(sio_admin_options){
                    .username = is_open ? NULL : "admin",
                    .password_hash = is_open ? NULL : "$2b$04$abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW",
                    .has_no_password = is_open,
                    .is_read_only = is_read_only,
                    .mode = is_open || is_read_only ? "development" : admin_mode });
}

static void on_file(sio_request *request, void *context)
{
    (void)context;
    sio_reply_file(request, files);
}

static void on_signal(int number)
{
    (void)number;
    sio_server_stop(server);
}

static void on_hang_up(int number)
{
    (void)number;
    sio_server_reload_certificates(server);
}

static uint32_t number(const char *text)
{
    return text ? (uint32_t)strtoul(text, NULL, 10) : 0;
}

static sio_options read_options(int count, char **arguments)
{
    sio_options options = { .cors_origin = "*", .ping_interval_ms = 1000, .ping_timeout_ms = 800 };
    for (int i = 1; i < count; i++) {
        const char *name = arguments[i], *value = i + 1 < count ? arguments[i + 1] : NULL;
        if (strcmp(name, "--port") == 0) options.port = (uint16_t)number(value);
        if (strcmp(name, "--ping-interval") == 0) options.ping_interval_ms = number(value);
        if (strcmp(name, "--ping-timeout") == 0) options.ping_timeout_ms = number(value);
        if (strcmp(name, "--admin") == 0) admin_mode = value;
        if (strcmp(name, "--files") == 0) files = value;
        if (strcmp(name, "--cert") == 0) options.tls_cert = value;
        if (strcmp(name, "--key") == 0) options.tls_key = value;
        if (strcmp(name, "--no-eio3") == 0) options.refuse_eio3 = true;
        if (strcmp(name, "--msgpack") == 0) options.uses_msgpack = true;
        if (strcmp(name, "--deflate") == 0) options.per_message_deflate = &deflate;
        if (strcmp(name, "--recovery") == 0) options.recovery_ms = 120000;
        if (strcmp(name, "--workers") == 0) options.workers = number(value);
    }
    return options;
}

int main(int count, char **arguments)
{
    sio_options options = read_options(count, arguments);
    int error = sio_server_create(&server, &options);
    if (error == 0) {
        signal(SIGINT, on_signal);
        signal(SIGTERM, on_signal);
        signal(SIGHUP, on_hang_up);
        error = set_up();
    }
    if (error == 0 && admin_mode) error = enable_admin();
    if (error == 0 && files) error = sio_route(server, "GET", "/*", on_file, NULL);
    if (error == 0) {
        printf("listening on %u\n", sio_server_port(server));
        fflush(stdout);
        error = sio_server_run(server);
    }
    if (error != 0) fprintf(stderr, "client_checks: %s\n", sio_strerror(error));
    sio_server_destroy(server);
    return error != 0;
}
