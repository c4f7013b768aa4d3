#include "facade_fixture.h"

static struct facade facade;

static const struct engine_details *details(const char *id)
{
    return facade_details(&facade, id);
}

static const struct engine_field *of_self(const struct engine_details *of, const char *name)
{
    return facade_field(of->self.fields, of->self.field_count, name);
}

static const struct engine_example *example(const struct engine_details *of, const char *label)
{
    for (size_t i = 0; i < of->example_count; i++) {
        if (str_equal(of->examples[i].label, str_from(label))) return &of->examples[i];
    }
    fail_msg("there is no example %s", label);
    return NULL;
}

static void assert_focus(const struct engine_example *of, const char *lines)
{
    assert_true(str_equal(str_cut(of->code, of->focus.start, of->focus.end), str_from(lines)));
}

static void an_api_is_described(void **state)
{
    (void)state;
    const struct engine_details *api = details("hostile");
    assert_int_equal(api->kind, ENGINE_API);
    assert_str(api->title, "Hostile pets");
    assert_str(api->api_version, "1.2");
    assert_str(api->self.html, "<p>Pets of <strong>all</strong> kinds.</p>\n<script>alert(1)</script>");
    assert_int_equal(api->server_count, 1);
    assert_str(api->servers[0].url, "https://eu.example.org/v1");
    assert_str(api->servers[0].written, "https://{region}.example.org/v1");
    assert_str(api->servers[0].variables[0].name, "region");
    assert_str(api->servers[0].variables[0].default_value, "eu");
    assert_int_equal(api->security_count, 1);
    assert_str(api->security[0].text, "key");
    assert_int_equal(api->scheme_count, 3);
    assert_str(api->schemes[0].how[0], "Send the header X-Key with your key.");
    assert_int_equal(api->elements[ENGINE_ENDPOINT], 3);
    assert_int_equal(api->place_count, 11);
    assert_int_equal(api->place_total, 11);
}

static void an_object_is_a_tree(void **state)
{
    (void)state;
    const struct engine_details *pet = details("hostile/object/Pet");
    assert_str(pet->pointer, "/components/schemas/Pet");
    assert_str(pet->self.html, "<p>A pet.</p>");
    assert_str(pet->self.fields[0].name, "id");
    assert_str(of_self(pet, "id")->origin, "Animal");
    assert_str(of_self(pet, "id")->id, "hostile/object/Animal#id");
    assert_int_equal(of_self(pet, "id")->flags, ENGINE_REQUIRED);
    assert_str(of_self(pet, "owner")->type, "Owner");
    assert_str(of_self(pet, "owner")->type_id, "hostile/object/Owner");
    assert_str(of_self(pet, "owner")->description, "Who pays.");
    assert_int_equal(of_self(pet, "owner")->field_count, 0);
    assert_int_equal(of_self(pet, "owner")->key_total, 2);
    assert_str(of_self(pet, "owner")->keys[0], "name");
    assert_str(of_self(pet, "owner")->keys[1], "tag");
    const struct engine_field *friends = of_self(pet, "friends");
    assert_str(friends->type, "array of Pet");
    assert_str(friends->type_id, "hostile/object/Pet");
    assert_int_equal(friends->key_count, 0); /* it is in itself */
    assert_str(friends->range, "at least 1 item");
    const struct engine_field *chip = of_self(pet, "chip");
    assert_str(chip->id, "hostile/object/Pet#chip");
    assert_int_equal(chip->field_count, 2);
    assert_int_equal(chip->fields[0].flags, ENGINE_REQUIRED);
    assert_str(chip->fields[1].fields[0].name, "$ref");
    assert_str(chip->fields[1].fields[0].id, "hostile/object/Pet#chip.deep.er.$ref");
    assert_int_equal(chip->fields[1].fields[0].flags, ENGINE_READ_ONLY);
}

static void facts_are_told_in_words(void **state)
{
    (void)state;
    const struct engine_details *pet = details("hostile/object/Pet");
    assert_str(of_self(pet, "weight")->range, "more than 0, a multiple of 5");
    assert_str(of_self(pet, "weight")->format, "int32");
    const struct engine_details *parameter = details("hostile/endpoint/get/pets/{petId}?path.petId");
    assert_str(parameter->self.range, "1 to 99");
    const struct engine_details *tag = details("hostile/object/Pet#tag");
    assert_str(tag->self.range, "1 to 8 characters");
    assert_str(tag->self.pattern, "^[a-z]+$");
    assert_int_equal(tag->self.flags, ENGINE_REQUIRED | ENGINE_NULLABLE);
}

