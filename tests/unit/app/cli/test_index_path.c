#include "unit.h"

#include "index_path.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[64];
static char path[INDEX_PATH_BYTES];

static int set_up(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, P_tmpdir "/index_path.XXXXXX");
    assert_non_null(mkdtemp(folder));
    assert_int_equal(chdir(folder), 0);
    setenv("XDG_DATA_HOME", folder, 1);
    setenv("HOME", "/nowhere", 1);
    unsetenv("APIBLAZE_INDEX");
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    char command[128];
    assert_int_equal(chdir("/"), 0);
    snprintf(command, sizeof command, "rm -r '%s'", folder);
    return system(command);
}

static void make_file(const char *name)
{
    FILE *file = fopen(name, "w");
    assert_non_null(file);
    fclose(file);
}

static void assert_in_folder(const char *name)
{
    assert_memory_equal(path, folder, strlen(folder));
    assert_string_equal(path + strlen(folder), name);
}

static void what_is_said_comes_first(void **state)
{
    (void)state;
    setenv("APIBLAZE_INDEX", "/of/environment", 1);
    assert_true(index_path_to_read("/of/option", path, sizeof path));
    assert_string_equal(path, "/of/option");
    assert_true(index_path_to_read(NULL, path, sizeof path));
    assert_string_equal(path, "/of/environment");
    assert_true(index_path_to_write(NULL, path, sizeof path));
    assert_string_equal(path, "/of/environment");
}

static void then_the_user_s_then_the_built_one(void **state)
{
    (void)state;
    assert_true(index_path_to_read(NULL, path, sizeof path));
    assert_in_folder("/apiblaze/catalogue.apiblaze");
    assert_int_equal(mkdir("build", 0777), 0);
    make_file("build/catalogue.apiblaze");
    assert_true(index_path_to_read(NULL, path, sizeof path));
    assert_string_equal(path, "build/catalogue.apiblaze");
    assert_true(index_path_to_write(NULL, path, sizeof path));
    assert_in_folder("/apiblaze/catalogue.apiblaze");
    make_file(path); /* its folder was made */
    assert_true(index_path_to_read(NULL, path, sizeof path));
    assert_in_folder("/apiblaze/catalogue.apiblaze");
}

static void a_relative_data_home_counts_as_none(void **state)
{
    (void)state;
    setenv("XDG_DATA_HOME", "relative", 1);
    assert_true(index_path_to_read(NULL, path, sizeof path));
    assert_string_equal(path, "/nowhere/.local/share/apiblaze/catalogue.apiblaze");
}

static void paths_that_do_not_fit_are_told(void **state)
{
    (void)state;
    assert_false(index_path_to_read("/a/path", path, 7));
    assert_true(index_path_to_read("/a/path", path, 8));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_said_comes_first, set_up, tear_down),
        cmocka_unit_test_setup_teardown(then_the_user_s_then_the_built_one, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_relative_data_home_counts_as_none, set_up, tear_down),
        cmocka_unit_test_setup_teardown(paths_that_do_not_fit_are_told, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("index_path", tests, NULL, NULL);
}
