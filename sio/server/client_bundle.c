#include "client_bundle.h"

#include "caller.h"
#include "cors.h"
#include "http_encoding.h"
#include "reply.h"
#include "request.h"
#include "server.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

enum {
    BUNDLE_BYTES_MOST = 4 << 20, /* the largest map has 300 KB; a folder that is not the client's may hold anything */
    BUNDLE_VERSION_MOST = 32,
};

struct client_bundle {
    struct client_bundle *next;
    const char *name;
    bool is_map;
    struct buf bytes, gzip, brotli; /* the compressed ones are empty where they would not be smaller */
    char etag[BUNDLE_VERSION_MOST + 3];
};

static const char *const bundle_names[] = {
    "socket.io.js",         "socket.io.js.map",         "socket.io.min.js",         "socket.io.min.js.map",
    "socket.io.esm.min.js", "socket.io.esm.min.js.map", "socket.io.msgpack.min.js", "socket.io.msgpack.min.js.map",
};

/* ---- Loading ----------------------------------------------------------------------------------------------- */

/* 0, or SIO_ESYS with errno, or SIO_ENOMEM. */
static int bundle_read(struct buf *bytes, const char *folder, const char *name)
{
    char path[4096];
    if (snprintf(path, sizeof path, "%s/%s", folder, name) >= (int)sizeof path) {
        errno = ENAMETOOLONG;
        return SIO_ESYS;
    }
    FILE *file = fopen(path, "rbe");
    if (file == NULL) return SIO_ESYS;
    for (size_t got = 1; got && bytes->error == BUF_OK;) {
        char *room = buf_reserve(bytes, 65536);
        got = room ? fread(room, 1, 65536, file) : 0;
        bytes->size += got;
    }
    bool is_bad = ferror(file) != 0;
    fclose(file);
    if (bytes->error == BUF_NO_MEMORY) return SIO_ENOMEM;
    if (is_bad || bytes->error == BUF_FULL) errno = is_bad ? EIO : EFBIG;
    return is_bad || bytes->error == BUF_FULL ? SIO_ESYS : 0;
}

/* The version that the head of a script names; a map has the version of its script. "" when there is none. */
static struct str bundle_version(struct str script)
{
    static const char digits[] = "0123456789abcdefghijklmnopqrstuvwxyz.-+";
    size_t at = str_find(str_cut(script, 0, 256), STR("Socket.IO v"));
    if (at == STR_NONE) return STR_EMPTY;
    struct str rest = str_cut(script, at + 11, at + 11 + BUNDLE_VERSION_MOST);
    size_t size = 0;
    while (size < rest.size && rest.at[size] && strchr(digits, rest.at[size])) size++;
    return str_cut(rest, 0, size);
}

static struct client_bundle *bundle_create(const char *name)
{
    struct client_bundle *bundle = calloc(1, sizeof *bundle);
    if (bundle == NULL) return NULL;
    bundle->name = name;
    bundle->is_map = str_ends(str_from(name), STR(".map"));
    buf_init(&bundle->bytes, BUNDLE_BYTES_MOST + 65536);
    buf_init(&bundle->gzip, BUNDLE_BYTES_MOST);
    buf_init(&bundle->brotli, BUNDLE_BYTES_MOST);
    return bundle;
}

/* Maps are for developers, who have them once. */
static void bundle_compress(struct client_bundle *bundle)
{
    if (bundle->is_map) return;
    if (!http_encoding_write(&bundle->gzip, HTTP_CODING_GZIP, buf_str(&bundle->bytes))) buf_free(&bundle->gzip);
    if (!http_encoding_write(&bundle->brotli, HTTP_CODING_BROTLI, buf_str(&bundle->bytes))) buf_free(&bundle->brotli);
}

