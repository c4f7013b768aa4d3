#include "recovery.h"

#include "adapter.h"
#include "connect.h"
#include "errand.h"
#include "json_text.h"
#include "outbox.h"
#include "parser.h"
#include "room.h"

#include <stdio.h>
#include <stdlib.h>

enum {
    RECOVERY_SWEEP_MS = 60 * 1000, /* as often as the reference */
    RECOVERY_EPOCH_SIZE = 8,
};

struct recovery_event {
    struct recovery_event *next;
    uint64_t number, until; /* in the loop's milliseconds */
    size_t size;            /* of all of it */
    bool is_for_rooms;
    struct str rooms, except; /* names, each with its NUL */
    struct buf packets;       /* an outbox */
    char text[];
};

struct recovery_session {
    struct recovery_session *next, *previous; /* the oldest first */
    uint64_t until;
    size_t size;
    char id[RANDOM_ID_SIZE + 1], pid[RANDOM_ID_SIZE + 1];
    struct str rooms; /* names, each with its NUL */
    struct str data;
    char text[];
};

struct recovery {
    struct sio_namespace *ns;
    struct recovery_event *first, *last;
    struct recovery_session *oldest, *newest;
    struct map sessions;                 /* pid → struct recovery_session * */
    size_t gone;                         /* sessions taken out: each was a user of the namespace */
    uint64_t number;                     /* of the next event */
    char epoch[RECOVERY_EPOCH_SIZE + 1]; /* before each offset: those of another server are none of this one */
};

bool recovery_is_on(const struct sio_namespace *ns)
{
    return ns->server->options.recovery_ms != 0 && !ns->has_no_recovery;
}

/* ---- The store --------------------------------------------------------------------------------------------- */

static void recovery_lock(struct sio_namespace *ns)
{
    pthread_mutex_lock(&ns->server->exchange_lock);
}

/* The last of its users may take the namespace along, so the caller is one of them or done with it. */
void recovery_unlock(struct sio_namespace *ns)
{
    size_t gone = ns->recovery ? ns->recovery->gone : 0;
    if (gone) ns->recovery->gone = 0;
    pthread_mutex_unlock(&ns->server->exchange_lock);
    while (gone--) namespace_drop(ns);
}

static void recovery_drop_event(struct recovery *recovery)
{
    struct recovery_event *event = recovery->first;
    recovery->ns->server->recovery_bytes -= event->size;
    recovery->first = event->next;
    if (recovery->first == NULL) recovery->last = NULL;
    buf_free(&event->packets);
    free(event);
}

static void recovery_unlink(struct recovery *recovery, struct recovery_session *session)
{
    recovery->ns->server->recovery_bytes -= session->size;
    recovery->gone++;
    map_remove(&recovery->sessions, recovery_pid(session));
    if (session->next) session->next->previous = session->previous;
    if (session->previous) session->previous->next = session->next;
    if (recovery->oldest == session) recovery->oldest = session->next;
    if (recovery->newest == session) recovery->newest = session->previous;
}

static void recovery_drop_session(struct recovery *recovery)
{
    struct recovery_session *session = recovery->oldest;
    recovery_unlink(recovery, session);
    free(session);
}

static void recovery_sweep(struct recovery *recovery, uint64_t now)
{
    while (recovery->first && recovery->first->until <= now) recovery_drop_event(recovery);
    while (recovery->oldest && recovery->oldest->until <= now) recovery_drop_session(recovery);
}

static void recovery_set_timer(struct worker *worker)
{
    uint32_t delay = worker->server->options.recovery_ms;
    timer_set(&worker->loop.timers, &worker->sweep, worker->loop.now_ms,
              delay < RECOVERY_SWEEP_MS ? delay : RECOVERY_SWEEP_MS);
}

/* The one that is swept may be gone after it. */
static void recovery_on_timer(struct timer *timer)
{
    struct worker *worker = (struct worker *)((char *)timer - offsetof(struct worker, sweep));
    struct sio_server *server = worker->server;
    pthread_mutex_lock(&server->names_lock);
    for (struct sio_namespace *ns = server->namespaces, *next; ns; ns = next) {
        next = ns->next;
        recovery_lock(ns);
        if (ns->recovery) recovery_sweep(ns->recovery, worker->loop.now_ms);
        recovery_unlock(ns);
    }
    pthread_mutex_unlock(&server->names_lock);
    recovery_set_timer(worker);
}

