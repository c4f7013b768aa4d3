#include "sio_double.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct sio_server {
    int unused;
};
struct sio_namespace {
    int unused;
};

struct sio_double sio_double;
static struct sio_namespace the_namespace;

sio_value sio_text(const char *text)
{
    return (sio_value){ .kind = SIO_TEXT, .data = { text, strlen(text) } };
}

sio_value sio_json(const char *json, size_t size)
{
    return (sio_value){ .kind = SIO_JSON, .data = { json, size } };
}

sio_value sio_number(double value)
{
    return (sio_value){ .kind = SIO_NUMBER, .number = value };
}

sio_value sio_bool(bool value)
{
    return (sio_value){ .kind = SIO_BOOL, .boolean = value };
}

sio_value sio_bytes(const void *bytes, size_t size)
{
    return (sio_value){ .kind = SIO_BYTES, .data = { bytes, size } };
}

const char *sio_strerror(int error)
{
    return error == SIO_OK ? "no error" : "an error of the server";
}

static void sio_double_keep(char *to, size_t capacity, sio_args args)
{
    snprintf(to, capacity, "%.*s", (int)args.at[0].data.size, (const char *)args.at[0].data.at);
}

sio_args sio_event_args(const sio_event *event)
{
    return event->args;
}

int sio_ack(sio_event *event, sio_args args)
{
    if (!event->wants_ack) return SIO_EACK;
    sio_double.acks++;
    sio_double_keep(sio_double.acked, sizeof sio_double.acked, args);
    return SIO_OK;
}

int sio_emit(sio_socket *socket, const char *event, sio_args args)
{
    (void)socket;
    sio_double.emits++;
    snprintf(sio_double.emitted_name, sizeof sio_double.emitted_name, "%s", event);
    sio_double_keep(sio_double.emitted, sizeof sio_double.emitted, args);
    return SIO_OK;
}

bool sio_wants_ack(const sio_event *event)
{
    return event->wants_ack;
}

int sio_ack_later(sio_event *event, sio_ticket *ticket)
{
    (void)ticket;
    return event->wants_ack ? SIO_OK : SIO_EACK;
}

int sio_ack_ticket(sio_namespace *ns, const sio_ticket *ticket, sio_args args)
{
    (void)ns, (void)ticket;
    sio_double.tickets++;
    sio_double_keep(sio_double.ticketed, sizeof sio_double.ticketed, args);
    return SIO_OK;
}

const char *sio_id(const sio_socket *socket)
{
    (void)socket;
    return "the-socket";
}

sio_socket *sio_find(sio_namespace *ns, const char *id)
{
    (void)ns;
    static int place;
    return strcmp(id, "the-socket") == 0 ? (sio_socket *)(void *)&place : NULL;
}

uint64_t sio_turn(const sio_socket *socket)
{
    (void)socket;
    return sio_double.turn;
}

int sio_post(sio_socket *socket, void (*fn)(void *context), void *context)
{
    (void)socket;
    if (sio_double.refuses_posts || sio_double.later_count == 8) return SIO_ENOMEM;
    sio_double.later[sio_double.later_count].fn = fn;
    sio_double.later[sio_double.later_count++].context = context;
    return SIO_OK;
}

void sio_double_end_turn(void)
{
    for (size_t i = 0; i < sio_double.later_count; i++) sio_double.later[i].fn(sio_double.later[i].context);
    sio_double.later_count = 0;
    sio_double.turn++;
}

int sio_broadcast(sio_namespace *ns, sio_to to, const char *event, sio_args args)
{
    (void)ns, (void)to;
    sio_double.broadcasts++;
    snprintf(sio_double.broadcast_name, sizeof sio_double.broadcast_name, "%s", event);
    sio_double_keep(sio_double.broadcast, sizeof sio_double.broadcast, args);
    return SIO_OK;
}

sio_namespace *sio_of(sio_server *server, const char *name)
{
    (void)server, (void)name;
    return &the_namespace;
}

