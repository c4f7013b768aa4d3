#include "commands.h"
#include "handlers.h"
#include "index_path.h"
#include "lookup.h"
#include "number.h"
#include "page.h"
#include "rest.h"
#include "trial.h"
#include "watch.h"

#include <errno.h>
#include <getopt.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

enum { SERVE_PORT = 3000, SERVE_PORT_MAX = 65535 };

struct serve_options {
    const char *index, *host;
    uint32_t port, workers; /* workers: 0, one a processor */
    bool allows_try, allows_private;
};

static bool serve_read_options(const struct command *command, int count, char **arguments,
                               struct serve_options *options, int *status)
{
    static const struct option names[] = {
        { "index", required_argument, NULL, 'i' }, { "host", required_argument, NULL, 'H' },
        { "port", required_argument, NULL, 'p' },  { "workers", required_argument, NULL, 'w' },
        { "allow-try", no_argument, NULL, 't' },   { "allow-try-private", no_argument, NULL, 'T' },
        { "help", no_argument, NULL, 'h' },        { NULL, 0, NULL, 0 },
    };
    for (int option; (option = getopt_long(count, arguments, "p:w:h", names, NULL)) != -1;) {
        switch (option) {
        case 'i': options->index = optarg; break;
        case 'H': options->host = optarg; break;
        case 'T': options->allows_private = true; /* and with it */ /* fall through */
        case 't': options->allows_try = true; break;
        case 'p':
            if (number_read(optarg, 0, SERVE_PORT_MAX, &options->port)) break;
            *status = commands_usage(command, "--port is a number from 0 to %d, not '%s'.", SERVE_PORT_MAX, optarg);
            return false;
        case 'w':
            if (number_read(optarg, 1, SIO_WORKERS_MAX, &options->workers)) break;
            *status = commands_usage(command, "--workers is a number from 1 to %d, not '%s'.", SIO_WORKERS_MAX, optarg);
            return false;
        default: *status = commands_other_option(command, option); return false;
        }
    }
    if (optind == count) return true;
    *status = commands_usage(command, "'%s' is one word too many.", arguments[optind]);
    return false;
}

/* One for each processor that this process may use, which may be fewer than there are. */
static uint32_t serve_count_processors(void)
{
    cpu_set_t set;
    int count = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
    return count < SIO_WORKERS_MAX ? (uint32_t)count : SIO_WORKERS_MAX;
}