void recovery_start_sweeping(struct worker *worker)
{
    timer_init(&worker->sweep, recovery_on_timer);
    if (worker->server->options.recovery_ms) recovery_set_timer(worker);
}

/* Makes room for `size` bytes. False when there is none though all that is this namespace's is gone. */
static bool recovery_reserve(struct recovery *recovery, size_t size)
{
    const struct sio_server *server = recovery->ns->server;
    size_t limit = server->options.recovery_bytes_max;
    if (size > limit) return false;
    while (server->recovery_bytes > limit - size) {
        if (recovery->first)
            recovery_drop_event(recovery);
        else if (recovery->oldest)
            recovery_drop_session(recovery);
        else
            return false;
    }
    return true;
}

static struct recovery *recovery_open(struct sio_namespace *ns, struct worker *worker)
{
    char id[RANDOM_ID_SIZE + 1];
    if (ns->recovery) return ns->recovery;
    struct recovery *recovery = calloc(1, sizeof *recovery);
    if (recovery == NULL || !random_id(&worker->random, id)) {
        free(recovery);
        return NULL;
    }
    memcpy(recovery->epoch, id, RECOVERY_EPOCH_SIZE);
    recovery->ns = ns;
    map_init(&recovery->sessions);
    ns->recovery = recovery;
    return recovery;
}

/* Nobody uses the namespace any more, but what it holds is counted with that of others. */
void recovery_free(struct sio_namespace *ns)
{
    struct recovery *recovery = ns->recovery;
    if (recovery == NULL) return;
    recovery_lock(ns);
    while (recovery->first) recovery_drop_event(recovery);
    while (recovery->oldest) recovery_drop_session(recovery);
    pthread_mutex_unlock(&ns->server->exchange_lock);
    map_free(&recovery->sessions);
    free(recovery);
    ns->recovery = NULL;
}

/* ---- Events ------------------------------------------------------------------------------------------------ */

static void recovery_mark_args(struct recovery_mark *mark, struct recovery *recovery, sio_value *values, sio_args args)
{
    if (args.count) memcpy(values, args.at, args.count * sizeof *values);
    mark->number = recovery->number++;
    snprintf(mark->offset, sizeof mark->offset, "%s-%llu", recovery->epoch, (unsigned long long)mark->number);
    values[args.count] = sio_text(mark->offset);
    mark->args = (sio_args){ values, args.count + 1 };
}

bool recovery_begin(struct recovery_mark *mark, struct sio_namespace *ns, struct worker *worker, sio_args args)
{
    sio_value *values = mark->room;
    mark->ns = ns;
    mark->worker = worker;
    mark->more = NULL;
    if (args.count >= EVENT_VALUES) values = mark->more = calloc(args.count + 1, sizeof *values);
    if (values == NULL) return false;
    errand_lock(worker); /* those with smaller numbers have been sent here */
    struct recovery *recovery = recovery_open(ns, worker);
    if (recovery) {
        recovery_mark_args(mark, recovery, values, args);
        return true;
    }
    recovery_unlock(ns);
    recovery_forget(mark);
    return false;
}

void recovery_forget(struct recovery_mark *mark)
{
    free(mark->more);
}

static size_t recovery_size_names(const char *const *names)
{
    size_t size = 0;
    for (; names && *names; names++) size += strlen(*names) + 1;
    return size;
}

static struct str recovery_copy_names(char *at, const char *const *names)
{
    char *start = at;
    for (; names && *names; names++) {
        size_t size = strlen(*names) + 1;
        memcpy(at, *names, size);
        at += size;
    }
    return (struct str){ start, (size_t)(at - start) };
}

static void recovery_copy_packets(struct buf *packets, const struct worker *worker, sio_args args)
{
    struct parser_message message = { 0 };
    while (parser_next(worker, args, &message)) outbox_add(packets, EIO_MESSAGE, message.is_binary, message.bytes);
}

