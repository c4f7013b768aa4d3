/* Files in tests/data/specs are good. Each file X in tests/faults/specs is bad in one way, and X.expect beside it says
 * how: what follows its path in the report. A new case is two files. */
#include "unit.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "buf.h"
#include "catalogue.h"
#include "engine.h"

#define GOOD_SPECS TEST_DATA "/data/specs"
#define BAD_SPECS TEST_DATA "/faults/specs"

static char folder[] = P_tmpdir "/test_import.XXXXXX";
static char output[64];

/* What the callbacks were told. */
struct told {
    struct buf faults; /* a line each */
    struct engine_progress progress;
    unsigned calls;
};

static int make_folder(void **state)
{
    (void)state;
    if (mkdtemp(folder) == NULL) return -1;
    snprintf(output, sizeof output, "%s/index", folder);
    return 0;
}

static int remove_folder(void **state)
{
    (void)state;
    char command[128];
    snprintf(command, sizeof command, "rm -r '%s'", folder);
    return system(command);
}

static const char *in_folder(const char *name)
{
    static char path[1024];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static void write_file(const char *path, struct str text)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text.at, 1, text.size, file), text.size);
    fclose(file);
}

static void write_spec(const char *path, const char *title)
{
    char text[256];
    snprintf(text, sizeof text, "{\"openapi\":\"3.0.0\",\"info\":{\"title\":\"%s\"},\"paths\":{\"/a\":{\"get\":{}}}}",
             title);
    write_file(path, str_from(text));
}

static struct buf read_all(const char *path)
{
    struct buf text;
    buf_init(&text, 64 << 20);
    FILE *file = fopen(path, "rb");
    if (file == NULL) return text;
    char bytes[4096];
    for (size_t size; (size = fread(bytes, 1, sizeof bytes, file)) > 0;) buf_append(&text, bytes, size);
    fclose(file);
    return text;
}

static void on_fault(const char *line, void *context)
{
    struct told *told = context;
    buf_append_format(&told->faults, "%s\n", line);
}

static void on_progress(const struct engine_progress *progress, void *context)
{
    struct told *told = context;
    assert_true(progress->files > told->progress.files);
    told->progress = *progress;
    told->calls++;
}

static int import_paths(const char *const *paths, size_t count, unsigned threads, struct engine_report *report,
                        struct told *told, struct engine_fault *fault)
{
    struct engine_import import = { .paths = paths,
                                    .path_count = count,
                                    .output = output,
                                    .threads = threads,
                                    .on_fault = on_fault,
                                    .on_progress = on_progress,
                                    .context = told };
    *told = (struct told){ 0 };
    buf_init(&told->faults, 1 << 20);
    return engine_import(&import, report, fault);
}

/* Imports one path and forgets what was told. */
static int import_one(const char *path, unsigned threads, struct engine_report *report)
{
    struct told told;
    struct engine_fault fault;
    int error = import_paths(&path, 1, threads, report, &told, &fault);
    buf_free(&told.faults);
    return error;
}

static void open_output(struct file *file, struct catalogue *catalogue)
{
    assert_int_equal(file_open(file, output), FILE_OK);
    assert_int_equal(catalogue_open(catalogue, file), FILE_OK);
}

static void good_specifications_are_in(void **state)
{
    (void)state;
    struct engine_report report;
    struct told told;
    struct engine_fault fault;
    struct file file;
    struct catalogue catalogue;
    const char *path = GOOD_SPECS "/";
    assert_int_equal(import_paths(&path, 1, 0, &report, &told, &fault), ENGINE_OK);
    assert_int_equal(told.faults.size, 0);
    assert_int_equal(report.failed, 0);
    assert_int_equal(report.imported, report.elements[ENGINE_API]);
    assert_int_equal(told.calls, report.imported);
    assert_int_equal(told.progress.files_total, report.imported);
    assert_int_equal(told.progress.bytes, told.progress.bytes_total);
    assert_int_equal(told.progress.bytes, report.bytes);
    open_output(&file, &catalogue);
    assert_int_equal(file.size, report.index_bytes);
    uint32_t pets = catalogue_api_find(&catalogue, STR("pets"));
    assert_int_not_equal(pets, CATALOGUE_NONE);
    assert_int_not_equal(catalogue_api_find(&catalogue, STR("planets")), CATALOGUE_NONE);
    assert_str(catalogue_string(&catalogue, catalogue.apis[pets].title), "Pet shop");
    struct buf kept, original = read_all(GOOD_SPECS "/pets.json");
    buf_init(&kept, 1 << 20);
    assert_int_equal(catalogue_text(&catalogue, pets, &kept), FILE_OK);
    assert_true(str_equal(buf_str(&kept), buf_str(&original)));
    buf_free(&kept);
    buf_free(&original);
    buf_free(&told.faults);
    file_close(&file);
}

