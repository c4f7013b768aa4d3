#include "unit.h"

#include "limits.h"
#include "msgpack_packet.h"

#include <stdlib.h>

enum { VALUES = 8 };

struct reading {
    struct packet packet;
    struct str all[LIMIT_MSGPACK_ATTACHMENTS];
    struct msgpack_attachments attachments;
    struct buf json;
    char *bytes; /* a block of exactly the message's size */
};

static enum packet_error read_packet(struct reading *reading, struct str message)
{
    reading->bytes = malloc(message.size ? message.size : 1);
    assert_non_null(reading->bytes);
    memcpy(reading->bytes, message.at, message.size);
    reading->attachments = (struct msgpack_attachments){ reading->all, 0, LIMIT_MSGPACK_ATTACHMENTS };
    buf_init(&reading->json, 10000);
    return msgpack_packet_read(&reading->packet, reading->bytes, message.size, &reading->json, &reading->attachments);
}

static void reading_free(struct reading *reading)
{
    buf_free(&reading->json);
    free(reading->bytes);
}

#define TYPE(n) "\xa4type" n
#define NSP "\xa3nsp\xa1/"
#define DATA                                                                                                           \
    "\xa4"                                                                                                             \
    "data"
#define OPTIONS                                                                                                        \
    "\xa7options\x81\xa8"                                                                                              \
    "compress\xc3"

static const struct {
    struct str message;
    int type;
    const char *json;
    int64_t id;
} good[] = {
    /* As the client writes them: undefined members are dropped, or written as an extension by old versions. */
    { STR_INIT("\x82" TYPE("\x00") NSP), PACKET_CONNECT, "", -1 },
    { STR_INIT("\x83" TYPE("\x00") DATA "\x81\xa5token\xa1x" NSP), PACKET_CONNECT, "{\"token\":\"x\"}", -1 },
    { STR_INIT("\x84" TYPE("\x00") DATA "\xd4\x00\x00" NSP "\xa2id\xd4\x00\x00"), PACKET_CONNECT, "", -1 },
    { STR_INIT("\x82" TYPE("\x01") NSP), PACKET_DISCONNECT, "", -1 },
    { STR_INIT("\x84" TYPE("\x02") DATA "\x92\xa3hey\x01" OPTIONS NSP), PACKET_EVENT, "[\"hey\",1]", -1 },
    { STR_INIT("\x85" OPTIONS TYPE("\x02") "\xa2id\x0c" DATA "\x91\xa3hey" NSP), PACKET_EVENT, "[\"hey\"]", 12 },
    { STR_INIT("\x84" TYPE("\x03") DATA "\x91\xc4\x01x"
                                        "\xa2id\x00" NSP),
      PACKET_BINARY_ACK, "[{\"_placeholder\":true,\"num\":0}]", 0 },
    { STR_INIT("\x83" TYPE("\x02") DATA "\x92\xa1"
                                        "e\x81\xa1"
                                        "b\xc4\x02xy" NSP),
      PACKET_BINARY_EVENT, "[\"e\",{\"b\":{\"_placeholder\":true,\"num\":0}}]", -1 },
    /* python-socketio writes nil. */
    { STR_INIT("\x83" TYPE("\x00") DATA "\xc0" NSP), PACKET_CONNECT, "", -1 },
    { STR_INIT("\x84" TYPE("\x01") DATA "\xc0" NSP "\xa2id\xc0"), PACKET_DISCONNECT, "", -1 },
    /* The last of two counts. */
    { STR_INIT("\x85" TYPE("\x02") DATA "\x91\xa1"
                                        "a" DATA "\x91\xa1"
                                        "b" NSP TYPE("\x03")),
      PACKET_ACK, "[\"b\"]", -1 },
    { STR_INIT("\x84" TYPE("\x03") DATA "\x90" NSP "\xa2id\xcf\x00\x1f\xff\xff\xff\xff\xff\xff"), PACKET_ACK, "[]",
      9007199254740991 },
};

static void reads_packets(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        static struct reading reading;
        assert_int_equal(read_packet(&reading, good[i].message), PACKET_OK);
        assert_int_equal(reading.packet.type, good[i].type);
        assert_str(reading.packet.nsp, "/");
        assert_true(reading.packet.id == (good[i].id < 0 ? PACKET_NO_ID : (uint64_t)good[i].id));
        assert_int_equal(reading.packet.json_size, strlen(good[i].json));
        if (reading.packet.json_size > 0)
            assert_memory_equal(reading.packet.json, good[i].json, reading.packet.json_size);
        assert_int_equal(reading.packet.attachments, reading.attachments.count);
        reading_free(&reading);
    }
}

