#include "unit.h"

#include <stdio.h>
#include <string.h>

#include "catalogue_builder.h"
#include "groups.h"

static struct catalogue_builder *builder;
static struct catalogue catalogue;
static struct groups groups;

static uint32_t string(const char *text)
{
    return catalogue_builder_string(builder, str_from(text));
}

static uint32_t add(enum catalogue_kind kind, uint32_t parent, const char *name, const char *owner, const char *type,
                    unsigned detail)
{
    struct format_element element = { .kind = (uint8_t)kind, .parent = parent, .detail = (uint8_t)detail };
    element.name = string(name);
    element.owner = string(owner);
    element.type = string(type);
    return catalogue_builder_element(builder, &element);
}

static uint32_t add_api(const char *id)
{
    struct format_api api = { .id = string(id), .title = string("An API") };
    return catalogue_builder_api(builder, &api);
}

/* a.test: PodSpec is reached from Deployment, which endpoints speak of; Lonely by nothing. */
static int make(void **state)
{
    (void)state;
    if (catalogue_builder_create(&builder)) return -1;
    uint32_t api = add_api("a.test");
    add(CATALOGUE_ENDPOINT, api, "/deployments", "listDeployments", "", CATALOGUE_METHOD_GET);
    add(CATALOGUE_ENDPOINT, api, "/deployments", "createDeployment", "", CATALOGUE_METHOD_POST);
    uint32_t object = add(CATALOGUE_OBJECT, api, "v1.Lonely", "", "object", 0);
    add(CATALOGUE_PROPERTY, object, "name", "v1.Lonely", "string", 0);
    object = add(CATALOGUE_OBJECT, api, "v1.PodSpec", "", "object", 0);
    add(CATALOGUE_PROPERTY, object, "Name", "v1.PodSpec", "string", 0);
    object = add(CATALOGUE_OBJECT, api, "v1.Deployment", "", "object", 0);
    add(CATALOGUE_PROPERTY, object, "spec", "v1.Deployment", "array of PodSpec", 0);
    add(CATALOGUE_PROPERTY, object, "name", "v1.Deployment.spec", "string", 0);
    if (catalogue_builder_text(builder, STR("{}"))) return -1;
    api = add_api("b.test");
    add(CATALOGUE_ENDPOINT, api, "/deployments", "listDeployments", "", CATALOGUE_METHOD_GET);
    object = add(CATALOGUE_OBJECT, api, "Other", "", "object", 0);
    add(CATALOGUE_PROPERTY, object, "NAME", "Other", "string", 0);
    if (catalogue_builder_text(builder, STR("{}"))) return -1;
    return catalogue_builder_finish(builder, &catalogue) || groups_make(&groups, &catalogue, 2);
}

static int unmake(void **state)
{
    (void)state;
    groups_free(&groups);
    catalogue_builder_destroy(builder);
    return 0;
}

/* The number of the first element of that kind and name. */
static uint32_t find(enum catalogue_kind kind, const char *name)
{
    for (uint32_t i = 0; i < catalogue.element_count; i++)
        if (catalogue.elements[i].kind == kind &&
            str_equal(catalogue_string(&catalogue, catalogue.elements[i].name), str_from(name)))
            return i;
    fail();
    return 0;
}

static const struct format_group *group_of(enum catalogue_kind kind, const char *name)
{
    return &groups.groups[groups.group_of[find(kind, name)]];
}

static void names_of_any_case_are_one_group(void **state)
{
    (void)state;
    const struct format_group *name = group_of(CATALOGUE_PROPERTY, "name");
    assert_ptr_equal(name, group_of(CATALOGUE_PROPERTY, "NAME"));
    assert_int_equal(name[1].first_member - name->first_member, 4);
    assert_int_equal(name->owner_count, 4);
    assert_int_equal(name->api_count, 2);
    assert_int_equal(name->letters, 4);
}

static void endpoints_are_told_apart_by_method_and_operation(void **state)
{
    (void)state;
    uint32_t first = groups.kind_first[CATALOGUE_ENDPOINT];
    assert_int_equal(groups.kind_first[CATALOGUE_ENDPOINT + 1] - first, 2);
    const struct format_group *get = group_of(CATALOGUE_ENDPOINT, "/deployments");
    assert_int_equal(get->method, CATALOGUE_METHOD_GET);
    assert_int_equal(get->api_count, 2);
}

static void kinds_are_ranges_and_ranks_rise_in_them(void **state)
{
    (void)state;
    for (unsigned kind = 0; kind < FORMAT_KINDS; kind++)
        for (uint32_t i = groups.kind_first[kind]; i < groups.kind_first[kind + 1]; i++) {
            assert_int_equal(catalogue.elements[groups.groups[i].best].kind, kind);
            if (i > groups.kind_first[kind]) assert_true(groups.groups[i - 1].rank <= groups.groups[i].rank);
        }
    assert_int_equal(groups.kind_first[FORMAT_KINDS], groups.count);
}

static void members_are_all_elements_once(void **state)
{
    (void)state;
    bool seen[32] = { false };
    for (uint32_t group = 0; group < groups.count; group++)
        for (uint32_t i = groups.groups[group].first_member; i < groups.groups[group + 1].first_member; i++) {
            assert_int_equal(groups.group_of[groups.members[i]], group);
            assert_true(i == groups.groups[group].first_member || groups.members[i - 1] < groups.members[i]);
            assert_false(seen[groups.members[i]]);
            seen[groups.members[i]] = true;
        }
    for (uint32_t i = 0; i < catalogue.element_count; i++) assert_true(seen[i]);
}

