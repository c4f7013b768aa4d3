#include "unit.h"

#include "printed.h"
#include "show_text.h"

static struct printed printed;
static struct arena arena;

static void show(const struct engine_details *details)
{
    const struct show wanted = { &printed.output, &arena };
    show_text_print(&wanted, details);
}

static int set_up(void **state)
{
    (void)state;
    printed_open(&printed, 60);
    arena_init(&arena, 1 << 20);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    printed_close(&printed);
    arena_free(&arena);
    return 0;
}

static const struct engine_value policies[] = { { .json = STR_INIT("\"Always\"") }, { .json = STR_INIT("\"Never\"") } };
static const struct engine_field container = { .name = STR_INIT("name"), .type = STR_INIT("string") };
static const struct engine_field pod_fields[] = {
    { .name = STR_INIT("containers"),
      .type = STR_INIT("array of Container"),
      .flags = ENGINE_REQUIRED,
      .description = STR_INIT("List of containers belonging to the pod, at least one of them."),
      .fields = &container,
      .field_count = 1 },
    { .name = STR_INIT("restartPolicy"),
      .type = STR_INIT("string"),
      .default_value = STR_INIT("\"Always\""),
      .values = policies,
      .value_count = 2,
      .value_total = 9 },
};
static const struct engine_example pod_example = { .label = STR_INIT("JSON"), .code = STR_INIT("{\n\t\"a\": 1\n}") };
static const struct engine_details pod = {
    .kind = ENGINE_OBJECT,
    .name = STR_INIT("io.k8s.PodSpec"),
    .title = STR_INIT("PodSpec"),
    .id = STR_INIT("k/object/io.k8s.PodSpec"),
    .api_title = STR_INIT("Kubernetes"),
    .api_version = STR_INIT("1.27"),
    .self = { .type = STR_INIT("object"),
              .description = STR_INIT("What a pod is."),
              .fields = pod_fields,
              .field_count = 2,
              .field_total = 5 },
    .examples = &pod_example,
    .example_count = 1,
};

static void shows_an_object_with_its_fields(void **state)
{
    (void)state;
    show(&pod);
    assert_string_equal(printed_text(&printed), "KIND:        object\n"
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
                                                "    List of containers belonging to the pod, at least one of them.\n"
                                                "      name <string>\n"
                                                "\n"
                                                "  restartPolicy <string>\n"
                                                "    one of \"Always\", \"Never\"\n"
                                                "    … 7 more: --offset 2\n"
                                                "    default \"Always\"\n"
                                                "  … 3 more: --offset 2\n"
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
        { .media_type = STR_INIT("application/json"),
          .is_required = true,
          .is_first = true,
          .schema = { .type = STR_INIT("Pod") } },
        { .status = STR_INIT("201"),
          .description = STR_INIT("Created"),
          .is_first = true,
          .schema = { .type = STR_INIT("Pod") } },
    };
    static const struct engine_requirement security = { .text = STR_INIT("BearerToken") };
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
        .parameter_total = 1,
        .bodies = bodies,
        .body_count = 2,
        .security = &security,
        .security_count = 1,
        .places = &place,
        .place_count = 1,
        .place_total = 1234,
    };
    show(&details);
    assert_printed(&printed, "METHOD:      POST\nOPERATION:   createPod\n");
    assert_printed(&printed, "DESCRIPTION:\n  Makes a pod.\n");
    assert_printed(&printed, "  limit <integer>  in query\n    1 to 500\n");
    assert_printed(&printed, "REQUEST (required)\n  application/json <Pod>\n");
    assert_printed(&printed, "RESPONSE 201\n  Created\n  <Pod>\n");
    assert_printed(&printed, "SECURITY:\n  BearerToken\n");
    assert_printed(&printed, "FOUND IN: 1,234\n  object    k/object/Pod\n");
}

static void shows_alternatives_and_where_to_go_on(void **state)
{
    (void)state;
    static const struct engine_field inner = { .name = STR_INIT("claws"), .type = STR_INIT("integer") };
    static const struct engine_field cats[] = { { .name = STR_INIT("Cat"),
                                                  .type = STR_INIT("Cat"),
                                                  .when = STR_INIT("`kind` is \"cat\""),
                                                  .fields = &inner,
                                                  .field_count = 1,
                                                  .field_total = 4 } };
    static const struct engine_choice choice = { .kind = ENGINE_ONE_OF,
                                                 .discriminator = STR_INIT("kind"),
                                                 .alternatives = cats,
                                                 .alternative_count = 1,
                                                 .alternative_total = 2 };
    static const struct engine_field pet = {
        .name = STR_INIT("pet"), .type = STR_INIT("one of Cat, Dog"), .choices = &choice, .choice_count = 1
    };
    struct engine_details details = { .kind = ENGINE_OBJECT,
                                      .self = { .fields = &pet, .field_count = 1, .field_total = 1 } };
    show(&details);
    assert_printed(&printed, "      one of these, told by `kind`\n"
                             "          Cat  when `kind` is \"cat\"\n"
                             "              claws <integer>\n"
                             "              … 3 more: --at pet --offset 1\n"
                             "          … 1 more: --at pet --offset 1\n");
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
    show(&details);
    assert_printed(&printed, "OWNER:       Service\n");
    assert_printed(&printed, "DESCRIPTION:\n  (none)\n");
    assert_printed(&printed, "CONSTRAINTS:\n  required\n  deprecated\n  1 to 65535\n");
}

static void marks_the_lines_that_show_the_element(void **state)
{
    (void)state;
    static const struct engine_example example = { .label = STR_INIT("JSON"),
                                                   .code = STR_INIT("{\n  \"a\": 1,\n  \"b\": 2\n}\n"),
                                                   .focus = { 2, 11 } };
    struct engine_details details = { .kind = ENGINE_PROPERTY, .examples = &example, .example_count = 1 };
    show(&details);
    assert_printed(&printed, "EXAMPLE: JSON\n  {\n    \"a\": 1,\n    \"b\": 2\n  }\n");
    printed.output.has_colour = true;
    show(&details);
    assert_printed(&printed, "  {\n\033[1m    \"a\": 1,\n\033[0m    \"b\": 2\n  }\n");
}

static void endless_nesting_ends(void **state)
{
    (void)state;
    struct engine_field self = { .name = STR("again"), .field_count = 1 };
    self.fields = &self;
    struct engine_details details = { .kind = ENGINE_OBJECT, .self = self };
    show(&details);
    assert_printed(&printed, "again");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(shows_an_object_with_its_fields, set_up, tear_down),
        cmocka_unit_test_setup_teardown(shows_an_endpoint_with_parameters_and_bodies, set_up, tear_down),
        cmocka_unit_test_setup_teardown(shows_alternatives_and_where_to_go_on, set_up, tear_down),
        cmocka_unit_test_setup_teardown(shows_what_limits_a_property, set_up, tear_down),
        cmocka_unit_test_setup_teardown(marks_the_lines_that_show_the_element, set_up, tear_down),
        cmocka_unit_test_setup_teardown(endless_nesting_ends, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("show_text", tests, NULL, NULL);
}
