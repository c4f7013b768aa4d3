/* Fails the 1st, 2nd, … nth allocation of an answer: each time it is whole or a code says that there is no memory, the
 * next try succeeds, and nothing is leaked (the leak check of the asan build looks). */
#include "facade_fixture.h"

static size_t allocations;
static size_t failing; /* which one; 0: none */

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *at, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *at, size_t size);

static bool fails(void)
{
    return ++allocations == failing;
}

void *__wrap_malloc(size_t size)
{
    return fails() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return fails() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *at, size_t size)
{
    return fails() ? NULL : __real_realloc(at, size);
}

/* All texts of the fields, so that one that is missing is seen. */
static size_t fields_size(const struct engine_field *fields, size_t count)
{
    size_t size = 0;
    for (size_t i = 0; i < count; i++) {
        const struct engine_field *field = &fields[i];
        size += field->name.size + field->type.size + field->id.size + field->type_id.size + field->description.size +
                field->html.size + field->range.size + field->default_value.size + field->value_count +
                field->note.size + field->rule_count + field->example_count +
                fields_size(field->fields, field->field_count);
        for (size_t k = 0; k < field->choice_count; k++)
            size += fields_size(field->choices[k].alternatives, field->choices[k].alternative_count);
    }
    return size;
}

static size_t details_size(const struct engine_details *details)
{
    size_t size = fields_size(&details->self, 1) + fields_size(details->parameters, details->parameter_count) +
                  details->pointer.size + details->place_count + details->security_count + details->server_count;
    for (size_t i = 0; i < details->body_count; i++) {
        const struct engine_body *body = &details->bodies[i];
        size += 1 + fields_size(&body->schema, 1) + fields_size(body->headers, body->header_count) + body->link_count;
    }
    for (size_t i = 0; i < details->scheme_count; i++) size += details->schemes[i].how_count;
    for (size_t i = 0; i < details->callback_count; i++) size += 1 + details->callbacks[i].body_count;
    for (size_t i = 0; i < details->place_count; i++)
        size += details->places[i].id.size + details->places[i].summary.size;
    for (size_t i = 0; i < details->example_count; i++) size += details->examples[i].code.size;
    return size;
}

/* With a scratch that knows nothing yet. */
static int ask_anew(struct facade *facade, const char *id, size_t which, size_t *size)
{
    engine_scratch_destroy(facade->scratch);
    assert_int_equal(engine_scratch_create(&facade->scratch, facade->opened), ENGINE_OK);
    arena_free(&facade->arena);
    allocations = 0;
    failing = which;
    int error = engine_details(facade->opened, facade->scratch, str_from(id), NULL, &facade->arena, &facade->details,
                               &facade->fault);
    failing = 0;
    *size = error ? 0 : details_size(&facade->details);
    return error;
}

static int ask_code_anew(struct facade *facade, struct str language, size_t which, size_t *size)
{
    struct engine_code_wish wish = { .id = STR("hostile/endpoint/put/pets/{petId}"),
                                     .language = language,
                                     .server = STR("http://127.0.0.1") };
    struct engine_example example;
    engine_scratch_destroy(facade->scratch);
    assert_int_equal(engine_scratch_create(&facade->scratch, facade->opened), ENGINE_OK);
    arena_free(&facade->arena);
    allocations = 0;
    failing = which;
    int error = engine_code(facade->opened, facade->scratch, &wish, &facade->arena, &example, &facade->fault);
    failing = 0;
    *size = error ? 0 : example.code.size;
    return error;
}

static void each_allocation_for_code_may_fail(void **state)
{
    struct facade *facade = *state;
    struct engine_language language;
    for (size_t i = 0; engine_language(i, &language); i++) {
        size_t whole, size;
        unsigned failures = 0;
        assert_int_equal(ask_code_anew(facade, language.name, 0, &whole), ENGINE_OK);
        size_t count = allocations;
        assert_true(count > 5);
        for (size_t n = 1; n <= count; n++) {
            int error = ask_code_anew(facade, language.name, n, &size);
            if (error == ENGINE_OK) assert_int_equal(size, whole);
            if (error == ENGINE_OK) continue;
            assert_int_equal(error, ENGINE_ENOMEM);
            failures++;
        }
        assert_true(failures > count / 2);
    }
}