static void refuses_packets_that_are_cut_short(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        for (size_t size = 0; size < good[i].message.size; size++) {
            static struct reading reading;
            assert_int_equal(read_packet(&reading, str_cut(good[i].message, 0, size)), PACKET_MSGPACK);
            reading_free(&reading);
        }
}

static const struct {
    struct str message;
    enum packet_error error;
} bad[] = {
    { STR_INIT("\x82" TYPE("\x00") NSP "\x00"), PACKET_MSGPACK }, /* something behind it */
    { STR_INIT("\x90"), PACKET_MSGPACK },
    { STR_INIT("\x81\x01\x02"), PACKET_MSGPACK },
    { STR_INIT("\x81" NSP), PACKET_TYPE },
    { STR_INIT("\x82" TYPE("\x05") NSP), PACKET_TYPE },
    { STR_INIT("\x82" TYPE("\xff") NSP), PACKET_TYPE },
    { STR_INIT("\x82" TYPE("\xa1"
                           "2") NSP),
      PACKET_TYPE },
    { STR_INIT("\x82" TYPE("\xc0") NSP), PACKET_TYPE },
    { STR_INIT("\x83" TYPE("\x04") DATA "\xa1x" NSP), PACKET_DIRECTION },
    { STR_INIT("\x81" TYPE("\x00")), PACKET_NAMESPACE },
    { STR_INIT("\x82" TYPE("\x00") "\xa3nsp\x01"), PACKET_NAMESPACE },
    { STR_INIT("\x82" TYPE("\x00") "\xa3nsp\xa0"), PACKET_NAMESPACE },
    { STR_INIT("\x82" TYPE("\x00") "\xa3nsp\xa1x"), PACKET_NAMESPACE },
    { STR_INIT("\x84" TYPE("\x02") DATA "\x91\xa1"
                                        "a" NSP "\xa2id\xff"),
      PACKET_ID },
    { STR_INIT("\x84" TYPE("\x02") DATA "\x91\xa1"
                                        "a" NSP "\xa2id\xa1"
                                        "1"),
      PACKET_ID },
    { STR_INIT("\x84" TYPE("\x02") DATA "\x91\xa1"
                                        "a" NSP "\xa2id\xcf\x00\x20\x00\x00\x00\x00\x00\x00"),
      PACKET_ID },
    { STR_INIT("\x83" TYPE("\x00") DATA "\x90" NSP), PACKET_PAYLOAD },
    { STR_INIT("\x83" TYPE("\x00") DATA "\xa1x" NSP), PACKET_PAYLOAD },
    { STR_INIT("\x83" TYPE("\x01") DATA "\x80" NSP), PACKET_PAYLOAD },
    { STR_INIT("\x82" TYPE("\x02") NSP), PACKET_PAYLOAD },
    { STR_INIT("\x83" TYPE("\x02") DATA "\x80" NSP), PACKET_PAYLOAD },
    { STR_INIT("\x83" TYPE("\x03") DATA "\xc0" NSP), PACKET_PAYLOAD },
    { STR_INIT("\x83" TYPE("\x02") DATA "\x92\xa1"
                                        "a\x81\x01\x02" NSP),
      PACKET_MSGPACK }, /* a number as key */
};

static void refuses_bad_packets(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        static struct reading reading;
        assert_int_equal(read_packet(&reading, bad[i].message), bad[i].error);
        reading_free(&reading);
    }
}

/* `count` empty bytes in an event. */
static enum packet_error read_many_bytes(size_t count)
{
    static struct reading reading;
    struct buf message;
    buf_init(&message, 10000);
    buf_append_str(&message, STR("\x83" TYPE("\x02") NSP DATA "\xdc"));
    buf_append_byte(&message, (char)((count + 1) >> 8));
    buf_append_byte(&message, (char)(count + 1));
    buf_append_str(&message, STR("\xa1"
                                 "a"));
    for (size_t i = 0; i < count; i++) buf_append_str(&message, STR("\xc4\x00"));
    enum packet_error error = read_packet(&reading, buf_str(&message));
    reading_free(&reading);
    buf_free(&message);
    return error;
}

