#include "unit.h"

#include "uses.h"

#include <stdio.h>
#include <stdlib.h>

/* A catalogue of one API with so many elements, three of which are objects. */
static const uint32_t objects[] = { 40, 60, 100 };
enum { ELEMENTS = 160, FIRST = 0 };

struct written {
    struct buf bytes;
    struct format_api api;
    struct catalogue catalogue;
    struct uses uses;
};

static void written_open(struct written *written)
{
    written->api = (struct format_api){ .first_element = FIRST,
                                        .element_count = ELEMENTS,
                                        .counts = { [CATALOGUE_OBJECT] = 3 },
                                        .uses_size = (uint32_t)written->bytes.size };
    written->catalogue = (struct catalogue){
        .apis = &written->api, .api_count = 1, .uses = buf_str(&written->bytes), .element_count = ELEMENTS
    };
    uses_open(&written->uses, &written->catalogue, 0);
}

static void write_uses(struct written *written)
{
    struct uses_writer writer;
    uses_writer_init(&writer);
    buf_init(&written->bytes, 1 << 20);
    for (size_t i = 0; i < 3; i++) uses_writer_object(&writer, objects[i]);
    uses_writer_add(&writer, 2, 5, 0, USES_REQUEST);
    uses_writer_add(&writer, 2, 5, 0, USES_RESPONSE);
    uses_writer_add(&writer, 0, 5, 0, USES_RESPONSE);
    uses_writer_add(&writer, 2, 5, 0, USES_RESPONSE); /* again */
    uses_writer_add(&writer, 2, 39, 0, USES_PARAMETER);
    uses_writer_add(&writer, 2, 0, 19, USES_PROPERTY);
    uses_writer_add(&writer, 2, 0, 3, USES_PROPERTY); /* the walk comes back to an outer one */
    uses_writer_add(&writer, 2, 1, 0, USES_ALL_OF);
    uses_writer_add(&writer, 2, 1, 0, USES_CONTENT);
    uses_writer_add(&writer, 2, 1, 0, USES_ALL_OF);
    uses_writer_add(&writer, 2, 2, 59, USES_PROPERTY);
    assert_true(uses_writer_write(&writer, &written->bytes));
    assert_int_equal(written->bytes.size % 4, 0);
    uses_writer_free(&writer);
}

/* "0+3 property, 0 request 5 …" */
static struct str told(const struct uses *uses, uint32_t object)
{
    static char text[1000];
    size_t size = 0;
    struct uses_list list = uses_list(uses, object);
    for (struct uses_of_object use; uses_next_object(&list, &use);)
        size += (size_t)snprintf(text + size, sizeof text - size, "%u+%u:%d ", use.object,
                                 use.element - uses_element(uses, use.object), (int)use.role);
    size += (size_t)snprintf(text + size, sizeof text - size, "| ");
    for (struct uses_of_endpoint use; uses_next_endpoint(&list, &use);)
        size += (size_t)snprintf(text + size, sizeof text - size, "%u:%d ", use.element, (int)use.role);
    return (struct str){ text, size };
}

static void lists_come_back_in_order(void **state)
{
    (void)state;
    struct written written;
    write_uses(&written);
    written_open(&written);
    assert_int_equal(written.uses.count, 3);
    assert_str(told(&written.uses, 0), "| 5:6 ");
    assert_str(told(&written.uses, 1), "| ");
    assert_str(told(&written.uses, 2), "0+3:0 0+19:0 1+0:1 1+0:3 2+59:0 | 5:5 5:6 39:4 ");
    for (uint32_t i = 0; i < 3; i++) {
        assert_int_equal(uses_element(&written.uses, i), objects[i]);
        assert_int_equal(uses_object_of(&written.uses, objects[i]), i);
    }
    assert_int_equal(uses_object_of(&written.uses, 41), USES_NONE);
    assert_int_equal(uses_object_of(&written.uses, 0), USES_NONE);
    buf_free(&written.bytes);
}

static void an_api_may_have_no_lists(void **state)
{
    (void)state;
    struct written written;
    buf_init(&written.bytes, 100);
    written_open(&written);
    assert_int_equal(written.uses.count, 0);
    assert_int_equal(uses_object_of(&written.uses, 40), USES_NONE);
    buf_free(&written.bytes);
}

/* Every byte and every word may lie: what is read stays inside of the API. */
static void lists_that_lie_end(void **state)
{
    (void)state;
    struct written written;
    write_uses(&written);
    static const unsigned char lies[] = { 0x00, 0x01, 0x7F, 0x80, 0xFF };
    for (size_t at = 0; at < written.bytes.size; at++) {
        char truth = written.bytes.at[at];
        for (size_t i = 0; i < sizeof lies; i++) {
            written.bytes.at[at] = (char)lies[i];
            written_open(&written);
            for (uint32_t object = 0; object < written.uses.count; object++) {
                struct uses_list list = uses_list(&written.uses, object);
                assert_true(uses_element(&written.uses, object) < ELEMENTS);
                for (struct uses_of_object use; uses_next_object(&list, &use);)
                    assert_true(use.object < 3 && use.element < ELEMENTS && use.role < USES_ROLES);
                for (struct uses_of_endpoint use; uses_next_endpoint(&list, &use);)
                    assert_true(use.element < ELEMENTS && use.role < USES_ROLES);
            }
        }
        written.bytes.at[at] = truth;
    }
    size_t whole = written.bytes.size;
    for (written.bytes.size = 0; written.bytes.size < whole; written.bytes.size += 4) {
        written_open(&written);
        for (uint32_t object = 0; object < written.uses.count; object++) told(&written.uses, object);
    }
    buf_free(&written.bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lists_come_back_in_order),
        cmocka_unit_test(an_api_may_have_no_lists),
        cmocka_unit_test(lists_that_lie_end),
    };
    return cmocka_run_group_tests_name("uses", tests, NULL, NULL);
}
