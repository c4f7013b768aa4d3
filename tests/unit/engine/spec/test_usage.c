#include "unit.h"

#include "openapi3.h"
#include "uses.h"

#include <stdlib.h>

/* What uses each object of a specification, a line an object: "B: A.b (property), C (allOf), GET /p (response)". */
struct read {
    struct document document;
    struct catalogue_builder *builder;
    struct catalogue catalogue;
    struct buf told;
};

static void tell_element(struct read *read, uint32_t element)
{
    const struct catalogue *catalogue = &read->catalogue;
    const struct format_element *at = &catalogue->elements[element];
    if (at->kind == CATALOGUE_PROPERTY || at->kind == CATALOGUE_PARAMETER) {
        buf_append_str(&read->told, catalogue_string(catalogue, at->owner));
        buf_append_byte(&read->told, at->kind == CATALOGUE_PROPERTY ? '.' : '?');
    }
    if (at->kind == CATALOGUE_ENDPOINT) {
        buf_append_str(&read->told, catalogue_method_upper((enum catalogue_method)at->detail));
        buf_append_byte(&read->told, ' ');
    }
    buf_append_str(&read->told, catalogue_string(catalogue, at->name));
}

static void tell_use(struct read *read, bool is_first, uint32_t element, enum uses_role role)
{
    static const char *const roles[USES_ROLES] = { "property",  "allOf",   "oneOf",    "items",
                                                   "parameter", "request", "response", "callback" };
    buf_append_str(&read->told, is_first ? STR(": ") : STR(", "));
    tell_element(read, element);
    buf_append_format(&read->told, " (%s)", roles[role]);
}

static void tell(struct read *read)
{
    struct uses uses;
    uses_open(&uses, &read->catalogue, 0);
    for (uint32_t object = 0; object < uses.count; object++) {
        struct uses_list list = uses_list(&uses, object);
        bool is_first = true;
        tell_element(read, uses_element(&uses, object));
        for (struct uses_of_object use; uses_next_object(&list, &use); is_first = false)
            tell_use(read, is_first, use.element, use.role);
        for (struct uses_of_endpoint use; uses_next_endpoint(&list, &use); is_first = false)
            tell_use(read, is_first, use.element, use.role);
        buf_append_byte(&read->told, '\n');
    }
}

/* `text` is JSON with single quotes, where "@X" stands for a reference to the component schema X. */
static struct str json_of(const char *text, struct buf *json)
{
    for (; *text; text++) {
        if (*text != '@') {
            buf_append_byte(json, *text == '\'' ? '"' : *text);
            continue;
        }
        buf_append_str(json, STR("{\"$ref\":\"#/components/schemas/"));
        while (text[1] && strchr(",}] ", text[1]) == NULL) buf_append_byte(json, *++text);
        buf_append_str(json, STR("\"}"));
    }
    return buf_str(json);
}

static void read_open(struct read *read, const char *text, struct buf *json)
{
    struct document_fault fault;
    buf_init(json, 64 << 20);
    buf_init(&read->told, 1 << 20);
    assert_int_equal(document_read(&read->document, json_of(text, json), &fault), DOCUMENT_OK);
    assert_int_equal(catalogue_builder_create(&read->builder), FILE_OK);
    if (openapi3_read(&read->document, STR("a"), STR("a.json"), read->builder, &fault)) fail_msg("%s", fault.what);
    assert_int_equal(catalogue_builder_finish(read->builder, &read->catalogue), FILE_OK);
    tell(read);
}

static void read_close(struct read *read, struct buf *json)
{
    catalogue_builder_destroy(read->builder);
    document_close(&read->document);
    buf_free(&read->told);
    buf_free(json);
}

#define IN_3_0(rest) "{'openapi':'3.0.3'," rest "}"
#define IN_3_1(rest) "{'openapi':'3.1.0'," rest "}"
#define SCHEMAS(rest) "'components':{'schemas':{" rest "}}"