static void has_a_ceiling_for_bytes_and_json(void **state)
{
    (void)state;
    assert_int_equal(read_many_bytes(250), PACKET_OK);
    assert_int_equal(read_many_bytes(400), PACKET_MSGPACK); /* 36 bytes of JSON each, and room for 10000 */
}

/* ---- There and back ------------------------------------------------------------------------------------------ */

/* Reads with both steps, as the server does, and writes what came. */
static void echo(struct str message, struct buf *out)
{
    static struct reading reading;
    sio_value values[VALUES], bytes[VALUES];
    struct str event;
    size_t count;
    assert_int_equal(read_packet(&reading, message), PACKET_OK);
    assert_int_equal(packet_read_arguments(&reading.packet, &event, values, VALUES, &count), PACKET_OK);
    for (size_t i = 0; i < reading.attachments.count; i++)
        bytes[i] = (sio_value){ .kind = SIO_BYTES, .data = { reading.all[i].at, reading.all[i].size } };
    packet_attach(values, count, bytes, reading.packet.attachments);
    if (reading.packet.type == PACKET_EVENT || reading.packet.type == PACKET_BINARY_EVENT)
        msgpack_packet_write_event(out, reading.packet.nsp, reading.packet.id, event, (sio_args){ values, count });
    else
        msgpack_packet_write_ack(out, reading.packet.nsp, reading.packet.id, (sio_args){ values, count });
    reading_free(&reading);
}

static const struct str echoes[] = {
    STR_INIT("\x83" TYPE("\x02") NSP DATA "\x91\xa3hey"),
    STR_INIT("\x84" TYPE(
        "\x02") "\xa3nsp\xa5/chat\xa2id\xcd\x01\x00" DATA
                "\x98\xa3hey\xc0\xc3\xc2\x05\xcb\x3f\xf8\x00\x00\x00\x00\x00\x00\xa4t\"\n\\\x93\x01\x80\x81\xa1k\x90"),
    STR_INIT("\x84" TYPE("\x02") "\xa3nsp\xa1/\xa2id\x00" DATA "\x95\xa1"
                                 "e\xc4\x02\x00\xff\x81\xa1"
                                 "b\x92\xc4\x01y\xc4\x00\x01\x91\xc4\x01z"),
    STR_INIT("\x84" TYPE("\x03") NSP "\xa2id\x07" DATA "\x92\xc4\x01x\x81\xa1k\xc4\x01y"),
    STR_INIT("\x84" TYPE("\x03") NSP "\xa2id\x07" DATA "\x90"),
};

static void echoes_what_it_reads(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof echoes / sizeof *echoes; i++) {
        struct buf out;
        buf_init(&out, 10000);
        echo(echoes[i], &out);
        assert_int_equal(out.error, BUF_OK);
        assert_int_equal(out.size, echoes[i].size);
        assert_memory_equal(out.at, echoes[i].at, out.size);
        buf_free(&out);
    }
}

static void writes_connections(void **state)
{
    (void)state;
    struct buf buf;
    buf_init(&buf, 1000);
    msgpack_packet_write_connect(&buf, STR("/"), STR("{\"sid\":\"x\"}"));
    assert_str(buf_str(&buf), "\x83" TYPE("\x00") NSP DATA "\x81\xa3sid\xa1x");
    buf_clear(&buf);
    msgpack_packet_write_disconnect(&buf, STR("/"));
    assert_str(buf_str(&buf), "\x82" TYPE("\x01") NSP);
    buf_clear(&buf);
    msgpack_packet_write_connect_error(&buf, STR("/"), STR("no"), STR_EMPTY);
    assert_str(buf_str(&buf), "\x83" TYPE("\x04") NSP DATA "\x81\xa7message\xa2no");
    buf_clear(&buf);
    msgpack_packet_write_connect_error(&buf, STR("/"), STR("no"), STR("{\"code\":7}"));
    assert_str(buf_str(&buf), "\x83" TYPE("\x04") NSP DATA "\x82\xa7message\xa2no" DATA "\x81\xa4"
                                                           "code\x07");
    buf_free(&buf);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_packets),        cmocka_unit_test(refuses_packets_that_are_cut_short),
        cmocka_unit_test(refuses_bad_packets),  cmocka_unit_test(has_a_ceiling_for_bytes_and_json),
        cmocka_unit_test(echoes_what_it_reads), cmocka_unit_test(writes_connections),
    };
    return cmocka_run_group_tests_name("msgpack_packet", tests, NULL, NULL);
}