/* A client is a file descriptor; many systems begin with room for 1,024. */
static void serve_raise_file_limit(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

static void serve_print_catalogue(const engine *opened, const char *path)
{
    static const struct {
        enum engine_kind kind;
        const char *name;
    } parts[] = {
        { ENGINE_API, "APIs" },
        { ENGINE_ENDPOINT, "endpoints" },
        { ENGINE_OBJECT, "objects" },
        { ENGINE_PROPERTY, "properties" },
        { ENGINE_PARAMETER, "parameters" },
    };
    char number[NUMBER_TEXT];
    struct engine_counts counts;
    engine_counts(opened, &counts);
    printf("CATALOGUE | ");
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        printf("%s%s %s", i > 0 ? ", " : "", number_text(number, counts.elements[parts[i].kind]), parts[i].name);
    printf(" | %s in %s\n", number_bytes(number, counts.index_bytes), path);
}

static void serve_print_address(const struct serve_options *options, const sio_server *server)
{
    const char *format =
        strchr(options->host, ':') != NULL ? "LISTENING | http://[%s]:%u\n" : "LISTENING | http://%s:%u\n";
    printf(format, options->host, (unsigned)sio_server_port(server));
    fflush(stdout);
}

static int serve_fail(const struct command *command, const struct serve_options *options, int error)
{
    int why = errno;
    if (error == SIO_ESYS && why == EADDRINUSE)
        fprintf(stderr, "%s: port %u of %s is in use. Stop the other program, or choose another port with --port.\n",
                command->title, options->port, options->host);
    else if (error == SIO_ESYS)
        fprintf(stderr, "%s: %s:%u cannot be listened on: %s.\n", command->title, options->host, options->port,
                strerror(why));
    else
        fprintf(stderr, "%s: %s (%s:%u).\n", command->title, sio_strerror(error), options->host, options->port);
    return COMMAND_ERROR;
}

/* The ways in beside the socket. */
struct serve_ways {
    struct rest rest;
    struct page page;
};

/* The server with everything attached runs until a signal. */
static int serve_loop(const struct command *command, const struct serve_options *options, const char *path,
                      sio_server *server, struct handlers *handlers, struct serve_ways *ways)
{
    struct watch *watch = NULL;
    int error = handlers_attach(handlers, server);
    if (error == SIO_OK) error = rest_attach(&ways->rest, handlers, server);
    if (error == SIO_OK) error = page_attach(&ways->page, handlers, server);
    if (error != SIO_OK) return serve_fail(command, options, error);
    ways->page.site.can_try = options->allows_try;
    if (watch_start(&watch, path, server, handlers) != 0) return serve_fail(command, options, SIO_ENOMEM);
    serve_print_address(options, server);
    error = sio_server_run(server);
    watch_stop(watch);
    return error == SIO_OK ? COMMAND_DONE : serve_fail(command, options, error);
}

static int serve_index(const struct command *command, const struct serve_options *options, const char *path,
                       struct handlers *handlers)
{
    sio_server *server = NULL;
    struct trial *trial = options->allows_try ? trial_create(options->allows_private) : NULL;
    if (options->allows_try && trial == NULL) return serve_fail(command, options, SIO_ENOMEM);
    /* A model of forty properties is 40 kB of JSON, 7 kB on the wire. Nothing is kept from one message to the next: the
     * memory of many clients counts more than what that would save. */
    static const sio_deflate deflate = {
        .threshold_bytes = 4096, .level = 3, .server_keeps_no_context = true, .client_keeps_no_context = true
    };
    const sio_options wanted = { .host = options->host,
                                 .per_message_deflate = &deflate,
                                 .port = (uint16_t)options->port,
                                 .workers = options->workers,
                                 .socket_data_size = trial ? TRIAL_SOCKET_DATA : 0 };
    int error = sio_server_create(&server, &wanted);
    struct serve_ways ways = { 0 };
    int status = error == SIO_OK ? COMMAND_DONE : serve_fail(command, options, error);
    if (error == SIO_OK && trial) trial_attach(trial, handlers, server);
    if (error == SIO_OK) status = serve_loop(command, options, path, server, handlers, &ways);
    trial_destroy(trial); /* first: it speaks to the server */
    sio_server_destroy(server);
    return status;
}

static int serve_run(const struct command *command, int count, char **arguments)
{
    struct serve_options options = { .host = "127.0.0.1", .port = SERVE_PORT };
    struct handlers *handlers;
    engine *opened;
    char path[INDEX_PATH_BYTES];
    int status;
    if (!serve_read_options(command, count, arguments, &options, &status)) return status;
    if (options.workers == 0) options.workers = serve_count_processors();
    if (!index_path_to_read(options.index, path, sizeof path))
        return commands_usage(command, "the index's path is too long.");

    watch_block_signals();
    signal(SIGPIPE, SIG_IGN);
    serve_raise_file_limit();
    puts("BOOTING | apiblaze v" APIBLAZE_VERSION);
    fflush(stdout);
    if (!lookup_open_engine(&opened, command->title, path)) return COMMAND_ERROR;
    serve_print_catalogue(opened, path);
    if (handlers_create(&handlers, opened, options.workers) != ENGINE_OK) {
        engine_close(opened);
        fprintf(stderr, "%s: out of memory.\n", command->title);
        return COMMAND_ERROR;
    }
    status = serve_index(command, &options, path, handlers);
    handlers_destroy(handlers);
    return status;
}

const struct command command_serve = {
    .name = "serve",
    .title = "apiblaze serve",
    .summary = "serve the page and the socket",
    .help = "usage: apiblaze serve [OPTION…]\n\n"
            "Serves the page, the Socket.IO events of contract/, GET /api/v1/… and GET /health. A new\n"
            "index that takes the old one's place (apiblaze import) is in use within seconds, at once\n"
            "after SIGHUP. SIGTERM and SIGINT end it cleanly.\n\n"
            "      --host ADDRESS  where to listen (default: 127.0.0.1; 0.0.0.0 for all)\n"
            "  -p, --port N        the port (default: 3000; 0 for any free one)\n"
            "  -w, --workers N     threads that answer (default: one a processor)\n"
            "      --allow-try     the page may have requests sent to the servers that specifications name\n"
            "      --allow-try-private\n"
            "                      … to those in private networks and on this machine, too\n"
            "      --index FILE    the index file\n\n" INDEX_PATH_HELP
            "\nExit status: 0 after a signal, 2 when it could not be served.\n",
    .run = serve_run,
};
