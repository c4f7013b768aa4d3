#include "facade_fixture.h"

static struct facade facade;
static struct engine_payload payload;

static int ask(struct engine_payload_wish wish)
{
    arena_reset(&facade.arena);
    return engine_example(facade.opened, facade.scratch, &wish, &facade.arena, &payload, &facade.fault);
}

#define wish_of(...) ((struct engine_payload_wish){ __VA_ARGS__ })

static struct str example(struct engine_payload_wish wish)
{
    if (ask(wish) != ENGINE_OK) fail_msg("%.*s: %s", STR_FORMAT(wish.id), facade.fault.text);
    return payload.example.code;
}

static void assert_fault(struct engine_payload_wish wish, int error, const char *part)
{
    assert_int_equal(ask(wish), error);
    if (strstr(facade.fault.text, part) == NULL) fail_msg("%s is not in: %s", part, facade.fault.text);
}

static struct str marked(void)
{
    return str_cut(payload.example.code, payload.example.focus.start, payload.example.focus.end);
}

#define POD_HEAD "apiVersion: v1\nkind: Pod\nmetadata:\n  name: example\n"

static void a_kind_is_a_manifest(void **state)
{
    (void)state;
    assert_str(
        example(wish_of(.id = STR("cluster/object/Deployment"), .tier = ENGINE_MINIMAL)),
        "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: example\nspec:\n  selector:\n    matchLabels:\n"
        "      app: example\n  template:\n    metadata:\n      labels:\n        app: example\n    spec:\n"
        "      containers:\n      - name: example\n        image: nginx:1.27");
    assert_str(payload.example.language, "yaml");
    assert_str(
        example(wish_of(.id = STR("cluster/object/Pod"), .format = STR("json"), .tier = ENGINE_MINIMAL)),
        "{\n  \"apiVersion\": \"v1\",\n  \"kind\": \"Pod\",\n  \"metadata\": {\n    \"name\": \"example\"\n  },\n"
        "  \"spec\": {\n    \"containers\": [\n      {\n        \"name\": \"example\",\n"
        "        \"image\": \"nginx:1.27\"\n      }\n    ]\n  }\n}");
    assert_true(
        str_starts(example(wish_of(.id = STR("cluster/endpoint/post/deployments"))), STR("apiVersion: apps/v1\n")));
    assert_str(payload.media_type, "*/*");
}

static void its_details_show_the_manifest_first(void **state)
{
    (void)state;
    const struct engine_details *pod = facade_details(&facade, "cluster/object/Pod");
    assert_str(pod->examples[0].label, "YAML");
    assert_true(str_starts(pod->examples[0].code, STR(POD_HEAD)));
    assert_str(pod->examples[1].label, "JSON");
    assert_str(facade_details(&facade, "cluster/object/PodSpec")->examples[0].label, "JSON");
}

static void a_property_is_shown_in_its_nearest_root(void **state)
{
    (void)state;
    assert_str(example(wish_of(.id = STR("cluster/object/PodSpec#pullSecrets"))), POD_HEAD
               "spec:\n  containers:\n  - name: example\n    image: nginx:1.27\n  pullSecrets:\n  - name: example");
    assert_str(marked(), "  pullSecrets:\n  - name: example");
    assert_str(payload.id, "cluster/object/Pod");
    assert_str(payload.at, "spec.pullSecrets");
    /* Then the others of its own object, then those of other objects' properties with that name. What holds a root (a
     * list of pods) is none itself. */
    static const struct {
        struct str id, at;
    } roots[] = { { STR_INIT("cluster/object/Pod"), STR_INIT("spec.pullSecrets") },
                  { STR_INIT("cluster/object/Deployment"), STR_INIT("spec.template.spec.pullSecrets") },
                  { STR_INIT("cluster/object/Account"), STR_INIT("pullSecrets") } };
    assert_int_equal(payload.root_count, 3);
    assert_int_equal(payload.root_total, 3);
    for (size_t i = 0; i < 3; i++) {
        assert_true(str_equal(payload.roots[i].id, roots[i].id));
        assert_true(str_equal(payload.roots[i].at, roots[i].at));
        assert_int_equal(payload.roots[i].kind, ENGINE_OBJECT);
    }
    struct str other =
        example(wish_of(.id = STR("cluster/object/Deployment"), .at = STR("spec.template.spec.pullSecrets")));
    assert_true(str_ends(other, STR("      pullSecrets:\n      - name: example")));
    assert_int_equal(payload.root_count, 0);
}

