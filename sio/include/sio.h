/* sio.h - a Socket.IO server in C.
 *
 * Threads. A server belongs to the thread that runs it. From any thread come sio_server_post(),
 * sio_server_post_to(), sio_server_counters() and, even from a signal handler, sio_server_stop() and
 * sio_server_reload_certificates().
 * With options.workers above 1 that thread is the first worker; each other one is a thread that the first step
 * starts and the end of the server joins. A client belongs to the worker whose thread took its connection:
 *   - what is called for a client is called in its worker's thread, one thing after the other; for clients of
 *     different workers at the same time. So are the options' functions, those of routes, and on_log: what they
 *     share is yours to guard. When sio_server_destroy() still finds clients it does the rest itself.
 *   - namespaces, handlers, middlewares and routes are made before the first step, or, by a sio_namespace_fn, for
 *     the namespace that it is called for.
 *   - a function that is called may use what it is given, and every call with a server or a namespace: those that
 *     speak to many (sio_broadcast(), sio_fetch(), sio_join_all() ...) reach the clients of all workers, and what
 *     they have to tell is told in the caller's thread. sio_find() finds sockets of the own worker; one at another is
 *     reached by sio_find_anywhere(), or through the room that has its id for a name.
 *   - tickets may be answered in the thread of any worker.
 * Ownership. Pointers the library hands out are lent: a socket until its
 * on_disconnect returns, an event until its handler returns. What you pass in is
 * copied, except contexts, which are yours and outlive the server. To speak of a
 * socket later keep its id: looking up a dead one finds NULL.
 * Failure. A call that can fail returns 0 or a negative SIO_E code. Running out
 * of memory for one client closes that client and leaves the others alone. */