static int bundle_add(struct sio_server *server, const char *name, char version[BUNDLE_VERSION_MOST + 1])
{
    struct client_bundle *bundle = bundle_create(name);
    if (bundle == NULL) return SIO_ENOMEM;
    int error = bundle_read(&bundle->bytes, server->options.client_folder, name);
    bundle->next = server->client_bundles;
    if (error) {
        bundle->next = NULL;
        client_bundle_free(bundle);
        return error == SIO_ESYS && errno == ENOENT ? 0 : error;
    }
    server->client_bundles = bundle;
    if (!bundle->is_map)
        snprintf(version, BUNDLE_VERSION_MOST + 1, "%.*s", STR_FORMAT(bundle_version(buf_str(&bundle->bytes))));
    snprintf(bundle->etag, sizeof bundle->etag, "\"%s\"", version);
    bundle_compress(bundle);
    return 0;
}

int client_bundle_load(struct sio_server *server)
{
    char version[BUNDLE_VERSION_MOST + 1] = "";
    int error = 0;
    if (server->options.client_folder == NULL) return 0;
    for (size_t i = 0; error == 0 && i < sizeof bundle_names / sizeof *bundle_names; i++)
        error = bundle_add(server, bundle_names[i], version);
    if (error == 0 && server->client_bundles == NULL) {
        errno = ENOENT;
        error = SIO_ESYS;
    }
    return error;
}

void client_bundle_free(struct client_bundle *bundles)
{
    while (bundles) {
        struct client_bundle *next = bundles->next;
        buf_free(&bundles->bytes);
        buf_free(&bundles->gzip);
        buf_free(&bundles->brotli);
        free(bundles);
        bundles = next;
    }
}

/* ---- Serving ----------------------------------------------------------------------------------------------- */

static const struct client_bundle *bundle_find(const sio_request *request)
{
    const struct sio_server *server = caller_worker(request->http)->server;
    struct str path = http1_path(request->head), prefix = str_from(server->options.path);
    if (!str_starts(path, prefix)) return NULL;
    path = str_cut(path, prefix.size, path.size);
    if (str_starts(path, STR("/"))) path = str_cut(path, 1, path.size); /* of a path without a slash */
    const struct client_bundle *bundle = server->client_bundles;
    while (bundle && !str_equal(path, str_from(bundle->name))) bundle = bundle->next;
    return bundle;
}

/* One tag for all codings, as the reference has it: nobody asks for parts of these. */
static void bundle_reply(sio_request *request, const struct client_bundle *bundle)
{
    struct str accept = http1_header(request->head, STR("Accept-Encoding"));
    enum http_coding coding =
        http_header_coding(accept.at ? accept : STR_EMPTY, bundle->gzip.size > 0, bundle->brotli.size > 0);
    const struct buf *body = &bundle->bytes;
    if (coding == HTTP_CODING_GZIP) body = &bundle->gzip;
    if (coding == HTTP_CODING_BROTLI) body = &bundle->brotli;
    struct buf *headers = &request->reply_headers;
    struct reply reply = { .status = 200, .body = buf_str(body), .is_head = request_is_head(request) };
    reply.type = bundle->is_map ? STR("application/json; charset=utf-8") : STR("application/javascript; charset=utf-8");
    if (body != &bundle->bytes) http1_write_header(headers, STR("Content-Encoding"), http_encoding_name(coding));
    reply.headers = buf_str(headers);
    reply_send(request->http, &reply);
}

bool client_bundle_serve(sio_request *request)
{
    const struct client_bundle *bundle = request_is_get(request) ? bundle_find(request) : NULL;
    struct buf *headers = &request->reply_headers;
    if (bundle == NULL) return false;
    struct str etag = str_from(bundle->etag), tags = http1_header(request->head, STR("If-None-Match"));
    cors_write_headers(request->http->host, request->head, headers);
    http1_write_header(headers, STR("Cache-Control"), STR("public, max-age=0"));
    http1_write_header(headers, STR("ETag"), etag);
    http1_write_header(headers, STR("Vary"), STR("Accept-Encoding"));
    if (headers->error != BUF_OK)
        conn_fail(request->http->conn, CONN_NO_MEMORY);
    else if (tags.at && http_header_matches_etag(tags, etag))
        reply_send(request->http, &(struct reply){ .status = 304, .headers = buf_str(headers) });
    else
        bundle_reply(request, bundle);
    return true;
}
