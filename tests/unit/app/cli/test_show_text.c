#include "unit.h"

#include "printed.h"
#include "show_text.h"

static struct printed printed;

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

static void shows_an_object_with_its_fields(void **state)
{
    (void)state;
    static const struct str values[] = { STR_INIT("\"Always\""), STR_INIT("\"Never\"") };
    static const struct engine_field inner = { .name = STR_INIT("name"), .type = STR_INIT("string") };
    static const struct engine_field fields[] = {
        { .name = STR_INIT("containers"),
          .type = STR_INIT("array of Container"),
          .flags = ENGINE_REQUIRED,
          .description = STR_INIT("List of containers belonging to the pod, at least one of them."),
          .fields = &inner,
          .field_count = 1 },
        { .name = STR_INIT("restartPolicy"),
          .type = STR_INIT("string"),
          .default_value = STR_INIT("\"Always\""),
          .values = values,
          .value_count = 2 },
    };
    static const struct engine_example example = { .label = STR_INIT("JSON"), .code = STR_INIT("{\n\t\"a\": 1\n}") };
    struct engine_details details = {
        .kind = ENGINE_OBJECT,
        .name = STR("io.k8s.PodSpec"),
        .title = STR("PodSpec"),
        .id = STR("k/object/io.k8s.PodSpec"),
        .api_title = STR("Kubernetes"),
        .api_version = STR("1.27"),
        .self = { .type = STR("object"), .description = STR("What a pod is."), .fields = fields, .field_count = 2 },
        .examples = &example,
        .example_count = 1,
    };
    show_text_print(&printed.output, &details);
    assert_string_equal(printed_text(&printed),
                        "KIND:        object\n"
                        "NAME:        io.k8s.PodSpec\n"
                        "TITLE:       PodSpec\n"
                        "TYPE:        object\n"
                        "API:         Kubernetes\n"
                        "VERSION:     1.27\n"
                        "ID:          k/object/io.k8s.PodSpec\n"
                        "\n"
                        "DESCRIPTION:\n"
                        "  What a pod is.\n"
                        "\n"
                        "FIELDS:\n"
                        "  containers <array of Container> -required-\n"
                        "    List of containers belonging to the pod, at least one of\n"
                        "    them.\n"
                        "    name <string>\n"
                        "\n"
                        "  restartPolicy <string>  default \"Always\"  one of \"Always\", \"Never\"\n"
                        "\n"
                        "\n"
                        "EXAMPLE: JSON\n"
                        "  {\n"
                        "      \"a\": 1\n"
                        "  }\n");
}

static void shows_an_endpoint_with_parameters_and_bodies(void **state)
{
    (void)state;
    static const struct engine_field parameter = {
        .name = STR_INIT("limit"), .type = STR_INIT("integer"), .in = STR_INIT("query"), .range = STR_INIT("1 to 500")
    };
    static const struct engine_body bodies[] = {
        { .media_type = STR_INIT("application/json"), .is_required = true, .schema = { .type = STR_INIT("Pod") } },
        { .status = STR_INIT("201"), .description = STR_INIT("Created"), .schema = { .type = STR_INIT("Pod") } },
    };
    static const struct str security[] = { STR_INIT("BearerToken") };
    static const struct engine_place place = { .kind = ENGINE_OBJECT, .id = STR_INIT("k/object/Pod") };
    struct engine_details details = {
        .kind = ENGINE_ENDPOINT,
        .name = STR("/pods"),
        .title = STR("/pods"),
        .method = STR("POST"),
        .summary = STR("Makes a pod."),
        .operation_id = STR("createPod"),
        .parameters = &parameter,
        .parameter_count = 1,
        .bodies = bodies,
        .body_count = 2,
        .security = security,
        .security_count = 1,
        .places = &place,
        .place_count = 1,
        .place_total = 1234,
    };
    show_text_print(&printed.output, &details);
    assert_printed(&printed, "METHOD:      POST\nOPERATION:   createPod\n");
    assert_printed(&printed, "DESCRIPTION:\n  Makes a pod.\n");
    assert_printed(&printed, "  limit <integer>  in query  1 to 500\n");
    assert_printed(&printed, "REQUEST (required)\n  type application/json  as Pod\n");
    assert_printed(&printed, "RESPONSE 201\n  as Pod\n  Created\n");
    assert_printed(&printed, "SECURITY:\n  BearerToken\n");
    assert_printed(&printed, "FOUND IN: 1,234\n  object    k/object/Pod\n");
}

static void shows_what_limits_a_property(void **state)
{
    (void)state;
    struct engine_details details = {
        .kind = ENGINE_PROPERTY,
        .name = STR("port"),
        .owner = STR("Service"),
        .self = { .type = STR("integer"), .flags = ENGINE_REQUIRED | ENGINE_DEPRECATED, .range = STR("1 to 65535") },
    };
    show_text_print(&printed.output, &details);
    assert_printed(&printed, "OWNER:       Service\n");
    assert_printed(&printed, "DESCRIPTION:\n  (none)\n");
    assert_printed(&printed, "CONSTRAINTS:\n -required- -deprecated-  1 to 65535\n");
}

static void marks_the_lines_that_show_the_element(void **state)
{
    (void)state;
    static const struct engine_example example = { .label = STR_INIT("JSON"),
                                                   .code = STR_INIT("{\n  \"a\": 1,\n  \"b\": 2\n}\n"),
                                                   .focus = { 2, 11 } };
    struct engine_details details = { .kind = ENGINE_PROPERTY, .examples = &example, .example_count = 1 };
    show_text_print(&printed.output, &details);
    assert_printed(&printed, "EXAMPLE: JSON\n  {\n    \"a\": 1,\n    \"b\": 2\n  }\n");
    printed.output.has_colour = true;
    show_text_print(&printed.output, &details);
    assert_printed(&printed, "  {\n\033[1m    \"a\": 1,\n\033[0m    \"b\": 2\n  }\n");
}

static void endless_nesting_ends(void **state)
{
    (void)state;
    struct engine_field self = { .name = STR("again"), .field_count = 1 };
    self.fields = &self;
    struct engine_details details = { .kind = ENGINE_OBJECT, .self = self };
    show_text_print(&printed.output, &details);
    assert_printed(&printed, "again");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(shows_an_object_with_its_fields, set_up, tear_down),
        cmocka_unit_test_setup_teardown(shows_an_endpoint_with_parameters_and_bodies, set_up, tear_down),
        cmocka_unit_test_setup_teardown(shows_what_limits_a_property, set_up, tear_down),
        cmocka_unit_test_setup_teardown(marks_the_lines_that_show_the_element, set_up, tear_down),
        cmocka_unit_test_setup_teardown(endless_nesting_ends, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("show_text", tests, NULL, NULL);
}