static const struct {
    const char *text, *told;
} cases[] = {
    { IN_3_0(SCHEMAS(
          "'A':{'properties':{'b':@B,'c':{'type':'array','items':@B},'d':{'additionalProperties':@B}}},'B':{}")),
      "A\nB: A.b (property), A.c (property), A.d (property)\n" },
    /* Of nested properties the innermost one; one that is written behind what is nested in it comes in its place. */
    { IN_3_0(SCHEMAS("'A':{'properties':{'o':{'properties':{'i':@B},'allOf':[@B]}}},'B':{}")),
      "A\nB: A.o (property), A.o.i (property)\n" },
    { IN_3_0(SCHEMAS("'A':{'allOf':[@D,{'items':@D}],'oneOf':[@D],'anyOf':[@E]},'B':@D,'C':{'items':@D,"
                     "'patternProperties':{'x':@E}},'D':{},'E':{}")),
      "A\nB\nC\nD: A (allOf), A (oneOf), B (allOf), C (items)\nE: A (oneOf), C (items)\n" },
    { IN_3_0(SCHEMAS("'T':{'properties':{'next':@T}}")), "T: T.next (property)\n" },
    /* What stands beside a reference counts from 3.1 on. */
    { IN_3_0(SCHEMAS("'A':{'$ref':'#/components/schemas/B','properties':{'c':@C}},'B':{},'C':{}")),
      "A\nB: A (allOf)\nC\n" },
    { IN_3_1(SCHEMAS("'A':{'$ref':'#/components/schemas/B','properties':{'c':@C}},'B':{},'C':true")),
      "A\nB: A (allOf)\nC: A.c (property)\n" },
    { IN_3_1(SCHEMAS("'A':{'prefixItems':[@B,{'not':@C}]},'B':{},'C':{}")), "A\nB: A (items)\nC\n" },
    /* A name, an example, a map of that name and a reference to nowhere are no uses. */
    { IN_3_0(SCHEMAS("'A':{'properties':{'$ref':{'type':'string'},'x':@Gone,'y':{'$ref':7}},'example':@B},'B':{}")),
      "A\nB\n" },
    { IN_3_0(SCHEMAS("'a/b~c d':{},'A':{'properties':{'x':{'$ref':'#/components/schemas/a~1b~0c%20d'}}}")),
      "a/b~c d: A.x (property)\nA\n" },
    /* Members of the map that are no schemas are no objects. */
    { IN_3_0(SCHEMAS("'n':7,'A':{'properties':{'b':@B,'n':@n}},'s':'x','B':{}")), "A\nB: A.b (property)\n" },
    { IN_3_0("'paths':{'/p':{'parameters':[{'name':'v','in':'query','schema':@A}],'get':{'parameters':[{'name':'w',"
             "'in':'query','content':{'j':{'schema':{'items':@A}}}}],'responses':{'200':{'content':{'j':{'schema':@B},"
             "'k':{'schema':@B}}},'404':{'content':{'j':{'schema':@B}},'headers':{'h':{'schema':@C}}}}},"
             "'post':{'requestBody':{'content':{'j':{'schema':{'properties':{'deep':{'allOf':[@B]}}}}}}}}}," SCHEMAS(
                 "'A':{},'B':{},'C':{}")),
      "A: GET /p?w (parameter), /p?v (parameter)\nB: GET /p (response), POST /p (request)\nC: GET /p (response)\n" },
    /* Shared bodies are looked into once, and used by each. */
    { IN_3_0("'paths':{'/p':{'get':{'responses':{'200':{'$ref':'#/components/responses/R'},'201':{'$ref':"
             "'#/components/responses/R'}}},'put':{'requestBody':{'$ref':'#/components/requestBodies/Q'},'responses':"
             "{'200':{'$ref':'#/components/responses/R'},'x':{'$ref':'#/components/responses/Gone'}}}}},'components':"
             "{'requestBodies':{'Q':{'content':{'j':{'schema':@A}}}},'responses':{'R':{'content':{'j':{'schema':@B}},"
             "'headers':{'h':{'$ref':'#/components/headers/H'}}}},'headers':{'H':{'schema':@C}},'schemas':{'A':{},"
             "'B':{},'C':{}}}"),
      "A: PUT /p (request)\nB: GET /p (response), PUT /p (response)\nC: GET /p (response), PUT /p (response)\n" },
    { IN_3_0("'paths':{'/p':{'post':{'callbacks':{'done':{'{$url}':{'post':{'requestBody':{'content':{'j':{'schema':@A"
             "}}},'responses':{'200':{'content':{'j':{'schema':@B}}}}},'x-other':{'requestBody':{'content':{'j':"
             "{'schema':@C}}}}}}}}}}," SCHEMAS("'A':{},'B':{},'C':{}")),
      "A: POST /p (callback)\nB: POST /p (callback)\nC\n" },
    /* A reference into the middle of something is as if that stood in its place. */
    { IN_3_0(
          "'paths':{'/p':{'get':{'responses':{'200':{'content':{'j':{'schema':{'properties':{'b':@B}}}}}}}}}," SCHEMAS(
              "'A':{'properties':{'x':{'$ref':'#/paths/~1p/get/responses/200/content/j/schema'},'y':{'$ref':"
              "'#/components/schemas/C/properties/z'}}},'B':{},'C':{'properties':{'z':@B}}")),
      "A\nB: A.x (property), A.y (property), C.z (property), GET /p (response)\nC\n" },
    /* Such references in a circle end. */
    { IN_3_0(SCHEMAS("'A':{'properties':{'x':{'$ref':'#/components/schemas/A/properties/y'},'y':{'items':{'$ref':"
                     "'#/components/schemas/A/properties/x'},'allOf':[@A]}}}")),
      "A: A.x (property), A.y (property)\n" },
};