static void the_bytes_do_not_depend_on_threads(void **state)
{
    (void)state;
    struct engine_report report;
    assert_int_equal(import_one(GOOD_SPECS, 1, &report), ENGINE_OK);
    struct buf first = read_all(output);
    for (unsigned threads = 2; threads <= 8; threads += 3) {
        assert_int_equal(import_one(GOOD_SPECS, threads, &report), ENGINE_OK);
        struct buf again = read_all(output);
        assert_true(first.size > 0 && str_equal(buf_str(&first), buf_str(&again)));
        buf_free(&again);
    }
    buf_free(&first);
}

/* Compares the report of one bad file with its .expect; `lines` is what on_fault was told. */
static void check_bad_file(const char *name, struct str lines)
{
    char path[1024], prefix[1024];
    struct str line;
    snprintf(path, sizeof path, "%s/%s.expect", BAD_SPECS, name);
    snprintf(prefix, sizeof prefix, "%s/%s:", BAD_SPECS, name);
    struct buf expected = read_all(path);
    if (expected.size == 0) fail_msg("%s is missing", path);
    while (str_split(&lines, '\n', &line)) {
        if (!str_starts(line, str_from(prefix))) continue;
        struct str what = str_cut(line, strlen(prefix), line.size);
        if (!str_equal(what, str_trim(buf_str(&expected))))
            fail_msg("%s\nexpected %.*s\nactual   %.*s", name, STR_FORMAT(str_trim(buf_str(&expected))),
                     STR_FORMAT(what));
        buf_free(&expected);
        return;
    }
    fail_msg("%s was not reported", name);
}

static void bad_files_are_reported_and_the_others_imported(void **state)
{
    (void)state;
    struct engine_report report;
    struct told told;
    struct engine_fault fault;
    struct file file;
    struct catalogue catalogue;
    const char *const paths[] = { BAD_SPECS, GOOD_SPECS "/pets.json" };
    unsigned bad = 0;
    assert_int_equal(import_paths(paths, 2, 2, &report, &told, &fault), ENGINE_OK);
    DIR *cases = opendir(BAD_SPECS);
    assert_non_null(cases);
    for (struct dirent *entry; (entry = readdir(cases)) != NULL;) {
        if (!str_ends(str_from(entry->d_name), STR(".json"))) continue;
        check_bad_file(entry->d_name, buf_str(&told.faults));
        bad++;
    }
    closedir(cases);
    assert_true(bad >= 10);
    assert_int_equal(report.failed, bad);
    assert_int_equal(report.imported + report.unchanged, 1);
    open_output(&file, &catalogue);
    assert_int_equal(catalogue.api_count, 1);
    assert_int_not_equal(catalogue_api_find(&catalogue, STR("pets")), CATALOGUE_NONE);
    file_close(&file);
    buf_free(&told.faults);
}

static void nothing_good_leaves_the_old_index(void **state)
{
    (void)state;
    struct engine_report report;
    struct told told;
    struct engine_fault fault;
    const char *path = BAD_SPECS;
    assert_int_equal(import_one(GOOD_SPECS, 0, &report), ENGINE_OK);
    struct buf before = read_all(output);
    assert_int_equal(import_paths(&path, 1, 0, &report, &told, &fault), ENGINE_ENOTHING);
    assert_int_equal(report.imported, 0);
    assert_non_null(strstr(fault.text, "left as it was"));
    struct buf after = read_all(output);
    assert_true(str_equal(buf_str(&before), buf_str(&after)));
    assert_int_equal(access(in_folder("index.new"), F_OK), -1);
    buf_free(&before);
    buf_free(&after);
    buf_free(&told.faults);
}

