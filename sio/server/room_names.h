/* room_names.h - the rooms that there are in a server, each counted once.
 *
 * With several workers a room is in the shard of each of them that has a member of it. The first to make it enters its
 * name here, and the last to drop it takes it out: so the number is right at any moment, and nobody has to ask the
 * other threads. Parts by hash, each with a lock of its own, keep the workers from waiting for each other. With one
 * worker there is nothing but the number. */
#ifndef SERVER_ROOM_NAMES_H
#define SERVER_ROOM_NAMES_H

#include "counter.h"
#include "map.h"

#include <pthread.h>

struct sio_namespace;

enum { ROOM_NAMES_PARTS = 16 };

struct room_names_part {
    pthread_mutex_t lock;
    struct map names;     /* namespace and name → struct room_name * */
    struct counter count; /* of them; written under the lock */
};

struct room_names {
    struct room_names_part parts[ROOM_NAMES_PARTS];
};

void room_names_init(struct room_names *names);
void room_names_free(struct room_names *names); /* no room is left */
/* The worker whose thread this is has this room now; has it no more. False: no memory. `name` has at most
 * LIMIT_ROOM_BYTES. */
bool room_names_enter(const struct sio_namespace *ns, struct str name);
void room_names_leave(const struct sio_namespace *ns, struct str name);
/* How many there are. From any thread. */
uint64_t room_names_count(const struct room_names *names);

#endif
