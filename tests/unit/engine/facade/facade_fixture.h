/* facade_fixture.h - an engine over specifications imported for a test. */
#ifndef TESTS_FACADE_FIXTURE_H
#define TESTS_FACADE_FIXTURE_H

#include "unit.h"

#include "engine.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct facade {
    char index[64];
    engine *opened;
    engine_scratch *scratch;
    struct arena arena;
    struct engine_details details;
    struct engine_fault fault;
};

static inline void facade_print_fault(const char *fault, void *context)
{
    (void)context;
    print_message("%s\n", fault);
}

static inline void facade_open(struct facade *facade, const char *const *paths, size_t count)
{
    struct engine_report report;
    snprintf(facade->index, sizeof facade->index, P_tmpdir "/test_details.XXXXXX");
    int fd = mkstemp(facade->index);
    assert_true(fd >= 0);
    close(fd);
    struct engine_import import = {
        .paths = paths, .path_count = count, .output = facade->index, .threads = 1, .on_fault = facade_print_fault
    };
    assert_int_equal(engine_import(&import, &report, &facade->fault), ENGINE_OK);
    assert_int_equal(report.failed, 0);
    assert_int_equal(engine_open(&facade->opened, facade->index, &facade->fault), ENGINE_OK);
    assert_int_equal(engine_scratch_create(&facade->scratch, facade->opened), ENGINE_OK);
    arena_init(&facade->arena, 64 << 20);
}

/* Writes the specification at `from` with so much space in it that it is stored in pieces, each read by itself: to a
 * file of the same name in a folder of its own, whose path is then in `path`. */
static inline void facade_spread(char *path, size_t size, const char *from)
{
    char folder[] = P_tmpdir "/spread.XXXXXX";
    assert_non_null(mkdtemp(folder));
    snprintf(path, size, "%s%s", folder, strrchr(from, '/'));
    FILE *read = fopen(from, "r"), *written = fopen(path, "w");
    assert_true(read && written);
    for (int byte; (byte = fgetc(read)) != EOF;) {
        fputc(byte, written);
        if (byte == '\n') fprintf(written, "%1000s", "");
    }
    fclose(read);
    fclose(written);
}

/* Removes that file and its folder. */
static inline void facade_remove(char *path)
{
    unlink(path);
    *strrchr(path, '/') = '\0';
    rmdir(path);
}

static inline void facade_close(struct facade *facade)
{
    arena_free(&facade->arena);
    engine_scratch_destroy(facade->scratch);
    engine_close(facade->opened);
    unlink(facade->index);
}

static inline const struct engine_details *facade_details(struct facade *facade, const char *id)
{
    arena_reset(&facade->arena);
    int error = engine_details(facade->opened, facade->scratch, str_from(id), NULL, &facade->arena, &facade->details,
                               &facade->fault);
    if (error) fail_msg("%s: %s", id, facade->fault.text);
    return &facade->details;
}

static inline const struct engine_field *facade_field(const struct engine_field *fields, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (str_equal(fields[i].name, str_from(name))) return &fields[i];
    }
    fail_msg("there is no field %s", name);
    return NULL;
}

#endif
