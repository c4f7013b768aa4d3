#include "unit.h"

#include "pack.h"

#include <stdio.h>
#include <stdlib.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

/* A text with maps in it, as `{"a":{"k0":…,"k1":…},"b":{…}}`, and its outline. */
struct sketch {
    struct buf text;
    struct pack_cut cuts[8];
    struct format_pack_piece members[4096];
    struct pack_outline outline;
    uint32_t values; /* so far */
    size_t member_count;
};

static void sketch_start(struct sketch *sketch)
{
    buf_init(&sketch->text, 64 << 20);
    sketch->outline = (struct pack_outline){ .cuts = sketch->cuts, .members = sketch->members };
    sketch->member_count = 0;
    sketch->values = 1; /* the root */
    buf_append_str(&sketch->text, STR("{ \"openapi\": \"3.1.0\""));
    sketch->values += 2;
}

/* A map of so many members, each a string of so many bytes that differ. */
static void sketch_map(struct sketch *sketch, const char *name, unsigned count, size_t size)
{
    struct pack_cut *cut = &sketch->cuts[sketch->outline.cut_count++];
    buf_append_format(&sketch->text, ",\n\"%s\": {", name);
    *cut = (struct pack_cut){ .value = sketch->values + 1, .value_count = 2 * count, .member_count = count };
    for (unsigned i = 0; i < count; i++) {
        char key[32];
        buf_append_str(&sketch->text, i ? STR(",\n\n") : STR(" "));
        if (i == 0) cut->start = (uint32_t)sketch->text.size;
        snprintf(key, sizeof key, "%s%u", name, i);
        sketch->members[sketch->member_count++] =
            (struct format_pack_piece){ pack_hash(str_from(key)), (uint32_t)sketch->text.size };
        buf_append_format(&sketch->text, "\"%s\" : \"", key);
        for (size_t at = 0; at < size; at++) buf_append_byte(&sketch->text, (char)('a' + (at * at + i * 7) % 26));
        buf_append_byte(&sketch->text, '"');
    }
    cut->end = (uint32_t)sketch->text.size;
    buf_append_str(&sketch->text, STR("\n}"));
    sketch->values += 2 + 2 * count;
}

static void sketch_pack(struct sketch *sketch, struct buf *packed)
{
    struct packer *packer;
    buf_append_str(&sketch->text, STR("}"));
    buf_init(packed, 64 << 20);
    assert_int_equal(packer_create(&packer), FILE_OK);
    assert_int_equal(packer_write(packer, buf_str(&sketch->text), &sketch->outline, packed), FILE_OK);
    assert_int_equal(packed->size % PACK_ALIGN, 0);
    packer_destroy(packer);
}

static void assert_whole(const struct pack *pack, struct str text)
{
    struct buf whole;
    buf_init(&whole, 64 << 20);
    assert_int_equal(pack_text(pack, &whole), FILE_OK);
    assert_true(str_equal(buf_str(&whole), text));
    buf_free(&whole);
}

/* The text of a piece, in a block that the caller frees. */
static char *read_piece(const struct pack *pack, const struct format_pack_piece *piece, struct str *text)
{
    struct unpacker *unpacker;
    uint32_t number = pack_block_of(pack, piece->offset);
    char *first = malloc(pack_block_size(pack, 0)), *block = malloc(pack_block_size(pack, number));
    assert_non_null(first);
    assert_non_null(block);
    assert_int_equal(unpacker_create(&unpacker), FILE_OK);
    assert_int_equal(pack_block(pack, unpacker, 0, NULL, first), FILE_OK);
    assert_int_equal(pack_block(pack, unpacker, number, first, block), FILE_OK);
    size_t start = piece->offset - pack->blocks[number].offset;
    *text = str_cut((struct str){ block, pack_block_size(pack, number) }, start, start + pack_size_of(piece->hash));
    unpacker_destroy(unpacker);
    free(first);
    return block;
}

static void assert_piece(const struct pack *pack, uint32_t map, const char *key)
{
    size_t count, found = 0;
    char quoted[40];
    snprintf(quoted, sizeof quoted, "\"%s\" : \"", key);
    const struct format_pack_piece *pieces = pack_find(pack, map, pack_hash(str_from(key)), &count);
    for (size_t i = 0; i < count; i++) {
        struct str text;
        char *block = read_piece(pack, &pieces[i], &text);
        found += str_starts(text, str_from(quoted)) && str_find(str_cut(text, 1, text.size), STR("\"")) != STR_NONE;
        free(block);
    }
    assert_int_equal(found, 1);
}

