#include "facade_fixture.h"

static struct facade facade;
static struct engine_refs refs;

static int ask(const char *id, unsigned uses, uint32_t limit, uint32_t offset)
{
    const struct engine_refs_query query = { .id = str_from(id), .uses = uses, .limit = limit, .offset = offset };
    arena_reset(&facade.arena);
    return engine_refs(facade.opened, facade.scratch, &query, &facade.arena, &refs, &facade.fault);
}

static void asked(const char *id, unsigned uses)
{
    int error = ask(id, uses, 100, 0);
    if (error) fail_msg("%s: %s", id, facade.fault.text);
}

/* "property uses/object/PodSpec#x; …": the use, roles and path where there are some, and the id without the API. */
static void assert_rows(const char *expected)
{
    char told[4000];
    size_t size = 0;
    told[0] = '\0';
    for (size_t i = 0; i < refs.ref_count; i++) {
        const struct engine_ref *ref = &refs.refs[i];
        assert_true(str_starts(ref->place.id, STR("uses/")));
        struct str parts[] = { engine_use_name(ref->use), ref->roles, ref->path,
                               str_cut(ref->place.id, 5, ref->place.id.size) };
        size += (size_t)snprintf(told + size, sizeof told - size, "%s", i ? "; " : "");
        for (size_t part = 0; part < 4; part++)
            if (parts[part].size)
                size += (size_t)snprintf(told + size, sizeof told - size, "%s%.*s", part ? " " : "",
                                         STR_FORMAT(parts[part]));
    }
    assert_string_equal(told, expected);
}

#define BIT(use) (1U << ENGINE_USE_##use)

static void who_refers_to_an_object_is_told(void **state)
{
    (void)state;
    asked("uses/object/PodSpec", BIT(PROPERTY) | BIT(OBJECT) | BIT(ENDPOINT));
    assert_str(refs.title, "PodSpec");
    assert_str(refs.id, "uses/object/io.test.v1.PodSpec");
    assert_int_equal(refs.kind, ENGINE_OBJECT);
    assert_int_equal(refs.total, 3);
    assert_int_equal(refs.totals[ENGINE_USE_PROPERTY], 3);
    /* By the weight of the objects. */
    assert_rows("property object/io.test.v1.PodSpec#parent; property object/io.test.v1.PodTemplateSpec#spec; property "
                "object/io.test.v1.Pod#spec");
    asked("uses/object/Base", BIT(PROPERTY) | BIT(OBJECT) | BIT(ENDPOINT));
    assert_rows("object allOf, items object/LongLabel; endpoint parameter endpoint/get/deployments; endpoint parameter "
                "endpoint/post/deployments");
    asked("uses/object/Label", BIT(OBJECT));
    assert_rows("object items object/io.test.v1.Labels");
    asked("uses/object/LongLabel", BIT(OBJECT));
    assert_rows("object oneOf object/Label");
    asked("uses/object/Deployment", BIT(PROPERTY) | BIT(ENDPOINT));
    assert_rows(
        "property object/io.test.v1.DeploymentList#items; endpoint request, response endpoint/post/deployments");
    assert_str(refs.refs[1].place.name, "POST /deployments");
    assert_str(refs.refs[1].place.summary, "create a Deployment");
    assert_str(refs.refs[0].place.type, "array of Deployment");
}

static void paths_are_the_shortest(void **state)
{
    (void)state;
    asked("uses/object/PodSpec#imagePullSecrets", BIT(ROOT));
    assert_rows("root Pod.spec.imagePullSecrets object/io.test.v1.Pod; root "
                "Deployment.spec.template.spec.imagePullSecrets object/io.test.v1.Deployment; root "
                "DeploymentList.items.spec.template.spec.imagePullSecrets object/io.test.v1.DeploymentList");
    asked("uses/object/PodSpec#imagePullSecrets", BIT(REACH));
    assert_rows("reach response Pod.spec.imagePullSecrets endpoint/get/pods; reach request, response "
                "Deployment.spec.template.spec.imagePullSecrets endpoint/post/deployments; reach response "
                "DeploymentList.items.spec.template.spec.imagePullSecrets endpoint/get/deployments");
    /* Its own object is the beginning of a way to a property, not of one to itself. */
    asked("uses/object/Account#imagePullSecrets", BIT(ROOT) | BIT(REACH));
    assert_rows("root Account.imagePullSecrets object/io.test.v1.Account; reach request Account.imagePullSecrets "
                "endpoint/put/accounts");
    asked("uses/object/Account", 0);
    assert_rows("endpoint request endpoint/put/accounts");
    /* Parts have no names, nested properties their own way. */
    asked("uses/object/Base#id", BIT(ROOT));
    assert_rows("root Deployment.spec.selector.inner.id object/io.test.v1.Deployment; root "
                "DeploymentList.items.spec.selector.inner.id object/io.test.v1.DeploymentList");
    assert_int_equal(refs.totals[ENGINE_USE_REACH], 2);
}

static void all_of_a_name_are_told(void **state)
{
    (void)state;
    asked("uses/object/PodSpec#imagePullSecrets", BIT(NAME));
    assert_rows("name object/io.test.v1.PodSpec#imagePullSecrets; name object/io.test.v1.Account#imagePullSecrets");
    assert_false(refs.refs[0].place.is_same_text); /* itself */
    assert_true(refs.refs[1].place.is_same_text);
    asked("uses/parameter/query/limit", 0);
    assert_rows("name endpoint/get/deployments; name endpoint/get/pods");
    asked("uses/endpoint/get/pods?header.limit", 0);
    assert_rows("name endpoint/get/pods");
}