static struct recovery_event *recovery_create_event(const struct recovery_mark *mark, const sio_to *to,
                                                    const struct worker *worker)
{
    size_t rooms = recovery_size_names(to->rooms), size = rooms + recovery_size_names(to->except);
    struct recovery_event *event = malloc(sizeof *event + size);
    if (event == NULL) return NULL;
    *event = (struct recovery_event){ .number = mark->number, .is_for_rooms = to->rooms != NULL };
    event->rooms = recovery_copy_names(event->text, to->rooms);
    event->except = recovery_copy_names(event->text + rooms, to->except);
    buf_init(&event->packets, worker->server->options.recovery_bytes_max);
    recovery_copy_packets(&event->packets, worker, mark->args);
    event->size = sizeof *event + size + event->packets.capacity;
    if (event->packets.error == BUF_OK) return event;
    buf_free(&event->packets);
    free(event);
    return NULL;
}

/* One that cannot be kept makes a gap: what came before it is of no use to anyone. */
void recovery_keep(const struct recovery_mark *mark, const sio_to *to)
{
    struct recovery *recovery = mark->ns->recovery;
    struct worker *worker = mark->worker;
    struct recovery_event *event = recovery_create_event(mark, to, worker);
    recovery_sweep(recovery, worker->loop.now_ms);
    if (event == NULL || !recovery_reserve(recovery, event->size)) {
        while (recovery->first) recovery_drop_event(recovery);
        if (event) buf_free(&event->packets);
        free(event);
        return;
    }
    event->until = worker->loop.now_ms + worker->server->options.recovery_ms;
    worker->server->recovery_bytes += event->size;
    if (recovery->last)
        recovery->last->next = event;
    else
        recovery->first = event;
    recovery->last = event;
}

/* ---- Sessions that are gone -------------------------------------------------------------------------------- */

/* What either side wanted is final, and after a broken packet nothing can be relied on. */
static bool recovery_is_accident(const char *reason)
{
    static const char *const final[] = { "client namespace disconnect", "server namespace disconnect", "parse error" };
    for (size_t i = 0; i < sizeof final / sizeof *final; i++)
        if (strcmp(reason, final[i]) == 0) return false;
    return true;
}

struct recovery_session *recovery_take(const struct sio_socket *socket, const char *reason)
{
    size_t count = sio_rooms(socket, NULL, 0), data = socket->ns->server->options.socket_data_size;
    if (!recovery_is_on(socket->ns) || !socket->is_connected || socket_pid(socket) == NULL) return NULL;
    if (!recovery_is_accident(reason)) return NULL;
    const char **names = calloc(count + 1, sizeof *names);
    if (names == NULL) return NULL;
    sio_rooms(socket, names, count);
    size_t size = sizeof(struct recovery_session) + recovery_size_names(names + 1) + data;
    struct recovery_session *session = malloc(size);
    if (session) {
        *session = (struct recovery_session){ .size = size };
        session->rooms = recovery_copy_names(session->text, names + 1);
        session->data = (struct str){ session->text + session->rooms.size, data };
        memcpy(session->id, socket->id, sizeof session->id);
        memcpy(session->pid, socket_pid(socket), sizeof session->pid);
    }
    free(names);
    return session;
}

/* False: there is no room for it. */
static bool recovery_store(struct recovery *recovery, struct recovery_session *session)
{
    bool has_room = recovery && recovery_reserve(recovery, session->size);
    uint64_t *place = has_room ? map_put(&recovery->sessions, recovery_pid(session), NULL) : NULL;
    if (place == NULL) return false;
    *place = (uint64_t)(uintptr_t)session;
    session->previous = recovery->newest;
    if (recovery->newest)
        recovery->newest->next = session;
    else
        recovery->oldest = session;
    recovery->newest = session;
    recovery->ns->server->recovery_bytes += session->size;
    return true;
}

void recovery_save(struct recovery_session *session, struct sio_namespace *ns, struct worker *worker,
                   const struct sio_socket *socket)
{
    memcpy(session->text + session->rooms.size, socket->data, session->data.size);
    session->until = worker->loop.now_ms + worker->server->options.recovery_ms;
    namespace_take(ns);
    recovery_lock(ns);
    bool is_kept = recovery_store(recovery_open(ns, worker), session);
    recovery_unlock(ns);
    if (is_kept) return;
    namespace_drop(ns);
    free(session);
}

struct str recovery_id(const struct recovery_session *session)
{
    return (struct str){ session->id, RANDOM_ID_SIZE };
}

struct str recovery_pid(const struct recovery_session *session)
{
    return (struct str){ session->pid, RANDOM_ID_SIZE };
}

/* ---- Coming back ------------------------------------------------------------------------------------------- */