static void owners_lie_beside_the_members(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < catalogue.element_count; i++) {
        const struct format_element *element = &catalogue.elements[groups.members[i]];
        if (element->kind != CATALOGUE_PROPERTY) {
            assert_int_equal(groups.owners[i], FORMAT_NO_OWNER);
            continue;
        }
        assert_int_equal(groups.owners[i] & ~FORMAT_NESTED, groups.group_of[element->parent]);
        bool is_nested = element->owner != catalogue.elements[element->parent].name;
        assert_int_equal((groups.owners[i] & FORMAT_NESTED) != 0, is_nested);
    }
}

static void weight_flows_from_what_uses_an_object(void **state)
{
    (void)state;
    uint8_t lonely = groups.weights[find(CATALOGUE_OBJECT, "v1.Lonely")];
    uint8_t spec = groups.weights[find(CATALOGUE_OBJECT, "v1.PodSpec")];
    uint8_t deployment = groups.weights[find(CATALOGUE_OBJECT, "v1.Deployment")];
    assert_int_equal(lonely, 0);
    assert_true(deployment > spec && spec > lonely);
    /* A property weighs what its object weighs; the weightiest stands for the group. */
    assert_int_equal(groups.weights[find(CATALOGUE_PROPERTY, "Name")], spec);
    assert_int_equal(catalogue.elements[group_of(CATALOGUE_PROPERTY, "name")->best].parent,
                     find(CATALOGUE_OBJECT, "v1.Deployment"));
    assert_true(group_of(CATALOGUE_OBJECT, "v1.Deployment")->rank < group_of(CATALOGUE_OBJECT, "v1.Lonely")->rank);
}

static uint32_t link_of(uint32_t element)
{
    uint32_t first = groups.groups[groups.kind_first[CATALOGUE_OBJECT]].first_member;
    for (uint32_t i = 0; i < groups.link_count; i++)
        if (groups.members[first + i] == element) return groups.links[i];
    fail();
    return 0;
}

static void links_lead_to_what_a_type_names(void **state)
{
    (void)state;
    assert_int_equal(link_of(find(CATALOGUE_PROPERTY, "spec")), find(CATALOGUE_OBJECT, "v1.PodSpec"));
    assert_int_equal(link_of(find(CATALOGUE_PROPERTY, "NAME")), FORMAT_NO_LINK);
    assert_int_equal(link_of(find(CATALOGUE_OBJECT, "v1.Lonely")), FORMAT_NO_LINK);
    assert_int_equal(groups.link_count, 9);
}

static uint32_t add_objects(const char *id, const char *version, unsigned count)
{
    struct format_api of = {
        .id = string(id), .title = string("Pets"), .version = string(version), .provider = string("pets.test")
    };
    uint32_t api = catalogue_builder_api(builder, &of), pet = add(CATALOGUE_OBJECT, api, "Pet", "", "object", 0);
    for (unsigned i = 1; i < count; i++) {
        char name[16];
        snprintf(name, sizeof name, "Other%u", i);
        add(CATALOGUE_OBJECT, api, name, "", "object", 0);
    }
    assert_int_equal(catalogue_builder_text(builder, STR("{}")), FILE_OK);
    return pet;
}

/* Of two APIs that both have a Pet the one that stands for it. */
static void assert_stands_for_both(struct str wanted, const char *ids[2], const char *versions[2],
                                   const unsigned counts[2])
{
    unmake(NULL);
    assert_int_equal(catalogue_builder_create(&builder), FILE_OK);
    for (int i = 0; i < 2; i++) add_objects(ids[i], versions[i], counts[i]);
    assert_int_equal(catalogue_builder_finish(builder, &catalogue), FILE_OK);
    assert_int_equal(groups_make(&groups, &catalogue, 1), FILE_OK);
    uint32_t best = groups.groups[groups.group_of[find(CATALOGUE_OBJECT, "Pet")]].best;
    assert_true(str_equal(catalogue_string(&catalogue, catalogue.apis[catalogue_api_of(&catalogue, best)].id), wanted));
    unmake(NULL);
    make(NULL);
}

static void of_two_apis_the_larger_stands_for_both(void **state)
{
    (void)state;
    assert_stands_for_both(STR("pets.test/b"), (const char *[]){ "pets.test/a", "pets.test/b" },
                           (const char *[]){ "1", "1" }, (const unsigned[]){ 10, 12 });
    /* Copies that companies run themselves have a little more, */
    assert_stands_for_both(STR("pets.test/api.pets.test"),
                           (const char *[]){ "pets.test/api.pets.test", "pets.test/at-home" },
                           (const char *[]){ "1", "1" }, (const unsigned[]){ 10, 12 });
    /* and a beta may have twice as much. */
    assert_stands_for_both(STR("pets.test/a"), (const char *[]){ "pets.test/a", "pets.test/b" },
                           (const char *[]){ "1", "2-beta" }, (const unsigned[]){ 10, 20 });
    assert_stands_for_both(STR("pets.test/a"), (const char *[]){ "pets.test/a", "pets.test/a-beta" },
                           (const char *[]){ "1", "1" }, (const unsigned[]){ 10, 20 });
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_of_any_case_are_one_group),
        cmocka_unit_test(endpoints_are_told_apart_by_method_and_operation),
        cmocka_unit_test(kinds_are_ranges_and_ranks_rise_in_them),
        cmocka_unit_test(members_are_all_elements_once),
        cmocka_unit_test(owners_lie_beside_the_members),
        cmocka_unit_test(links_lead_to_what_a_type_names),
        cmocka_unit_test(weight_flows_from_what_uses_an_object),
        cmocka_unit_test(of_two_apis_the_larger_stands_for_both),
    };
    return cmocka_run_group_tests_name("groups", tests, make, unmake);
}