int sio_on_all(sio_namespace *ns, const char *event, sio_event_fn *fn, void *context)
{
    (void)ns;
    if (sio_double.event_count == 16) return SIO_ENOMEM;
    size_t at = sio_double.event_count++;
    sio_double.events[at].name = event;
    sio_double.events[at].fn = fn;
    sio_double.events[at].context = context;
    return SIO_OK;
}

void sio_double_deliver(const char *name, sio_args args, bool wants_ack)
{
    struct sio_event event = { .args = args, .wants_ack = wants_ack };
    for (size_t i = 0; i < sio_double.event_count; i++)
        if (strcmp(sio_double.events[i].name, name) == 0)
            sio_double.events[i].fn(NULL, &event, sio_double.events[i].context);
}

int sio_route(sio_server *server, const char *method, const char *pattern, sio_request_fn *fn, void *context)
{
    (void)server;
    if (sio_double.route_count == 8) return SIO_ENOMEM;
    size_t at = sio_double.route_count++;
    sio_double.routes[at].method = method;
    sio_double.routes[at].pattern = pattern;
    sio_double.routes[at].fn = fn;
    sio_double.routes[at].context = context;
    return SIO_OK;
}

static bool sio_double_fits(const char *pattern, const char *path)
{
    size_t size = strlen(pattern);
    return pattern[size - 1] == '*' ? strncmp(pattern, path, size - 1) == 0 : strcmp(pattern, path) == 0;
}

bool sio_double_get(struct sio_request *request, const char *path)
{
    size_t end = request->query ? strlen(path) : strcspn(path, "?");
    *request = (struct sio_request){ .method = "GET",
                                     .host = "host.example",
                                     .query = path[end] ? path + end + 1 : request->query,
                                     .accept = request->accept,
                                     .proto = request->proto };
    snprintf(request->path, sizeof request->path, "%.*s", (int)end, path);
    for (size_t i = 0; i < sio_double.route_count; i++) {
        if (!sio_double_fits(sio_double.routes[i].pattern, request->path)) continue;
        sio_double.routes[i].fn(request, sio_double.routes[i].context);
        return true;
    }
    return false;
}

const char *sio_request_path(const sio_request *request)
{
    return request->path;
}

const char *sio_request_query(const sio_request *request)
{
    return request->query ? request->query : "";
}

const char *sio_request_header(const sio_request *request, const char *name)
{
    if (strcmp(name, "Accept") == 0) return request->accept;
    if (strcmp(name, "Host") == 0) return request->host;
    return strcmp(name, "X-Forwarded-Proto") == 0 ? request->proto : NULL;
}

int sio_reply_header(sio_request *request, const char *name, const char *value)
{
    size_t used = strlen(request->headers);
    snprintf(request->headers + used, sizeof request->headers - used, "%s: %s\n", name, value);
    return SIO_OK;
}

int sio_reply(sio_request *request, int status, const char *type, const void *body, size_t size)
{
    request->status = status;
    request->size = size;
    snprintf(request->type, sizeof request->type, "%s", type);
    snprintf(request->body, sizeof request->body, "%.*s", (int)size, (const char *)body);
    return SIO_OK;
}

int sio_reply_asset(sio_request *request, const sio_asset *asset)
{
    request->status = 200;
    request->asset = asset;
    return SIO_OK;
}

int sio_server_post_to(sio_server *server, unsigned worker, void (*fn)(void *context), void *context)
{
    (void)server;
    struct sio_double_post post = { fn, context, worker };
    if (sio_double.refuses_server_posts) return SIO_ENOMEM;
    return write(sio_double.posts[1], &post, sizeof post) == sizeof post ? SIO_OK : SIO_ESYS;
}

struct sio_double_post sio_double_next_post(void)
{
    struct sio_double_post post = { NULL, NULL, UINT32_MAX };
    return read(sio_double.posts[0], &post, sizeof post) == sizeof post ? post
                                                                        : (struct sio_double_post){ NULL, NULL, 0 };
}

void sio_double_run(struct sio_double_post post)
{
    sio_double.worker = post.worker;
    post.fn(post.context);
}

unsigned sio_server_worker(const sio_server *server)
{
    (void)server;
    return sio_double.worker;
}

void sio_server_stop(sio_server *server)
{
    sio_server_post_to(server, 0, NULL, NULL);
}
