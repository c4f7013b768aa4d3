#include "namespace.h"

#include "adapter.h"
#include "event.h"
#include "recovery.h"
#include "socket.h"

#include <stdlib.h>

static struct sio_namespace *namespace_create(struct sio_server *server, struct str name)
{
    uint32_t workers = server->options.workers;
    struct sio_namespace *ns = malloc(sizeof *ns + name.size + 1);
    struct shard *shards = calloc(workers, sizeof *shards);
    if (ns == NULL || shards == NULL) {
        free(ns);
        free(shards);
        return NULL;
    }
    *ns = (struct sio_namespace){ .server = server, .shards = shards };
    ns->adapter = workers > 1 ? &adapter_workers : &adapter_memory;
    memcpy(ns->text, name.at, name.size);
    ns->text[name.size] = '\0';
    ns->name = (struct str){ ns->text, name.size };
    map_init(&ns->events);
    for (uint32_t i = 0; i < workers; i++) {
        roster_init(&shards[i].sockets, socket_name);
        map_init(&shards[i].rooms);
    }
    return ns;
}

static void namespace_free(struct sio_namespace *ns)
{
    for (size_t i = 0; i < ns->events.capacity; i++)
        if (ns->events.slots[i].key.at)
            event_free_handlers((struct event_handler *)(uintptr_t)ns->events.slots[i].value);
    event_free_handlers(ns->any);
    hook_free_all(ns);
    recovery_free(ns);
    map_free(&ns->events);
    for (uint32_t i = 0; i < ns->server->options.workers; i++) {
        roster_free(&ns->shards[i].sockets);
        map_free(&ns->shards[i].rooms);
    }
    free(ns->shards);
    free(ns);
}

static struct sio_namespace *namespace_register(struct sio_server *server, struct str name)
{
    struct sio_namespace *ns = namespace_create(server, name);
    uint64_t *place = ns ? map_put(&server->namespace_names, ns->name, NULL) : NULL;
    if (place == NULL) {
        if (ns) namespace_free(ns);
        return NULL;
    }
    *place = (uint64_t)(uintptr_t)ns;
    ns->next = server->namespaces;
    server->namespaces = ns;
    return ns;
}

static struct sio_namespace *namespace_lookup(struct sio_server *server, struct str name)
{
    uint64_t *place = map_find(&server->namespace_names, name);
    return place ? (struct sio_namespace *)(uintptr_t)*place : NULL;
}

/* A name from outside may hold a NUL, which no name of a program has. The lock is held meanwhile: no other worker may
 * see the new one before the program has given it its handlers. */
static struct sio_namespace *namespace_make(struct sio_server *server, struct str name)
{
    char text[LIMIT_PACKET_NAMESPACE_BYTES + 1];
    if (name.size >= sizeof text || memchr(name.at, '\0', name.size)) return NULL;
    memcpy(text, name.at, name.size);
    text[name.size] = '\0';
    for (struct sio_namespace *pattern = server->patterns; pattern; pattern = pattern->next) {
        if (!pattern->fits(text, pattern->fits_context)) continue;
        struct sio_namespace *ns = namespace_register(server, name);
        if (ns == NULL) return NULL;
        ns->pattern = pattern;
        if (pattern->on_namespace) pattern->on_namespace(ns, pattern->namespace_context);
        return ns;
    }
    return NULL;
}

struct sio_namespace *namespace_find(struct sio_server *server, struct str name)
{
    pthread_mutex_lock(&server->names_lock);
    struct sio_namespace *ns = namespace_lookup(server, name);
    if (ns == NULL) ns = namespace_make(server, name);
    if (ns) namespace_take(ns);
    pthread_mutex_unlock(&server->names_lock);
    return ns;
}

struct sio_namespace *namespace_find_made(struct sio_server *server, struct str name)
{
    pthread_mutex_lock(&server->names_lock);
    struct sio_namespace *ns = namespace_lookup(server, name);
    if (ns) namespace_take(ns);
    pthread_mutex_unlock(&server->names_lock);
    return ns;
}

void namespace_take(struct sio_namespace *ns)
{
    if (ns->pattern) atomic_fetch_add_explicit(&ns->users, 1, memory_order_relaxed);
}

