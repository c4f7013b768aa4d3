#include "unit.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "file.h"

static char folder[] = P_tmpdir "/test_file.XXXXXX";
static char path[64], path_new[64];

/* The file as bytes, in a block of its exact size: reading one byte too far is seen. */
struct image {
    uint8_t *at;
    size_t size;
};

static int make_folder(void **state)
{
    (void)state;
    if (mkdtemp(folder) == NULL) return -1;
    snprintf(path, sizeof path, "%s/index", folder);
    snprintf(path_new, sizeof path_new, "%s/index.new", folder);
    return 0;
}

static int remove_folder(void **state)
{
    (void)state;
    unlink(path);
    unlink(path_new);
    return rmdir(folder);
}

static void write_sections(void)
{
    static const char large[600000] = { 'x' };
    struct file_writer *writer;
    uint64_t size;
    assert_int_equal(file_writer_create(&writer, path), FILE_OK);
    assert_int_equal(file_writer_section(writer, 16, "hello", 5), FILE_OK);
    assert_int_equal(file_writer_begin(writer, FORMAT_TEXTS), FILE_OK);
    for (int i = 0; i < 100; i++) assert_int_equal(file_writer_append(writer, "frame", 5), FILE_OK);
    assert_int_equal(file_writer_section(writer, 17, large, sizeof large), FILE_OK);
    assert_int_equal(file_writer_section(writer, 18, NULL, 0), FILE_OK);
    assert_int_equal(file_writer_commit(writer, &size), FILE_OK);
    struct stat status;
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_size, size);
}

static struct image read_image(void)
{
    struct stat status;
    int fd = open(path, O_RDONLY);
    assert_true(fd >= 0);
    assert_int_equal(fstat(fd, &status), 0);
    struct image image = { .size = (size_t)status.st_size };
    image.at = aligned_alloc(FORMAT_ALIGN, image.size);
    assert_non_null(image.at);
    assert_int_equal(read(fd, image.at, image.size), image.size);
    close(fd);
    return image;
}

/* Makes the header believable again after a change, so that the check behind its checksum is reached. */
static void seal(struct image *image)
{
    struct format_header *header = (struct format_header *)(void *)image->at;
    header->checksum = 0;
    header->checksum = XXH3_64bits(image->at, sizeof *header + header->section_count * sizeof(struct format_section));
}

static int open_image(const struct image *image, const char **why)
{
    struct file file;
    int error = file_open_memory(&file, image->at, image->size);
    *why = file.why;
    if (error == FILE_CORRUPT) assert_non_null(file.why);
    file_close(&file);
    return error;
}

static void sections_come_back(void **state)
{
    (void)state;
    struct file file;
    write_sections();
    assert_int_equal(file_open(&file, path), FILE_OK);
    assert_str(file_section(&file, 16), "hello");
    assert_int_equal(file_section(&file, FORMAT_TEXTS).size, 500);
    assert_int_equal(file_section(&file, 17).size, 600000);
    assert_int_equal(file_section(&file, 17).at[0], 'x');
    assert_non_null(file_section(&file, 18).at);
    assert_int_equal(file_section(&file, 18).size, 0);
    assert_null(file_section(&file, 19).at);
    for (uint32_t i = 0; i < file.section_count; i++) assert_int_equal(file.sections[i].offset % FORMAT_ALIGN, 0);
    file_close(&file);
    assert_int_equal(access(path_new, F_OK), -1);
}

static void the_old_file_stays_until_the_new_one_is_whole(void **state)
{
    (void)state;
    struct file_writer *writer, *second;
    struct file file;
    write_sections();
    assert_int_equal(file_writer_create(&writer, path), FILE_OK);
    assert_int_equal(file_writer_section(writer, 99, "new", 3), FILE_OK);
    assert_int_equal(file_open(&file, path), FILE_OK);
    assert_null(file_section(&file, 99).at);
    /* A second import at the same time must not write into the first one's file. */
    assert_int_equal(file_writer_create(&second, path), FILE_SYSTEM);
    assert_int_equal(errno, EWOULDBLOCK);
    assert_int_equal(file_writer_commit(writer, NULL), FILE_OK);
    assert_str(file_section(&file, 16), "hello");
    file_close(&file);
    assert_int_equal(file_open(&file, path), FILE_OK);
    assert_str(file_section(&file, 99), "new");
    assert_null(file_section(&file, 16).at);
    file_close(&file);
}

static void what_a_killed_import_left_is_written_over(void **state)
{
    (void)state;
    struct file file;
    int fd = open(path_new, O_WRONLY | O_CREAT, 0666);
    assert_int_equal(ftruncate(fd, 5000000), 0);
    close(fd);
    write_sections();
    assert_int_equal(file_open(&file, path), FILE_OK);
    file_close(&file);
}

static void abandoned_leaves_nothing(void **state)
{
    (void)state;
    struct file_writer *writer;
    unlink(path);
    assert_int_equal(file_writer_create(&writer, path), FILE_OK);
    assert_int_equal(file_writer_section(writer, 99, "new", 3), FILE_OK);
    file_writer_abandon(writer);
    file_writer_abandon(NULL);
    assert_int_equal(access(path, F_OK), -1);
    assert_int_equal(access(path_new, F_OK), -1);
}

static void a_section_twice_is_refused(void **state)
{
    (void)state;
    struct file_writer *writer;
    assert_int_equal(file_writer_create(&writer, path), FILE_OK);
    assert_int_equal(file_writer_append(writer, "x", 1), FILE_SYSTEM);
    file_writer_abandon(writer);
    assert_int_equal(file_writer_create(&writer, path), FILE_OK);
    assert_int_equal(file_writer_section(writer, 1, "x", 1), FILE_OK);
    assert_int_equal(file_writer_section(writer, 1, "y", 1), FILE_SYSTEM);
    assert_int_equal(errno, EINVAL);
    assert_int_equal(file_writer_commit(writer, NULL), FILE_SYSTEM);
    assert_int_equal(access(path_new, F_OK), -1);
}

