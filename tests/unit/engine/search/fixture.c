#include "fixture.h"

#include "index_builder.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void fixture_check(bool is_good, const char *what)
{
    if (is_good) return;
    fprintf(stderr, "fixture: %s\n", what);
    exit(2);
}

/* ---- The description -------------------------------------------------------------------------------------------- */

struct fixture_reader {
    struct catalogue_builder *builder;
    uint32_t api, owner;
    struct str owner_name; /* of an object; of an endpoint "GET /path" */
    bool has_api;
};

static struct str fixture_word(struct str *rest)
{
    struct str word = STR_EMPTY;
    *rest = str_trim(*rest);
    if (rest->size == 0 || !str_split(rest, ' ', &word)) return STR_EMPTY;
    if (rest->at == NULL) *rest = STR_EMPTY;
    return str_trim(word);
}

static struct str fixture_part(struct str *rest)
{
    struct str part = STR_EMPTY;
    if (rest->at == NULL || !str_split(rest, '|', &part)) return STR_EMPTY;
    return str_trim(part);
}

static uint32_t fixture_string(struct fixture_reader *reader, struct str text)
{
    return catalogue_builder_string(reader->builder, text);
}

static void fixture_end_api(struct fixture_reader *reader)
{
    if (reader->has_api) fixture_check(catalogue_builder_text(reader->builder, STR("{}")) == FILE_OK, "no memory");
}

static void fixture_api(struct fixture_reader *reader, struct str head, struct str rest)
{
    fixture_end_api(reader);
    struct str id = fixture_word(&head);
    struct format_api api = { .id = fixture_string(reader, id),
                              .title = fixture_string(reader, str_trim(head)),
                              .provider = fixture_string(reader, id) };
    api.description = fixture_string(reader, fixture_part(&rest));
    api.category = fixture_string(reader, fixture_part(&rest));
    reader->api = catalogue_builder_api(reader->builder, &api);
    reader->has_api = true;
}

static struct format_element fixture_element(enum catalogue_kind kind, uint32_t parent, bool is_deprecated)
{
    return (struct format_element){ .kind = (uint8_t)kind,
                                    .parent = parent,
                                    .flags = is_deprecated ? CATALOGUE_DEPRECATED : 0 };
}

/* "requested, duplicate": the strings of an enum, or tags. */
static uint32_t fixture_values(struct fixture_reader *reader, struct str list)
{
    uint32_t ids[8], count = 0;
    for (struct str value; list.size && str_split(&list, ',', &value) && count < 8;) {
        char json[128];
        snprintf(json, sizeof json, "\"%.*s\"", STR_FORMAT(str_trim(value)));
        ids[count++] = fixture_string(reader, str_from(json));
        if (list.at == NULL) break;
    }
    return count ? catalogue_builder_facts(reader->builder, 0, 0, ids, count) : 0;
}

static void fixture_endpoint(struct fixture_reader *reader, struct str head, struct str rest, bool is_deprecated)
{
    struct format_element element = fixture_element(CATALOGUE_ENDPOINT, reader->api, is_deprecated);
    enum catalogue_method method;
    reader->owner_name = str_trim(head);
    fixture_check(catalogue_method_read(fixture_word(&head), &method), "no such method");
    struct str path = fixture_word(&head);
    reader->owner_name.size = (size_t)(path.at + path.size - reader->owner_name.at);
    element.detail = (uint8_t)method;
    element.name = fixture_string(reader, path);
    element.owner = fixture_string(reader, fixture_word(&head));
    element.type = fixture_string(reader, fixture_part(&rest));
    element.text = fixture_string(reader, fixture_part(&rest));
    element.facts = fixture_values(reader, fixture_part(&rest));
    reader->owner = catalogue_builder_element(reader->builder, &element);
}

static void fixture_parameter(struct fixture_reader *reader, struct str head, struct str rest, bool is_deprecated)
{
    struct format_element element = fixture_element(CATALOGUE_PARAMETER, reader->owner, is_deprecated);
    enum catalogue_in in;
    fixture_check(catalogue_in_read(fixture_word(&head), &in), "no such place of a parameter");
    element.detail = (uint8_t)in;
    element.name = fixture_string(reader, fixture_word(&head));
    element.owner = fixture_string(reader, reader->owner_name);
    element.type = fixture_string(reader, str_trim(head));
    element.text = fixture_string(reader, fixture_part(&rest));
    element.facts = fixture_values(reader, fixture_part(&rest));
    catalogue_builder_element(reader->builder, &element);
}