static void each_allocation_may_fail(void **state)
{
    struct facade *facade = *state;
    static const char *const ids[] = { "hostile",
                                       "hostile/object/Pet",
                                       "hostile/object/Pet#chip.deep.er.$ref",
                                       "hostile/endpoint/put/pets/{petId}",
                                       "hostile/endpoint/get/pets/{petId}?query.verbose",
                                       "shapes",
                                       "shapes/object/Rules",
                                       "shapes/object/Circle",
                                       "shapes/object/Shape",
                                       "shapes/endpoint/get/shapes/{id}",
                                       "shapes/endpoint/post/shapes" };
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        size_t whole, size;
        assert_int_equal(ask_anew(facade, ids[i], 0, &whole), ENGINE_OK);
        size_t count = allocations;
        unsigned failures = 0;
        assert_true(count > 5);
        for (size_t n = 1; n <= count; n++) {
            int error = ask_anew(facade, ids[i], n, &size);
            if (error == ENGINE_OK) assert_int_equal(size, whole);
            if (error == ENGINE_OK) continue;
            assert_int_equal(error, ENGINE_ENOMEM);
            failures++;
            assert_int_equal(details_size(facade_details(facade, ids[i])), whole);
        }
        assert_true(failures > count / 2);
    }
}

/* The size of the text, or the error. */
static int make_anew(struct facade *facade, const struct engine_payload_wish *wish, size_t which, size_t *size)
{
    struct engine_payload payload;
    engine_scratch_destroy(facade->scratch);
    assert_int_equal(engine_scratch_create(&facade->scratch, facade->opened), ENGINE_OK);
    arena_free(&facade->arena);
    allocations = 0;
    failing = which;
    int error = engine_example(facade->opened, facade->scratch, wish, &facade->arena, &payload, &facade->fault);
    failing = 0;
    *size = error ? 0 : payload.example.code.size + payload.root_count + payload.fault_count;
    return error;
}

static void each_allocation_of_an_example_may_fail(void **state)
{
    struct facade *facade = *state;
    static const struct engine_payload_wish wishes[] = {
        { .id = STR_INIT("hostile/object/Pet"), .tier = ENGINE_FULL },
        { .id = STR_INIT("cluster/object/PodSpec#pullSecrets") },
        { .id = STR_INIT("cluster/object/Problem#why"), .format = STR_INIT("multipart") },
        { .id = STR_INIT("cluster/endpoint/post/orders"), .format = STR_INIT("xml") },
        { .id = STR_INIT("cluster/endpoint/post/orders"), .status = STR_INIT("201"), .format = STR_INIT("form") },
        { .id = STR_INIT("cluster/endpoint/get/orders?query.filter") },
    };
    for (size_t i = 0; i < sizeof wishes / sizeof *wishes; i++) {
        size_t whole, size;
        assert_int_equal(make_anew(facade, &wishes[i], 0, &whole), ENGINE_OK);
        size_t count = allocations;
        assert_true(count > 5);
        for (size_t n = 1; n <= count; n++) {
            int error = make_anew(facade, &wishes[i], n, &size);
            if (error != ENGINE_OK) assert_int_equal(error, ENGINE_ENOMEM);
            if (error == ENGINE_OK && size != whole) fail_msg("%s: %zu of %zu", wishes[i].id.at, n, count);
        }
    }
}

static int open_facade(void **state)
{
    static struct facade facade;
    const char *const paths[] = { TEST_DATA "/unit/engine/facade/hostile.json", TEST_DATA "/data/model",
                                  TEST_DATA "/unit/engine/facade/cluster.json" };
    facade_open(&facade, paths, 3);
    *state = &facade;
    return 0;
}

static int close_facade(void **state)
{
    facade_close(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(each_allocation_may_fail),
                                        cmocka_unit_test(each_allocation_for_code_may_fail),
                                        cmocka_unit_test(each_allocation_of_an_example_may_fail) };
    return cmocka_run_group_tests_name("details_no_memory", tests, open_facade, close_facade);
}
