#include "file.h"

#include "parallel.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#define XXH_STATIC_LINKING_ONLY /* the size of a state */
#include <xxhash.h>
/* Built for the oldest processors; the library knows the widest registers of the one at hand. */
#ifdef __x86_64__
#define XXH_DISPATCH_DISABLE_REPLACE
#include <xxh_x86dispatch.h>
#define FILE_CHECKSUM XXH3_64bits_dispatch
#else
#define FILE_CHECKSUM XXH3_64bits
#endif

enum { FILE_READER_THREADS = 2, FILE_READER_SMALL = 16 * 1024 * 1024 };

static int file_corrupt(struct file *file, const char *why)
{
    *file = (struct file){ .why = why };
    return FILE_CORRUPT;
}

static bool file_is_zero(const struct file *file, uint64_t start, uint64_t end)
{
    for (uint64_t at = start; at < end; at++)
        if (file->at[at] != 0) return false;
    return true;
}

static uint64_t file_table_end(uint32_t section_count)
{
    return sizeof(struct format_header) + (uint64_t)section_count * sizeof(struct format_section);
}

static int file_check_header(struct file *file)
{
    struct format_header header;
    if (file->size < FORMAT_SECTIONS_AT + FORMAT_ALIGN)
        return file_corrupt(file, "it is too short to be an index file");
    memcpy(&header, file->at, sizeof header);
    if (memcmp(header.magic, FORMAT_MAGIC, sizeof header.magic) != 0) return file_corrupt(file, "it is no index file");
    if (header.version != FORMAT_VERSION)
        return file_corrupt(file, "it was written by another version of ApiBlaze; import again");
    if (header.file_size != file->size) return file_corrupt(file, "it is not whole: its size is not the one it names");
    if (header.section_count > FORMAT_SECTIONS_MAX) return file_corrupt(file, "its section table is damaged");

    uint64_t stated = header.checksum;
    header.checksum = 0;
    XXH3_state_t state;
    XXH3_64bits_reset(&state);
    XXH3_64bits_update(&state, &header, sizeof header);
    XXH3_64bits_update(&state, file->at + sizeof header, (size_t)header.section_count * sizeof(struct format_section));
    if (XXH3_64bits_digest(&state) != stated) return file_corrupt(file, "its header does not match its checksum");
    if (!file_is_zero(file, file_table_end(header.section_count), FORMAT_SECTIONS_AT))
        return file_corrupt(file, "its section table is damaged");
    file->section_count = header.section_count;
    file->sections = (const struct format_section *)(const void *)(file->at + sizeof header);
    return FILE_OK;
}

/* Returns 1 when a section is not what was written. */
static int file_check_section(void *context, size_t number)
{
    const struct file *file = context;
    const struct format_section *section = &file->sections[number];
    if (section->id == FORMAT_TEXTS) return 0;
    return FILE_CHECKSUM(file->at + section->offset, (size_t)section->size) != section->checksum;
}

/* Sections follow each other in the order of the table, zeros between them and FORMAT_ALIGN more behind the last:
 * so no byte of the file but those of FORMAT_TEXTS stays unchecked. */
static int file_check_sections(struct file *file)
{
    uint64_t at = FORMAT_SECTIONS_AT;
    for (uint32_t i = 0; i < file->section_count; i++) {
        const struct format_section *section = &file->sections[i];
        uint64_t room = file->size - FORMAT_ALIGN;
        if (section->offset != at || section->size > room - at)
            return file_corrupt(file, "a section lies outside of the file");
        for (uint32_t j = 0; j < i; j++)
            if (file->sections[j].id == section->id) return file_corrupt(file, "it has a section twice");
        uint64_t end = at + section->size;
        at = (end + FORMAT_ALIGN - 1) / FORMAT_ALIGN * FORMAT_ALIGN;
        if (at > room || !file_is_zero(file, end, at))
            return file_corrupt(file, "the space behind a section is damaged");
    }
    if (at + FORMAT_ALIGN != file->size || !file_is_zero(file, at, file->size))
        return file_corrupt(file, "its end is damaged");
    /* Most of the time that opening takes is the memory's; two threads take half of it. */
    unsigned threads = file->size > FILE_READER_SMALL ? FILE_READER_THREADS : 1;
    if (parallel_run(threads, file->section_count, file_check_section, file) != 0)
        return file_corrupt(file, "a section does not match its checksum");
    return FILE_OK;
}

static int file_check(struct file *file)
{
    int error = file_check_header(file);
    return error ? error : file_check_sections(file);
}

int file_open_memory(struct file *file, const void *bytes, size_t size)
{
    *file = (struct file){ .at = bytes, .size = size };
    return file_check(file);
}

static int file_map(struct file *file, int fd)
{
    struct stat status;
    if (fstat(fd, &status) != 0) return FILE_SYSTEM;
    if (!S_ISREG(status.st_mode)) return file_corrupt(file, "it is not a regular file");
    if (status.st_size == 0) return file_corrupt(file, "it is empty");
    void *at = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_SHARED, fd, 0);
    if (at == MAP_FAILED) return FILE_SYSTEM;
    *file = (struct file){ .at = at, .size = (size_t)status.st_size, .is_mapped = true };
    struct file mapped = *file;
    int error = file_check(file);
    if (error) munmap(at, mapped.size);
    return error;
}

int file_open(struct file *file, const char *path)
{
    *file = (struct file){ 0 };
    /* A FIFO in the index's place would make open wait for a writer for ever. */
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) return FILE_SYSTEM;
    int error = file_map(file, fd);
    int reason = errno;
    close(fd);
    errno = reason;
    return error;
}

void file_close(struct file *file)
{
    if (file->is_mapped) munmap((void *)(uintptr_t)file->at, file->size);
    *file = (struct file){ 0 };
}

uint64_t file_checksum(const struct file *file)
{
    struct format_header header;
    memcpy(&header, file->at, sizeof header);
    return header.checksum;
}

struct str file_section(const struct file *file, uint32_t section)
{
    for (uint32_t i = 0; i < file->section_count; i++) {
        const struct format_section *entry = &file->sections[i];
        if (entry->id == section) return (struct str){ (const char *)file->at + entry->offset, (size_t)entry->size };
    }
    return (struct str){ NULL, 0 };
}