static void fixture_object(struct fixture_reader *reader, struct str head, struct str rest, bool is_deprecated)
{
    struct format_element element = fixture_element(CATALOGUE_OBJECT, reader->api, is_deprecated);
    reader->owner_name = str_trim(head);
    element.name = fixture_string(reader, reader->owner_name);
    element.text = fixture_string(reader, fixture_part(&rest));
    reader->owner = catalogue_builder_element(reader->builder, &element);
}

static void fixture_property(struct fixture_reader *reader, struct str head, struct str rest, bool is_deprecated)
{
    struct format_element element = fixture_element(CATALOGUE_PROPERTY, reader->owner, is_deprecated);
    struct str path = fixture_word(&head);
    size_t dot = str_find_last_byte(path, '.');
    char owner[256];
    snprintf(owner, sizeof owner, "%.*s%s%.*s", STR_FORMAT(reader->owner_name), dot == STR_NONE ? "" : ".",
             dot == STR_NONE ? 0 : (int)dot, path.at);
    element.owner = fixture_string(reader, str_from(owner));
    element.name = fixture_string(reader, dot == STR_NONE ? path : str_cut(path, dot + 1, path.size));
    element.type = fixture_string(reader, str_trim(head));
    element.text = fixture_string(reader, fixture_part(&rest));
    element.facts = fixture_values(reader, fixture_part(&rest));
    catalogue_builder_element(reader->builder, &element);
}

static void fixture_line(struct fixture_reader *reader, struct str line)
{
    struct str rest = str_trim(line);
    if (rest.size == 0 || rest.at[0] == '#') return;
    struct str head = fixture_part(&rest);
    struct str kind = fixture_word(&head);
    bool is_deprecated = str_equal(kind, STR("deprecated"));
    if (is_deprecated) kind = fixture_word(&head);
    if (str_equal(kind, STR("api")))
        fixture_api(reader, head, rest);
    else if (str_equal(kind, STR("endpoint")))
        fixture_endpoint(reader, head, rest, is_deprecated);
    else if (str_equal(kind, STR("parameter")))
        fixture_parameter(reader, head, rest, is_deprecated);
    else if (str_equal(kind, STR("object")))
        fixture_object(reader, head, rest, is_deprecated);
    else if (str_equal(kind, STR("property")))
        fixture_property(reader, head, rest, is_deprecated);
    else
        fixture_check(false, "a line has no kind");
}

/* ---- The file --------------------------------------------------------------------------------------------------- */

static void fixture_read(struct catalogue_builder *builder, struct str description)
{
    struct fixture_reader reader = { .builder = builder };
    struct str line;
    while (str_split(&description, '\n', &line)) fixture_line(&reader, line);
    fixture_end_api(&reader);
}

static void fixture_write(struct fixture *fixture, struct catalogue_builder *builder, unsigned threads)
{
    struct catalogue catalogue;
    struct file_writer *writer;
    fixture_check(catalogue_builder_finish(builder, &catalogue) == FILE_OK, "the catalogue cannot be finished");
    fixture_check(file_writer_create(&writer, fixture->path) == FILE_OK, "the file cannot be made");
    fixture_check(catalogue_builder_write(builder, writer) == FILE_OK, "the catalogue cannot be written");
    struct index_builder *index;
    fixture_check(index_builder_create(&index, &catalogue, threads) == FILE_OK, "the index cannot be built");
    fixture_check(index_builder_write(index, writer) == FILE_OK, "the index cannot be written");
    index_builder_destroy(index);
    fixture_check(file_writer_commit(writer, NULL) == FILE_OK, "the file cannot be finished");
}

void fixture_open(struct fixture *fixture, const char *description, unsigned threads)
{
    struct catalogue_builder *builder;
    *fixture = (struct fixture){ .folder = P_tmpdir "/fixture.XXXXXX" };
    fixture_check(mkdtemp(fixture->folder) != NULL, "the folder cannot be made");
    snprintf(fixture->path, sizeof fixture->path, "%s/index", fixture->folder);
    fixture_check(catalogue_builder_create(&builder) == FILE_OK, "no memory");
    fixture_read(builder, str_from(description));
    fixture_write(fixture, builder, threads);
    catalogue_builder_destroy(builder);
    fixture_check(file_open(&fixture->file, fixture->path) == FILE_OK, "the file cannot be opened");
    fixture_check(catalogue_open(&fixture->catalogue, &fixture->file) == FILE_OK, "the catalogue cannot be opened");
    int error = index_open(&fixture->index, &fixture->file, &fixture->catalogue);
    fixture_check(error == FILE_OK, fixture->file.why ? fixture->file.why : "the index cannot be opened");
}

void fixture_close(struct fixture *fixture)
{
    file_close(&fixture->file);
    unlink(fixture->path);
    rmdir(fixture->folder);
}
