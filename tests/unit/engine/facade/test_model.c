/* Models: levels, ways into them, alternatives, and specifications made to keep us busy. What is said of each keyword
 * is in golden/show. */
#include "facade_fixture.h"

static struct facade facade;

static const struct engine_details *view(const char *id, struct engine_view wanted)
{
    arena_reset(&facade.arena);
    int error = engine_details(facade.opened, facade.scratch, str_from(id), &wanted, &facade.arena, &facade.details,
                               &facade.fault);
    if (error) fail_msg("%s: %s", id, facade.fault.text);
    return &facade.details;
}

static const struct engine_field *field_of(const struct engine_field *in, const char *name)
{
    return facade_field(in->fields, in->field_count, name);
}

static size_t count_fields(const struct engine_field *field)
{
    size_t count = field->field_count;
    for (size_t i = 0; i < field->field_count; i++) count += count_fields(&field->fields[i]);
    for (size_t k = 0; k < field->choice_count; k++) {
        const struct engine_choice *choice = &field->choices[k];
        count += choice->alternative_count;
        for (size_t i = 0; i < choice->alternative_count; i++) count += count_fields(&choice->alternatives[i]);
    }
    return count;
}

/* ---- Levels ------------------------------------------------------------------------------------------------------ */

static void references_are_links_until_levels_are_asked_for(void **state)
{
    (void)state;
    const struct engine_field *centre =
        field_of(&view("shapes/object/Polygon", (struct engine_view){ 0 })->self, "centre");
    assert_int_equal(centre->field_count, 0);
    assert_str(centre->type_id, "shapes/object/Point");
    centre = field_of(&view("shapes/object/Polygon", (struct engine_view){ .depth = 2 })->self, "centre");
    assert_int_equal(centre->field_count, 2);
    assert_str(centre->fields[0].id, "shapes/object/Point#x");
    centre = field_of(&view("shapes/object/Polygon", (struct engine_view){ .depth = 1 })->self, "centre");
    assert_int_equal(centre->field_count, 0);
}

static void what_is_in_place_is_told_and_counted_where_it_is_too_deep(void **state)
{
    (void)state;
    const struct engine_field *pair = field_of(&view("shapes/object/Rules", (struct engine_view){ 0 })->self, "pair");
    assert_int_equal(pair->field_count, 2);
    pair = field_of(&view("shapes/object/Rules", (struct engine_view){ .depth = 1 })->self, "pair");
    assert_int_equal(pair->field_count, 0);
    assert_int_equal(pair->field_total, 2);
}

static void recursion_ends_where_it_begins(void **state)
{
    (void)state;
    const struct engine_details *polygon = view("shapes/object/Polygon", (struct engine_view){ .depth = 16 });
    assert_true(field_of(&polygon->self, "inner")->is_recursive);
    assert_true(field_of(&polygon->self, "parts")->is_recursive);
    assert_int_equal(field_of(&polygon->self, "parts")->field_count, 0);
    assert_false(field_of(&polygon->self, "centre")->is_recursive);
    const struct engine_details *part = view("older/object/Part", (struct engine_view){ .depth = 16 });
    const struct engine_field *whole = field_of(&part->self, "whole");
    assert_true(whole->field_count > 3);
    assert_true(field_of(whole, "described")->is_recursive);
    assert_int_equal(field_of(whole, "described")->field_count, 0);
}

static void pages_and_required_fields(void **state)
{
    (void)state;
    const struct engine_details *page = view("shapes/object/Polygon", (struct engine_view){ .offset = 3 });
    assert_int_equal(page->self.field_total, 5);
    assert_int_equal(page->self.field_count, 2);
    assert_str(page->self.fields[0].name, "origin");
    const struct engine_details *required = view("shapes/object/Circle", (struct engine_view){ .required_only = true });
    assert_int_equal(required->self.field_count, 3);
    const struct engine_details *get = view("shapes/endpoint/get/shapes/{id}", (struct engine_view){ .offset = 8 });
    assert_int_equal(get->parameter_count + 8, get->parameter_total);
    get = view("shapes/endpoint/get/shapes/{id}", (struct engine_view){ .required_only = true });
    assert_int_equal(get->parameter_count, 3);
}

