/* certificate.h - what a server proves its names with: certificates and their keys, read from files.
 *
 * Read anew as a whole and never changed: connections of the old set keep it until they end. */
#ifndef NET_CERTIFICATE_H
#define NET_CERTIFICATE_H

#include <openssl/ssl.h>
#include <stddef.h>

enum {
    /* Each handshake that names a host looks through them one by one. */
    CERTIFICATE_COUNT_MAX = 256,
    CERTIFICATE_WHY_BYTES = 256,
};

/* PEM files: a certificate with the chain that leads to its root, and its private key without a password. */
struct certificate_files {
    const char *cert, *key;
};

struct certificate_set;

/* Reads `count` of them, 1 to CERTIFICATE_COUNT_MAX. The first is for clients that name no host, or one that none of
 * them stands for (RFC 6066 §3). One reference, which is the caller's; NULL when one cannot be used: `why` says it.
 * From any thread. */
struct certificate_set *certificate_set_load(const struct certificate_files *files, size_t count,
                                             char why[CERTIFICATE_WHY_BYTES]);
/* One more reference, and one less. From any thread. */
struct certificate_set *certificate_set_take(struct certificate_set *set);
void certificate_set_drop(struct certificate_set *set);
/* The server's side of a new connection; it lives no longer than the set. NULL: no memory. */
SSL *certificate_set_open(const struct certificate_set *set);

#endif
