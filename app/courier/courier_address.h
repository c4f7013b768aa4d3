/* courier_address.h - which addresses of the internet anyone may be sent to. */
#ifndef COURIER_ADDRESS_H
#define COURIER_ADDRESS_H

#include <stdbool.h>

struct sockaddr;

/* True for an address that is reached through the public internet. False for the own machine, private networks, links,
 * groups, documentation, everything that IANA reserves (RFC 6890 and its registries), for IPv6 addresses that hold such
 * an IPv4 address (mapped, NAT64, 6to4), and for all other families. */
bool courier_address_is_public(const struct sockaddr *address);

#endif