static void an_open_index_stays_readable_when_a_new_one_comes(void **state)
{
    (void)state;
    struct engine_report report;
    struct file old_file, new_file;
    struct catalogue old_one, new_one;
    assert_int_equal(import_one(GOOD_SPECS, 0, &report), ENGINE_OK);
    open_output(&old_file, &old_one);
    assert_int_equal(import_one(GOOD_SPECS "/planets.json", 0, &report), ENGINE_OK);
    open_output(&new_file, &new_one);
    assert_int_equal(new_one.api_count, 1);
    assert_int_not_equal(catalogue_api_find(&old_one, STR("pets")), CATALOGUE_NONE);
    file_close(&old_file);
    file_close(&new_file);
}

/* Each mishap that a folder can hold. */
static void make_odd_folder(void)
{
    assert_int_equal(mkdir(in_folder("odd"), 0777), 0);
    assert_int_equal(mkdir(in_folder("odd/deep.json"), 0777), 0);
    assert_int_equal(mkdir(in_folder("odd/deep.json/deeper"), 0777), 0);
    write_spec(in_folder("odd/deep.json/deeper/found.JSON"), "Found");
    write_spec(in_folder("odd/with space é.json"), "Space");
    write_spec(in_folder("odd/notes.txt"), "No JSON file");
    write_spec(in_folder("odd/bad \xFF.json"), "Bad name");
    assert_int_equal(mkfifo(in_folder("odd/fifo.json"), 0666), 0);
    assert_int_equal(symlink("..", in_folder("odd/deep.json/loop")), 0);
    assert_int_equal(symlink("nowhere", in_folder("odd/broken.json")), 0);
    assert_int_equal(symlink("with space é.json", in_folder("odd/linked.json")), 0);
    assert_int_equal(symlink("odd", in_folder("linked_folder")), 0);
}

static void folders_are_walked_with_care(void **state)
{
    (void)state;
    struct engine_report report;
    struct told told;
    struct engine_fault fault;
    struct file file;
    struct catalogue catalogue;
    make_odd_folder();
    char *linked = strdup(in_folder("linked_folder"));
    const char *path = linked;
    assert_int_equal(import_paths(&path, 1, 0, &report, &told, &fault), ENGINE_OK);
    buf_append_byte(&told.faults, '\0');
    assert_non_null(strstr(told.faults.at, "linked_folder/bad \xFF.json: its name is not valid UTF-8\n"));
    assert_non_null(strstr(told.faults.at, "linked_folder/broken.json: No such file or directory\n"));
    assert_non_null(strstr(told.faults.at, "linked_folder/fifo.json: it is not a regular file\n"));
    assert_int_equal(report.failed, 3);
    assert_int_equal(report.imported, 3);
    open_output(&file, &catalogue);
    assert_int_not_equal(catalogue_api_find(&catalogue, STR("deep.json/deeper/found")), CATALOGUE_NONE);
    assert_int_not_equal(catalogue_api_find(&catalogue, STR("with space é")), CATALOGUE_NONE);
    assert_int_not_equal(catalogue_api_find(&catalogue, STR("linked")), CATALOGUE_NONE);
    file_close(&file);
    buf_free(&told.faults);
    free(linked);
}

static void the_second_of_one_id_is_reported(void **state)
{
    (void)state;
    struct engine_report report;
    struct told told;
    struct engine_fault fault;
    char first[1024], second[1024], missing[1024], expected[4096];
    struct file file;
    struct catalogue catalogue;
    assert_int_equal(mkdir(in_folder("one"), 0777), 0);
    assert_int_equal(mkdir(in_folder("two"), 0777), 0);
    snprintf(first, sizeof first, "%s", in_folder("two/same.json"));
    snprintf(second, sizeof second, "%s", in_folder("one"));
    snprintf(missing, sizeof missing, "%s", in_folder("missing"));
    write_spec(first, "First");
    write_spec(in_folder("one/same.json"), "Second");
    const char *const paths[] = { first, second, missing };
    assert_int_equal(import_paths(paths, 3, 2, &report, &told, &fault), ENGINE_OK);
    snprintf(expected, sizeof expected,
             "%s: No such file or directory\n%s/same.json: its id \"same\" is already taken by %s\n", missing, second,
             first);
    assert_true(str_equal(buf_str(&told.faults), str_from(expected)));
    open_output(&file, &catalogue);
    assert_int_equal(catalogue.api_count, 1);
    assert_str(catalogue_string(&catalogue, catalogue.apis[0].title), "First");
    file_close(&file);
    buf_free(&told.faults);
}

