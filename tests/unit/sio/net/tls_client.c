#include "tls_client.h"

#include <errno.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

/* ---- Certificates ------------------------------------------------------------------------------------------- */

static void tls_client_extend(X509 *certificate, const char *name)
{
    char text[300];
    snprintf(text, sizeof text, "DNS:%s", name);
    X509_EXTENSION *names = X509V3_EXT_conf_nid(NULL, NULL, NID_subject_alt_name, text);
    assert_non_null(names);
    assert_int_equal(X509_add_ext(certificate, names, -1), 1);
    X509_EXTENSION_free(names);
}

static X509 *tls_client_sign(EVP_PKEY *key, const char *name)
{
    X509 *certificate = X509_new();
    assert_non_null(certificate);
    X509_set_version(certificate, X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate), -3600);
    X509_gmtime_adj(X509_getm_notAfter(certificate), 24 * 3600);
    X509_set_pubkey(certificate, key);
    X509_NAME *subject = X509_get_subject_name(certificate);
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC, (const unsigned char *)name, -1, -1, 0);
    X509_set_issuer_name(certificate, subject);
    tls_client_extend(certificate, name);
    assert_true(X509_sign(certificate, key, EVP_sha256()) > 0);
    return certificate;
}

void tls_client_certificate(const char *folder, const char *name, const char *password)
{
    char file[512];
    EVP_PKEY *key = EVP_EC_gen("P-256");
    assert_non_null(key);
    X509 *certificate = tls_client_sign(key, name);
    snprintf(file, sizeof file, "%s/%s.pem", folder, name);
    FILE *out = fopen(file, "w");
    assert_non_null(out);
    assert_int_equal(PEM_write_X509(out, certificate), 1);
    fclose(out);
    snprintf(file, sizeof file, "%s/%s.key", folder, name);
    out = fopen(file, "w");
    assert_non_null(out);
    const EVP_CIPHER *lock = password ? EVP_aes_128_cbc() : NULL;
    assert_int_equal(
        PEM_write_PKCS8PrivateKey(out, key, lock, password, password ? (int)strlen(password) : 0, NULL, NULL), 1);
    fclose(out);
    X509_free(certificate);
    EVP_PKEY_free(key);
}

/* ---- The client ---------------------------------------------------------------------------------------------- */

/* One for all clients: it takes OpenSSL longer to make than a handshake does. */
static SSL_CTX *tls_client_context(void)
{
    static SSL_CTX *context;
    if (context == NULL) context = SSL_CTX_new(TLS_client_method());
    assert_non_null(context);
    return context;
}

void tls_client_open(struct tls_client *client, int fd, int version)
{
    *client = (struct tls_client){ .fd = fd, .ssl = SSL_new(tls_client_context()) };
    assert_non_null(client->ssl);
    SSL_set_security_level(client->ssl, 0); /* so that it may offer what the server refuses */
    if (version) {
        SSL_set_min_proto_version(client->ssl, version);
        SSL_set_max_proto_version(client->ssl, version);
    }
    SSL_set_bio(client->ssl, BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem()));
    SSL_set_connect_state(client->ssl);
}

void tls_client_close(struct tls_client *client)
{
    SSL_free(client->ssl);
    if (client->fd >= 0) close(client->fd);
    client->fd = -1;
}

void tls_client_send(struct tls_client *client)
{
    char *bytes;
    long size = BIO_get_mem_data(SSL_get_wbio(client->ssl), &bytes);
    if (client->piece && size > (long)client->piece) size = (long)client->piece;
    if (size <= 0) return;
    ssize_t sent = send(client->fd, bytes, (size_t)size, MSG_DONTWAIT | MSG_NOSIGNAL);
    char dropped[16384];
    while (sent > 0) {
        int some = BIO_read(SSL_get_wbio(client->ssl), dropped,
                            sent < (ssize_t)sizeof dropped ? (int)sent : (int)sizeof dropped);
        assert_true(some > 0);
        sent -= some;
    }
}

bool tls_client_move(struct tls_client *client)
{
    char bytes[16384];
    size_t size = client->piece && client->piece < sizeof bytes ? client->piece : sizeof bytes;
    tls_client_send(client);
    ssize_t got = recv(client->fd, bytes, size, MSG_DONTWAIT);
    if (got > 0) assert_int_equal(BIO_write(SSL_get_rbio(client->ssl), bytes, (int)got), got);
    return got > 0 || (got < 0 && errno == EAGAIN);
}

static bool tls_client_waits(const struct tls_client *client, int result)
{
    int error = SSL_get_error(client->ssl, result);
    return error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE;
}

int tls_client_shake(struct tls_client *client)
{
    int result = SSL_do_handshake(client->ssl);
    if (result == 1) return 1;
    return tls_client_waits(client, result) ? 0 : -1;
}

int tls_client_read(struct tls_client *client, char *bytes, int size)
{
    int got = SSL_read(client->ssl, bytes, size);
    if (got > 0) return got;
    if (SSL_get_error(client->ssl, got) == SSL_ERROR_ZERO_RETURN) return -1;
    return tls_client_waits(client, got) ? 0 : -2;
}

bool tls_client_sees(const struct tls_client *client, const char *name)
{
    X509 *certificate = SSL_get1_peer_certificate(client->ssl);
    bool is_right = certificate && X509_check_host(certificate, name, 0, 0, NULL) == 1;
    X509_free(certificate);
    return is_right;
}
