#include "courier_address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>

/* A block of addresses: those that have its first bits. */
struct courier_block {
    uint8_t at[16];
    unsigned bits;
};

/* IANA IPv4 Special-Purpose Address Registry, and groups and the rest above (RFC 1112 §4, RFC 5771). */
static const struct courier_block courier_closed4[] = {
    { { 0 }, 8 },             /* "this network" */
    { { 10 }, 8 },            /* private */
    { { 100, 64 }, 10 },      /* shared by a provider's customers */
    { { 127 }, 8 },           /* this machine */
    { { 169, 254 }, 16 },     /* the link; clouds answer with secrets there */
    { { 172, 16 }, 12 },      /* private */
    { { 192, 0, 0 }, 24 },    /* protocols */
    { { 192, 0, 2 }, 24 },    /* documentation */
    { { 192, 31, 196 }, 24 }, /* AS112 */
    { { 192, 52, 193 }, 24 }, /* AMT */
    { { 192, 88, 99 }, 24 },  /* 6to4 relays */
    { { 192, 168 }, 16 },     /* private */
    { { 192, 175, 48 }, 24 }, /* AS112 */
    { { 198, 18 }, 15 },      /* benchmarks */
    { { 198, 51, 100 }, 24 }, /* documentation */
    { { 203, 0, 113 }, 24 },  /* documentation */
    { { 224 }, 4 },           /* groups */
    { { 240 }, 4 },           /* reserved, broadcast */
};

/* Within 2000::/3, all that is given out (IANA IPv6 Global Unicast Address Assignments). */
static const struct courier_block courier_closed6[] = {
    { { 0x20, 0x01 }, 23 },             /* protocols, Teredo among them */
    { { 0x20, 0x01, 0x0D, 0xB8 }, 32 }, /* documentation */
    { { 0x3F, 0xFF }, 20 },             /* documentation */
};

static const struct courier_block courier_given6 = { { 0x20 }, 3 };

/* Where an IPv6 address holds an IPv4 one. */
static const struct {
    struct courier_block block;
    size_t at;
} courier_embedding[] = {
    { { { [10] = 0xFF, [11] = 0xFF }, 96 }, 12 }, /* ::ffff:0:0/96, mapped */
    { { { 0x00, 0x64, 0xFF, 0x9B }, 96 }, 12 },   /* 64:ff9b::/96, NAT64 */
    { { { 0x20, 0x02 }, 16 }, 2 },                /* 2002::/16, 6to4 */
};

static bool courier_block_has(const struct courier_block *block, const uint8_t *address)
{
    size_t whole = block->bits / 8;
    unsigned rest = block->bits % 8;
    if (memcmp(block->at, address, whole) != 0) return false;
    return rest == 0 || (block->at[whole] ^ address[whole]) >> (8 - rest) == 0;
}

static bool courier_is_public4(const uint8_t *address)
{
    for (size_t i = 0; i < sizeof courier_closed4 / sizeof *courier_closed4; i++)
        if (courier_block_has(&courier_closed4[i], address)) return false;
    return true;
}

static bool courier_is_public6(const uint8_t *address)
{
    for (size_t i = 0; i < sizeof courier_embedding / sizeof *courier_embedding; i++)
        if (courier_block_has(&courier_embedding[i].block, address))
            return courier_is_public4(address + courier_embedding[i].at);
    for (size_t i = 0; i < sizeof courier_closed6 / sizeof *courier_closed6; i++)
        if (courier_block_has(&courier_closed6[i], address)) return false;
    return courier_block_has(&courier_given6, address);
}

bool courier_address_is_public(const struct sockaddr *address)
{
    uint8_t bytes[16];
    if (address->sa_family == AF_INET) {
        memcpy(bytes, &((const struct sockaddr_in *)(const void *)address)->sin_addr, 4);
        return courier_is_public4(bytes);
    }
    if (address->sa_family != AF_INET6) return false;
    memcpy(bytes, &((const struct sockaddr_in6 *)(const void *)address)->sin6_addr, 16);
    return courier_is_public6(bytes);
}