static void pieces_are_found_and_the_whole_comes_back(void **state)
{
    (void)state;
    static struct sketch sketch;
    struct buf packed;
    struct pack pack;
    sketch_start(&sketch);
    sketch_map(&sketch, "paths", 300, 900);
    sketch_map(&sketch, "large", 3, 200000);
    sketch_map(&sketch, "one", 1, 5);
    sketch_map(&sketch, "schemas", 2000, 40);
    sketch_pack(&sketch, &packed);
    assert_int_equal(pack_open(&pack, buf_str(&packed)), FILE_OK);
    assert_int_equal(pack.head->map_count, 4);
    assert_int_equal(pack.head->piece_count, 2304);
    assert_true(pack.head->skeleton_size < 200);
    assert_true(pack.head->block_count > 8);
    for (uint32_t map = 0; map < 4; map++) assert_int_equal(pack.maps[map].value, 2 * map + 4);
    assert_piece(&pack, 0, "paths0");
    assert_piece(&pack, 0, "paths299");
    assert_piece(&pack, 1, "large1");
    assert_piece(&pack, 2, "one0");
    assert_piece(&pack, 3, "schemas1999");
    size_t count;
    pack_find(&pack, 3, pack_hash(STR("paths0")), &count);
    assert_int_equal(count, 0);
    /* What is large has a block of its own. */
    const struct format_pack_piece *large = pack_find(&pack, 1, pack_hash(STR("large1")), &count);
    assert_int_equal(large->offset, pack.blocks[pack_block_of(&pack, large->offset)].offset);
    assert_whole(&pack, buf_str(&sketch.text));
    buf_free(&packed);
    buf_free(&sketch.text);
}

static void places_lead_back_to_the_original(void **state)
{
    (void)state;
    static struct sketch sketch;
    struct buf packed;
    struct pack pack;
    sketch_start(&sketch);
    sketch_map(&sketch, "a", 3, 10);
    sketch_map(&sketch, "b", 2, 10);
    sketch_pack(&sketch, &packed);
    assert_int_equal(pack_open(&pack, buf_str(&packed)), FILE_OK);
    struct str text = buf_str(&sketch.text);
    char *whole = calloc(1, text.size);
    assert_non_null(whole);
    uint32_t run;
    struct str piece;
    for (uint32_t i = 0; i < pack.head->piece_count; i++) {
        char *block = read_piece(&pack, &pack.pieces[i], &piece);
        uint32_t at = pack_original(&pack, pack.pieces[i].offset, &run);
        assert_true(str_starts(str_cut(text, at, text.size), str_cut(piece, 0, 5)));
        assert_true(run > 5);
        free(block);
    }
    /* Each byte of the original once. */
    for (uint32_t offset = 0; offset < text.size; offset++) {
        uint32_t at = pack_original(&pack, offset, &run);
        assert_true(at < text.size && run > 0 && at + run <= text.size);
        assert_int_equal(whole[at]++, 0);
        assert_int_equal(pack_stored(&pack, at, &run), offset);
        assert_true(run > 0 && at + run <= text.size);
    }
    free(whole);
    buf_free(&packed);
    buf_free(&sketch.text);
}

static void a_text_without_an_outline_is_one_block(void **state)
{
    (void)state;
    static const struct str texts[] = { STR_INIT(""), STR_INIT("{}"), STR_INIT("\xEF\xBB\xBF[1,\n2]\n") };
    struct packer *packer;
    assert_int_equal(packer_create(&packer), FILE_OK);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct buf packed;
        struct pack pack;
        buf_init(&packed, 1 << 20);
        assert_int_equal(packer_write(packer, texts[i], &(struct pack_outline){ .cut_count = 0 }, &packed), FILE_OK);
        assert_int_equal(pack_open(&pack, buf_str(&packed)), FILE_OK);
        assert_int_equal(pack.head->block_count, 1);
        assert_whole(&pack, texts[i]);
        buf_free(&packed);
    }
    packer_destroy(packer);
    packer_destroy(NULL);
    unpacker_destroy(NULL);
}

/* A map whose keys somebody chose so that they have one hash stays in the skeleton; the others are cut all the same. */
static void keys_of_one_hash_are_not_cut(void **state)
{
    (void)state;
    static struct sketch sketch;
    struct buf packed;
    struct pack pack;
    sketch_start(&sketch);
    sketch_map(&sketch, "bad", 100, 100);
    for (size_t i = 0; i < 100; i++) sketch.members[i].hash = 0x700;
    sketch_map(&sketch, "good", 100, 100);
    sketch_pack(&sketch, &packed);
    assert_int_equal(pack_open(&pack, buf_str(&packed)), FILE_OK);
    assert_int_equal(pack.head->map_count, 1);
    assert_int_equal(pack.maps[0].value, 206); /* root, openapi and its value, bad and its map with 200, "good" */
    assert_piece(&pack, 0, "good77");
    assert_whole(&pack, buf_str(&sketch.text));
    buf_free(&packed);
    buf_free(&sketch.text);
}