#ifndef SIO_H
#define SIO_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SIO_VERSION "0.1.0" /* of this header; semantic versioning: before 1.0 a minor version may change calls */
#ifdef __cplusplus
#include <initializer_list>
extern "C" {
#endif
#pragma GCC visibility push(default) /* the library hides everything else */
const char *sio_version(void);       /* of the library that the program found when it started */

#define SIO_ERRORS(X)                                                                                                  \
    X(SIO_ENOMEM, -1, "out of memory")                                                                                 \
    X(SIO_EINVAL, -2, "invalid argument")                                                                              \
    X(SIO_ESYS, -3, "a system call failed; errno says why")                                                            \
    X(SIO_ETLS, -4, "certificate or key cannot be used")                                                               \
    X(SIO_EGONE, -5, "the client is no longer connected")                                                              \
    X(SIO_EFULL, -6, "the client reads too slowly, or has all that one may have")                                      \
    X(SIO_EACK, -7, "no acknowledgement wanted, or already given")                                                     \
    X(SIO_ETIME, -8, "the acknowledgement did not come in time")
#define SIO_X(name, code, text) name = (code),
enum sio_error { SIO_ERRORS(SIO_X) SIO_OK = 0 };
#undef SIO_X
const char *sio_strerror(int error);

typedef struct sio_server sio_server;
typedef struct sio_namespace sio_namespace;
typedef struct sio_socket sio_socket;   /* one client in one namespace */
typedef struct sio_event sio_event;     /* one message received */
typedef struct sio_request sio_request; /* plain HTTP, see sio_http.h */

/* ---- Values: what an event carries, the same type in both directions -------- */
typedef enum { SIO_NULL, SIO_BOOL, SIO_NUMBER, SIO_TEXT, SIO_JSON, SIO_BYTES } sio_kind;
struct sio_slice {
    const void *at;
    size_t size;
};
typedef struct sio_value {
    sio_kind kind;
    uint32_t attachment_count; /* SIO_JSON only, see sio_json_with_bytes() */
    union {
        bool boolean;
        double number;
        struct sio_slice data; /* UTF-8, JSON (both NUL-ended), bytes */
    };
    const struct sio_value *attachments; /* attachment_count of them */
} sio_value;
typedef struct sio_args {
    const sio_value *at;
    size_t count;
} sio_args;
#ifdef __cplusplus /* where arrays have no literals; good until the end of the full expression */
struct sio_list {
    sio_args args;
    sio_list(std::initializer_list<sio_value> list)
    {
        args.at = list.begin();
        args.count = list.size();
    }
};
#define SIO_ARGS(...) (sio_list{ __VA_ARGS__ }.args)
#define SIO_NO_ARGS (sio_args{})
#define SIO_ROOMS(...) (std::initializer_list<const char *>{ __VA_ARGS__, nullptr }.begin())
#else
#define SIO_ARGS(...)                                                                                                  \
    ((sio_args){ (const sio_value[]){ __VA_ARGS__ }, sizeof((const sio_value[]){ __VA_ARGS__ }) / sizeof(sio_value) })
#define SIO_NO_ARGS ((sio_args){ 0 })
#define SIO_ROOMS(...) ((const char *const[]){ __VA_ARGS__, NULL })
#endif
sio_value sio_bool(bool value);
sio_value sio_number(double value);
sio_value sio_text(const char *text);
sio_value sio_json(const char *json, size_t size);
/* Bytes inside an object or array: where they belong the JSON has {"_placeholder":true,"num":0}, which stands for
 * bytes.at[0], a sio_bytes(). Every value counts from 0, one placeholder for each; the packet's own numbers are the
 * library's work. Events carry such values too, with the attachments of their packet, and can be sent on as they are.
 * `bytes` is borrowed as the JSON is. A client takes ten attachments a packet. */
sio_value sio_json_with_bytes(const char *json, size_t size, sio_args bytes);
sio_value sio_bytes(const void *bytes, size_t size);

/* ---- Options of the transport ------------------------------------------------ */
enum sio_transports { SIO_POLLING = 1, SIO_WEBSOCKET = 2 };

/* Pages of other origins (Fetch standard, "CORS protocol"). An origin that is not allowed gets no
 * Access-Control-Allow-Origin, which makes its browser refuse the answer. */
typedef struct sio_cors {
    const char *origin;                                    /* "*", or the only one */
    const char *const *origins;                            /* or several, NULL behind the last */
    bool (*is_allowed)(const char *origin, void *context); /* or a function, for patterns; the options' context */
    const char *methods;                                   /* "GET,HEAD,PUT,PATCH,POST,DELETE" */
    const char *allowed_headers;                           /* those that the preflight asks for; "X-A,X-B" */
    const char *exposed_headers;                           /* none */
    bool credentials;   /* cookies may be sent; not with origin "*", which browsers then refuse */
    uint32_t max_age_s; /* how long a preflight's answer is good; 0: not said */
} sio_cors;

/* A cookie that holds the session's id, for load balancers; on the first answer of a client that polls. RFC 6265. */
typedef struct sio_cookie {
    const char *name, *path, *domain; /* "io", "/", none */
    int64_t max_age_s, expires_at;    /* seconds, seconds since 1970; 0: not said, it ends with the browser's session */
    const char *same_site, *priority; /* "Lax", not said */
    bool is_secure, is_partitioned, is_readable; /* readable: without HttpOnly */
} sio_cookie;

/* Compression of WebSocket messages (RFC 7692). A client's share of memory is in the README: with context it is
 * 300 KB and more. */
typedef struct sio_deflate {
    uint32_t threshold_bytes;                              /* 1024; smaller messages are sent as they are */
    uint8_t level, memory_level;                           /* zlib's: 6 of 1 to 9, 8 of 1 to 9 */
    uint8_t server_window_bits, client_window_bits;        /* 15, at most; 8 to 15 */
    bool server_keeps_no_context, client_keeps_no_context; /* nothing of a message helps to compress the next */
} sio_deflate;

/* ---- Server ----------------------------------------------------------------- */
/* What on_log is told. SIO_ERROR: the server cannot do what it was asked to. SIO_WARNING: it has come to a limit, told
 * once until it is left again. SIO_NOTE: where it is in its life. SIO_DETAIL: what becomes of single clients, who can
 * cause as many of these as they like. */
enum sio_level { SIO_ERROR = 1, SIO_WARNING, SIO_NOTE, SIO_DETAIL };
typedef struct sio_certificate {
    const char *cert, *key;
} sio_certificate; /* PEM files */

enum { SIO_WORKERS_MAX = 64 }; /* a session's id names its worker by one of 64 characters */

typedef struct sio_options {         /* a member left zero takes the default noted */
    const char *host, *path;         /* "127.0.0.1", "/socket.io/" */
    uint16_t port;                   /* any free one: sio_server_port() tells */
    const char *tls_cert, *tls_key;  /* PEM files: a chain, its key; plain TCP */
    const sio_certificate *tls_more; /* further ones, for clients that ask for a name which one of them holds */
    size_t tls_more_count;
    uint32_t ping_interval_ms, ping_timeout_ms, connect_timeout_ms; /* 25000, 20000, 45000 */
    uint32_t stop_timeout_ms; /* 5000: that clients get to read the rest in, after sio_server_stop() */
    uint32_t clients_max;     /* 10000 */
    uint32_t workers;         /* 1; threads that share the port, to SIO_WORKERS_MAX: see Threads above */
    size_t payload_bytes_max; /* 1000000; a larger message closes the client */
    size_t backlog_bytes_max; /* 4 MiB unsent per client, then SIO_EFULL */
    size_t
        intake_bytes_max; /* 256 MiB and one message: what is not whole yet, of all clients; more closes its client */
    size_t socket_data_size; /* 0; zeroed bytes each socket carries for you */
    /* A client whose connection broke and that is back within this time is the same socket, with its id, rooms and
     * data, and gets what it missed; see sio_recovered(). The reference's maxDisconnectionDuration, there 120000. */
    uint32_t recovery_ms;      /* 0: never */
    size_t recovery_bytes_max; /* 16 MiB, for all that is kept for them: then the oldest go, and who needs them
                                  begins anew */
    bool recovery_asks_again;  /* false: who comes back is let in without middlewares */
    bool uses_msgpack;         /* false: text. True: for clients with socket.io-msgpack-parser, and for no others */
    bool keeps_handshake;      /* false: see sio_handshake() */
    bool refuse_eio3;          /* false: clients 1.x and 2.x (Engine.IO 3) are welcome */
    const char *cors_origin;   /* for `path`: no CORS headers; "*", or one origin: a short form of */
    sio_cors cors;
    unsigned transports;  /* both: SIO_POLLING, SIO_WEBSOCKET, joined by | */
    bool refuse_upgrades; /* false: who polls may go on to a WebSocket */
    bool is_path_bare;    /* false: "/socket.io" without the slash is not matched. True: `path` is taken as it
                             is, without a slash at its end */
    /* 60000: a request has to be whole within this, what a phone on a bad line needs, and an end for clients that send
     * a byte now and then to keep connections busy; so has the answer of allow_request. 65000: an idle connection is
     * kept this long, somewhat more than the 60 s after which proxies drop theirs, so that they come first. */
    uint32_t request_timeout_ms, idle_timeout_ms;
    uint32_t upgrade_timeout_ms;            /* 10000: from the opening of the WebSocket to the end of the upgrade */
    const sio_deflate *per_message_deflate; /* none */
    uint32_t http_compression_bytes; /* 1024: answers to polls and sio_reply() bodies from here on are compressed, for
                                   clients that accept it; UINT32_MAX: none are */
    const char *client_folder; /* none; the folder "dist" of the npm package socket.io-client: its bundles are served
                                  below `path`, as /socket.io/socket.io.js; read when the server is created */
    const sio_cookie *cookie;  /* none; &(sio_cookie){0}: io=ID; Path=/; HttpOnly; SameSite=Lax */
    sio_value initial_packet;  /* none; a SIO_TEXT or SIO_BYTES: a message right behind the open packet */
    /* Asked before a session begins: NULL lets it, a message refuses it with 403. The answer may come later, see
     * sio_request_later() in sio_http.h; what is returned is then not looked at. */
    const char *(*allow_request)(sio_request *request, void *context);
    /* Makes the id of a session: 20 of A-Z, a-z, 0-9, -, _ and a NUL, that nobody can guess. The id may come later, see
     * sio_request_later() in sio_http.h. Anything but 0, or an id
     * that is in use or has another form, is answered "Bad request". */
    int (*generate_id)(sio_request *request, char id[21], void *context);
    /* Before each answer of a session, an upgrade's 101 included; `is_first`: it begins with it. sio_reply_header()
     * adds to its head. */
    void (*on_headers)(sio_request *request, bool is_first, void *context);
    const struct sio_engine *engine; /* Socket.IO; sio_engine.h: Engine.IO alone, at "/engine.io/" */
    /* A request for a session was refused: the reference's connection_error. `code` is Engine.IO's: 0 transport
     * unknown, 1 session unknown, 2 bad method, 3 bad request, 4 forbidden, 5 unsupported protocol version. */
    void (*on_refused)(sio_request *request, int code, const char *message, void *context);
    void (*on_request)(sio_request *request, void *context);       /* 404; see also sio_route() */
    void (*on_log)(int level, const char *message, void *context); /* silence; level: enum sio_level */
    void *context;                                                 /* handed to these */
} sio_options;

int sio_server_create(sio_server **server, const sio_options *options); /* port is open */
uint16_t sio_server_port(const sio_server *server);
int sio_server_run(sio_server *server);                  /* until sio_server_stop(); the error of any worker */
int sio_server_step(sio_server *server, int timeout_ms); /* one turn of run; -1: until something happens */
int sio_server_fd(const sio_server *server);             /* readable when a step has work */
/* False once it was stopped and its clients are gone, or the time is over that they get. */
bool sio_server_is_running(const sio_server *server);
/* Every client is told, what it is still to get is sent, then sio_server_run() returns. Clients of Socket.IO try to
 * connect again, so a server that is started anew gets them back. */
void sio_server_stop(sio_server *server);
/* Reads the certificates' files anew in the next turn; clients that are connected keep theirs. When one cannot be used
 * the old ones stay and on_log tells why. From any thread and from a signal handler: that of SIGHUP, as a rule. */
void sio_server_reload_certificates(sio_server *server);
/* Calls fn in the thread of the first worker, which runs or steps the server. What was posted and has not run when the
 * server is destroyed is dropped. */
int sio_server_post(sio_server *server, void (*fn)(void *context), void *context);
/* The same in the thread of any worker, counted from 0. SIO_EINVAL: there is none of that number. */
int sio_server_post_to(sio_server *server, unsigned worker, void (*fn)(void *context), void *context);
/* The number of the worker whose thread this is; 0 in any thread that is none. */
unsigned sio_server_worker(const sio_server *server);
void sio_server_destroy(sio_server *server); /* NULL is fine */

/* ---- Namespaces, sockets, events -------------------------------------------- */
/* A connect_fn returns NULL to let the client in, or the reason it is told if not. */
typedef const char *sio_connect_fn(sio_socket *socket, sio_value auth, void *context);
/* A middleware decides before the connect function, by sio_admit() or sio_refuse(), now or later. */
typedef void sio_middleware_fn(sio_socket *socket, void *context);
typedef void sio_disconnect_fn(sio_socket *socket, const char *reason, void *context);
typedef void sio_event_fn(sio_socket *socket, sio_event *event, void *context);
typedef bool sio_filter_fn(sio_socket *socket, sio_event *event, void *context);
typedef void sio_sent_fn(sio_socket *socket, const char *event, sio_args args, void *context);
typedef void sio_namespace_fn(sio_namespace *ns, void *context);
typedef void sio_reply_fn(int error, sio_args args, void *context);
typedef void sio_found_fn(sio_socket *socket, void *context);

sio_namespace *sio_of(sio_server *server, const char *name); /* NULL: no memory; never for "/" */
/* Every namespace whose name fits: one is made when the first client asks for it, has the handlers and middlewares
 * given to what is returned here, and is gone with its last socket, unless sio_of() was asked for it meanwhile. NULL:
 * no memory. */
sio_namespace *sio_of_match(sio_server *server, bool (*fits)(const char *name, void *context), void *context);
const char *sio_name(const sio_namespace *ns);
/* Called when the pattern has made a namespace, which may be given more handlers; it is lent. */
void sio_on_namespace(sio_namespace *pattern, sio_namespace_fn *fn, void *context);
/* The handlers of a namespace. An event's name of NULL stands for all that have no handler of their own. */
void sio_on_connect(sio_namespace *ns, sio_connect_fn *fn, void *context);
void sio_on_disconnect(sio_namespace *ns, sio_disconnect_fn *fn, void *context);
int sio_on_all(sio_namespace *ns, const char *event, sio_event_fn *fn, void *context);
int sio_on(sio_socket *socket, const char *event, sio_event_fn *fn, void *context);
/* As sio_on(), for the next event of that name alone. */
int sio_once(sio_socket *socket, const char *event, sio_event_fn *fn, void *context);
/* Take away what was given with the same event, function and context; a function of NULL stands for all that the event
 * has, and in sio_off() an event of NULL for all events. In a handler, too: what is taken away there may still get
 * the event that is being handled. What a namespace has is taken away when the server does not run, or has one worker.
 */
void sio_off(sio_socket *socket, const char *event, sio_event_fn *fn, void *context);
void sio_off_all(sio_namespace *ns, const char *event, sio_event_fn *fn, void *context);

/* Middlewares of a namespace are asked one after the other, in the order of the calls, those of its pattern first.
 * Until the last has admitted the socket it is in no broadcast, and emitting to it is SIO_EINVAL; sio_find() finds it.
 */
int sio_use(sio_namespace *ns, sio_middleware_fn *fn, void *context);
/* The decision of the middleware that is asked. Keep the socket's id to decide later; options.connect_timeout_ms bounds
 * the time for a client's first namespace. SIO_EGONE: the client has left; SIO_EINVAL: nothing is to be decided. */
int sio_admit(sio_socket *socket);
int sio_refuse(sio_socket *socket, const char *reason);

/* Sees every event that comes, before its handlers; and every one that is sent, to each socket of a broadcast too. */
int sio_on_any(sio_namespace *ns, sio_event_fn *fn, void *context);
int sio_on_any_sent(sio_namespace *ns, sio_sent_fn *fn, void *context);
/* Take them away again, as sio_off_all(); a function of NULL: all. */
void sio_off_any(sio_namespace *ns, sio_event_fn *fn, void *context);
void sio_off_any_sent(sio_namespace *ns, sio_sent_fn *fn, void *context);
typedef struct sio_ticket {
    char socket_id[22];
    uint16_t worker;
    uint64_t packet;
} sio_ticket;
/* Asked about every event before its handlers: false drops it. A filter may answer in their place, with sio_ack(). */
int sio_filter(sio_namespace *ns, sio_filter_fn *fn, void *context);
/* In a filter: it decides later, by sio_filter_decide(), whatever it returns. Meanwhile the events that follow from the
 * same socket wait too, so that their order is kept; a client with more than 100 of them, or with more than two largest
 * messages, is closed. Acknowledgements do not wait. SIO_ENOMEM; SIO_EINVAL outside of a filter. */
int sio_filter_later(sio_event *event, sio_ticket *ticket);
/* Lets it go on to the next filter, or drops it. SIO_EGONE: the socket has ended, or it was decided; SIO_EINVAL: the
 * filter has not returned yet. */
int sio_filter_decide(sio_namespace *ns, const sio_ticket *ticket, bool passes);

/* In a connect_fn or middleware that refuses: what the client gets beside the reason; any kind but SIO_BYTES. */
int sio_refuse_with(sio_socket *socket, sio_value data);

const char *sio_id(const sio_socket *socket); /* also the room only it is in */
void *sio_data(sio_socket *socket);           /* its socket_data_size bytes */
/* True when its connection had broken: the id is the old one, it is in its old rooms, and sio_data() has what it had
 * when on_disconnect returned. Its connect function is called as for any other. Every event but volatile ones and those
 * with an acknowledgement then has one argument more, its offset. Not for clients up to 2.x. */
bool sio_recovered(const sio_socket *socket);
sio_namespace *sio_namespace_of(const sio_socket *socket);
const char *sio_transport(const sio_socket *socket); /* "polling" or "websocket" at the moment */
int sio_protocol(const sio_socket *socket);          /* Engine.IO 3 (clients 1.x, 2.x) or 4 (3.x, 4.x) */
size_t sio_unsent(const sio_socket *socket);         /* bytes that its client has not taken yet */
/* The number of its thread's turn. Events of one turn had come before the first of them was handed out: to a newer
 * question an older one may give way. */
uint64_t sio_turn(const sio_socket *socket);
/* Calls fn in its thread once the events of this turn are handed out. SIO_EGONE: it has ended. */
int sio_post(sio_socket *socket, void (*fn)(void *context), void *context);

/* The handshake: what the client said when it connected, for connect functions and middlewares. When they let it in it
 * is forgotten, and NULL or SIO_NULL from then on, for it takes more memory than all the rest of an idle client; with
 * options.keeps_handshake it is kept as long as the socket. */
const char *sio_url(const sio_socket *socket);                      /* of the request that opened the connection */
const char *sio_header(const sio_socket *socket, const char *name); /* of that request; NULL: not sent */
const char *sio_query(const sio_socket *socket, const char *name);  /* decoded: of the namespace (clients 2.x), else of
                                                                     * the connection; NULL: not sent */
sio_value sio_auth(const sio_socket *socket);                       /* SIO_JSON, an object; SIO_NULL: none */
/* All of it as an object: headers, time, address, xdomain, secure, issued, url, query, auth, as in the reference. Lent
 * until the next call. */
sio_value sio_handshake(const sio_socket *socket);
bool sio_is_secure(const sio_socket *socket); /* over TLS */
enum { SIO_ADDRESS_SIZE = 46 };
/* The other side's address in text, in `room`, which is returned; "" when there is none. Always there. */
const char *sio_address(const sio_socket *socket, char room[SIO_ADDRESS_SIZE]);

sio_socket *sio_find(sio_namespace *ns, const char *id); /* of this thread's worker; NULL: there is none */
/* The same at whatever worker it is. fn is called once, perhaps before this returns: with the socket in the thread of
 * its worker, or with NULL in this one's when nobody has it. One that is coming back meanwhile (options.recovery_ms)
 * may be missed. SIO_EINVAL: the namespace is a pattern. */
int sio_find_anywhere(sio_namespace *ns, const char *id, sio_found_fn *fn, void *context);
/* Ends the socket, or the whole connection of its client with all its sockets, when the handler has returned. */
void sio_disconnect(sio_socket *socket);
void sio_close(sio_socket *socket);
int sio_emit(sio_socket *socket, const char *event, sio_args args);
/* fn is called once, with 0 and the client's answer; or SIO_ETIME after timeout_ms (0: no limit), SIO_EGONE when the
 * socket ended before, and no args. When this call returns an error fn is not called; SIO_EFULL: a thousand questions
 * to this socket are open. */
int sio_emit_ack(sio_socket *socket, const char *event, sio_args args, uint32_t timeout_ms, sio_reply_fn *fn,
                 void *context);

const char *sio_event_name(const sio_event *event);
sio_args sio_event_args(const sio_event *event);
bool sio_wants_ack(const sio_event *event);
int sio_ack(sio_event *event, sio_args args);            /* at most once: */
int sio_ack_later(sio_event *event, sio_ticket *ticket); /* now, or with this */
/* 0 also when the socket is at another worker, which is then told of it. */
int sio_ack_ticket(sio_namespace *ns, const sio_ticket *ticket, sio_args args);

/* ---- Rooms ------------------------------------------------------------------ */
typedef struct sio_to {                       /* {0}: every socket of the namespace */
    const char *const *rooms, *const *except; /* in any of these, in none of those */
    bool is_volatile;                         /* skip clients that cannot take it now */
    bool is_uncompressed; /* worth no compression, or must not be (BREACH): sent as it is. A poll's answer that
                             brings more is compressed if any of it may be */
    bool is_local;        /* this process only, with all its workers, whatever the adapter */
} sio_to;
/* 0 also when it is in the room. SIO_EFULL: it is in 10,000; SIO_EINVAL: the name is longer than 4096 bytes. */
int sio_join(sio_socket *socket, const char *room);
void sio_leave(sio_socket *socket, const char *room);
/* Writes up to `room` names of the rooms that the socket is in, its own id first, and returns how many there are. They
 * are good until the socket leaves them. */
size_t sio_rooms(const sio_socket *socket, const char **names, size_t room);
/* Written and framed once. A client whose backlog is full is closed rather than left without the event. */
int sio_broadcast(sio_namespace *ns, sio_to to, const char *event, sio_args args);

/* Asks many. fn is called with the answer of each as it comes, and once more at the end, with is_end, no args and what
 * became of it: 0 when all have answered, else SIO_ETIME (timeout_ms is over; 0: no limit), SIO_EGONE (some ended
 * before), SIO_ENOMEM or SIO_EFULL (not everyone could be asked). The end may come before this call returns. When it
 * returns an error fn is not called. Not for a pattern. */
typedef struct sio_answers {
    size_t asked, answered;
    bool is_end;
    int error;
} sio_answers;
typedef void sio_answers_fn(const sio_answers *answers, sio_args args, void *context);
int sio_broadcast_ack(sio_namespace *ns, sio_to to, const char *event, sio_args args, uint32_t timeout_ms,
                      sio_answers_fn *fn, void *context);

/* Many sockets at once, wherever they are. Not for a pattern: SIO_EINVAL. */
typedef struct sio_member {
    const char *id;
    const char *const *rooms; /* NULL behind the last; the first is its id */
    const void *data;         /* as sio_data(), a copy when it is at another worker; NULL: in another process */
    sio_value handshake;      /* as sio_handshake(): SIO_NULL unless options.keeps_handshake */
    const char *transport;    /* as sio_transport(); NULL when it is in another process */
    char client[13];          /* the same for all sockets of a connection; "" when it is in another process */
    sio_socket *socket;       /* NULL when it is at another worker, or in another process */
} sio_member;
typedef void sio_fetch_fn(int error, const sio_member *members, size_t count, void *context);
/* fn is called once, perhaps before this returns; the members are lent to it. On an error here it is not called. */
int sio_fetch(sio_namespace *ns, sio_to to, sio_fetch_fn *fn, void *context);
int sio_join_all(sio_namespace *ns, sio_to to, const char *const *rooms); /* see SIO_ROOMS */
int sio_leave_all(sio_namespace *ns, sio_to to, const char *const *rooms);
/* As sio_disconnect(), or with closes_clients as sio_close(). */
int sio_disconnect_all(sio_namespace *ns, sio_to to, bool closes_clients);
#pragma GCC visibility pop
#ifdef __cplusplus
}
#endif
#endif
