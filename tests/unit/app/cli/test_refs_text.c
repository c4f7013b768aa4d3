#include "unit.h"

#include "printed.h"
#include "refs_text.h"

static struct printed printed;

static const struct engine_ref rows[] = {
    { ENGINE_USE_PROPERTY,
      STR_INIT(""),
      STR_INIT(""),
      { ENGINE_PROPERTY, STR_INIT("k/object/Pod#spec"), STR_INIT("spec"), STR_INIT("Pod"), STR_INIT("PodSpec"),
        STR_INIT("What runs."), false } },
    { ENGINE_USE_ENDPOINT,
      STR_INIT("request, response"),
      STR_INIT(""),
      { ENGINE_ENDPOINT, STR_INIT("k/endpoint/post/pods"), STR_INIT("POST /pods"), STR_INIT(""), STR_INIT(""),
        STR_INIT(""), false } },
    { ENGINE_USE_ROOT,
      STR_INIT(""),
      STR_INIT("Pod.spec"),
      { ENGINE_OBJECT, STR_INIT("k/object/Pod"), STR_INIT("Pod"), STR_INIT(""), STR_INIT("object"),
        STR_INIT("Something that is longer than the line has room for."), false } },
    { ENGINE_USE_REACH,
      STR_INIT("response"),
      STR_INIT("Pod.spec"),
      { ENGINE_ENDPOINT, STR_INIT("k/endpoint/get/pods"), STR_INIT("GET /p\x1b[2Jods"), STR_INIT(""), STR_INIT(""),
        STR_INIT(""), false } },
};
static const struct engine_refs refs = {
    .id = STR_INIT("k/object/PodSpec"),
    .refs = rows,
    .ref_count = 4,
    .totals = { [ENGINE_USE_PROPERTY] = 1,
                [ENGINE_USE_ENDPOINT] = 1,
                [ENGINE_USE_ROOT] = 1234,
                [ENGINE_USE_REACH] = 1,
                [ENGINE_USE_NAME] = 7 },
    .is_lower_bound = true,
};

static int set_up(void **state)
{
    (void)state;
    printed_open(&printed, 60);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    printed_close(&printed);
    return 0;
}

static void tells_each_use_under_its_heading(void **state)
{
    (void)state;
    refs_text_print(&printed.output, &refs);
    assert_string_equal(printed_text(&printed),
                        "k/object/PodSpec\n"
                        "\n"
                        "PROPERTIES OF THIS TYPE: 1\n"
                        "  Pod.spec <PodSpec>\n"
                        "    k/object/Pod#spec  What runs.\n"
                        "\n"
                        "ENDPOINTS WITH IT: 1\n"
                        "  POST /pods  (request, response)\n"
                        "    k/endpoint/post/pods\n"
                        "\n"
                        "WAYS TO IT: at least 1,234\n"
                        "  Pod.spec\n"
                        "    k/object/Pod  Something that is longer than the line ha\xe2\x80\xa6\n"
                        "\n"
                        "ENDPOINTS THAT LEAD TO IT: at least 1\n"
                        "  Pod.spec  in GET /p [2Jods  (response)\n"
                        "    k/endpoint/get/pods\n"
                        "\n"
                        "OF THIS NAME: 7\n");
}

static void tells_a_pipe_a_line_each(void **state)
{
    (void)state;
    refs_text_print_tabs(&printed.output, &refs);
    assert_string_equal(printed_text(&printed),
                        "property\t\t\tproperty\tspec\tPod\tPodSpec\tk/object/Pod#spec\tWhat runs.\n"
                        "endpoint\trequest, response\t\tendpoint\tPOST /pods\t\t\tk/endpoint/post/pods\t\n"
                        "root\t\tPod.spec\tobject\tPod\t\tobject\tk/object/Pod\tSomething that is longer than the "
                        "line has room for.\n"
                        "reach\tresponse\tPod.spec\tendpoint\tGET /p [2Jods\t\t\tk/endpoint/get/pods\t\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(tells_each_use_under_its_heading, set_up, tear_down),
        cmocka_unit_test_setup_teardown(tells_a_pipe_a_line_each, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("refs_text", tests, NULL, NULL);
}