static void sizes_are_rounded_up_by_little(void **state)
{
    (void)state;
    static const uint32_t sizes[] = {
        0, 1, 7, 8, 9, 15, 16, 17, 31, 33, 1000, 65535, 65536, 65537, 38000000, 256 << 20
    };
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        uint32_t class = pack_size_class(sizes[i]);
        assert_true(class <= PACK_SIZE_MASK);
        uint32_t rounded = pack_size_of(pack_hash(STR("any")) | class);
        assert_true(rounded >= sizes[i]);
        assert_true(rounded <= sizes[i] + sizes[i] / 8 + 8);
    }
}

/* ---- Damage ------------------------------------------------------------------------------------------------------ */

static size_t directory_size(const struct pack *pack)
{
    return (size_t)(pack->frames - (const char *)pack->head);
}

static void seal(struct buf *packed, size_t directory)
{
    struct format_pack *head = (struct format_pack *)(void *)packed->at;
    head->checksum = XXH3_64bits(packed->at + sizeof head->checksum, directory - sizeof head->checksum);
}

static void each_flipped_bit_is_damage(void **state)
{
    (void)state;
    static struct sketch sketch;
    struct buf packed, whole;
    struct pack pack;
    buf_init(&whole, 1 << 20);
    sketch_start(&sketch);
    sketch_map(&sketch, "a", 5, 30);
    sketch_pack(&sketch, &packed);
    assert_int_equal(pack_open(&pack, buf_str(&packed)), FILE_OK);
    size_t end = directory_size(&pack) + pack.blocks[pack.head->block_count].frame; /* zeros may follow */
    size_t unnoticed = 0;
    for (size_t at = 0; at < end; at++) {
        packed.at[at] ^= (char)(1 << at % 8);
        if (pack_open(&pack, buf_str(&packed)) == FILE_OK) {
            /* A frame has bits that mean nothing. */
            buf_clear(&whole);
            bool is_read = pack_text(&pack, &whole) == FILE_OK;
            assert_true(!is_read || str_equal(buf_str(&whole), buf_str(&sketch.text)));
            unnoticed += is_read;
        }
        packed.at[at] ^= (char)(1 << at % 8);
    }
    assert_true(unnoticed < 4);
    for (size_t size = 0; size < end; size++) {
        int error = pack_open(&pack, str_cut(buf_str(&packed), 0, size));
        assert_int_equal(error, FILE_CORRUPT);
    }
    buf_free(&whole);
    buf_free(&packed);
    buf_free(&sketch.text);
}

/* Directories that pass the checksum and lie all the same: refused, or read without harm. */
static void directories_that_lie_do_no_harm(void **state)
{
    (void)state;
    static struct sketch sketch;
    struct buf packed, whole;
    struct pack pack;
    struct unpacker *unpacker;
    buf_init(&whole, 64 << 20);
    sketch_start(&sketch);
    sketch_map(&sketch, "a", 90, 1000);
    sketch_map(&sketch, "b", 90, 1000);
    sketch_pack(&sketch, &packed);
    assert_int_equal(unpacker_create(&unpacker), FILE_OK);
    assert_int_equal(pack_open(&pack, buf_str(&packed)), FILE_OK);
    size_t directory = directory_size(&pack);
    static const uint32_t lies[] = { 0, 1, 7, 0x10000, 0x7FFFFFFF, UINT32_MAX };
    for (size_t at = 8; at + 4 <= directory; at += 4) {
        uint32_t truth;
        memcpy(&truth, packed.at + at, sizeof truth);
        for (size_t i = 0; i < sizeof lies / sizeof *lies; i++) {
            memcpy(packed.at + at, &lies[i], sizeof lies[i]);
            seal(&packed, directory);
            buf_clear(&whole);
            if (pack_open(&pack, buf_str(&packed)) == FILE_OK && pack_text(&pack, &whole) == FILE_OK)
                assert_int_equal(whole.size, sketch.text.size);
        }
        memcpy(packed.at + at, &truth, sizeof truth);
    }
    unpacker_destroy(unpacker);
    buf_free(&whole);
    buf_free(&packed);
    buf_free(&sketch.text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_are_found_and_the_whole_comes_back),
        cmocka_unit_test(places_lead_back_to_the_original),
        cmocka_unit_test(a_text_without_an_outline_is_one_block),
        cmocka_unit_test(keys_of_one_hash_are_not_cut),
        cmocka_unit_test(sizes_are_rounded_up_by_little),
        cmocka_unit_test(each_flipped_bit_is_damage),
        cmocka_unit_test(directories_that_lie_do_no_harm),
    };
    return cmocka_run_group_tests_name("pack", tests, NULL, NULL);
}
