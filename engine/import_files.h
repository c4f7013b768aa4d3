/* import_files.h - which files an import reads, and the id each becomes. */
#ifndef ENGINE_IMPORT_FILES_H
#define ENGINE_IMPORT_FILES_H

#include "str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct import_file {
    char *path;    /* as given or found, NUL-terminated; owned */
    struct str id; /* inside `path`: relative to the imported folder, without ".json" */
    size_t order;  /* in which it was found */
    uint64_t size;
    int64_t time;      /* when it was changed last, in nanoseconds */
    bool is_unchanged; /* the catalogue has it as it is */
    char *fault;       /* a sentence, owned: why it is left out; NULL: none so far */
};

struct import_files {
    struct import_file *at; /* in the order of ids */
    size_t count, capacity;
};

/* Collects files and folders, these to any depth: every *.json in them. Links to folders inside a folder are not
 * followed, so there are no loops. What cannot be read, and the second of two files with one id, is there with a
 * fault. Returns 0, or -1 when there is no memory; `files` is to be freed in both cases. */
int import_files_collect(struct import_files *files, const char *const *paths, size_t path_count);
void import_files_free(struct import_files *files);

/* Sets a file's fault as printf would. -1: no memory. */
int import_file_fault(struct import_file *file, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
