/* admin_listing.h - all sockets of all namespaces, for an admin who comes. */
#ifndef ADMIN_LISTING_H
#define ADMIN_LISTING_H

#include "sio.h"

struct admin;

/* Sends all_sockets, now or when the last of those asked has answered. */
void admin_listing_send(struct admin *admin, sio_socket *socket);

#endif
