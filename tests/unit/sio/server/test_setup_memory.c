/* test_setup_memory.c - every allocation fails once while a server is made and given its handlers: the call says so,
 * nothing is lost, and the next attempt succeeds; then while clients come over TLS and certificates are read anew. */
#include "failing.h"
#include "live.h"
#include "tls_client.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static char folder[] = P_tmpdir "/sio-setup-XXXXXX", cert[64], key[64], bundle[64];
static bool is_posted;

static int make_files(void **state)
{
    (void)state;
    if (mkdtemp(folder) == NULL) return -1;
    snprintf(cert, sizeof cert, "%s/a.example.pem", folder);
    snprintf(key, sizeof key, "%s/a.example.key", folder);
    snprintf(bundle, sizeof bundle, "%s/socket.io.js", folder);
    FILE *file = fopen(bundle, "w");
    if (file == NULL) return -1;
    for (int i = 0; i < 1000; i++) fputs("/* a line of the client */\n", file);
    fclose(file);
    tls_client_certificate(folder, "a.example", NULL);
    return 0;
}

static int remove_files(void **state)
{
    (void)state;
    unlink(cert);
    unlink(key);
    unlink(bundle);
    return rmdir(folder);
}

static bool fits(const char *name, void *context)
{
    (void)context;
    return name[1] == 'd';
}

static void on_event(sio_socket *socket, sio_event *event, void *context)
{
    (void)socket;
    (void)event;
    (void)context;
}

static bool on_filter(sio_socket *socket, sio_event *event, void *context)
{
    (void)socket;
    (void)event;
    (void)context;
    return true;
}

static void on_sent(sio_socket *socket, const char *event, sio_args args, void *context)
{
    (void)socket;
    (void)event;
    (void)args;
    (void)context;
}

static void on_middleware(sio_socket *socket, void *context)
{
    (void)context;
    sio_admit(socket);
}

static void on_route(sio_request *request, void *context)
{
    (void)request;
    (void)context;
}

static void on_post(void *context)
{
    (void)context;
    is_posted = true;
}

static const sio_deflate deflate = { .threshold_bytes = 1 };

static int create(sio_server **server)
{
    return sio_server_create(server, &(sio_options){ .path = "/io",
                                                     .tls_cert = cert,
                                                     .tls_key = key,
                                                     .tls_more = &(sio_certificate){ cert, key },
                                                     .tls_more_count = 1,
                                                     .client_folder = folder,
                                                     .cookie = &(sio_cookie){ .name = "id", .domain = "a.example" },
                                                     .cors = { .origins = SIO_ROOMS("https://a.example", "http://b") },
                                                     .initial_packet = sio_text("welcome"),
                                                     .per_message_deflate = &deflate,
                                                     .recovery_ms = 60000 });
}

/* 0, or what the first call that failed says. */
static int furnish(sio_server *server)
{
    sio_namespace *ns = sio_of(server, "/room");
    sio_namespace *pattern = ns ? sio_of_match(server, fits, NULL) : NULL;
    if (pattern == NULL) return SIO_ENOMEM;
    int error = sio_on_all(pattern, "event", on_event, NULL);
    if (error == 0) error = sio_on_any(ns, on_event, NULL);
    if (error == 0) error = sio_on_any_sent(ns, on_sent, NULL);
    if (error == 0) error = sio_filter(ns, on_filter, NULL);
    if (error == 0) error = sio_use(ns, on_middleware, NULL);
    if (error == 0) error = sio_route(server, "GET", "/path", on_route, NULL);
    if (error == 0) error = sio_server_post(server, on_post, NULL);
    return error;
}

static void making_a_server_fails_cleanly(void **state)
{
    bool is_last = false;
    (void)state;
    for (unsigned long number = 1; !is_last; number++) {
        sio_server *server = NULL;
        failing = number;
        allocations = 0;
        is_server = true;
        int error = create(&server);
        if (error == 0) error = furnish(server);
        is_server = false;
        is_last = allocations < number;
        failing = 0;
        /* A bundle that cannot be compressed is served as it is; of a certificate only the log tells why not. */
        if (error != 0) assert_true(error == SIO_ENOMEM || error == SIO_ETLS);
        if (is_last) assert_int_equal(error, 0);
        if (server) assert_int_equal(sio_server_step(server, 0), 0);
        if (is_last) assert_true(is_posted);
        sio_server_destroy(server);
    }
}

/* What is not allocated for the new certificates leaves the old ones; what is not for a client closes that client. */
static void serving_over_tls_goes_on(void **state)
{
    bool is_last = false;
    (void)state;
    for (unsigned long number = 1; !is_last; number++) {
        live_open((sio_options){ .tls_cert = cert, .tls_key = key });
        failing = number;
        allocations = 0;
        int fd = live_connect();
        live_turns(2);
        sio_server_reload_certificates(live_server);
        live_turns(2);
        is_last = allocations < number;
        failing = 0;
        live_hang_up(&fd);
        struct tls_client client;
        tls_client_open(&client, live_connect(), 0);
        int shaken = 0;
        while ((shaken = tls_client_shake(&client)) == 0) {
            tls_client_move(&client);
            assert_int_equal(sio_server_step(live_server, 1), 0);
        }
        assert_int_equal(shaken, 1);
        assert_true(tls_client_sees(&client, "a.example"));
        tls_client_close(&client);
        live_turns(3);
        live_close();
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(making_a_server_fails_cleanly),
                                        cmocka_unit_test(serving_over_tls_goes_on) };
    return cmocka_run_group_tests(tests, make_files, remove_files);
}