static void what_nobody_uses_has_no_rows(void **state)
{
    (void)state;
    static const char *const ids[] = { "uses", "uses/endpoint/get/pods", "uses/object/Nowhere" };
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        asked(ids[i], 0);
        assert_int_equal(refs.total, 0);
        assert_int_equal(refs.ref_count, 0);
        assert_false(refs.is_lower_bound);
    }
    asked("uses/object/Lonely", 0); /* by itself */
    assert_rows("property object/Lonely#self");
    asked("uses/object/Nowhere#lost", 0); /* what its reference leads to is no matter */
    assert_rows("root Nowhere.lost object/Nowhere; name object/Nowhere#lost");
}

static void pages_are_of_one_list(void **state)
{
    (void)state;
    asked("uses/object/PodSpec", 0);
    size_t count = refs.ref_count;
    static struct str ids[100];
    assert_int_equal(refs.total, count);
    assert_true(count > 6);
    struct arena kept;
    arena_init(&kept, 1 << 20);
    for (size_t i = 0; i < count; i++) ids[i] = arena_copy(&kept, refs.refs[i].place.id);
    for (uint32_t limit = 1; limit < 5; limit++) {
        for (uint32_t offset = 0; offset < count + 2; offset += limit) {
            assert_int_equal(ask("uses/object/PodSpec", 0, limit, offset), ENGINE_OK);
            assert_int_equal(refs.total, count);
            assert_int_equal(refs.ref_count, offset >= count ? 0 : count - offset < limit ? count - offset : limit);
            for (size_t i = 0; i < refs.ref_count; i++) assert_true(str_equal(refs.refs[i].place.id, ids[offset + i]));
        }
    }
    assert_int_equal(ask("uses/object/PodSpec", 0, UINT32_MAX, 0), ENGINE_OK);
    assert_int_equal(refs.ref_count, count);
    assert_int_equal(ask("uses/object/PodSpec", 0, 5, UINT32_MAX), ENGINE_OK);
    assert_int_equal(refs.ref_count, 0);
    arena_free(&kept);
}

static void an_id_of_nothing_is_told(void **state)
{
    (void)state;
    assert_int_equal(ask("uses/object/PodSpecc", 0, 10, 0), ENGINE_ENOTFOUND);
    assert_string_equal(facade.fault.text, "There is no \"uses/object/PodSpecc\" in the catalogue. The nearest is "
                                           "\"uses/object/io.test.v1.PodSpec\".");
    assert_int_equal(ask("", 0, 10, 0), ENGINE_ENOTFOUND);
}

static void uses_have_names(void **state)
{
    (void)state;
    for (unsigned i = 0; i < ENGINE_USES; i++) {
        enum engine_use use;
        assert_true(engine_use_read(engine_use_name((enum engine_use)i), &use));
        assert_int_equal(use, i);
    }
    enum engine_use use;
    assert_false(engine_use_read(STR("properties"), &use));
    assert_str(engine_use_name(ENGINE_USES), "");
}

static int open_facade(void **state)
{
    (void)state;
    const char *const paths[] = { TEST_DATA "/unit/engine/facade/uses.json" };
    facade_open(&facade, paths, 1);
    return 0;
}

static int close_facade(void **state)
{
    (void)state;
    facade_close(&facade);
    return 0;
}

/* ---- A specification made to have many ways ---------------------------------------------------------------------- */

static char many[64];

/* Each of so many objects uses every one of so many others, and one uses the first. */
static int open_many(void **state)
{
    (void)state;
    snprintf(many, sizeof many, P_tmpdir "/many_uses.XXXXXX");
    assert_non_null(mkdtemp(many));
    char path[96];
    snprintf(path, sizeof path, "%s/uses.json", many);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(
        "{\"openapi\":\"3.0.3\",\"components\":{\"schemas\":{\"Sought\":{},\"First\":{\"properties\":{\"s\":{\"$ref\":"
        "\"#/components/schemas/Sought\"}}}",
        file);
    for (int i = 0; i < 600; i++) {
        fprintf(file, ",\"S%d\":{\"properties\":{\"f\":{\"$ref\":\"#/components/schemas/First\"}", i);
        for (int other = 0; other < 600; other++)
            fprintf(file, ",\"p%d\":{\"$ref\":\"#/components/schemas/S%d\"}", other, other);
        fputs("}}", file);
    }
    fputs("}}}", file);
    fclose(file);
    const char *const paths[] = { path };
    facade_open(&facade, paths, 1);
    unlink(path);
    rmdir(many);
    return 0;
}

static void what_was_not_counted_is_a_lower_bound(void **state)
{
    (void)state;
    asked("uses/object/Sought", 0);
    assert_true(refs.is_lower_bound);
    assert_int_equal(refs.totals[ENGINE_USE_PROPERTY], 1);
    assert_int_equal(refs.totals[ENGINE_USE_ROOT], 0); /* each uses each */
    asked("uses/object/S7", BIT(PROPERTY));
    assert_int_equal(refs.total, 600);
    assert_int_equal(refs.ref_count, 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_refers_to_an_object_is_told),
        cmocka_unit_test(paths_are_the_shortest),
        cmocka_unit_test(all_of_a_name_are_told),
        cmocka_unit_test(what_nobody_uses_has_no_rows),
        cmocka_unit_test(pages_are_of_one_list),
        cmocka_unit_test(an_id_of_nothing_is_told),
        cmocka_unit_test(uses_have_names),
    };
    const struct CMUnitTest of_many[] = { cmocka_unit_test(what_was_not_counted_is_a_lower_bound) };
    int failed = cmocka_run_group_tests_name("where_used", tests, open_facade, close_facade);
    return failed + cmocka_run_group_tests_name("where_used, many", of_many, open_many, close_facade);
}
