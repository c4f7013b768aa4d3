#include "latest.h"

#include "argument.h"
#include "buf.h"
#include "replies.h"

#include <stdlib.h>

/* Clients that ask in one turn; of more the questions are answered as they come. */
enum { LATEST_MAX = 512, LATEST_ARGUMENT_BYTES = 64 * 1024, LATEST_ID_BYTES = 64 };

struct latest_entry {
    const struct event *event;
    char id[LATEST_ID_BYTES]; /* of the socket */
    bool is_waiting, wants_ack;
    sio_ticket ticket;
    struct buf argument; /* JSON */
};

struct latest {
    sio_namespace *ns;
    latest_answer *answer;
    void *context;
    uint64_t turn;
    bool is_posted;
    size_t count; /* questions of this turn, each of another socket or event */
    struct latest_entry entries[LATEST_MAX];
};

struct latest *latest_create(sio_namespace *ns, latest_answer *answer, void *context)
{
    struct latest *latest = calloc(1, sizeof *latest);
    if (latest == NULL) return NULL;
    latest->ns = ns;
    latest->answer = answer;
    latest->context = context;
    for (size_t i = 0; i < LATEST_MAX; i++) buf_init(&latest->entries[i].argument, LATEST_ARGUMENT_BYTES);
    return latest;
}

void latest_destroy(struct latest *latest)
{
    if (latest == NULL) return;
    for (size_t i = 0; i < LATEST_MAX; i++) buf_free(&latest->entries[i].argument);
    free(latest);
}

static sio_args latest_args(const struct latest_entry *entry, sio_value *value)
{
    *value = sio_json(entry->argument.at, entry->argument.size);
    return (sio_args){ value, 1 };
}

/* To a socket that has gone there is nothing to say. */
static void latest_send(const struct latest *latest, const struct latest_entry *entry, struct str reply)
{
    sio_value value = sio_json(reply.at, reply.size);
    sio_socket *socket = entry->wants_ack ? NULL : sio_find(latest->ns, entry->id);
    if (entry->wants_ack)
        sio_ack_ticket(latest->ns, &entry->ticket, SIO_ARGS(value));
    else if (socket)
        sio_emit(socket, entry->event->name, SIO_ARGS(value));
}

/* The end of the turn: what still waits is answered. */
static void latest_on_turn_end(void *context)
{
    struct latest *latest = context;
    latest->is_posted = false;
    for (size_t i = 0; i < latest->count; i++) {
        struct latest_entry *entry = &latest->entries[i];
        sio_value value;
        struct str reply;
        if (!entry->is_waiting) continue;
        entry->is_waiting = false;
        latest->answer(latest->context, entry->event, latest_args(entry, &value), &reply);
        latest_send(latest, entry, reply);
    }
    latest->count = 0;
}

static void latest_give_way(const struct latest *latest, struct latest_entry *entry, struct arena *arena)
{
    struct argument argument;
    struct action_fault fault;
    sio_value value;
    argument_read(&argument, latest_args(entry, &value), arena, &fault);
    struct str reply = reply_superseded(arena, argument.sequence);
    entry->is_waiting = false;
    if (reply.at == NULL) reply = STR("{\"superseded\":true}");
    latest_send(latest, entry, reply);
}

static struct latest_entry *latest_find(struct latest *latest, const char *id, const struct event *event)
{
    for (size_t i = 0; i < latest->count; i++)
        if (latest->entries[i].event == event && strcmp(latest->entries[i].id, id) == 0) return &latest->entries[i];
    return NULL;
}

static void latest_add(struct latest *latest, const char *id, const struct event *event)
{
    if (latest->count == LATEST_MAX || strlen(id) >= LATEST_ID_BYTES) return;
    struct latest_entry *entry = &latest->entries[latest->count++];
    entry->event = event;
    entry->is_waiting = false;
    memcpy(entry->id, id, strlen(id) + 1);
}

static bool latest_has_sequence(sio_args args, struct arena *arena)
{
    struct argument argument;
    struct action_fault fault;
    return args.count > 0 && args.at[0].kind == SIO_JSON && args.at[0].data.size <= LATEST_ARGUMENT_BYTES &&
           argument_read(&argument, args, arena, &fault) && argument.sequence != NULL;
}

static bool latest_keep(struct latest_entry *entry, sio_event *question)
{
    const sio_value *value = &sio_event_args(question).at[0];
    buf_clear(&entry->argument);
    buf_append(&entry->argument, value->data.at, value->data.size);
    if (entry->argument.error) {
        buf_free(&entry->argument);
        buf_init(&entry->argument, LATEST_ARGUMENT_BYTES);
        return false;
    }
    entry->wants_ack = sio_wants_ack(question);
    return !entry->wants_ack || sio_ack_later(question, &entry->ticket) == SIO_OK;
}

bool latest_put_off(struct latest *latest, sio_socket *socket, const struct event *event, sio_event *question,
                    struct arena *arena)
{
    uint64_t turn = sio_turn(socket);
    if (turn != latest->turn && !latest->is_posted) latest->count = 0;
    latest->turn = turn;
    struct latest_entry *entry = latest_find(latest, sio_id(socket), event);
    if (entry == NULL) {
        latest_add(latest, sio_id(socket), event);
        return false;
    }
    if (!latest_has_sequence(sio_event_args(question), arena)) return false;
    if (!latest->is_posted && sio_post(socket, latest_on_turn_end, latest) != SIO_OK) return false;
    latest->is_posted = true;
    if (entry->is_waiting) latest_give_way(latest, entry, arena);
    entry->is_waiting = latest_keep(entry, question);
    return entry->is_waiting;
}