static void a_place_that_cannot_be_written_is_told(void **state)
{
    (void)state;
    struct file_writer *writer;
    assert_int_equal(file_writer_create(&writer, "/nowhere/at/all"), FILE_SYSTEM);
    assert_int_equal(errno, ENOENT);
    assert_null(writer);
    /* A folder stands where the index should go: known only when it is renamed. */
    unlink(path);
    assert_int_equal(mkdir(path, 0777), 0);
    assert_int_equal(file_writer_create(&writer, path), FILE_OK);
    assert_int_equal(file_writer_commit(writer, NULL), FILE_SYSTEM);
    assert_int_equal(errno, EISDIR);
    assert_int_equal(access(path_new, F_OK), -1);
    assert_int_equal(rmdir(path), 0);
}

static void every_cut_is_refused(void **state)
{
    (void)state;
    const char *why;
    write_sections();
    struct image image = read_image();
    for (size_t size = 0; size < image.size; size += size < 4096 ? 1 : 9973) {
        void *cut = NULL;
        assert_int_equal(posix_memalign(&cut, FORMAT_ALIGN, size), 0);
        memcpy(cut, image.at, size);
        assert_int_equal(open_image(&(struct image){ cut, size }, &why), FILE_CORRUPT);
        free(cut);
    }
    free(image.at);
}

static void every_flipped_bit_is_seen_but_in_the_texts(void **state)
{
    (void)state;
    const char *why;
    write_sections();
    struct image image = read_image();
    struct file file;
    assert_int_equal(file_open_memory(&file, image.at, image.size), FILE_OK);
    struct str texts = file_section(&file, FORMAT_TEXTS);
    size_t texts_start = (size_t)((const uint8_t *)texts.at - image.at);
    for (size_t at = 0; at < image.size; at += at < 4096 || at + 128 > image.size ? 1 : 1009) {
        bool is_text = at >= texts_start && at < texts_start + texts.size;
        image.at[at] ^= (uint8_t)(1u << at % 8);
        assert_int_equal(open_image(&image, &why), is_text ? FILE_OK : FILE_CORRUPT);
        image.at[at] ^= (uint8_t)(1u << at % 8);
    }
    assert_int_equal(open_image(&image, &why), FILE_OK);
    free(image.at);
}

static void expect_why(struct image *image, const char *expected)
{
    const char *why;
    seal(image);
    assert_int_equal(open_image(image, &why), FILE_CORRUPT);
    assert_string_equal(why, expected);
}

static void a_table_that_lies_is_refused(void **state)
{
    (void)state;
    const char *why;
    write_sections();
    struct image image = read_image();
    struct format_header *header = (struct format_header *)(void *)image.at;
    struct format_section *sections = (struct format_section *)(void *)(image.at + sizeof *header);
    struct format_section first = sections[0];

    sections[0].size = UINT64_MAX - 100;
    expect_why(&image, "a section lies outside of the file");
    sections[0] = first;
    sections[0].offset = UINT64_MAX - 63;
    expect_why(&image, "a section lies outside of the file");
    sections[0] = first;
    sections[1].id = first.id;
    expect_why(&image, "it has a section twice");
    sections[1].id = FORMAT_TEXTS;
    header->section_count = UINT32_MAX;
    assert_int_equal(open_image(&image, &why), FILE_CORRUPT);
    assert_string_equal(why, "its section table is damaged");
    header->section_count = 4;
    header->version++;
    expect_why(&image, "it was written by another version of ApiBlaze; import again");
    header->version--;
    header->file_size++;
    expect_why(&image, "it is not whole: its size is not the one it names");
    header->file_size--;
    header->magic[0] = 'a';
    expect_why(&image, "it is no index file");
    header->magic[0] = 'A';
    seal(&image);
    assert_int_equal(open_image(&image, &why), FILE_OK);
    free(image.at);
}

static void what_is_no_file_is_refused(void **state)
{
    (void)state;
    struct file file;
    assert_int_equal(file_open(&file, folder), FILE_CORRUPT);
    assert_string_equal(file.why, "it is not a regular file");
    assert_int_equal(file_open(&file, "/nowhere/at/all"), FILE_SYSTEM);
    assert_int_equal(errno, ENOENT);
    unlink(path);
    assert_int_equal(mkfifo(path, 0666), 0);
    assert_int_equal(file_open(&file, path), FILE_CORRUPT);
    unlink(path);
    close(open(path, O_WRONLY | O_CREAT, 0666));
    assert_int_equal(file_open(&file, path), FILE_CORRUPT);
    assert_string_equal(file.why, "it is empty");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sections_come_back),
        cmocka_unit_test(the_old_file_stays_until_the_new_one_is_whole),
        cmocka_unit_test(what_a_killed_import_left_is_written_over),
        cmocka_unit_test(abandoned_leaves_nothing),
        cmocka_unit_test(a_section_twice_is_refused),
        cmocka_unit_test(a_place_that_cannot_be_written_is_told),
        cmocka_unit_test(every_cut_is_refused),
        cmocka_unit_test(every_flipped_bit_is_seen_but_in_the_texts),
        cmocka_unit_test(a_table_that_lies_is_refused),
        cmocka_unit_test(what_is_no_file_is_refused),
    };
    return cmocka_run_group_tests_name("file", tests, make_folder, remove_folder);
}
