#include "certificate.h"

#include <openssl/err.h>
#include <openssl/x509v3.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

struct certificate_set {
    atomic_uint references;
    size_t count;
    SSL_CTX *contexts[];
};

/* ---- What is agreed on ------------------------------------------------------------------------------------- */

/* RFC 7301 §3.2: a client that lists protocols and not ours is told so, before it speaks another one to us. */
static int certificate_on_alpn(SSL *ssl, const unsigned char **chosen, unsigned char *size,
                               const unsigned char *offered, unsigned int offered_size, void *context)
{
    static const unsigned char ours[] = "\x08http/1.1";
    unsigned char *found;
    (void)ssl;
    (void)context;
    if (SSL_select_next_proto(&found, size, ours, sizeof ours - 1, offered, offered_size) != OPENSSL_NPN_NEGOTIATED)
        return SSL_TLSEXT_ERR_ALERT_FATAL;
    *chosen = found;
    return SSL_TLSEXT_ERR_OK;
}

/* The names a certificate stands for are its own: nobody has to write them down a second time. */
static int certificate_on_name(SSL *ssl, int *alert, void *context)
{
    const struct certificate_set *set = context;
    const char *name = SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name);
    (void)alert;
    if (name == NULL) return SSL_TLSEXT_ERR_NOACK;
    for (size_t i = 0; i < set->count; i++) {
        if (X509_check_host(SSL_CTX_get0_certificate(set->contexts[i]), name, 0, 0, NULL) != 1) continue;
        return SSL_set_SSL_CTX(ssl, set->contexts[i]) ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
    }
    return SSL_TLSEXT_ERR_NOACK;
}

/* OpenSSL would ask on the terminal and wait for an answer. */
static int certificate_on_password(char *password, int size, int is_writing, void *context)
{
    (void)password;
    (void)size;
    (void)is_writing;
    (void)context;
    return -1;
}

/* ---- Reading ----------------------------------------------------------------------------------------------- */

/* A session that is resumed brings its own ticket, so the server keeps none of them. Renegotiation costs it a handshake
 * whenever a client likes. A connection that just ends is no attack here: HTTP and WebSocket carry their own lengths.
 */
static void certificate_configure(SSL_CTX *context, struct certificate_set *set)
{
    SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_IGNORE_UNEXPECTED_EOF |
                                     SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_PRIORITIZE_CHACHA);
    SSL_CTX_set_mode(context,
                     SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_num_tickets(context, 1);
    SSL_CTX_set_default_passwd_cb(context, certificate_on_password);
    SSL_CTX_set_alpn_select_cb(context, certificate_on_alpn, NULL);
    SSL_CTX_set_tlsext_servername_callback(context, certificate_on_name);
    SSL_CTX_set_tlsext_servername_arg(context, set);
}

static SSL_CTX *certificate_context(struct certificate_set *set)
{
    static const unsigned char id[] = "sio"; /* tickets are good for this use of the key only */
    SSL_CTX *context = SSL_CTX_new(TLS_server_method());
    if (context == NULL) return NULL;
    certificate_configure(context, set);
    if (SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) == 1 &&
        SSL_CTX_set_session_id_context(context, id, sizeof id - 1) == 1)
        return context;
    SSL_CTX_free(context);
    return NULL;
}

/* The file that cannot be used, NULL when both can. */
static const char *certificate_read(SSL_CTX *context, const struct certificate_files *files)
{
    if (SSL_CTX_use_certificate_chain_file(context, files->cert) != 1) return files->cert;
    if (SSL_CTX_use_PrivateKey_file(context, files->key, SSL_FILETYPE_PEM) != 1) return files->key;
    return SSL_CTX_check_private_key(context) == 1 ? NULL : files->key;
}

static void certificate_explain(char why[CERTIFICATE_WHY_BYTES], const char *file)
{
    const char *reason = ERR_reason_error_string(ERR_peek_last_error());
    snprintf(why, CERTIFICATE_WHY_BYTES, "%s: %s", file, reason ? reason : "cannot be used");
    ERR_clear_error();
}

static bool certificate_set_fill(struct certificate_set *set, const struct certificate_files *files, size_t count,
                                 char why[CERTIFICATE_WHY_BYTES])
{
    for (; set->count < count; set->count++) {
        const char *bad = "OpenSSL";
        SSL_CTX *context = set->contexts[set->count] = certificate_context(set);
        ERR_clear_error();
        if (context) bad = certificate_read(context, &files[set->count]);
        if (bad == NULL) continue;
        certificate_explain(why, bad);
        SSL_CTX_free(context);
        return false;
    }
    return true;
}

struct certificate_set *certificate_set_load(const struct certificate_files *files, size_t count,
                                             char why[CERTIFICATE_WHY_BYTES])
{
    struct certificate_set *set = NULL;
    snprintf(why, CERTIFICATE_WHY_BYTES, "out of memory");
    if (count == 0 || count > CERTIFICATE_COUNT_MAX)
        snprintf(why, CERTIFICATE_WHY_BYTES, "too many or no certificates");
    else
        set = calloc(1, sizeof *set + count * sizeof(SSL_CTX *));
    if (set == NULL) return NULL;
    atomic_init(&set->references, 1);
    if (certificate_set_fill(set, files, count, why)) return set;
    certificate_set_drop(set);
    return NULL;
}

struct certificate_set *certificate_set_take(struct certificate_set *set)
{
    atomic_fetch_add_explicit(&set->references, 1, memory_order_relaxed);
    return set;
}

void certificate_set_drop(struct certificate_set *set)
{
    if (set == NULL || atomic_fetch_sub_explicit(&set->references, 1, memory_order_acq_rel) != 1) return;
    for (size_t i = 0; i < set->count; i++) SSL_CTX_free(set->contexts[i]);
    free(set);
}

SSL *certificate_set_open(const struct certificate_set *set)
{
    SSL *ssl = SSL_new(set->contexts[0]);
    if (ssl) SSL_set_accept_state(ssl);
    return ssl;
}
