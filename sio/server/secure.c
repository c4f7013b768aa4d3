#include "secure.h"

#include "errand.h"

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

/* ---- For each worker --------------------------------------------------------------------------------------- */

/* Takes the reference. */
static void secure_use(struct worker *worker, struct certificate_set *set)
{
    certificate_set_drop(worker->certificates);
    worker->certificates = set;
}

struct secure_errand {
    struct errand errand;
    struct certificate_set *set;
};

static void secure_run(struct errand *errand, struct worker *worker)
{
    secure_use(worker, certificate_set_take(((struct secure_errand *)errand)->set));
}

static void secure_release(struct errand *errand)
{
    certificate_set_drop(((struct secure_errand *)errand)->set);
}

/* To all but the first worker. */
static int secure_hand_out(struct sio_server *server, struct certificate_set *set)
{
    if (server->options.workers == 1) return 0;
    struct secure_errand *secure = errand_create(sizeof *secure, server, NULL, secure_run);
    if (secure == NULL) return SIO_ENOMEM;
    secure->set = certificate_set_take(set);
    secure->errand.release = secure_release;
    errand_send(&secure->errand);
    return 0;
}

/* One reference; NULL: they cannot be used, which was told. */
static struct certificate_set *secure_read(struct sio_server *server)
{
    char why[CERTIFICATE_WHY_BYTES];
    struct certificate_set *set = certificate_set_load(server->certificates, server->certificate_count, why);
    if (set == NULL) secure_complain(server, why);
    return set;
}

/* No worker may take a client before it has them, so none is asked to fetch them. */
int secure_load(struct sio_server *server)
{
    if (server->certificate_count == 0) return 0;
    struct certificate_set *set = secure_read(server);
    for (uint32_t i = 0; set && i < server->options.workers; i++)
        secure_use(&server->workers[i], certificate_set_take(set));
    certificate_set_drop(set);
    return set ? 0 : SIO_ETLS;
}

void secure_reload(struct sio_server *server)
{
    struct certificate_set *set = server->certificate_count ? secure_read(server) : NULL;
    if (set == NULL) return;
    if (secure_hand_out(server, set) != 0) secure_complain(server, "out of memory");
    secure_use(&server->workers[0], set);
}

void secure_free(struct sio_server *server)
{
    for (size_t i = 0; i < server->certificate_count; i++) {
        free((char *)(uintptr_t)server->certificates[i].cert);
        free((char *)(uintptr_t)server->certificates[i].key);
    }
    free(server->certificates);
}
