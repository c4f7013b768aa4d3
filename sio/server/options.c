#include "options.h"

#include "http_encoding.h"
#include "sio_engine.h"

/* What all the texts of the options may take: a list of origins is the longest. */
enum { OPTIONS_TEXT_BYTES = 1 << 20 };

static void options_default(uint32_t *value, uint32_t otherwise)
{
    if (*value == 0) *value = otherwise;
}

static void options_default_size(size_t *value, size_t otherwise)
{
    if (*value == 0) *value = otherwise;
}

static void options_default_text(const char **text, const char *otherwise)
{
    if (*text == NULL) *text = otherwise;
}

static void options_fill(sio_options *options)
{
    options_default_text(&options->host, "127.0.0.1");
    options_default_text(&options->path, options->engine ? "/engine.io" : "/socket.io");
    options_default_text(&options->cors.origin, options->cors_origin);
    options_default_text(&options->cors.methods, "GET,HEAD,PUT,PATCH,POST,DELETE");
    options_default(&options->ping_interval_ms, 25000);
    options_default(&options->ping_timeout_ms, 20000);
    options_default(&options->connect_timeout_ms, 45000);
    options_default(&options->upgrade_timeout_ms, 10000);
    options_default(&options->request_timeout_ms, 60000);
    options_default(&options->idle_timeout_ms, 65000);
    options_default(&options->stop_timeout_ms, 5000);
    options_default(&options->http_compression_bytes, HTTP_ENCODING_THRESHOLD);
    options_default(&options->clients_max, 10000);
    options_default(&options->workers, 1);
    options_default_size(&options->payload_bytes_max, 1000000);
    options_default_size(&options->backlog_bytes_max, (size_t)4 << 20);
    options_default_size(&options->intake_bytes_max, ((size_t)256 << 20) + options->payload_bytes_max);
    options_default_size(&options->recovery_bytes_max, (size_t)16 << 20);
    if (options->transports == 0) options->transports = SIO_POLLING | SIO_WEBSOCKET;
}

static bool options_are_bits(uint8_t bits)
{
    return bits == 0 || (bits >= 8 && bits <= 15);
}

static bool options_are_possible_deflate(const sio_deflate *deflate)
{
    return deflate == NULL ||
           (deflate->level <= 9 && deflate->memory_level <= 9 && options_are_bits(deflate->server_window_bits) &&
            options_are_bits(deflate->client_window_bits));
}

/* What the arithmetic of buffers and frames is made for: a gigabyte a message. */
static bool options_are_possible(const sio_options *options)
{
    enum { MOST_BYTES = 1 << 30 };
    sio_kind kind = options->initial_packet.kind;
    return options->path[0] == '/' && options_are_possible_deflate(options->per_message_deflate) &&
           options->payload_bytes_max <= MOST_BYTES && options->backlog_bytes_max <= MOST_BYTES &&
           options->recovery_bytes_max <= MOST_BYTES && options->socket_data_size <= MOST_BYTES &&
           options->workers <= SIO_WORKERS_MAX &&
           (options->transports & ~(unsigned)(SIO_POLLING | SIO_WEBSOCKET)) == 0 &&
           (kind == SIO_NULL || kind == SIO_TEXT || kind == SIO_BYTES);
}

static void options_copy_text(struct sio_server *server, const char **text)
{
    if (*text) *text = arena_copy(&server->texts, str_from(*text)).at;
}

/* The reference server's paths end in a slash, so "/socket.io" alone is not one of them. */
static void options_copy_path(struct sio_server *server)
{
    struct str path = str_from(server->options.path);
    while (path.size > 1 && path.at[path.size - 1] == '/') path.size--;
    bool wants_slash = !server->options.is_path_bare && !str_equal(path, STR("/"));
    server->options.path = arena_format(&server->texts, "%.*s%s", STR_FORMAT(path), wants_slash ? "/" : "").at;
}

static void options_copy_cors(struct sio_server *server)
{
    sio_cors *cors = &server->options.cors;
    size_t count = 0;
    options_copy_text(server, &cors->origin);
    options_copy_text(server, &cors->methods);
    options_copy_text(server, &cors->allowed_headers);
    options_copy_text(server, &cors->exposed_headers);
    server->options.cors_origin = cors->origin;
    if (cors->origins == NULL) return;
    while (cors->origins[count]) count++;
    const char **copies = arena_calloc(&server->texts, count + 1, sizeof *copies);
    for (size_t i = 0; copies && i < count; i++) {
        copies[i] = cors->origins[i];
        options_copy_text(server, &copies[i]);
    }
    cors->origins = copies;
}

static void options_copy_cookie(struct sio_server *server)
{
    if (server->options.cookie == NULL) return;
    sio_cookie *cookie = arena_alloc(&server->texts, sizeof *cookie);
    if (cookie == NULL) return;
    *cookie = *server->options.cookie;
    options_default_text(&cookie->name, "io");
    options_default_text(&cookie->path, "/");
    options_default_text(&cookie->same_site, "Lax");
    options_copy_text(server, &cookie->name);
    options_copy_text(server, &cookie->path);
    options_copy_text(server, &cookie->same_site);
    options_copy_text(server, &cookie->domain);
    options_copy_text(server, &cookie->priority);
    server->options.cookie = cookie;
}

static void options_copy_engine(struct sio_server *server)
{
    if (server->options.engine == NULL) return;
    sio_engine *engine = arena_alloc(&server->texts, sizeof *engine);
    if (engine) *engine = *server->options.engine;
    server->options.engine = engine;
}

static void options_copy_deflate(struct sio_server *server)
{
    if (server->options.per_message_deflate == NULL) return;
    sio_deflate *deflate = arena_alloc(&server->texts, sizeof *deflate);
    if (deflate) *deflate = *server->options.per_message_deflate;
    server->options.per_message_deflate = deflate;
}

static void options_copy_initial_packet(struct sio_server *server)
{
    sio_value *packet = &server->options.initial_packet;
    if (packet->kind == SIO_NULL) return;
    packet->data.at = arena_copy(&server->texts, (struct str){ packet->data.at, packet->data.size }).at;
}

int options_copy(struct sio_server *server, const sio_options *options)
{
    server->options = *options;
    arena_init(&server->texts, OPTIONS_TEXT_BYTES);
    options_fill(&server->options);
    if (!options_are_possible(&server->options)) return SIO_EINVAL;
    options_copy_text(server, &server->options.host);
    options_copy_text(server, &server->options.client_folder);
    options_copy_path(server);
    options_copy_cors(server);
    options_copy_cookie(server);
    options_copy_deflate(server);
    options_copy_engine(server);
    options_copy_initial_packet(server);
    return server->texts.failed ? SIO_ENOMEM : 0;
}