static void parts_that_are_not_wanted_are_not_made(void **state)
{
    (void)state;
    struct engine_view wanted = { .without = ENGINE_WITHOUT_HTML | ENGINE_WITHOUT_EXAMPLES | ENGINE_WITHOUT_PLACES };
    const struct engine_details *point = view("shapes/object/Point", wanted);
    assert_int_equal(point->self.html.size + point->example_count + point->place_count, 0);
    assert_true(point->self.description.size > 0);
    const struct engine_details *names =
        view("shapes/object/Point", (struct engine_view){ .without = ENGINE_WITHOUT_MODEL });
    assert_str(names->name, "Point");
    assert_int_equal(names->self.field_count, 0);
}

/* ---- Ways -------------------------------------------------------------------------------------------------------- */

static void a_way_leads_through_references_arrays_maps_and_alternatives(void **state)
{
    (void)state;
    static const struct {
        const char *id, *at, *name, *field_id;
    } ways[] = {
        { "shapes/object/Polygon", "points.x", "x", "shapes/object/Point#x" },
        { "shapes/object/Polygon", "inner.inner.parts.centre.y", "y", "shapes/object/Point#y" },
        { "shapes/object/Shape", "radius", "radius", "shapes/object/Circle#radius" },
        { "shapes/object/Shape", "size", "size", "shapes/object/Shape#size" },
        { "shapes/object/Rules", "mapOfPoints.x", "x", "shapes/object/Point#x" },
        { "shapes/object/Rules", "/^x-/", "/^x-/", "" },
        { "shapes/object/Rules", "pair.[1]", "[1]", "" },
        { "shapes/object/Circle", "kind", "kind", "shapes/object/Base#kind" },
        { "shapes/object/Polygon#points", "x", "x", "shapes/object/Point#x" },
        { "shapes/endpoint/get/shapes/{id}", "200.points.y", "y", "shapes/object/Point#y" },
        { "shapes/endpoint/put/shapes/{id}", "request.file", "file", "" },
        { "shapes/endpoint/get/shapes/{id}?query.filter", "kind", "kind", "" },
    };
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        const struct engine_details *of = view(ways[i].id, (struct engine_view){ .at = str_from(ways[i].at) });
        assert_true(str_equal(of->at, str_from(ways[i].at)));
        if (!str_equal(of->self.name, str_from(ways[i].name)) || !str_equal(of->self.id, str_from(ways[i].field_id)))
            fail_msg("%s at %s is %.*s, %.*s", ways[i].id, ways[i].at, STR_FORMAT(of->self.name),
                     STR_FORMAT(of->self.id));
    }
    const struct engine_details *body =
        view("shapes/endpoint/get/shapes/{id}", (struct engine_view){ .at = STR("200") });
    assert_int_equal(body->self.choices[0].alternative_count, 3);
    assert_int_equal(body->body_count, 0);
}

static void a_way_that_leads_nowhere_says_what_there_is(void **state)
{
    (void)state;
    static const char *const ways[][3] = {
        { "shapes/object/Polygon", "points.z", "x, y" },
        { "shapes/object/Rules", "pair.[9]", "nothing is in it" },
        { "shapes/object/Rules", "pair.[", "nothing is in it" },
        { "shapes/object/Broken", "nowhere.x", "nothing is in it" },
        { "shapes/object/Broken", "circle.x", "nothing is in it" },
        { "shapes/endpoint/get/shapes/{id}", "299.x", "\"200\"" },
        { "shapes", "x", "no model" },
    };
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        struct engine_view wanted = { .at = str_from(ways[i][1]) };
        arena_reset(&facade.arena);
        int error = engine_details(facade.opened, facade.scratch, str_from(ways[i][0]), &wanted, &facade.arena,
                                   &facade.details, &facade.fault);
        assert_int_equal(error, ENGINE_ENOTFOUND);
        if (strstr(facade.fault.text, ways[i][2]) == NULL) fail_msg("%s: %s", ways[i][1], facade.fault.text);
    }
}

/* ---- Specifications made to keep us busy ------------------------------------------------------------------------- */

static void append(FILE *file, const char *format, int from, int to)
{
    for (int i = from; i < to; i++) {
        if (i > from) fputc(',', file);
        fprintf(file, format, i);
    }
}

static void repeat(FILE *file, const char *text, int times)
{
    for (int i = 0; i < times; i++) fputs(text, file);
}

enum { BUSY = 60, BUSY_DEEP = 300, BUSY_WIDE = 3000 };

