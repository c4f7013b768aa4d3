#include "http_header.h"
#include "reply.h"
#include "request.h"
#include "static_answer.h"
#include "static_pump.h"
#include "static_type.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

struct static_file {
    int fd;
    struct stat stat;
    const char *coding;
    bool has_variants;
};

/* ---- Opening ----------------------------------------------------------------------------------------------- */

/* Names that begin with a dot are not for the public (.git, .env); .well-known is (RFC 8615). */
static bool static_file_is_public(struct str path)
{
    struct str part;
    while (str_split(&path, '/', &part))
        if (part.size && part.at[0] == '.' && !str_equal(part, STR(".well-known"))) return false;
    return true;
}

/* The kernel sees to it that no ".." and no link leads out of the folder (openat2, Linux 5.6), whatever is renamed
 * meanwhile; it says EAGAIN where it could not be sure. */
static int static_file_open_below(int folder, const char *path)
{
    struct open_how how = { .flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK,
                            .resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS };
    long fd;
    int tries = 8;
    do fd = syscall(SYS_openat2, folder, path, &how, sizeof how);
    while (fd < 0 && (errno == EINTR || (errno == EAGAIN && tries-- > 0)));
    return (int)fd;
}

static bool static_file_open(struct static_file *file, int folder, const char *path)
{
    file->fd = static_file_open_below(folder, path);
    if (file->fd < 0) return false;
    if (fstat(file->fd, &file->stat) == 0 && S_ISREG(file->stat.st_mode)) return true;
    close(file->fd);
    file->fd = -1;
    return false;
}

/* Opens `path` with `ending` behind it, when that exists. */
static bool static_file_open_variant(struct static_file *file, int folder, sio_request *request, const char *path,
                                     const char *ending)
{
    struct str name = arena_format(request->http->host->arena, "%s%s", path, ending);
    return name.size && static_file_open(file, folder, name.at);
}

static void static_file_choose(struct static_file *file, int folder, sio_request *request, const char *path)
{
    struct static_file gzip = { .fd = -1 }, brotli = { .fd = -1 };
    bool has_gzip = static_file_open_variant(&gzip, folder, request, path, ".gz");
    bool has_brotli = static_file_open_variant(&brotli, folder, request, path, ".br");
    struct str accept = http1_header(request->head, STR("Accept-Encoding"));
    enum http_coding coding = http_header_coding(accept.at ? accept : STR_EMPTY, has_gzip, has_brotli);
    struct static_file *chosen = coding == HTTP_CODING_BROTLI ? &brotli : coding == HTTP_CODING_GZIP ? &gzip : file;
    struct static_file all[] = { *file, gzip, brotli };
    int fd = chosen->fd;
    for (size_t i = 0; i < 3; i++)
        if (all[i].fd >= 0 && all[i].fd != fd) close(all[i].fd);
    *file = *chosen;
    file->has_variants = has_gzip || has_brotli;
    file->coding = coding == HTTP_CODING_BROTLI ? "br" : coding == HTTP_CODING_GZIP ? "gzip" : NULL;
}

/* ---- Sending ----------------------------------------------------------------------------------------------- */

/* A small file goes out in one write with its head. Takes `fd`. */
static int static_file_send_small(sio_request *request, int status, const char *type, int fd, uint64_t start,
                                  size_t size)
{
    char *bytes = arena_alloc(request->http->host->arena, size + 1);
    ssize_t got = -1;
    if (bytes) {
        do got = pread(fd, bytes, size, (off_t)start);
        while (got < 0 && errno == EINTR);
    }
    close(fd);
    if (got != (ssize_t)size) return reply_status(request, bytes ? 500 : 503);
    return sio_reply(request, status, type, bytes, size);
}

static int static_file_send(sio_request *request, struct static_file *file, const char *type)
{
    char etag[64];
    uint64_t start, end;
    struct static_content content = {
        .etag = etag, .coding = file->coding, .has_variants = file->has_variants, .has_date = true
    };
    content.modified = file->stat.st_mtim.tv_sec;
    content.size = (uint64_t)file->stat.st_size;
    snprintf(etag, sizeof etag, "\"%llx-%llx.%lx%s%s\"", (unsigned long long)content.size,
             (unsigned long long)content.modified, (unsigned long)file->stat.st_mtim.tv_nsec, file->coding ? "-" : "",
             file->coding ? file->coding : "");
    int status = static_answer(request, &content, &start, &end);
    bool is_sent = status == 200 || status == 206;
    if (is_sent && !request_is_head(request) && end - start <= STATIC_PIECE_BYTES)
        return static_file_send_small(request, status, type, file->fd, start, (size_t)(end - start));
    int error = status < 0 ? status : reply_begin(request, status, is_sent ? type : NULL, is_sent ? end - start : 0);
    if (error == 0 && is_sent && !request_is_head(request))
        return static_pump_start(request->http, file->fd, start, end);
    close(file->fd);
    return error;
}

/* The path below the root, without the slash it begins with; NULL: it names nothing. */
static const char *static_file_path(sio_request *request)
{
    const char *path = request->path;
    if (path[0] != '/' || !static_file_is_public(str_from(path))) return NULL;
    while (*path == '/') path++;
    struct str text = str_from(path);
    if (text.size && text.at[text.size - 1] != '/') return path;
    struct str index = arena_format(request->http->host->arena, "%sindex.html", path);
    return index.size ? index.at : NULL;
}

int sio_reply_file(sio_request *request, const char *root)
{
    struct static_file file = { .fd = -1 };
    const char *path = static_file_path(request);
    if (request->is_answered) return SIO_EINVAL;
    if (!request_is_get(request)) {
        sio_reply_header(request, "Allow", "GET, HEAD");
        return reply_status(request, 405);
    }
    int folder = path ? open(root, O_PATH | O_DIRECTORY | O_CLOEXEC) : -1;
    bool is_found = folder >= 0 && static_file_open(&file, folder, path);
    if (is_found) static_file_choose(&file, folder, request, path);
    if (folder >= 0) close(folder);
    return is_found ? static_file_send(request, &file, static_type(str_from(path))) : reply_status(request, 404);
}
