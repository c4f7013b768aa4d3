#include "secure.h"

#include <stdio.h>
#include <stdlib.h>

static int secure_copy(struct sio_server *server, const char *cert, const char *key)
{
    struct certificate_files *files = &server->certificates[server->certificate_count];
    if (cert == NULL || key == NULL) return SIO_ETLS;
    server->certificate_count++;
    files->cert = strdup(cert);
    files->key = strdup(key);
    return files->cert && files->key ? 0 : SIO_ENOMEM;
}

/* Further certificates without the first are a mistake; to serve in the clear what was to be secret would be worse. */
int secure_init(struct sio_server *server, const sio_options *options)
{
    if (options->tls_cert == NULL && options->tls_key == NULL && options->tls_more_count == 0) return 0;
    if (options->tls_more_count >= CERTIFICATE_COUNT_MAX) return SIO_EINVAL;
    server->certificates = calloc(1 + options->tls_more_count, sizeof *server->certificates);
    if (server->certificates == NULL) return SIO_ENOMEM;
    int error = secure_copy(server, options->tls_cert, options->tls_key);
    for (size_t i = 0; error == 0 && i < options->tls_more_count; i++)
        error = secure_copy(server, options->tls_more[i].cert, options->tls_more[i].key);
    /* The user's own are not looked at again. */
    server->options.tls_cert = server->options.tls_key = NULL;
    server->options.tls_more = NULL;
    return error;
}

static void secure_complain(struct sio_server *server, const char *why)
{
    char message[CERTIFICATE_WHY_BYTES + 32];
    snprintf(message, sizeof message, "certificates not used: %s", why);
    worker_log(&server->workers[0], SIO_ERROR, message);
}

int secure_load(struct sio_server *server)
{
    char why[CERTIFICATE_WHY_BYTES];
    if (server->certificate_count == 0) return 0;
    struct certificate_set *set = certificate_set_load(server->certificates, server->certificate_count, why);
    if (set == NULL) {
        secure_complain(server, why);
        return SIO_ETLS;
    }
    certificate_set_drop(server->workers[0].certificates);
    server->workers[0].certificates = set;
    return 0;
}

void secure_free(struct sio_server *server)
{
    for (size_t i = 0; i < server->certificate_count; i++) {
        free((char *)(uintptr_t)server->certificates[i].cert);
        free((char *)(uintptr_t)server->certificates[i].key);
    }
    free(server->certificates);
}