static void write_busy(const char *path)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs("{\"openapi\":\"3.1.0\",\"info\":{\"title\":\"Busy\",\"version\":\"1\"},\"paths\":{},\"components\":{"
          "\"schemas\":{",
          file);
    for (int i = 0; i < BUSY; i++) { /* each refers to all, and is composed of all */
        fprintf(file, "\"all%d\":{\"properties\":{", i);
        append(file, "\"p%1$d\":{\"$ref\":\"#/components/schemas/all%1$d\"}", 0, BUSY);
        fprintf(file, "}},\"of%d\":{\"allOf\":[", i);
        append(file, "{\"$ref\":\"#/components/schemas/of%d\"}", 0, BUSY);
        fputs("],\"properties\":{\"x\":{\"type\":\"string\"}}},", file);
    }
    fputs("\"deep\":", file);
    repeat(file, "{\"properties\":{\"a\":", BUSY_DEEP);
    fputs("{}", file);
    repeat(file, "}}", BUSY_DEEP);
    fputs(",\"words\":{\"if\":", file);
    repeat(file, "{\"anyOf\":[{\"not\":{\"required\":[\"a\"]}},", BUSY_DEEP / 2);
    fputs("{}", file);
    repeat(file, "]}", BUSY_DEEP / 2);
    fputs(",\"then\":{\"allOf\":[", file);
    append(file, "{\"properties\":{\"q%d\":{\"not\":{\"anyOf\":[{\"enum\":[1]},{\"enum\":[2]}]}}}}", 0, BUSY_WIDE);
    fputs("]}},\"wide\":{\"discriminator\":{\"propertyName\":\"k\",\"mapping\":{", file);
    append(file, "\"v%d\":\"all1\"", 0, BUSY_WIDE);
    fputs("}},\"oneOf\":[", file);
    append(file, "{\"$ref\":\"#/components/schemas/all%d\"}", 0, BUSY_WIDE);
    fputs("]},\"tuple\":{\"prefixItems\":[", file);
    append(file, "{\"const\":%d}", 0, BUSY_WIDE);
    fputs("]}}}}", file);
    assert_int_equal(fclose(file), 0);
}

static char busy_path[96];

static const char *busy_id(const char *name)
{
    static char id[160];
    snprintf(id, sizeof id, "%s/object/%s", strrchr(busy_path, '/') + 1, name);
    return id;
}

static void busy_models_are_bounded(void **state)
{
    (void)state;
    static const char *const names[] = { "all0", "of0", "deep", "words", "wide", "tuple" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        for (uint32_t depth = 0; depth <= 16; depth += 4) {
            const struct engine_details *busy = view(busy_id(names[i]), (struct engine_view){ .depth = depth });
            assert_in_range(count_fields(&busy->self), 0, 1000);
            assert_true(facade.arena.total < 16 << 20);
        }
    }
    const struct engine_details *all = view(busy_id("all0"), (struct engine_view){ .depth = 16 });
    assert_int_equal(all->self.field_count, BUSY); /* the first level is whole */
    assert_int_equal(count_fields(&all->self), 1000);
    const struct engine_details *wide = view(busy_id("wide"), (struct engine_view){ .offset = 100 });
    assert_int_equal(wide->self.choices[0].alternative_total, BUSY_WIDE);
    assert_int_equal(wide->self.choices[0].alternative_count, 100);
    const struct engine_details *tuple = view(busy_id("tuple"), (struct engine_view){ .offset = 2500 });
    assert_int_equal(tuple->self.field_total, BUSY_WIDE);
    assert_int_equal(tuple->self.field_count, 500);
    assert_str(tuple->self.fields[0].name, "[2500]");
}

static int open_facade(void **state)
{
    (void)state;
    snprintf(busy_path, sizeof busy_path, P_tmpdir "/test_model.XXXXXX");
    int fd = mkstemp(busy_path);
    assert_true(fd >= 0);
    close(fd);
    write_busy(busy_path);
    const char *const paths[] = { TEST_DATA "/data/model", busy_path };
    facade_open(&facade, paths, 2);
    unlink(busy_path);
    return 0;
}

static int close_facade(void **state)
{
    (void)state;
    facade_close(&facade);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(references_are_links_until_levels_are_asked_for),
        cmocka_unit_test(what_is_in_place_is_told_and_counted_where_it_is_too_deep),
        cmocka_unit_test(recursion_ends_where_it_begins),
        cmocka_unit_test(pages_and_required_fields),
        cmocka_unit_test(parts_that_are_not_wanted_are_not_made),
        cmocka_unit_test(a_way_leads_through_references_arrays_maps_and_alternatives),
        cmocka_unit_test(a_way_that_leads_nowhere_says_what_there_is),
        cmocka_unit_test(busy_models_are_bounded),
    };
    return cmocka_run_group_tests_name("model", tests, open_facade, close_facade);
}
