#include "room_names.h"

#include "limits.h"
#include "namespace.h"

#include <stdlib.h>

struct room_name {
    uint32_t workers; /* that have the room */
    size_t size;
    char key[];
};

/* Rooms of two namespaces may have one name. */
struct room_names_key {
    const struct sio_namespace *ns;
    char name[LIMIT_ROOM_BYTES];
};

void room_names_init(struct room_names *names)
{
    for (size_t i = 0; i < ROOM_NAMES_PARTS; i++) {
        names->parts[i] = (struct room_names_part){ .count = { 0 } };
        pthread_mutex_init(&names->parts[i].lock, NULL);
        map_init(&names->parts[i].names);
    }
}

void room_names_free(struct room_names *names)
{
    for (size_t i = 0; i < ROOM_NAMES_PARTS; i++) {
        map_free(&names->parts[i].names);
        pthread_mutex_destroy(&names->parts[i].lock);
    }
}

uint64_t room_names_count(const struct room_names *names)
{
    uint64_t count = 0;
    for (size_t i = 0; i < ROOM_NAMES_PARTS; i++) count += counter_read(&names->parts[i].count);
    return count;
}

static bool room_names_is_alone(const struct sio_namespace *ns)
{
    return ns->server->options.workers == 1;
}

static struct str room_names_key(struct room_names_key *key, const struct sio_namespace *ns, struct str name)
{
    key->ns = ns;
    memcpy(key->name, name.at, name.size);
    return (struct str){ (const char *)key, offsetof(struct room_names_key, name) + name.size };
}

static struct room_names_part *room_names_part(const struct sio_namespace *ns, struct str key)
{
    return &ns->server->room_names.parts[map_hash(key) >> 32 & (ROOM_NAMES_PARTS - 1)];
}

static struct room_name *room_names_find(const struct room_names_part *part, struct str key)
{
    uint64_t *place = map_find(&part->names, key);
    return place ? (struct room_name *)(uintptr_t)*place : NULL;
}

static bool room_names_add(struct room_names_part *part, struct str key)
{
    struct room_name *entry = malloc(sizeof *entry + key.size);
    if (entry == NULL) return false;
    *entry = (struct room_name){ .workers = 1, .size = key.size };
    memcpy(entry->key, key.at, key.size);
    uint64_t *place = map_put(&part->names, (struct str){ entry->key, key.size }, NULL);
    if (place == NULL) {
        free(entry);
        return false;
    }
    *place = (uint64_t)(uintptr_t)entry;
    counter_add(&part->count, 1);
    return true;
}

bool room_names_enter(const struct sio_namespace *ns, struct str name)
{
    struct room_names_key room;
    if (room_names_is_alone(ns)) {
        counter_add(&ns->server->room_names.parts[0].count, 1);
        return true;
    }
    struct str key = room_names_key(&room, ns, name);
    struct room_names_part *part = room_names_part(ns, key);
    pthread_mutex_lock(&part->lock);
    struct room_name *entry = room_names_find(part, key);
    bool is_good = entry || room_names_add(part, key);
    if (entry) entry->workers++;
    pthread_mutex_unlock(&part->lock);
    return is_good;
}

void room_names_leave(const struct sio_namespace *ns, struct str name)
{
    struct room_names_key room;
    if (room_names_is_alone(ns)) {
        counter_subtract(&ns->server->room_names.parts[0].count, 1);
        return;
    }
    struct str key = room_names_key(&room, ns, name);
    struct room_names_part *part = room_names_part(ns, key);
    pthread_mutex_lock(&part->lock);
    struct room_name *entry = room_names_find(part, key);
    if (--entry->workers == 0) {
        map_remove(&part->names, key);
        counter_subtract(&part->count, 1);
        free(entry);
    }
    pthread_mutex_unlock(&part->lock);
}
