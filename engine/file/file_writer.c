#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

enum {
    FILE_WRITER_BUFFER = 256 * 1024,
    FILE_WRITER_AHEAD = 8 * 1024 * 1024, /* as much is handed to the disk at once, so that the last fsync is short */
};

struct file_writer {
    int fd;
    int error;  /* the first one; every later call returns it */
    int reason; /* its errno */
    char *path;
    char *path_new;
    uint64_t offset; /* of the next byte, buffered ones counted */
    uint64_t ahead;  /* what is before this is on its way to the disk */
    size_t buffered;
    uint64_t head_checksum;
    uint32_t section_count;
    struct format_section sections[FORMAT_SECTIONS_MAX];
    XXH3_state_t checksum; /* of the section being written */
    uint8_t buffer[FILE_WRITER_BUFFER];
};

static int file_writer_fail(struct file_writer *writer, int error)
{
    if (writer->error == FILE_OK) {
        writer->error = error;
        writer->reason = errno;
    }
    errno = writer->reason;
    return writer->error;
}

int file_writer_error(struct file_writer *writer)
{
    return writer->error ? file_writer_fail(writer, writer->error) : FILE_OK;
}

static int file_writer_put(struct file_writer *writer, const uint8_t *bytes, size_t size, uint64_t offset)
{
    while (size > 0) {
        ssize_t written = pwrite(writer->fd, bytes, size, (off_t)offset);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return file_writer_fail(writer, FILE_SYSTEM);
        bytes += written;
        size -= (size_t)written;
        offset += (uint64_t)written;
    }
    if (offset >= writer->ahead + FILE_WRITER_AHEAD) {
        /* Only a hint: what it cannot begin is left to fsync. */
        sync_file_range(writer->fd, (off_t)writer->ahead, (off_t)(offset - writer->ahead), SYNC_FILE_RANGE_WRITE);
        writer->ahead = offset;
    }
    return FILE_OK;
}

static int file_writer_flush(struct file_writer *writer)
{
    size_t size = writer->buffered;
    writer->buffered = 0;
    return file_writer_put(writer, writer->buffer, size, writer->offset - size);
}

static int file_writer_bytes(struct file_writer *writer, const void *bytes, size_t size)
{
    if (writer->error) return file_writer_fail(writer, writer->error);
    if (size > sizeof writer->buffer - writer->buffered && file_writer_flush(writer) != FILE_OK) return writer->error;
    if (size > sizeof writer->buffer) {
        if (file_writer_put(writer, bytes, size, writer->offset) != FILE_OK) return writer->error;
    } else if (size > 0) {
        memcpy(writer->buffer + writer->buffered, bytes, size);
        writer->buffered += size;
    }
    writer->offset += size;
    return FILE_OK;
}

/* Another import of the same index is writing when the lock is taken. The lock is on an open file, not on a name:
 * the other one may have renamed it between open and flock, and it would then be the index itself. */
