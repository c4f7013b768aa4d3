#include "session_owner.h"

#include "server.h"

static bool session_owner_is_listed(const struct sio_server *server)
{
    return server->options.generate_id && server->options.workers > 1;
}

void session_owner_mark(const struct worker *worker, char id[RANDOM_ID_SIZE + 1])
{
    if (worker->server->options.workers > 1) random_id_set_number(id, worker->number);
}

bool session_owner_add(const struct session *session)
{
    struct sio_server *server = session->worker->server;
    bool is_new = false;
    if (!session_owner_is_listed(server)) return true;
    pthread_mutex_lock(&server->owners_lock);
    uint64_t *place = map_put(&server->owners, session_name(session), &is_new);
    if (is_new) *place = session->worker->number;
    pthread_mutex_unlock(&server->owners_lock);
    return is_new;
}

void session_owner_remove(const struct session *session)
{
    struct sio_server *server = session->worker->server;
    if (!session_owner_is_listed(server)) return;
    pthread_mutex_lock(&server->owners_lock);
    map_remove(&server->owners, session_name(session));
    pthread_mutex_unlock(&server->owners_lock);
}

static struct worker *session_owner_look_up(struct worker *here, struct str id)
{
    struct sio_server *server = here->server;
    pthread_mutex_lock(&server->owners_lock);
    uint64_t *place = map_find(&server->owners, id);
    uint64_t number = place ? *place : here->number;
    pthread_mutex_unlock(&server->owners_lock);
    return &server->workers[number];
}

struct worker *session_owner_find(struct worker *here, struct str id)
{
    struct sio_server *server = here->server;
    if (session_owner_is_listed(server)) return session_owner_look_up(here, id);
    int number = id.size == RANDOM_ID_SIZE ? random_id_number(id.at) : -1;
    return number >= 0 && (uint32_t)number < server->options.workers ? &server->workers[number] : here;
}
