#include "static_pump.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

struct static_pump {
    int fd;
    uint64_t at, end;
};

void static_pump_free(struct http *http)
{
    if (http->pump == NULL) return;
    close(http->pump->fd);
    free(http->pump);
    http->pump = NULL;
}

int static_pump_start(struct http *http, int fd, uint64_t start, uint64_t end)
{
    struct static_pump *pump = malloc(sizeof *pump);
    if (pump == NULL) {
        close(fd);
        conn_fail(http->conn, CONN_NO_MEMORY);
        return SIO_ENOMEM;
    }
    *pump = (struct static_pump){ fd, start, end };
    http->pump = pump;
    conn_want_drain(http->conn);
    return 0;
}

static ssize_t static_pump_read(struct static_pump *pump, char *piece)
{
    uint64_t left = pump->end - pump->at;
    size_t size = left < STATIC_PIECE_BYTES ? (size_t)left : STATIC_PIECE_BYTES;
    ssize_t got;
    do got = pread(pump->fd, piece, size, (off_t)pump->at);
    while (got < 0 && errno == EINTR);
    return got;
}

/* A file that became shorter cannot fill the length that was promised: all that is left is to break the connection. */
void static_pump_continue(struct http *http)
{
    struct static_pump *pump = http->pump;
    struct buf *piece = http->host->text;
    buf_clear(piece);
    char *at = buf_reserve(piece, STATIC_PIECE_BYTES);
    ssize_t got = at ? static_pump_read(pump, at) : -1;
    if (got <= 0) {
        conn_fail(http->conn, at ? CONN_BROKEN : CONN_NO_MEMORY);
        return;
    }
    conn_write(http->conn, &(struct str){ at, (size_t)got }, 1);
    pump->at += (uint64_t)got;
    if (pump->at < pump->end) {
        conn_want_drain(http->conn);
        return;
    }
    static_pump_free(http);
    if (!http->keep_alive) conn_finish(http->conn);
}
