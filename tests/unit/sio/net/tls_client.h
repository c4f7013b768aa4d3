/* tls_client.h - a TLS client for tests, and certificates made for it: OpenSSL between memory and a descriptor, so that
 * a test moves the bytes itself, as many at a time as it likes. */
#ifndef TESTS_TLS_CLIENT_H
#define TESTS_TLS_CLIENT_H

#include "unit.h"

#include <openssl/ssl.h>
#include <stdbool.h>

/* Writes FOLDER/NAME.pem and FOLDER/NAME.key: a certificate for the host `name`, signed by itself. With `password` the
 * key is locked with it. */
void tls_client_certificate(const char *folder, const char *name, const char *password);

struct tls_client {
    SSL *ssl;
    int fd;
    size_t piece; /* bytes moved at a time; 0: all there are */
};

/* Over the connected `fd`, which it closes. `version`: TLS1_2_VERSION or TLS1_3_VERSION and no other; 0: any. */
void tls_client_open(struct tls_client *client, int fd, int version);
void tls_client_close(struct tls_client *client);
/* Sends what OpenSSL has for the other side. */
void tls_client_send(struct tls_client *client);
/* Moves what is there in both directions, without waiting. False when the other side has closed the connection. */
bool tls_client_move(struct tls_client *client);
/* A step of the handshake: 1 done, 0 more to come, -1 failed. */
int tls_client_shake(struct tls_client *client);
/* The bytes received, at most `size`; 0 none now, -1 the other side said its end, -2 an error. */
int tls_client_read(struct tls_client *client, char *bytes, int size);
/* True when the server's certificate is the one for `name`. */
bool tls_client_sees(const struct tls_client *client, const char *name);

#endif
