/* server.h - what is behind the handle sio_server. */
#ifndef SERVER_SERVER_H
#define SERVER_SERVER_H

#include "arena.h"
#include "certificate.h"
#include "route.h"
#include "sio.h"
#include "worker.h"

#include <stdatomic.h>

struct sio_server {
    sio_options options;                         /* every member has its value, none is "default" */
    struct arena texts;                          /* own copies of what the options point to */
    struct sio_namespace *namespaces, *patterns; /* lists */
    struct map namespace_names;
    struct client_bundle *client_bundles; /* a list */
    struct route *routes;                 /* a list, the first registered first */
    struct worker worker;
    struct certificate_files *certificates; /* own copies of the names; NULL: plain TCP */
    size_t certificate_count;
    atomic_bool is_stopping, wants_certificates;
};

#endif
