#include "store.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* A manifest lists removed APIs by their ids; one of more than that is no manifest. */
enum { STORE_MANIFEST_BYTES = 64 * 1024 * 1024, STORE_WAIT_MS = 20, STORE_COPY_BYTES = 1 << 30 };
#define STORE_SUFFIX ".segment"

/* ---- Reading ------------------------------------------------------------------------------------------------- */

static int store_read_bytes(struct store *store, int fd)
{
    for (;;) {
        char *at = buf_reserve(&store->bytes, 4096);
        if (at == NULL) return store->bytes.error == BUF_FULL ? FILE_CORRUPT : FILE_NO_MEMORY;
        ssize_t got = read(fd, at, store->bytes.capacity - store->bytes.size);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return FILE_OK; /* a folder, say: file_open tells */
        store->bytes.size += (size_t)got;
        /* An index file is not read, but mapped. */
        if (got == 0 || !manifest_is(buf_str(&store->bytes))) return FILE_OK;
    }
}

static int store_read_list(struct store *store)
{
    if (!manifest_is(buf_str(&store->bytes))) {
        store->is_single = true;
        store->manifest = (struct manifest){ .segment_count = 1 };
        store->manifest.segments[0].name = STR_EMPTY;
        return FILE_OK;
    }
    store->why = manifest_read(&store->manifest, buf_str(&store->bytes), &store->arena);
    if (store->arena.failed) return FILE_NO_MEMORY;
    return store->why ? FILE_CORRUPT : FILE_OK;
}

int store_read(struct store *store, const char *path)
{
    *store = (struct store){ .why = NULL };
    buf_init(&store->bytes, STORE_MANIFEST_BYTES);
    arena_init(&store->arena, 2 * (size_t)STORE_MANIFEST_BYTES);
    /* A FIFO in the index's place would make open wait for a writer for ever. */
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) return FILE_SYSTEM;
    int error = store_read_bytes(store, fd);
    int reason = errno;
    close(fd);
    errno = reason;
    if (error == FILE_CORRUPT) store->why = "its list of segments is damaged";
    return error ? error : store_read_list(store);
}

void store_free(struct store *store)
{
    buf_free(&store->bytes);
    arena_free(&store->arena);
}

/* What of a path is the folder, its slash included. */
static int store_folder(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? (int)(slash - path + 1) : 0;
}

char *store_segment_path(const char *path, struct str name)
{
    char *joined;
    if (name.size == 0) return strdup(path);
    return asprintf(&joined, "%.*s%.*s", store_folder(path), path, STR_FORMAT(name)) < 0 ? NULL : joined;
}

/* ---- Changing ------------------------------------------------------------------------------------------------ */

static int store_lock(struct store_change *change, unsigned milliseconds)
{
    const struct timespec pause = { .tv_nsec = STORE_WAIT_MS * 1000000L };
    for (unsigned waited = 0;; waited += STORE_WAIT_MS) {
        int error = file_writer_create(&change->writer, change->path);
        if (error != FILE_SYSTEM || errno != EWOULDBLOCK || waited >= milliseconds) return error;
        nanosleep(&pause, NULL);
    }
}

int store_begin(struct store_change *change, const char *path, unsigned milliseconds)
{
    *change = (struct store_change){ .path = path };
    int error = store_lock(change, milliseconds);
    if (error) return error;
    error = store_read(&change->store, path);
    if (error == FILE_OK) return FILE_OK;
    int reason = errno;
    store_abandon(change);
    errno = reason;
    return error;
}

void store_abandon(struct store_change *change)
{
    file_writer_abandon(change->writer);
    change->writer = NULL;
    store_free(&change->store);
}

static struct str store_name(struct store_change *change, uint64_t number)
{
    return arena_format(&change->store.arena, "%s.%llu" STORE_SUFFIX, change->path + store_folder(change->path),
                        (unsigned long long)number);
}

struct str store_new_segment(struct store_change *change)
{
    /* The single file of a first change becomes number 1. */
    return store_name(change, change->store.manifest.generation + 2);
}