static void what_is_wrong_is_told_at_its_place(void **state)
{
    (void)state;
    const struct engine_details *pet = details("hostile/object/Pet");
    assert_str(of_self(pet, "lost")->note,
               "The reference #/components/schemas/Nowhere leads nowhere in this specification.");
    assert_str(of_self(pet, "lost")->type_id, "");
    assert_int_equal(of_self(pet, "empty")->choice_count, 0);
    assert_str(of_self(pet, "empty")->note, "Nothing fits: `oneOf` is empty.");
    const struct engine_choice *kind = &of_self(pet, "kind")->choices[0];
    assert_int_equal(kind->kind, ENGINE_ONE_OF);
    assert_int_equal(kind->alternative_count, 2);
    assert_str(kind->alternatives[0].name, "Owner");
    assert_str(kind->alternatives[0].type_id, "hostile/object/Owner");
    assert_str(kind->alternatives[1].type, "string");
    const struct engine_details *contrary = details("hostile/object/Contrary");
    assert_str(contrary->self.range, "9 to 1");
    assert_str(contrary->self.note,
               "Nothing can be 9 to 1. `required` is ignored: it is a number. No value is allowed: the "
               "list of them is empty.");
    assert_str(of_self(contrary, "\xc3\xa9")->type, "");
    assert_true(example(contrary, "JSON")->code.size > 0);
    const struct engine_details *loop = details("hostile/object/Loop");
    assert_int_equal(loop->self.field_count, 0);
    assert_str(loop->self.note, "It is composed of itself.");
}

static void maps_show_what_they_hold(void **state)
{
    (void)state;
    const struct engine_details *names = details("hostile/object/Names");
    assert_str(names->self.type, "map of Owner");
    assert_str(names->self.type_id, "hostile/object/Owner");
    const struct engine_details *owner = details("hostile/object/Owner");
    assert_str(of_self(owner, "*")->type, "integer");
    assert_str(of_self(owner, "*")->id, "");
}

static void strange_names_lead_to_themselves(void **state)
{
    (void)state;
    const struct engine_details *strange = details("hostile/object/a/b~c d%#");
    assert_str(strange->pointer, "/components/schemas/a~1b~0c d%#");
    assert_str(of_self(strange, "x")->type_id, "hostile/object/a/b~c d%#");
    assert_int_equal(strange->place_total, 1);
    assert_str(strange->places[0].id, "hostile/object/a/b~c d%##x");
    assert_str(details("hostile/object/a/b~c d%##x")->self.type_id, "hostile/object/a/b~c d%#");
}

static void an_objects_users_are_found(void **state)
{
    (void)state;
    const struct engine_details *pet = details("hostile/object/Pet");
    static const char *const ids[] = { "hostile/object/Pet#friends", "hostile/endpoint/get/pets/{petId}",
                                       "hostile/endpoint/put/pets/{petId}", "hostile/endpoint/get/pets" };
    static const char *const types[] = { "array of Pet", "response", "request", "response" };
    assert_int_equal(pet->place_total, 4);
    for (size_t i = 0; i < 4; i++) {
        assert_true(str_equal(pet->places[i].id, str_from(ids[i])));
        assert_true(str_equal(pet->places[i].type, str_from(types[i])));
    }
    assert_str(pet->places[1].name, "GET /pets/{petId}");
    assert_str(pet->places[1].summary, "One pet");
    const struct engine_details *animal = details("hostile/object/Animal");
    assert_int_equal(animal->place_total, 1);
    assert_str(animal->places[0].id, "hostile/object/Pet");
    assert_int_equal(animal->places[0].kind, ENGINE_OBJECT);
}

static void a_property_is_found_wherever_it_is(void **state)
{
    (void)state;
    const struct engine_details *deep = details("hostile/object/Pet#chip.deep.er.$ref");
    assert_str(deep->pointer,
               "/components/schemas/Pet/allOf/1/properties/chip/properties/deep.er/items/properties/$ref");
    assert_str(deep->self.html, "<p>A property <em>named</em> so.</p>");
    assert_str(deep->owner_id, "hostile/object/Pet");
    assert_focus(example(deep, "JSON"), "        \"$ref\": \"main\"");
    const struct engine_details *tag = details("hostile/object/Pet#tag");
    assert_int_equal(tag->place_total, 3);
    size_t same = 0;
    for (size_t i = 0; i < tag->place_count; i++) same += tag->places[i].is_same_text;
    assert_int_equal(same, 1);
    assert_focus(example(tag, "JSON"), "  \"tag\": \"example\"");
    assert_focus(example(tag, "YAML"), "tag: example");
}

