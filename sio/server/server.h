/* server.h - what is behind the handle sio_server. */
#ifndef SERVER_SERVER_H
#define SERVER_SERVER_H

#include "arena.h"
#include "certificate.h"
#include "room_names.h"
#include "route.h"
#include "sio.h"
#include "worker.h"

#include <pthread.h>
#include <stdatomic.h>

struct admin;
struct observer;

/* What is not guarded by a lock, and no atomic, does not change while the server runs. Whoever holds the exchange_lock
 * takes no other one. */
struct sio_server {
    sio_options options;                         /* every member has its value, none is "default" */
    struct arena texts;                          /* own copies of what the options point to */
    pthread_mutex_t names_lock;                  /* recursive: guards the lists and the map of namespaces */
    struct sio_namespace *namespaces, *patterns; /* lists */
    struct map namespace_names;
    struct client_bundle *client_bundles; /* a list */
    struct route *routes;                 /* a list, the first registered first */
    struct worker *workers;               /* options.workers of them; the caller runs the first */
    pthread_mutex_t exchange_lock;        /* guards what is kept for recovery, and the workers' inboxes */
    pthread_mutex_t owners_lock;          /* guards `owners` */
    struct map owners;                    /* id → number of its worker, of sessions whose ids the program makes */
    struct room_names room_names;
    size_t recovery_bytes; /* of what all namespaces keep for clients that come back */
    struct intake intake;
    _Atomic uint32_t sessions;              /* of all workers */
    const struct observer *observer;        /* is told everything; NULL: nobody is */
    struct admin *admin;                    /* what the observer keeps; NULL: there is none */
    struct certificate_files *certificates; /* own copies of the names; NULL: plain TCP */
    size_t certificate_count;
    _Atomic uint32_t drained; /* workers */
    atomic_int error;         /* of a worker that had to give up */
    atomic_bool is_stopping, is_ending, wants_certificates;
};

#endif