static void deep_nesting_is_a_fault(void **state)
{
    (void)state;
    struct engine_report report;
    struct told told;
    struct engine_fault fault;
    struct buf text;
    buf_init(&text, 1 << 20);
    buf_append_str(&text, STR("{\"openapi\":\"3.0.0\",\n\"x\":"));
    for (int i = 0; i < 100000; i++) buf_append_byte(&text, '[');
    for (int i = 0; i < 100000; i++) buf_append_byte(&text, ']');
    buf_append_byte(&text, '}');
    char path[1024];
    snprintf(path, sizeof path, "%s", in_folder("deep.json"));
    write_file(path, buf_str(&text));
    const char *paths[] = { path };
    assert_int_equal(import_paths(paths, 1, 0, &report, &told, &fault), ENGINE_ENOTHING);
    char expected[2048];
    snprintf(expected, sizeof expected, "%s:2:1004: nested deeper than 1000 levels\n", path);
    assert_true(str_equal(buf_str(&told.faults), str_from(expected)));
    buf_free(&text);
    buf_free(&told.faults);
}

static void a_place_that_cannot_be_written_is_told(void **state)
{
    (void)state;
    struct engine_report report;
    struct engine_fault fault;
    const char *path = GOOD_SPECS;
    struct engine_import import = { .paths = &path, .path_count = 1, .output = "no/such/folder/index" };
    assert_int_equal(engine_import(&import, &report, &fault), ENGINE_ESYS);
    assert_string_equal(fault.text, "no/such/folder/index: No such file or directory");
    import.output = NULL;
    assert_int_equal(engine_import(&import, &report, &fault), ENGINE_EINVAL);
    assert_int_equal(engine_import(&import, &report, NULL), ENGINE_EINVAL);
}

static void a_second_import_at_the_same_time_is_refused(void **state)
{
    (void)state;
    struct engine_report report;
    struct engine_fault fault;
    struct file_writer *writer;
    const char *path = GOOD_SPECS;
    struct engine_import import = { .paths = &path, .path_count = 1, .output = output };
    assert_int_equal(file_writer_create(&writer, output), FILE_OK);
    assert_int_equal(engine_import(&import, &report, &fault), ENGINE_ESYS);
    assert_non_null(strstr(fault.text, "another import is writing it"));
    file_writer_abandon(writer);
    assert_int_equal(engine_import(&import, &report, &fault), ENGINE_OK);
}

/* Whatever the moment at which the import is killed, what lies there can be opened. */
static void a_killed_import_leaves_an_index(void **state)
{
    (void)state;
    struct engine_report report;
    assert_int_equal(import_one(GOOD_SPECS, 0, &report), ENGINE_OK);
    for (useconds_t delay = 0; delay < 40; delay++) {
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
            for (int i = 0; i < 1000; i++) import_one(i % 2 ? GOOD_SPECS : GOOD_SPECS "/pets.json", 2, &report);
            _exit(0);
        }
        usleep(delay * 500);
        kill(child, SIGKILL);
        assert_int_equal(waitpid(child, NULL, 0), child);
        struct file file;
        struct catalogue catalogue;
        open_output(&file, &catalogue);
        assert_int_not_equal(catalogue_api_find(&catalogue, STR("pets")), CATALOGUE_NONE);
        file_close(&file);
    }
    assert_int_equal(import_one(GOOD_SPECS, 0, &report), ENGINE_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(good_specifications_are_in),
        cmocka_unit_test(the_bytes_do_not_depend_on_threads),
        cmocka_unit_test(bad_files_are_reported_and_the_others_imported),
        cmocka_unit_test(nothing_good_leaves_the_old_index),
        cmocka_unit_test(an_open_index_stays_readable_when_a_new_one_comes),
        cmocka_unit_test(folders_are_walked_with_care),
        cmocka_unit_test(the_second_of_one_id_is_reported),
        cmocka_unit_test(deep_nesting_is_a_fault),
        cmocka_unit_test(a_place_that_cannot_be_written_is_told),
        cmocka_unit_test(a_second_import_at_the_same_time_is_refused),
        cmocka_unit_test(a_killed_import_leaves_an_index),
    };
    return cmocka_run_group_tests_name("import", tests, make_folder, remove_folder);
}