static void an_endpoint_is_described(void **state)
{
    (void)state;
    const struct engine_details *get = details("hostile/endpoint/get/pets/{petId}");
    assert_str(get->method, "GET");
    assert_str(get->operation_id, "getPet");
    assert_str(get->summary, "One pet");
    assert_str(get->pointer, "/paths/~1pets~1{petId}/get");
    assert_str(get->self.html, "<p>Finds <code>one</code> pet. Slowly.</p>");
    static const char *const names[] = { "petId", "verbose", "X-Trace", "#/components/parameters/gone" };
    assert_int_equal(get->parameter_count, 4);
    for (size_t i = 0; i < 4; i++) assert_true(str_equal(get->parameters[i].name, str_from(names[i])));
    const struct engine_field *verbose = &get->parameters[1];
    assert_str(verbose->description, "Of the operation.");
    assert_str(verbose->default_value, "\"no\"");
    assert_int_equal(verbose->value_count, 2);
    assert_str(verbose->values[1].json, "\"yes\"");
    assert_str(verbose->in, "query");
    assert_str(get->parameters[3].note,
               "The reference #/components/parameters/gone leads nowhere in this specification.");
}

static void bodies_are_in_order(void **state)
{
    (void)state;
    const struct engine_details *get = details("hostile/endpoint/get/pets/{petId}");
    static const char *const bodies[][2] = { { "200", "application/json" },
                                             { "200", "application/xml" },
                                             { "200", "a/1" },
                                             { "200", "a/2" },
                                             { "200", "a/3" },
                                             { "404", "" },
                                             { "default", "application/json" } };
    assert_int_equal(get->body_count, 7);
    assert_int_equal(get->body_total, 7);
    for (size_t i = 0; i < 7; i++) {
        assert_true(str_equal(get->bodies[i].status, str_from(bodies[i][0])));
        assert_true(str_equal(get->bodies[i].media_type, str_from(bodies[i][1])));
    }
    assert_str(get->bodies[0].schema.type_id, "hostile/object/Pet");
    const struct engine_field *id =
        facade_field(get->bodies[0].schema.fields, get->bodies[0].schema.field_count, "chip");
    assert_str(id->id, "hostile/object/Pet#chip");
    assert_int_equal(get->bodies[1].schema.field_count, 0);
    assert_str(get->bodies[5].note, "The reference #/components/responses/gone leads nowhere in this specification.");
    const struct engine_details *put = details("hostile/endpoint/put/pets/{petId}");
    assert_str(put->bodies[0].status, "");
    assert_true(put->bodies[0].is_required);
    assert_str(put->bodies[0].html, "<p>The <em>new</em> pet</p>");
    assert_str(put->bodies[1].status, "204");
    const struct engine_details *list = details("hostile/endpoint/get/pets");
    assert_str(list->bodies[0].schema.type, "array of Pet");
    assert_true(list->bodies[0].schema.field_count > 5);
    assert_int_equal(list->self.flags, ENGINE_DEPRECATED);
}

static void security_and_examples_of_an_endpoint(void **state)
{
    (void)state;
    const struct engine_details *put = details("hostile/endpoint/put/pets/{petId}");
    assert_int_equal(put->security_count, 3);
    assert_str(put->security[0].text, "key + token");
    assert_int_equal(put->security[0].scheme_count, 2);
    assert_str(put->security[1].text, "none");
    assert_str(put->security[2].text, "basic");
    assert_int_equal(put->scheme_count, 3);
    assert_str(put->schemes[1].how[0], "Send \"Authorization: Bearer \xe2\x80\xa6\" with your token.");
    assert_true(
        str_starts(example(put, "curl")->code,
                   STR("PET_ID=1\n\ncurl --fail-with-body -X PUT \"https://eu.example.org/v1/pets/$PET_ID\" \\\n"
                       "  -H \"X-Key: ${KEY:?}\" \\\n  -H \"Authorization: Bearer ${TOKEN:?}\" \\\n"
                       "  -H 'Content-Type: application/json' \\\n  --data-raw '{\n")));
    const struct engine_details *get = details("hostile/endpoint/get/pets/{petId}");
    assert_int_equal(get->security_count, 1);
    assert_true(str_starts(example(get, "Response")->code, STR("{\n")));
}