static void namespace_unlink(struct sio_namespace *ns)
{
    struct sio_namespace **link = &ns->server->namespaces;
    while (*link != ns) link = &(*link)->next;
    *link = ns->next;
    map_remove(&ns->server->namespace_names, ns->name);
}

void namespace_drop(struct sio_namespace *ns)
{
    struct sio_server *server = ns->server;
    if (ns->pattern == NULL) return;
    pthread_mutex_lock(&server->names_lock);
    bool is_unused = atomic_fetch_sub(&ns->users, 1) == 1 && !ns->is_kept;
    if (is_unused) namespace_unlink(ns);
    pthread_mutex_unlock(&server->names_lock);
    if (is_unused) namespace_free(ns);
}

struct shard *namespace_here(const struct sio_namespace *ns)
{
    return namespace_shard(ns, worker_here(ns->server));
}

/* They are listed first: what is done with one may make and free others. */
static int namespace_visit(struct sio_server *server, const struct sio_namespace *pattern,
                           int (*visit)(struct sio_namespace *ns, void *context), void *context)
{
    size_t count = 0;
    int error = 0, failed;
    pthread_mutex_lock(&server->names_lock);
    struct sio_namespace **children = calloc(server->namespace_names.count + 1, sizeof(struct sio_namespace *));
    for (struct sio_namespace *ns = server->namespaces; children && ns; ns = ns->next) {
        if (pattern && ns->pattern != pattern) continue;
        namespace_take(ns);
        children[count++] = ns;
    }
    pthread_mutex_unlock(&server->names_lock);
    if (children == NULL) return SIO_ENOMEM;
    for (size_t i = 0; i < count; i++) {
        if ((failed = visit(children[i], context)) != 0) error = failed;
        namespace_drop(children[i]);
    }
    free(children);
    return error;
}

int namespace_visit_children(struct sio_namespace *pattern, int (*visit)(struct sio_namespace *ns, void *context),
                             void *context)
{
    return namespace_visit(pattern->server, pattern, visit, context);
}

int namespace_visit_all(struct sio_server *server, int (*visit)(struct sio_namespace *ns, void *context), void *context)
{
    return namespace_visit(server, NULL, visit, context);
}

static void namespace_free_list(struct sio_namespace *ns)
{
    while (ns) {
        struct sio_namespace *next = ns->next;
        namespace_free(ns);
        ns = next;
    }
}

void namespace_free_all(struct sio_server *server)
{
    namespace_free_list(server->namespaces);
    namespace_free_list(server->patterns);
    map_free(&server->namespace_names);
    server->namespaces = server->patterns = NULL;
}

sio_namespace *sio_of(sio_server *server, const char *name)
{
    struct str text = str_from(name);
    if (text.size == 0 || text.at[0] != '/' || text.size > LIMIT_PACKET_NAMESPACE_BYTES) return NULL;
    pthread_mutex_lock(&server->names_lock);
    struct sio_namespace *ns = namespace_lookup(server, text);
    if (ns)
        ns->is_kept = true;
    else
        ns = namespace_register(server, text);
    pthread_mutex_unlock(&server->names_lock);
    return ns;
}

sio_namespace *sio_of_match(sio_server *server, bool (*fits)(const char *name, void *context), void *context)
{
    struct sio_namespace *ns = namespace_create(server, STR_EMPTY);
    if (ns == NULL) return NULL;
    ns->fits = fits;
    ns->fits_context = context;
    struct sio_namespace **end = &server->patterns; /* the first registered is asked first */
    while (*end) end = &(*end)->next;
    *end = ns;
    return ns;
}

const char *sio_name(const sio_namespace *ns)
{
    return ns->text;
}

void sio_on_connect(sio_namespace *ns, sio_connect_fn *fn, void *context)
{
    ns->on_connect = fn;
    ns->connect_context = context;
}

void sio_on_disconnect(sio_namespace *ns, sio_disconnect_fn *fn, void *context)
{
    ns->on_disconnect = fn;
    ns->disconnect_context = context;
}

void sio_on_namespace(sio_namespace *pattern, sio_namespace_fn *fn, void *context)
{
    pattern->on_namespace = fn;
    pattern->namespace_context = context;
}