static int store_copy_bytes(int from, int to)
{
    for (;;) {
        ssize_t sent = sendfile(to, from, NULL, STORE_COPY_BYTES);
        if (sent == 0) return fsync(to) == 0 ? FILE_OK : FILE_SYSTEM;
        if (sent < 0 && errno != EINTR) return FILE_SYSTEM;
    }
}

/* Where a file cannot have two names. */
static int store_copy(const char *path, const char *named)
{
    int from = open(path, O_RDONLY | O_CLOEXEC), to = -1;
    if (from >= 0) to = open(named, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    int error = to >= 0 ? store_copy_bytes(from, to) : FILE_SYSTEM;
    int reason = errno;
    if (from >= 0) close(from);
    if (to >= 0) close(to);
    if (error && to >= 0) unlink(named);
    errno = reason;
    return error;
}

/* The index file that has been at the path gets a name of its own beside it, if possible without being copied. */
static int store_name_single(struct store_change *change, struct manifest_segment *segment)
{
    segment->name = store_name(change, 1);
    char *named = segment->name.size ? store_segment_path(change->path, segment->name) : NULL;
    if (named == NULL) return FILE_NO_MEMORY;
    unlink(named); /* left behind by a change that was killed */
    int error = link(change->path, named) == 0 ? FILE_OK : store_copy(change->path, named);
    int reason = errno;
    free(named);
    errno = reason;
    return error;
}

static bool store_lists(const struct manifest *manifest, struct str name)
{
    for (uint32_t i = 0; i < manifest->segment_count; i++)
        if (str_equal(manifest->segments[i].name, name)) return true;
    return false;
}

/* "catalogue.apiblaze.<digits>.segment", or that with ".new" behind it: the rest of a writer that was killed. */
static bool store_is_segment(struct str name, struct str base)
{
    if (!str_starts(name, base) || name.size == base.size || name.at[base.size] != '.') return false;
    struct str rest = str_cut(name, base.size + 1, name.size);
    size_t digits = 0;
    while (digits < rest.size && rest.at[digits] >= '0' && rest.at[digits] <= '9') digits++;
    struct str end = str_cut(rest, digits, rest.size);
    return digits > 0 && (str_equal(end, STR(STORE_SUFFIX)) || str_equal(end, STR(STORE_SUFFIX ".new")));
}

/* Under the lock. What cannot be removed is tried again by the next writer. */
static void store_remove_unlisted(const char *path, const struct manifest *manifest)
{
    int folder_size = store_folder(path);
    char *folder = folder_size ? strndup(path, (size_t)folder_size) : strdup(".");
    DIR *entries = folder ? opendir(folder) : NULL;
    for (struct dirent *entry; entries && (entry = readdir(entries)) != NULL;) {
        struct str name = str_from(entry->d_name);
        if (!store_is_segment(name, str_from(path + folder_size)) || store_lists(manifest, name)) continue;
        unlinkat(dirfd(entries), entry->d_name, 0);
    }
    if (entries) closedir(entries);
    free(folder);
}

int store_commit(struct store_change *change, struct manifest *manifest)
{
    struct buf bytes;
    int error = FILE_OK;
    buf_init(&bytes, STORE_MANIFEST_BYTES);
    manifest->generation = change->store.manifest.generation + 1;
    if (manifest->segments[0].name.size == 0) error = store_name_single(change, &manifest->segments[0]);
    manifest_write(manifest, &bytes);
    if (error == FILE_OK && bytes.error) error = FILE_NO_MEMORY;
    if (error == FILE_OK) {
        error = file_writer_replace(change->writer, buf_str(&bytes));
        change->writer = NULL;
    }
    int reason = errno;
    if (error == FILE_OK) store_clean(change->path);
    store_abandon(change);
    buf_free(&bytes);
    errno = reason;
    return error;
}

void store_clean(const char *path)
{
    struct store_change change;
    if (store_begin(&change, path, 0) != FILE_OK) return;
    store_remove_unlisted(path, &change.store.manifest);
    store_abandon(&change);
}