static void a_parameter_is_described(void **state)
{
    (void)state;
    const struct engine_details *verbose = details("hostile/endpoint/get/pets/{petId}?query.verbose");
    assert_str(verbose->self.description, "Of the operation.");
    assert_str(verbose->self.in, "query");
    assert_str(verbose->pointer, "/paths/~1pets~1{petId}/get/parameters/1");
    assert_str(verbose->owner_id, "hostile/endpoint/get/pets/{petId}");
    assert_int_equal(verbose->place_total, 3);
    for (size_t i = 0; i < 3; i++) assert_int_equal(verbose->places[i].kind, ENGINE_ENDPOINT);
    assert_str(example(verbose, "URL")->code, "https://eu.example.org/v1/pets/1?verbose=no");
    assert_focus(example(verbose, "curl"),
                 "curl --fail-with-body \"https://eu.example.org/v1/pets/$PET_ID?verbose=no\"");
    const struct engine_details *id = details("hostile/endpoint/get/pets/{petId}?path.petId");
    assert_str(id->pointer, "/paths/~1pets~1{petId}/parameters/0");
    assert_str(id->self.html, "<p>Of the <em>path</em>.</p>");
}

static void what_is_not_there_is_told(void **state)
{
    (void)state;
    static const char *const ids[] = {
        "", "nothing", "hostile/object/Peet", "hostile/object/Pet#nothing", "hostile/endpoint/get/nothing", "/", "#"
    };
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        struct engine_details unused;
        arena_reset(&facade.arena);
        facade.fault.text[0] = '\0';
        assert_int_equal(engine_details(facade.opened, facade.scratch, str_from(ids[i]), NULL, &facade.arena, &unused,
                                        &facade.fault),
                         ENGINE_ENOTFOUND);
        assert_true(strlen(facade.fault.text) > 10);
    }
}

static void every_field_has_texts(const struct engine_field *fields, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct engine_field *field = &fields[i];
        const struct str texts[] = { field->name,
                                     field->type,
                                     field->id,
                                     field->type_id,
                                     field->title,
                                     field->summary,
                                     field->description,
                                     field->html,
                                     field->described_by,
                                     field->note,
                                     field->format,
                                     field->pattern,
                                     field->range,
                                     field->in,
                                     field->default_value,
                                     field->constant,
                                     field->style,
                                     field->when,
                                     field->media_type,
                                     field->origin,
                                     field->docs.url,
                                     field->docs.description };
        for (size_t t = 0; t < sizeof texts / sizeof *texts; t++) assert_non_null(texts[t].at);
        every_field_has_texts(field->fields, field->field_count);
    }
}

/* Each id that an answer names can be asked, and so on from there: nothing is left out of reach or leads astray. */
static void every_id_leads_somewhere(void **state)
{
    (void)state;
    static const char *const ids[] = { "hostile/object/Pet", "hostile/object/Owner", "hostile/object/a/b~c d%#",
                                       "hostile/endpoint/get/pets/{petId}" };
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        char *names[256];
        size_t count = 0;
        const struct engine_details *of = details(ids[i]);
        every_field_has_texts(&of->self, 1);
        every_field_has_texts(of->parameters, of->parameter_count);
        for (size_t f = 0; f < of->self.field_count; f++) {
            const struct engine_field *field = &of->self.fields[f];
            if (field->id.size) names[count++] = strndup(field->id.at, field->id.size);
            if (field->type_id.size) names[count++] = strndup(field->type_id.at, field->type_id.size);
        }
        for (size_t p = 0; p < of->parameter_count; p++) {
            if (of->parameters[p].in.size) names[count++] = strndup(of->parameters[p].id.at, of->parameters[p].id.size);
        }
        for (size_t p = 0; p < of->place_count; p++)
            names[count++] = strndup(of->places[p].id.at, of->places[p].id.size);
        assert_true(count > 0);
        for (size_t n = 0; n < count; n++) {
            details(names[n]);
            free(names[n]);
        }
    }
}

static void no_memory_is_told(void **state)
{
    (void)state;
    static const char *const ids[] = { "hostile", "hostile/object/Pet", "hostile/object/Pet#tag",
                                       "hostile/endpoint/put/pets/{petId}",
                                       "hostile/endpoint/get/pets/{petId}?query.verbose" };
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        int error = ENGINE_ENOMEM;
        unsigned failures = 0;
        for (size_t limit = 0; error; limit += 512) {
            struct arena arena;
            struct engine_details unused;
            arena_init(&arena, limit);
            error =
                engine_details(facade.opened, facade.scratch, str_from(ids[i]), NULL, &arena, &unused, &facade.fault);
            if (error) assert_int_equal(error, ENGINE_ENOMEM);
            failures += error != 0;
            arena_free(&arena);
            assert_true(limit < 4 << 20);
        }
        assert_true(failures > 1);
    }
}

