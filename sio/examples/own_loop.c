/* own_loop.c - a server inside somebody else's loop: every line typed at the terminal reaches all clients.
 *
 *   own_loop [PORT]
 *
 *     io("http://127.0.0.1:3000").on("line", (text) => console.log(text));
 *
 * poll() stands for any loop: libuv, GLib, a game's. It ends with the end of the input. */
#include <sio.h>

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct line {
    char text[4096];
    size_t size;
};

static void send_line(sio_server *server, char *text)
{
    sio_broadcast(sio_of(server, "/"), (sio_to){ 0 }, "line", SIO_ARGS(sio_text(text)));
}

/* Sends the lines that are whole; one that is too long goes in pieces. */
static void send_lines(sio_server *server, struct line *line)
{
    char *end;
    while ((end = memchr(line->text, '\n', line->size)) != NULL) {
        size_t used = (size_t)(end - line->text) + 1;
        *end = '\0';
        send_line(server, line->text);
        line->size -= used;
        memmove(line->text, line->text + used, line->size);
    }
    if (line->size == sizeof line->text - 1) {
        line->text[line->size] = '\0';
        send_line(server, line->text);
        line->size = 0;
    }
}

/* False at the end of the input. */
static bool read_terminal(sio_server *server, struct line *line)
{
    ssize_t size = read(STDIN_FILENO, line->text + line->size, sizeof line->text - 1 - line->size);
    if (size <= 0) return false;
    line->size += (size_t)size;
    send_lines(server, line);
    return true;
}

static int loop(sio_server *server)
{
    struct line line = { .size = 0 };
    struct pollfd watched[] = { { .fd = sio_server_fd(server), .events = POLLIN },
                                { .fd = STDIN_FILENO, .events = POLLIN } };
    int error = watched[0].fd < 0 ? watched[0].fd : 0;
    /* The first step: what was done before the loop began may have left something for it. */
    while (error == 0 && (error = sio_server_step(server, 0)) == 0 && sio_server_is_running(server)) {
        if (poll(watched, 2, -1) < 0) return SIO_ESYS;
        if (watched[1].revents && !read_terminal(server, &line)) {
            watched[1].fd = -1;
            sio_server_stop(server);
        }
    }
    return error;
}

int main(int count, char **words)
{
    sio_server *server;
    uint16_t port = count > 1 ? (uint16_t)atoi(words[1]) : 3000;
    int error = sio_server_create(&server, &(sio_options){ .port = port });
    if (error == 0) error = loop(server);
    if (error != 0) fprintf(stderr, "own_loop: %s\n", sio_strerror(error));
    sio_server_destroy(server);
    return error != 0;
}