static int file_writer_lock(struct file_writer *writer)
{
    struct stat ours, named;
    writer->fd = open(writer->path_new, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (writer->fd < 0 || flock(writer->fd, LOCK_EX | LOCK_NB) != 0 || fstat(writer->fd, &ours) != 0)
        return FILE_SYSTEM;
    if (stat(writer->path_new, &named) != 0 || named.st_ino != ours.st_ino || named.st_dev != ours.st_dev) {
        errno = EWOULDBLOCK;
        return FILE_SYSTEM;
    }
    return ftruncate(writer->fd, 0) == 0 ? FILE_OK : FILE_SYSTEM;
}

static void file_writer_free(struct file_writer *writer)
{
    int reason = errno;
    if (writer->fd >= 0) close(writer->fd);
    free(writer->path);
    free(writer->path_new);
    free(writer);
    errno = reason;
}

int file_writer_create(struct file_writer **created, const char *path)
{
    *created = NULL;
    /* The checksum state wants 64-byte alignment, which malloc does not promise. */
    struct file_writer *writer = aligned_alloc(_Alignof(struct file_writer), sizeof *writer);
    if (writer == NULL) return FILE_NO_MEMORY;
    writer->fd = -1;
    writer->error = FILE_OK;
    writer->reason = 0;
    writer->offset = FORMAT_SECTIONS_AT;
    writer->ahead = 0;
    writer->buffered = 0;
    writer->section_count = 0;
    writer->path = strdup(path);
    writer->path_new = NULL;
    int error = writer->path && asprintf(&writer->path_new, "%s.new", path) >= 0 ? FILE_OK : FILE_NO_MEMORY;
    if (error == FILE_OK) error = file_writer_lock(writer);
    if (error) {
        file_writer_free(writer);
        return error;
    }
    *created = writer;
    return FILE_OK;
}

static const uint8_t file_zeros[2 * FORMAT_ALIGN];

static int file_writer_end(struct file_writer *writer)
{
    if (writer->section_count == 0) return FILE_OK;
    struct format_section *section = &writer->sections[writer->section_count - 1];
    section->size = writer->offset - section->offset;
    section->checksum = XXH3_64bits_digest(&writer->checksum);
    return file_writer_bytes(writer, file_zeros, (size_t)(-writer->offset % FORMAT_ALIGN));
}

int file_writer_begin(struct file_writer *writer, uint32_t section)
{
    if (writer->error || file_writer_end(writer) != FILE_OK) return file_writer_fail(writer, writer->error);
    errno = EINVAL;
    if (writer->section_count == FORMAT_SECTIONS_MAX) return file_writer_fail(writer, FILE_SYSTEM);
    for (uint32_t i = 0; i < writer->section_count; i++)
        if (writer->sections[i].id == section) return file_writer_fail(writer, FILE_SYSTEM);
    writer->sections[writer->section_count++] = (struct format_section){ .id = section, .offset = writer->offset };
    XXH3_64bits_reset(&writer->checksum);
    return FILE_OK;
}

int file_writer_append(struct file_writer *writer, const void *bytes, size_t size)
{
    if (writer->section_count == 0) {
        errno = EINVAL;
        return file_writer_fail(writer, FILE_SYSTEM);
    }
    XXH3_64bits_update(&writer->checksum, bytes, size);
    return file_writer_bytes(writer, bytes, size);
}

int file_writer_section(struct file_writer *writer, uint32_t section, const void *bytes, size_t size)
{
    int error = file_writer_begin(writer, section);
    return error ? error : file_writer_append(writer, bytes, size);
}

static int file_writer_head(struct file_writer *writer)
{
    struct format_header header = { .version = FORMAT_VERSION, .section_count = writer->section_count };
    size_t table_size = writer->section_count * sizeof writer->sections[0];
    memcpy(header.magic, FORMAT_MAGIC, sizeof header.magic);
    header.file_size = writer->offset;
    XXH3_64bits_reset(&writer->checksum);
    XXH3_64bits_update(&writer->checksum, &header, sizeof header);
    XXH3_64bits_update(&writer->checksum, writer->sections, table_size);
    header.checksum = writer->head_checksum = XXH3_64bits_digest(&writer->checksum);
    int error = file_writer_put(writer, (const uint8_t *)&header, sizeof header, 0);
    return error ? error : file_writer_put(writer, (const uint8_t *)writer->sections, table_size, sizeof header);
}

/* The rename itself must survive a power failure, too. */
static int file_writer_sync_folder(const char *path)
{
    const char *slash = strrchr(path, '/');
    char *folder = slash == NULL ? strdup(".") : slash == path ? strdup("/") : strndup(path, (size_t)(slash - path));
    if (folder == NULL) return FILE_NO_MEMORY;
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    free(folder);
    if (fd < 0) return FILE_SYSTEM;
    int result = fsync(fd);
    int reason = errno;
    close(fd);
    errno = reason;
    /* Some file systems cannot sync a folder and say so with EINVAL. */
    return result == 0 || reason == EINVAL ? FILE_OK : FILE_SYSTEM;
}

static int file_writer_finish(struct file_writer *writer)
{
    if (writer->error) return file_writer_fail(writer, writer->error);
    int error = file_writer_end(writer);
    if (error == FILE_OK) error = file_writer_bytes(writer, file_zeros, FORMAT_ALIGN);
    if (error == FILE_OK) error = file_writer_flush(writer);
    if (error == FILE_OK) error = file_writer_head(writer);
    if (error) return error;
    if (fsync(writer->fd) != 0 || rename(writer->path_new, writer->path) != 0)
        return file_writer_fail(writer, FILE_SYSTEM);
    return FILE_OK;
}

int file_writer_commit(struct file_writer *writer, uint64_t *file_size)
{
    return file_writer_commit_checked(writer, file_size, NULL);
}

int file_writer_commit_checked(struct file_writer *writer, uint64_t *file_size, uint64_t *checksum)
{
    int error = file_writer_finish(writer);
    if (error) {
        file_writer_abandon(writer);
        return error;
    }
    if (file_size) *file_size = writer->offset;
    if (checksum) *checksum = writer->head_checksum;
    error = file_writer_sync_folder(writer->path);
    file_writer_free(writer);
    return error;
}

int file_writer_replace(struct file_writer *writer, struct str bytes)
{
    int error = writer->error ? file_writer_fail(writer, writer->error) : FILE_OK;
    if (error == FILE_OK) error = file_writer_put(writer, (const uint8_t *)bytes.at, bytes.size, 0);
    if (error == FILE_OK && (fsync(writer->fd) != 0 || rename(writer->path_new, writer->path) != 0))
        error = file_writer_fail(writer, FILE_SYSTEM);
    if (error) {
        file_writer_abandon(writer);
        return error;
    }
    error = file_writer_sync_folder(writer->path);
    file_writer_free(writer);
    return error;
}

void file_writer_abandon(struct file_writer *writer)
{
    if (writer == NULL) return;
    int reason = errno;
    unlink(writer->path_new);
    errno = reason;
    file_writer_free(writer);
}