/* ---- Size ------------------------------------------------------------------------------------------------------- */

static void append(FILE *file, const char *format, int from, int to)
{
    for (int i = from; i < to; i++) {
        fprintf(file, "%s", i > from ? "," : "");
        fprintf(file, format, i);
    }
}

/* An object with 20,000 properties, all required, an enum as large, 5,000 endpoints that use it, a long description. */
static void write_large(const char *path)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs("{\"openapi\":\"3.1.0\",\"info\":{\"title\":\"Large\",\"version\":\"1\",\"description\":\"", file);
    for (int i = 0; i < 100000; i++) fputs("*a* ", file);
    fputs("\"},\"components\":{\"schemas\":{\"Large\":{\"required\":[", file);
    append(file, "\"p%d\"", 0, 20000);
    fputs("],\"properties\":{\"values\":{\"enum\":[", file);
    append(file, "\"v%d\"", 0, 20000);
    fputs("]},", file);
    append(
        file,
        "\"p%d\":{\"description\":\"Of *many*.\",\"properties\":{\"same\":{\"$ref\":\"#/components/schemas/Large\"}}}",
        0, 20000);
    fputs("}}}},\"paths\":{", file);
    append(file,
           "\"/%d\":{\"get\":{\"responses\":{\"200\":{\"content\":{\"a/b\":{\"schema\":{\"$ref\":\"#/components/"
           "schemas/Large\"}}}}}}}",
           0, 5000);
    fputs("}}", file);
    assert_int_equal(fclose(file), 0);
}

static void the_largest_answers_are_bounded(void **state)
{
    (void)state;
    static struct facade large;
    char path[96];
    snprintf(path, sizeof path, "%s.large.json", facade.index);
    write_large(path);
    const char *paths[] = { path };
    facade_open(&large, paths, 1);
    unlink(path);
    char id[128];
    struct engine_api api;
    snprintf(id, sizeof id, "%s", strrchr(path, '/') + 1);
    id[strlen(id) - strlen(".json")] = '\0';
    assert_int_equal(engine_api(large.opened, str_from(id), &api), ENGINE_OK);
    const struct engine_details *of = facade_details(&large, id);
    assert_true(str_ends(of->self.html, STR("\xe2\x80\xa6</p>")));
    strcat(id, "/object/Large");
    of = facade_details(&large, id);
    assert_in_range(of->self.field_count, 100, 1001);
    assert_int_equal(of->self.field_total, 20001);
    assert_int_equal(of->self.fields[0].value_count, 1000);
    assert_int_equal(of->self.fields[0].value_total, 20000);
    assert_int_equal(of->place_count, 40);
    assert_int_equal(of->place_total, 25000);
    assert_true(large.arena.total < 16 << 20);
    facade_close(&large);
}

static int open_facade(void **state)
{
    (void)state;
    const char *path = TEST_DATA "/unit/engine/facade/hostile.json";
    facade_open(&facade, &path, 1);
    return 0;
}

static int open_in_pieces(void **state)
{
    (void)state;
    char path[64];
    facade_spread(path, sizeof path, TEST_DATA "/unit/engine/facade/hostile.json");
    facade_open(&facade, &(const char *){ path }, 1);
    facade_remove(path);
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
        cmocka_unit_test(an_api_is_described),
        cmocka_unit_test(an_object_is_a_tree),
        cmocka_unit_test(facts_are_told_in_words),
        cmocka_unit_test(what_is_wrong_is_told_at_its_place),
        cmocka_unit_test(maps_show_what_they_hold),
        cmocka_unit_test(strange_names_lead_to_themselves),
        cmocka_unit_test(an_objects_users_are_found),
        cmocka_unit_test(a_property_is_found_wherever_it_is),
        cmocka_unit_test(an_endpoint_is_described),
        cmocka_unit_test(bodies_are_in_order),
        cmocka_unit_test(security_and_examples_of_an_endpoint),
        cmocka_unit_test(a_parameter_is_described),
        cmocka_unit_test(what_is_not_there_is_told),
        cmocka_unit_test(every_id_leads_somewhere),
        cmocka_unit_test(no_memory_is_told),
        cmocka_unit_test(the_largest_answers_are_bounded),
    };
    int failed = cmocka_run_group_tests_name("details", tests, open_facade, close_facade);
    return failed + cmocka_run_group_tests_name("details, in pieces", tests, open_in_pieces, close_facade);
}
