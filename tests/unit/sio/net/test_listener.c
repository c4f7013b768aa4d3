#include "listener.h"
#include "unit.h"

#include <arpa/inet.h>
#include <errno.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

static struct loop loop;
static struct listener listener;
static unsigned accepted, shared; /* shared: taken by others than the first */
static bool refuses;

static bool on_accept(struct listener *from, int fd)
{
    if (from != &listener) shared++;
    close(fd);
    if (refuses) return false;
    accepted++;
    return true;
}

static int open_listener(void **state)
{
    (void)state;
    accepted = shared = 0;
    refuses = false;
    return loop_init(&loop) != 0 || listener_open(&listener, &loop, "127.0.0.1", 0, false, on_accept) != 0;
}

static int close_listener(void **state)
{
    (void)state;
    listener_close(&listener);
    listener_close(&listener);
    loop_free(&loop);
    return 0;
}

static int connect_client(void)
{
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons(listener_port(&listener)) };
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    assert_true(fd >= 0);
    assert_int_equal(connect(fd, (struct sockaddr *)&address, sizeof address), 0);
    return fd;
}

static void takes_clients(void **state)
{
    int fds[5];
    (void)state;
    assert_int_not_equal(listener_port(&listener), 0);
    for (int i = 0; i < 5; i++) fds[i] = connect_client();
    while (accepted < 5) assert_int_equal(loop_turn(&loop, 1000), 0);
    for (int i = 0; i < 5; i++) close(fds[i]);
}

static void a_taken_port_is_an_error(void **state)
{
    struct listener other;
    (void)state;
    assert_int_equal(listener_open(&other, &loop, "127.0.0.1", listener_port(&listener), false, on_accept), -1);
    assert_int_equal(errno, EADDRINUSE);
    assert_int_equal(listener_open(&other, &loop, "not an address", 0, false, on_accept), -1);
    assert_int_equal(errno, EADDRNOTAVAIL);
    assert_int_equal(listener_port(&other), 0);
    listener_close(&other);
}

/* Each of the two takes a part of 64 clients; that one of them takes all has a chance of 2^-63. */
static void listeners_share_a_port(void **state)
{
    struct listener first, second;
    (void)state;
    uint16_t port = listener_port(&listener);
    assert_int_equal(listener_open(&first, &loop, "127.0.0.1", port, true, on_accept), -1);
    assert_int_equal(errno, EADDRINUSE); /* not by the kernel's leave, either */
    listener_close(&listener);
    assert_int_equal(listener_open(&listener, &loop, "127.0.0.1", 0, true, on_accept), 0);
    assert_int_equal(listener_join(&second, &loop, &listener, on_accept), 0);
    assert_int_equal(listener_port(&second), listener_port(&listener));
    for (int i = 0; i < 64; i++) {
        int fd = connect_client();
        while (accepted <= (unsigned)i) assert_int_equal(loop_turn(&loop, 1000), 0);
        close(fd);
    }
    assert_in_range(shared, 1, 63);
    assert_int_equal(listener_open(&first, &loop, "127.0.0.1", listener_port(&second), true, on_accept), -1);
    assert_int_equal(errno, EADDRINUSE);
    listener_close(&second);
}

static void refusing_pauses_and_goes_on(void **state)
{
    int first, second;
    (void)state;
    refuses = true;
    first = connect_client();
    while (listener.source.events != 0) assert_int_equal(loop_turn(&loop, 1000), 0);
    refuses = false;
    second = connect_client();
    while (accepted < 1) assert_int_equal(loop_turn(&loop, 1000), 0);
    close(first);
    close(second);
}

/* Without descriptors (EMFILE) the client waits in the kernel's queue and is taken when there are some again. */
static void out_of_descriptors(void **state)
{
    struct rlimit old, none;
    (void)state;
    int client = connect_client();
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &old), 0);
    none = old;
    none.rlim_cur = 3;
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &none), 0);
    while (listener.source.events != 0) loop_turn(&loop, 1000);
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &old), 0);
    assert_int_equal(accepted, 0);
    while (accepted < 1) assert_int_equal(loop_turn(&loop, 1000), 0);
    close(client);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_listener, close_listener)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(takes_clients),          TEST(a_taken_port_is_an_error),
        TEST(listeners_share_a_port), TEST(refusing_pauses_and_goes_on),
        TEST(out_of_descriptors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
