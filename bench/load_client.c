#include "load_client.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>

_Noreturn void load_fail(const char *what)
{
    fprintf(stderr, "load: %s%s%s\n", what, errno ? ": " : "", errno ? strerror(errno) : "");
    exit(1);
}

void load_raise_limit(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) load_fail("getrlimit");
    limit.rlim_cur = limit.rlim_max;
    if (setrlimit(RLIMIT_NOFILE, &limit) != 0) load_fail("setrlimit");
}

void load_client_open(struct load_client *client, uint16_t port, int epoll, void *owner)
{
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons(port) };
    struct epoll_event event = { .events = EPOLLIN, .data.ptr = owner };
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    client->fd = socket(AF_INET, SOCK_STREAM, 0);
    if (client->fd < 0 || connect(client->fd, (struct sockaddr *)&address, sizeof address) != 0) load_fail("connect");
    setsockopt(client->fd, IPPROTO_TCP, TCP_NODELAY, &(int){ 1 }, sizeof(int));
    buf_init(&client->input, LOAD_PENDING_MAX);
    buf_init(&client->output, LOAD_PENDING_MAX);
    if (epoll_ctl(epoll, EPOLL_CTL_ADD, client->fd, &event) != 0) load_fail("epoll_ctl");
}

void load_client_upgrade(struct load_client *client, const char *target)
{
    buf_append_format(&client->output,
                      "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                      "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n",
                      target);
    load_client_flush(client);
}

/* Client frames are masked (RFC 6455 §5.3); a mask of zeros leaves the text as it is. */
void load_client_frame(struct load_client *client, struct str text)
{
    uint8_t head[8] = { 0x81 };
    size_t head_size = 2;
    if (text.size < 126) {
        head[1] = (uint8_t)(0x80 | text.size);
    } else {
        head[1] = 0x80 | 126;
        head[2] = (uint8_t)(text.size >> 8);
        head[3] = (uint8_t)text.size;
        head_size = 4;
    }
    buf_append(&client->output, head, head_size);
    buf_append(&client->output, "\0\0\0\0", 4);
    buf_append_str(&client->output, text);
}

void load_client_flush(struct load_client *client)
{
    while (client->output.size) {
        ssize_t sent = send(client->fd, client->output.at, client->output.size, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent < 0 && errno == EINTR) continue;
        /* The kernel's buffer is full: the answers still to come will make room. */
        if (sent < 0 && errno == EAGAIN) return;
        if (sent < 0) load_fail("send");
        buf_consume(&client->output, (size_t)sent);
    }
}

static void load_client_take_answer(struct load_client *client)
{
    struct str input = buf_str(&client->input);
    size_t end = str_find(input, STR("\r\n\r\n"));
    if (end == STR_NONE) return;
    errno = 0;
    if (!str_starts(input, STR("HTTP/1.1 101"))) load_fail("the server refused the WebSocket");
    client->is_upgraded = true;
    buf_consume(&client->input, end + 4);
}

bool load_client_read(struct load_client *client)
{
    char *at = buf_reserve(&client->input, LOAD_READ_BYTES);
    if (at == NULL) load_fail("no memory");
    ssize_t size = recv(client->fd, at, LOAD_READ_BYTES, MSG_DONTWAIT);
    if (size < 0 && (errno == EAGAIN || errno == EINTR)) return false;
    if (size < 0) load_fail("recv");
    errno = 0;
    if (size == 0) load_fail("the server closed a connection");
    client->input.size += (size_t)size;
    if (!client->is_upgraded) load_client_take_answer(client);
    return true;
}

bool load_client_take(struct str *input, struct str *text)
{
    const uint8_t *at = (const uint8_t *)input->at;
    size_t head = 2, size;
    if (input->size < 2) return false;
    size = at[1] & 0x7F;
    if (size == 126) {
        if (input->size < 4) return false;
        size = (size_t)at[2] << 8 | at[3];
        head = 4;
    }
    if (input->size < head + size) return false;
    *text = str_cut(*input, head, head + size);
    *input = str_cut(*input, head + size, input->size);
    return true;
}

void load_client_rest(struct load_client *client)
{
    if (client->input.size == 0) buf_free(&client->input);
    if (client->output.size == 0) buf_free(&client->output);
}
