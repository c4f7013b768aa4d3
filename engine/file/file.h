/* file.h - the index file as a container of checked sections; what is in them is not its business. */
#ifndef ENGINE_FILE_H
#define ENGINE_FILE_H

#include "buf.h"
#include "format.h"
#include "str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum file_error {
    FILE_OK = 0,
    FILE_NO_MEMORY = -1,
    FILE_SYSTEM = -3,  /* errno says why */
    FILE_CORRUPT = -4, /* `why` says what */
};

/* ---- Writing: beside, checksummed, renamed ------------------------------------------------------------- */

struct file_writer;

/* Starts `path`.new; the file at `path` stays as it is until file_writer_commit. */
int file_writer_create(struct file_writer **writer, const char *path);
/* Begins a section; appends go to it until the next begin. Each id once. */
int file_writer_begin(struct file_writer *writer, uint32_t section);
int file_writer_append(struct file_writer *writer, const void *bytes, size_t size);
/* begin and append in one. */
int file_writer_section(struct file_writer *writer, uint32_t section, const void *bytes, size_t size);
/* The first error so far, with its errno: another thread than the one it was told may ask. */
int file_writer_error(struct file_writer *writer);
/* Writes table and header, syncs, renames over `path`. *file_size may be NULL. Frees the writer, also on error. */
int file_writer_commit(struct file_writer *writer, uint64_t *file_size);
/* The same, and what file_checksum will say of it. */
int file_writer_commit_checked(struct file_writer *writer, uint64_t *file_size, uint64_t *checksum);
/* Instead of sections: the file becomes these bytes. Otherwise as file_writer_commit. */
int file_writer_replace(struct file_writer *writer, struct str bytes);
/* Gives up: removes what was written. NULL is fine. */
void file_writer_abandon(struct file_writer *writer);

/* ---- Reading -------------------------------------------------------------------------------------------- */

struct file {
    const uint8_t *at; /* the mapping, or the memory given */
    size_t size;
    const struct format_section *sections;
    uint32_t section_count;
    bool is_mapped;
    const char *why; /* a constant sentence, after FILE_CORRUPT */
};

/* Maps and checks. On error `file` holds only `why`. */
int file_open(struct file *file, const char *path);
/* The same over bytes in memory, which it borrows: for tests and the fuzzer. 64-byte aligned. */
int file_open_memory(struct file *file, const void *bytes, size_t size);
void file_close(struct file *file);
/* What the header's checksum, and with it the content of every section, comes to: another file, another number. */
uint64_t file_checksum(const struct file *file);
/* A section's bytes; {NULL, 0} when it is not there. */
struct str file_section(const struct file *file, uint32_t section);

#endif
