/* eio_suite.c - the server that the test suites of the Engine.IO protocol expect: every message comes back as it was.
 *
 *   eio_suite [--port 3000] [--eio3]     without --eio3 for the suite of version 4, with it for that of version 3
 */
#include "serve.h"

static void on_message(sio_session *session, sio_value message, void *context)
{
    (void)context;
    sio_session_send(session, message);
}

int main(int count, char **arguments)
{
    const sio_engine engine = { .on_message = on_message };
    sio_options options = serve_options(3000);
    options.engine = &engine;
    options.refuse_eio3 = true;
    options.ping_interval_ms = 300;
    options.ping_timeout_ms = 200;
    serve_read_flags(&options, count, arguments);
    return serve(&options, NULL, NULL);
}