static void an_endpoint_may_be_the_root(void **state)
{
    (void)state;
    example(wish_of(.id = STR("cluster/object/Party#email")));
    assert_str(payload.id, "cluster/object/Order");
    assert_str(payload.at, "customer.email");
    assert_str(marked(), "    \"email\": \"user@example.com\"");
    assert_str(example(wish_of(.id = STR("cluster/object/Problem#why"))),
               "{\n  \"error\": {\n    \"why\": \"why\"\n  }\n}");
    assert_str(payload.id, "cluster/endpoint/post/orders");
    assert_str(payload.status, "default");
    assert_str(payload.at, "error.why");
    assert_str(payload.roots[0].name, "POST /orders");
    assert_int_equal(payload.roots[0].kind, ENGINE_ENDPOINT);
    example(wish_of(.id = STR("cluster/object/Line#gift.wrapping")));
    assert_str(payload.at, "lines.gift.wrapping");
    assert_str(marked(), "        \"wrapping\": \"wrapping\"");
    assert_str(example(wish_of(.id = STR("cluster/object/Lonely#thing"))), "{\n  \"thing\": \"thing\"\n}");
    assert_str(payload.id, "cluster/object/Lonely");
}

static void a_body_is_chosen_by_status_and_media_type(void **state)
{
    (void)state;
    struct str request = example(wish_of(.id = STR("cluster/endpoint/post/orders")));
    assert_true(str_find(request, STR("\"id\"")) == STR_NONE);
    assert_str(payload.media_type, "application/json");
    assert_str(payload.status, "");
    assert_true(str_find(example(wish_of(.id = STR("cluster/endpoint/post/orders"), .status = STR("201"))),
                         STR("\"id\": 1")) != STR_NONE);
    assert_str(example(wish_of(.id = STR("cluster/endpoint/post/orders"), .format = STR("form"))), "note=A%20note.");
    assert_str(payload.media_type, "application/x-www-form-urlencoded");
    assert_true(
        str_starts(example(wish_of(.id = STR("cluster/endpoint/post/orders"), .media_type = STR("application/xml"))),
                   STR("<?xml")));
    assert_str(payload.example.language, "xml");
    assert_true(
        str_starts(example(wish_of(.id = STR("cluster/endpoint/post/orders"), .format = STR("xml"))), STR("<?xml")));
    assert_str(example(wish_of(.id = STR("cluster/endpoint/get/orders?query.filter"))), "{\n  \"status\": \"open\"\n}");
}

static void what_could_not_be_made_is_told(void **state)
{
    (void)state;
    example(wish_of(.id = STR("cluster/object/Order")));
    assert_int_equal(payload.fault_count, 1);
    assert_str(payload.faults[0], "code: no text was found for the pattern ^(?<=a)b$");
    example(wish_of(.id = STR("cluster/object/Line")));
    assert_int_equal(payload.fault_count, 0);
    assert_int_equal(payload.left_out, 0);
}

static void what_there_is_not_is_said_with_what_there_is(void **state)
{
    (void)state;
    assert_fault(wish_of(.id = STR("cluster/object/Nowhere")), ENGINE_ENOTFOUND, "There is no");
    assert_fault(wish_of(.id = STR("cluster")), ENGINE_EINVAL, "An API has no payload");
    assert_fault(wish_of(.id = STR("cluster/object/Pod"), .format = STR("toml")), ENGINE_EINVAL,
                 "json, yaml, form, multipart and xml");
    assert_fault(wish_of(.id = STR("cluster/object/Pod"), .at = STR("spec.nothing")), ENGINE_EINVAL,
                 "no property spec.nothing");
    assert_fault(wish_of(.id = STR("cluster/endpoint/post/orders"), .status = STR("418")), ENGINE_EINVAL,
                 "201, 204 and default");
    assert_fault(wish_of(.id = STR("cluster/endpoint/post/orders"), .status = STR("204")), ENGINE_EINVAL,
                 "The response 204 has no body");
    assert_fault(wish_of(.id = STR("cluster/endpoint/post/orders"), .media_type = STR("text/csv")), ENGINE_EINVAL,
                 "application/json, application/xml and");
    assert_fault(wish_of(.id = STR("cluster/endpoint/get/orders")), ENGINE_EINVAL,
                 "Neither its request nor a response");
}

static void tiers_have_names(void **state)
{
    (void)state;
    enum engine_tier tier = ENGINE_USEFUL;
    assert_true(engine_tier_read(STR("Full"), &tier));
    assert_int_equal(tier, ENGINE_FULL);
    assert_false(engine_tier_read(STR("fuller"), &tier));
    assert_str(engine_tier_name(ENGINE_MINIMAL), "minimal");
}

static int open_cluster(void **state)
{
    (void)state;
    static const char *const paths[] = { TEST_DATA "/unit/engine/facade/cluster.json" };
    facade_open(&facade, paths, 1);
    return 0;
}

static int close_cluster(void **state)
{
    (void)state;
    facade_close(&facade);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_kind_is_a_manifest),
        cmocka_unit_test(its_details_show_the_manifest_first),
        cmocka_unit_test(a_property_is_shown_in_its_nearest_root),
        cmocka_unit_test(an_endpoint_may_be_the_root),
        cmocka_unit_test(a_body_is_chosen_by_status_and_media_type),
        cmocka_unit_test(what_could_not_be_made_is_told),
        cmocka_unit_test(what_there_is_not_is_said_with_what_there_is),
        cmocka_unit_test(tiers_have_names),
    };
    return cmocka_run_group_tests_name("example", tests, open_cluster, close_cluster);
}
