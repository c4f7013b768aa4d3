#include "unit.h"

#include "courier_address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/un.h>

static bool is_public(const char *text)
{
    struct sockaddr_in four = { .sin_family = AF_INET };
    struct sockaddr_in6 six = { .sin6_family = AF_INET6 };
    if (inet_pton(AF_INET, text, &four.sin_addr) == 1)
        return courier_address_is_public((const struct sockaddr *)(const void *)&four);
    assert_int_equal(inet_pton(AF_INET6, text, &six.sin6_addr), 1);
    return courier_address_is_public((const struct sockaddr *)(const void *)&six);
}

static void the_internet_is_public(void **state)
{
    (void)state;
    static const char *const addresses[] = {
        "1.1.1.1",         "9.255.255.255", "11.0.0.0",       "100.63.255.255",   "100.128.0.0",     "126.255.255.255",
        "128.0.0.0",       "169.253.0.1",   "169.255.0.1",    "172.15.255.255",   "172.32.0.0",      "192.0.1.1",
        "192.167.1.1",     "192.169.0.0",   "198.17.0.1",     "198.20.0.0",       "223.255.255.255", "2606:4700::1",
        "2a00:1450::200e", "2001:4860::8",  "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1",
    };
    for (size_t i = 0; i < sizeof addresses / sizeof *addresses; i++)
        if (!is_public(addresses[i])) fail_msg("%s is public", addresses[i]);
}

static void all_else_is_not(void **state)
{
    (void)state;
    static const char *const addresses[] = {
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "10.255.255.255",
        "100.64.0.1",
        "100.127.255.255",
        "127.0.0.1",
        "127.255.255.254",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.8",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.0.1",
        "192.168.255.255",
        "198.18.0.1",
        "198.19.255.255",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "239.1.1.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:10.1.2.3",
        "::ffff:169.254.169.254",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::1",
        "100::1",
        "2001::1",
        "2001:db8::1",
        "2002:7f00:1::1",
        "2002:a00:1::1",
        "2001:20::1",
        "3fff::1",
        "4000::1",
        "fc00::1",
        "fd12:3456::1",
        "fe80::1",
        "fec0::1",
        "ff02::1",
        "5f00::1",
    };
    for (size_t i = 0; i < sizeof addresses / sizeof *addresses; i++)
        if (is_public(addresses[i])) fail_msg("%s is not public", addresses[i]);
    struct sockaddr_un other = { .sun_family = AF_UNIX };
    assert_false(courier_address_is_public((const struct sockaddr *)(const void *)&other));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_internet_is_public),
        cmocka_unit_test(all_else_is_not),
    };
    return cmocka_run_group_tests_name("courier_address", tests, NULL, NULL);
}