static void each_reference_is_a_use(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct read read;
        struct buf json;
        read_open(&read, cases[i].text, &json);
        if (!str_equal(buf_str(&read.told), str_from(cases[i].told)))
            fail_msg("case %zu:\n%.*snot\n%s", i, STR_FORMAT(buf_str(&read.told)), cases[i].told);
        read_close(&read, &json);
    }
}

static void kinds_are_marked(void **state)
{
    (void)state;
    struct read read;
    struct buf json;
    read_open(&read,
              IN_3_0(SCHEMAS("'A':{'x-kubernetes-group-version-kind':[{'kind':'A'}]},'B':{"
                             "'x-kubernetes-group-version-kind':[]},'C':{'x-kubernetes-group-version-kind':'C'}")),
              &json);
    assert_int_equal(read.catalogue.elements[1].flags, CATALOGUE_IS_KIND);
    assert_int_equal(read.catalogue.elements[2].flags, 0);
    assert_int_equal(read.catalogue.elements[3].flags, 0);
    read_close(&read, &json);
}

/* References into the middle of what has such references again: 2^40 of them, of which only so many are followed. */
static void references_into_each_other_end(void **state)
{
    (void)state;
    struct read read;
    struct buf text, json;
    buf_init(&text, 1 << 20);
    buf_append_str(&text, STR("{'openapi':'3.0.3','components':{'schemas':{'Last':{},'A':{'properties':{'p0':@Last}"));
    for (int i = 1; i <= 40; i++)
        buf_append_format(&text,
                          ",'q%d':{'allOf':[{'$ref':'#/components/schemas/A/%s%d'},{'$ref':"
                          "'#/components/schemas/A/%s%d'}]}",
                          i, i == 1 ? "properties/p" : "q", i - 1, i == 1 ? "properties/p" : "q", i - 1);
    buf_append_str(&text, STR(",'items':{'$ref':'#/components/schemas/A/q40'}}}}}"));
    buf_append_byte(&text, '\0');
    read_open(&read, text.at, &json);
    assert_str(buf_str(&read.told), "Last: A.p0 (property)\nA\n");
    read_close(&read, &json);
    buf_free(&text);
}

/* Many endpoints that share one response with many references: that is more than a file of its size may ask for. */
static void what_is_shared_too_often_is_a_fault(void **state)
{
    (void)state;
    struct document document;
    struct document_fault fault;
    struct catalogue_builder *builder;
    struct buf text;
    buf_init(&text, 64 << 20);
    buf_append_str(&text, STR("{\"openapi\":\"3.0.3\",\"paths\":{\"/\":{}"));
    for (int i = 0; i < 4000; i++)
        buf_append_format(&text, ",\"/%d\":{\"get\":{\"responses\":{\"200\":{\"$ref\":\"#/components/responses/R\"}}}}",
                          i);
    buf_append_str(&text, STR("},\"components\":{\"responses\":{\"R\":{\"content\":{\"j\":{\"schema\":{\"oneOf\":[{}"));
    for (int i = 0; i < 4000; i++) buf_append_format(&text, ",{\"$ref\":\"#/components/schemas/S%d\"}", i);
    buf_append_str(&text, STR("]}}}}},\"schemas\":{\"x\":{}"));
    for (int i = 0; i < 4000; i++) buf_append_format(&text, ",\"S%d\":{}", i);
    buf_append_str(&text, STR("}}}"));
    assert_int_equal(document_read(&document, buf_str(&text), &fault), DOCUMENT_OK);
    assert_int_equal(catalogue_builder_create(&builder), FILE_OK);
    assert_int_equal(openapi3_read(&document, STR("a"), STR("a.json"), builder, &fault), DOCUMENT_BAD);
    assert_string_equal(fault.what, "it names and refers to the same things too often to be read");
    catalogue_builder_destroy(builder);
    document_close(&document);
    buf_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_reference_is_a_use),
        cmocka_unit_test(kinds_are_marked),
        cmocka_unit_test(references_into_each_other_end),
        cmocka_unit_test(what_is_shared_too_often_is_a_fault),
    };
    return cmocka_run_group_tests_name("usage", tests, NULL, NULL);
}
