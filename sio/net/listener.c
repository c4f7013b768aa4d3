#include "listener.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

static void listener_on_pause_end(struct timer *timer)
{
    struct listener *listener = (struct listener *)((char *)timer - offsetof(struct listener, pause));
    if (listener->source.fd >= 0) loop_change(listener->loop, &listener->source, EPOLLIN);
}

static void listener_pause(struct listener *listener)
{
    loop_change(listener->loop, &listener->source, 0);
    timer_set(&listener->loop->timers, &listener->pause, listener->loop->now_ms, LISTENER_PAUSE_MS);
}

/* Errors of the one connection, which accept(2) says to treat as if it had not been there. */
static bool listener_may_go_on(int error)
{
    return error == EINTR || error == ECONNABORTED || error == EPROTO || error == EPERM || error == ENETDOWN ||
           error == ENOPROTOOPT || error == EHOSTDOWN || error == ENONET || error == EHOSTUNREACH ||
           error == EOPNOTSUPP || error == ENETUNREACH;
}

/* The queue stays readable when descriptors (EMFILE, ENFILE) or memory have run out: without a pause the loop would
 * spin. */
static void listener_on_ready(struct loop_source *source, uint32_t events)
{
    struct listener *listener = (struct listener *)source;
    (void)events;
    for (int i = 0; i < LISTENER_ACCEPTS && source->fd >= 0; i++) {
        int fd = accept4(source->fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (fd < 0) {
            if (listener_may_go_on(errno)) continue;
            if (errno == EAGAIN || errno == EWOULDBLOCK) return;
            listener->error = errno;
            listener_pause(listener);
            return;
        }
        listener->error = 0;
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &(int){ 1 }, sizeof(int));
        if (!listener->on_accept(listener, fd)) {
            listener_pause(listener);
            return;
        }
    }
}

static int listener_bind(const struct sockaddr *address, socklen_t size, bool is_shared)
{
    int fd = socket(address->sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0) return -1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &(int){ 1 }, sizeof(int));
    if (is_shared) setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &(int){ 1 }, sizeof(int));
    if (bind(fd, address, size) == 0) return fd;
    int error = errno;
    close(fd);
    errno = error;
    return -1;
}

/* The kernel would let another program of the same user share the port too; to take half of its clients is no way to
 * tell that the port is in use. So it is bound alone once before. */
static int listener_bind_first(const struct addrinfo *address, bool is_shared)
{
    int fd = listener_bind(address->ai_addr, address->ai_addrlen, false);
    if (fd < 0 || !is_shared) return fd;
    struct sockaddr_storage bound;
    socklen_t size = sizeof bound;
    int failed = getsockname(fd, (struct sockaddr *)&bound, &size);
    close(fd);
    return failed ? -1 : listener_bind((struct sockaddr *)&bound, size, true);
}

static int listener_socket(const char *host, uint16_t port, bool is_shared)
{
    struct addrinfo hints = { .ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE | AI_NUMERICSERV }, *addresses;
    char service[8];
    snprintf(service, sizeof service, "%u", port);
    if (getaddrinfo(host, service, &hints, &addresses) != 0) {
        errno = EADDRNOTAVAIL;
        return -1;
    }
    int fd = -1;
    for (struct addrinfo *address = addresses; address && fd < 0; address = address->ai_next)
        fd = listener_bind_first(address, is_shared);
    int error = errno;
    freeaddrinfo(addresses);
    errno = error;
    return fd;
}

/* Waits for connections on the socket `fd`, which it owns; -1: there is none, errno says why. */
static int listener_start(struct listener *listener, struct loop *loop, int fd,
                          bool (*on_accept)(struct listener *listener, int fd))
{
    *listener = (struct listener){ .loop = loop, .on_accept = on_accept };
    timer_init(&listener->pause, listener_on_pause_end);
    listener->source.on_ready = listener_on_ready;
    listener->source.fd = fd;
    if (fd < 0) return -1;
    if (listen(fd, LISTENER_BACKLOG) == 0 && loop_add(loop, &listener->source, EPOLLIN) == 0) return 0;
    int error = errno;
    listener_close(listener);
    errno = error;
    return -1;
}

int listener_open(struct listener *listener, struct loop *loop, const char *host, uint16_t port, bool is_shared,
                  bool (*on_accept)(struct listener *listener, int fd))
{
    return listener_start(listener, loop, listener_socket(host, port, is_shared), on_accept);
}

int listener_join(struct listener *listener, struct loop *loop, const struct listener *first,
                  bool (*on_accept)(struct listener *listener, int fd))
{
    struct sockaddr_storage address;
    socklen_t size = sizeof address;
    int fd = getsockname(first->source.fd, (struct sockaddr *)&address, &size) == 0
                 ? listener_bind((struct sockaddr *)&address, size, true)
                 : -1;
    return listener_start(listener, loop, fd, on_accept);
}

uint16_t listener_port(const struct listener *listener)
{
    struct sockaddr_storage address;
    socklen_t size = sizeof address;
    if (listener->source.fd < 0 || getsockname(listener->source.fd, (struct sockaddr *)&address, &size) != 0) return 0;
    if (address.ss_family == AF_INET6) return ntohs(((struct sockaddr_in6 *)&address)->sin6_port);
    return ntohs(((struct sockaddr_in *)&address)->sin_port);
}

void listener_close(struct listener *listener)
{
    int fd = listener->source.fd;
    if (fd < 0) return;
    timer_cancel(&listener->loop->timers, &listener->pause);
    loop_remove(listener->loop, &listener->source);
    close(fd);
}
