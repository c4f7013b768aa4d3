/* replay.c - runs a fuzz target over the files of its corpus, once each, and over each file's prefixes. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { REPLAY_BYTES_MAX = 1 << 20, REPLAY_PREFIXES = 64 };

/* The input is copied to a block of its exact size, so that reading one byte too far is seen. */
static void replay_input(const uint8_t *data, size_t size)
{
    uint8_t *copy = malloc(size ? size : 1);
    if (copy == NULL) abort();
    for (size_t i = 0; i < size; i++) copy[i] = data[i];
    LLVMFuzzerTestOneInput(copy, size);
    free(copy);
}

static void replay_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL) return;
    uint8_t *data = malloc(REPLAY_BYTES_MAX);
    if (data == NULL) abort();
    size_t size = fread(data, 1, REPLAY_BYTES_MAX, file);
    fclose(file);
    for (size_t part = 0; part < REPLAY_PREFIXES; part++) replay_input(data, size * part / REPLAY_PREFIXES);
    replay_input(data, size);
    free(data);
}

int main(int count, char **arguments)
{
    unsigned files = 0;
    for (int i = 1; i < count; i++) {
        DIR *folder = opendir(arguments[i]);
        if (folder == NULL) {
            fprintf(stderr, "replay: %s: cannot be read\n", arguments[i]);
            return 1;
        }
        for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
            char path[4096];
            if (entry->d_name[0] == '.') continue;
            snprintf(path, sizeof path, "%s/%s", arguments[i], entry->d_name);
            replay_file(path);
            files++;
        }
        closedir(folder);
    }
    printf("ok 1 - %u files replayed\n1..1\n", files);
    return files == 0;
}