/* The text of a member of a checked object; empty when it has none of that name, or another value there. */
static struct str recovery_member(struct str json, struct str name)
{
    struct json_text_value value = json_text_member(json, name);
    return value.kind == JSON_TEXT_STRING ? value.text : STR_EMPTY;
}

/* The number of an offset as recovery_begin writes it. */
static bool recovery_read_offset(const struct recovery *recovery, struct str offset, uint64_t *number)
{
    struct str epoch = str_cut(offset, 0, RECOVERY_EPOCH_SIZE + 1);
    if (epoch.size <= RECOVERY_EPOCH_SIZE || offset.size - epoch.size > 18 || offset.size == epoch.size) return false;
    if (memcmp(epoch.at, recovery->epoch, RECOVERY_EPOCH_SIZE) != 0 || epoch.at[RECOVERY_EPOCH_SIZE] != '-')
        return false;
    *number = 0;
    for (size_t i = epoch.size; i < offset.size; i++) {
        if (offset.at[i] < '0' || offset.at[i] > '9') return false;
        *number = *number * 10 + (uint64_t)(offset.at[i] - '0');
    }
    return true;
}

/* All behind the number are there, without a gap: the event itself may be gone. */
static bool recovery_reaches(const struct recovery *recovery, uint64_t number)
{
    uint64_t next = recovery->first ? recovery->first->number : recovery->number;
    return number < recovery->number && next <= number + 1;
}

static struct recovery_session *recovery_find(struct recovery *recovery, struct str auth, uint64_t *number)
{
    uint64_t *place = map_find(&recovery->sessions, recovery_member(auth, STR("pid")));
    struct str offset = recovery_member(auth, STR("offset"));
    if (place == NULL || !recovery_read_offset(recovery, offset, number) || !recovery_reaches(recovery, *number))
        return NULL;
    return (struct recovery_session *)(uintptr_t)*place;
}

struct recovery_session *recovery_restore(struct sio_namespace *ns, struct worker *worker, struct str auth,
                                          uint64_t *number)
{
    struct recovery_session *session = NULL;
    if (!recovery_is_on(ns)) return NULL;
    recovery_lock(ns);
    if (ns->recovery) {
        recovery_sweep(ns->recovery, worker->loop.now_ms);
        session = recovery_find(ns->recovery, auth, number);
        if (session) recovery_unlink(ns->recovery, session);
    }
    recovery_unlock(ns);
    return session;
}

bool recovery_fill(const struct recovery_session *session, struct sio_socket *socket)
{
    struct str rooms = session->rooms, name;
    memcpy(socket->data, session->data.at, session->data.size);
    while (rooms.size && str_split(&rooms, '\0', &name))
        if (socket->ns->adapter->join(socket, name) != 0) return false;
    return true;
}

static bool recovery_is_in_any(const struct sio_socket *socket, struct str names)
{
    struct str name;
    while (names.size && str_split(&names, '\0', &name))
        if (str_equal(name, socket_name(socket)) || room_has(socket, name)) return true;
    return false;
}

static bool recovery_send_event(struct sio_socket *socket, const struct recovery_event *event)
{
    struct eio_packet packet;
    size_t position = 0;
    if (event->is_for_rooms && !recovery_is_in_any(socket, event->rooms)) return true;
    if (recovery_is_in_any(socket, event->except)) return true;
    if (!session_has_room(socket->session, event->packets.size)) return false;
    while (outbox_next(&event->packets, &position, &packet)) {
        struct str bytes = { packet.data, packet.size };
        if (packet.is_binary)
            session_send_binary(socket->session, bytes);
        else
            session_send(socket->session, EIO_MESSAGE, bytes);
    }
    return true;
}

static bool recovery_send_events(struct sio_socket *socket, const struct recovery *recovery, uint64_t number)
{
    if (recovery == NULL || !recovery_reaches(recovery, number)) return false;
    for (const struct recovery_event *event = recovery->first; event; event = event->next)
        if (event->number > number && !recovery_send_event(socket, event)) return false;
    return true;
}

bool recovery_send_missed(struct sio_socket *socket, uint64_t number)
{
    struct sio_namespace *ns = socket->ns;
    errand_lock(socket->session->worker); /* what comes after it is sent here as to all others */
    bool is_good = recovery_send_events(socket, ns->recovery, number);
    socket->arrival->is_behind = false;
    recovery_unlock(ns);
    return is_good;
}
