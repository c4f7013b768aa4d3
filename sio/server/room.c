#include "room.h"

#include "adapter.h"
#include "limits.h"
#include "observer.h"
#include "room_names.h"

#include <stdlib.h>

struct room_member {
    struct room_member *next; /* of the socket's */
    struct room *room;
    struct sio_socket *socket;
    size_t position; /* in room->members */
};

struct room {
    struct room *next_dead;
    struct room_member **members;
    size_t count, capacity;
    struct str name; /* ends in a NUL */
    char text[];
};

static struct shard *room_shard(const struct sio_socket *socket)
{
    return namespace_shard(socket->ns, socket->session->worker);
}

struct room *room_find(const struct shard *shard, struct str name)
{
    uint64_t *place = map_find(&shard->rooms, name);
    return place ? (struct room *)(uintptr_t)*place : NULL;
}

struct sio_socket *room_next(const struct room *room, size_t *position)
{
    return *position < room->count ? room->members[(*position)++]->socket : NULL;
}

static struct room *room_create(const struct sio_socket *socket, struct str name)
{
    struct room *room = malloc(sizeof *room + name.size + 1);
    if (room == NULL) return NULL;
    *room = (struct room){ 0 };
    memcpy(room->text, name.at, name.size);
    room->text[name.size] = '\0';
    room->name = (struct str){ room->text, name.size };
    uint64_t *place = map_put(&room_shard(socket)->rooms, room->name, NULL);
    if (place == NULL || !room_names_enter(socket->ns, room->name)) {
        if (place) map_remove(&room_shard(socket)->rooms, room->name);
        free(room);
        return NULL;
    }
    *place = (uint64_t)(uintptr_t)room;
    return room;
}

static void room_drop_empty(const struct sio_socket *socket, struct room *room)
{
    if (room->count) return;
    map_remove(&room_shard(socket)->rooms, room->name);
    room_names_leave(socket->ns, room->name);
    room->next_dead = socket->session->worker->dead_rooms;
    socket->session->worker->dead_rooms = room;
    worker_clean_up_later(socket->session->worker);
}

void room_free_dead(struct worker *worker)
{
    while (worker->dead_rooms) {
        struct room *room = worker->dead_rooms;
        worker->dead_rooms = room->next_dead;
        free(room->members);
        free(room);
    }
}

static bool room_reserve(struct room *room)
{
    if (room->count < room->capacity) return true;
    size_t capacity = room->capacity ? room->capacity * 2 : 4;
    struct room_member **members = realloc(room->members, capacity * sizeof(struct room_member *));
    if (members == NULL) return false;
    room->members = members;
    room->capacity = capacity;
    return true;
}

static bool room_add(struct room *room, struct sio_socket *socket)
{
    struct room_member *member = room_reserve(room) ? malloc(sizeof *member) : NULL;
    if (member == NULL) return false;
    *member = (struct room_member){ socket->rooms, room, socket, room->count };
    socket->rooms = member;
    room->members[room->count++] = member;
    socket->room_count++;
    return true;
}

static void room_remove(struct room_member *member)
{
    struct room *room = member->room;
    struct room_member *last = room->members[--room->count];
    room->members[member->position] = last;
    last->position = member->position;
    member->socket->room_count--;
    room_drop_empty(member->socket, room);
    free(member);
}

static struct room_member **room_find_member(struct sio_socket *socket, struct str name)
{
    struct room_member **link = &socket->rooms;
    while (*link && !str_equal((*link)->room->name, name)) link = &(*link)->next;
    return link;
}

bool room_has(const struct sio_socket *socket, struct str name)
{
    const struct room_member *member = socket->rooms;
    while (member && !str_equal(member->room->name, name)) member = member->next;
    return member != NULL;
}

int room_join(struct sio_socket *socket, struct str name)
{
    if (name.size > LIMIT_ROOM_BYTES) return SIO_EINVAL;
    if (*room_find_member(socket, name)) return 0;
    if (socket->room_count >= LIMIT_SOCKET_ROOMS) return SIO_EFULL;
    struct room *room = room_find(room_shard(socket), name);
    if (room == NULL) room = room_create(socket, name);
    if (room == NULL) return SIO_ENOMEM;
    if (!room_add(room, socket)) {
        room_drop_empty(socket, room);
        return SIO_ENOMEM;
    }
    observer_joined(socket, room->name);
    return 0;
}

void room_leave(struct sio_socket *socket, struct str name)
{
    struct room_member **link = room_find_member(socket, name), *member = *link;
    if (member == NULL) return;
    observer_left(socket, member->room->name);
    *link = member->next;
    room_remove(member);
}

void room_leave_all(struct sio_socket *socket)
{
    while (socket->rooms) {
        struct room_member *member = socket->rooms;
        observer_left(socket, member->room->name);
        socket->rooms = member->next;
        room_remove(member);
    }
}

int sio_join(sio_socket *socket, const char *name)
{
    return socket->session ? socket->ns->adapter->join(socket, str_from(name)) : SIO_EGONE;
}

void sio_leave(sio_socket *socket, const char *name)
{
    if (socket->session) socket->ns->adapter->leave(socket, str_from(name));
}

size_t sio_rooms(const sio_socket *socket, const char **names, size_t room)
{
    size_t count = 0;
    if (socket->session == NULL) return 0;
    if (room) names[0] = socket->id;
    for (const struct room_member *member = socket->rooms; member; member = member->next)
        if (++count < room) names[count] = member->room->text;
    return count + 1;
}
