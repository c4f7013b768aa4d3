#include "import_files.h"

#include "utf8.h"

#include <errno.h>
#include <fts.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

int import_file_fault(struct import_file *file, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int size = vasprintf(&file->fault, format, arguments);
    va_end(arguments);
    if (size >= 0) return 0;
    file->fault = NULL;
    return -1;
}

void import_files_free(struct import_files *files)
{
    for (size_t i = 0; i < files->count; i++) {
        free(files->at[i].path);
        free(files->at[i].fault);
    }
    free(files->at);
    *files = (struct import_files){ 0 };
}

static bool import_is_json(struct str name)
{
    return name.size > 5 && str_equal_nocase(str_cut(name, name.size - 5, name.size), STR(".json"));
}

/* The id: what of the path follows the folder that was asked for, or the file's own name when it was asked for. */
static struct str import_id(struct str path, size_t root_size, bool is_root)
{
    size_t slash = str_find_last_byte(path, '/');
    size_t start = is_root ? (slash == STR_NONE ? 0 : slash + 1) : root_size;
    while (start < path.size && path.at[start] == '/') start++;
    struct str id = str_cut(path, start, path.size);
    return import_is_json(id) ? str_cut(id, 0, id.size - 5) : id;
}

static struct import_file *import_files_add(struct import_files *files, const char *path, size_t root_size,
                                            bool is_root)
{
    if (files->count == files->capacity) {
        size_t capacity = files->capacity ? files->capacity * 2 : 64;
        struct import_file *at = reallocarray(files->at, capacity, sizeof *at);
        if (at == NULL) return NULL;
        files->at = at;
        files->capacity = capacity;
    }
    char *copy = strdup(path);
    if (copy == NULL) return NULL;
    struct import_file *file = &files->at[files->count];
    *file = (struct import_file){ .path = copy, .order = files->count };
    file->id = import_id(str_from(copy), root_size, is_root);
    files->count++;
    return file;
}

/* Takes one entry of the walk. Returns -1 when there is no memory. */
static int import_take(struct import_files *files, const FTSENT *entry, size_t root_size)
{
    bool is_root = entry->fts_level == FTS_ROOTLEVEL;
    struct stat status = { 0 };
    int reason = entry->fts_errno;
    bool is_bad = entry->fts_info == FTS_DNR || entry->fts_info == FTS_ERR || (is_root && entry->fts_info == FTS_NS);
    if (entry->fts_info == FTS_D || entry->fts_info == FTS_DP) return 0;
    if (!is_bad && !is_root && !import_is_json(str_from(entry->fts_name))) return 0;
    struct import_file *file = import_files_add(files, entry->fts_path, root_size, is_root);
    if (file == NULL) return -1;
    if (!is_bad && stat(entry->fts_accpath, &status) != 0) {
        is_bad = true;
        reason = errno;
    }
    file->size = (uint64_t)status.st_size;
    file->time = (int64_t)status.st_mtim.tv_sec * 1000000000 + status.st_mtim.tv_nsec;
    if (is_bad) return import_file_fault(file, "%s", strerror(reason));
    if (!S_ISREG(status.st_mode)) return import_file_fault(file, "it is not a regular file");
    if (!utf8_valid(file->id)) return import_file_fault(file, "its name is not valid UTF-8");
    return 0;
}

static int import_walk(struct import_files *files, const char *path)
{
    char *roots[] = { (char *)(uintptr_t)path, NULL };
    if (*path == '\0') return 0; /* fts refuses it; no file has this name */
    FTS *walk = fts_open(roots, FTS_PHYSICAL | FTS_COMFOLLOW | FTS_NOCHDIR, NULL);
    if (walk == NULL) return -1;
    int result = 0;
    errno = 0;
    for (const FTSENT *entry; result == 0 && (entry = fts_read(walk)) != NULL; errno = 0)
        result = import_take(files, entry, strlen(path));
    if (result == 0 && errno == ENOMEM) result = -1;
    fts_close(walk);
    return result;
}

static int import_file_order(const void *a, const void *b)
{
    const struct import_file *left = a, *right = b;
    int order = str_compare(left->id, right->id);
    return order ? order : left->order < right->order ? -1 : left->order > right->order;
}

static int import_find_twins(struct import_files *files)
{
    const struct import_file *first = NULL;
    for (size_t i = 0; i < files->count; i++) {
        struct import_file *file = &files->at[i];
        if (file->fault) continue;
        if (first && str_equal(first->id, file->id)) {
            if (import_file_fault(file, "its id \"%.*s\" is already taken by %s", STR_FORMAT(file->id), first->path) !=
                0)
                return -1;
        } else {
            first = file;
        }
    }
    return 0;
}

int import_files_collect(struct import_files *files, const char *const *paths, size_t path_count)
{
    *files = (struct import_files){ 0 };
    for (size_t i = 0; i < path_count; i++)
        if (import_walk(files, paths[i]) != 0) return -1;
    if (files->count) qsort(files->at, files->count, sizeof *files->at, import_file_order);
    return import_find_twins(files);
}
