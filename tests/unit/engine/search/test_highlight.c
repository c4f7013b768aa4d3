#include "unit.h"

#include <stdio.h>

#include "highlight.h"

static struct query query;

/* The name with brackets around what matches. */
static struct str marked(struct str text, struct str name, char bytes[256])
{
    struct highlight_range ranges[HIGHLIGHT_RANGES];
    query_parse(&query, text, false);
    size_t count = highlight_name(&query, name, ranges), size = 0, last = 0;
    for (size_t i = 0; i < count; i++) {
        assert_true(ranges[i].start >= last && ranges[i].end > ranges[i].start && ranges[i].end <= name.size);
        size +=
            (size_t)snprintf(bytes + size, 256 - size, "%.*s[%.*s]", STR_FORMAT(str_cut(name, last, ranges[i].start)),
                             STR_FORMAT(str_cut(name, ranges[i].start, ranges[i].end)));
        last = ranges[i].end;
    }
    size += (size_t)snprintf(bytes + size, 256 - size, "%.*s", STR_FORMAT(str_cut(name, last, name.size)));
    return (struct str){ bytes, size };
}

static void marks_what_was_asked_for(void **state)
{
    (void)state;
    static const struct {
        struct str query, name, marked;
    } cases[] = {
        { STR_INIT("customer id"), STR_INIT("customer_id"), STR_INIT("[customer_id]") },
        { STR_INIT("customerId"), STR_INIT("my-customer-id-2"), STR_INIT("my-[customer-id]-2") },
        { STR_INIT("pullsec"), STR_INIT("imagePullSecrets"), STR_INIT("image[PullSec]rets") },
        { STR_INIT("secrets image"), STR_INIT("imagePullSecrets"), STR_INIT("[image]Pull[Secrets]") },
        { STR_INIT("sec im"), STR_INIT("imagePullSecrets"), STR_INIT("[im]agePull[Sec]rets") },
        { STR_INIT("deployment"), STR_INIT("io.k8s.api.apps.v1.Deployment"),
          STR_INIT("io.k8s.api.apps.v1.[Deployment]") },
        { STR_INIT("/api/v1/pods"), STR_INIT("/api/v1/pods/{name}"), STR_INIT("/[api/v1/pods]/{name}") },
        { STR_INIT("pod p"), STR_INIT("podPort"), STR_INIT("[podP]ort") },
        { STR_INIT("zebra"), STR_INIT("horse"), STR_INIT("horse") },
        { STR_INIT("GRÖSSE"), STR_INIT("die_größe"), STR_INIT("die_[größe]") },
        { STR_INIT("cafe"), STR_INIT("meinCaféName"), STR_INIT("mein[Café]Name") },
        { STR_INIT("café na"), STR_INIT("mein_cafe\u0301_name"), STR_INIT("mein_[cafe\u0301_na]me") },
        { STR_INIT("caf na"), STR_INIT("café_name"), STR_INIT("[caf]é_[na]me") },
        { STR_INIT("GRÖßE"), STR_INIT("die_größe"), STR_INIT("die_[größe]") },
        { STR_INIT(""), STR_INIT("name"), STR_INIT("name") },
        { STR_INIT("$"), STR_INIT("$ref"), STR_INIT("$ref") },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char bytes[256];
        struct str found = marked(cases[i].query, cases[i].name, bytes);
        if (!str_equal(found, cases[i].marked)) print_message("%.*s\n", STR_FORMAT(found));
        assert_true(str_equal(found, cases[i].marked));
    }
}

static void marks_parts_and_first_letters(void **state)
{
    (void)state;
    struct highlight_range ranges[HIGHLIGHT_RANGES];
    query_parse(&query, STR("agepullsec"), false);
    assert_int_equal(highlight_inside(&query, STR("image_pull-secrets"), ranges), 1);
    assert_int_equal(ranges[0].start, 2);
    assert_int_equal(ranges[0].end, 14);
    assert_int_equal(highlight_inside(&query, STR("imagePull"), ranges), 0);
    query_parse(&query, STR("ips"), false);
    assert_int_equal(highlight_initials(&query, STR("v1.imagePullSecrets"), ranges), 3);
    assert_int_equal(ranges[0].start, 3);
    assert_int_equal(ranges[1].start, 8);
    assert_int_equal(ranges[2].start, 12);
    assert_int_equal(ranges[2].end, 13);
    assert_int_equal(highlight_initials(&query, STR("imagePull"), ranges), 0);
    assert_int_equal(highlight_initials(&query, STR("$"), ranges), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(marks_what_was_asked_for),
                                        cmocka_unit_test(marks_parts_and_first_letters) };
    return cmocka_run_group_tests_name("highlight", tests, NULL, NULL);
}
