#include "segment.h"

#include <stdlib.h>

static void segment_leave_file(struct segment_file *file)
{
    if (file == NULL || atomic_fetch_sub(&file->users, 1) > 1) return;
    file_close(&file->file);
    free(file);
}

void segment_close(struct segment *segment)
{
    gaps_free(&segment->gaps);
    free(segment->twins);
    number_map_free(&segment->of_twins);
    segment_leave_file(segment->file);
    *segment = (struct segment){ .file = NULL };
}

static int segment_map(struct segment *segment, const char *path, const char **why)
{
    struct segment_file *file = calloc(1, sizeof *file);
    if (file == NULL) return FILE_NO_MEMORY;
    atomic_init(&file->users, 1);
    int error = file_open(&file->file, path);
    if (error == FILE_OK) {
        segment->file = file;
        return FILE_OK;
    }
    *why = file->file.why;
    free(file);
    return error;
}

static int segment_find(struct segment *segment, const char **why)
{
    struct file *file = &segment->file->file;
    int error = catalogue_open(&segment->catalogue, file);
    if (error == FILE_OK) error = index_open(&segment->index, file, &segment->catalogue);
    *why = file->why;
    return error;
}

/* The views are the same, and checked already; what is left out may have changed. */
static void segment_share(struct segment *segment, const struct segment *same)
{
    atomic_fetch_add(&same->file->users, 1);
    segment->file = same->file;
    segment->catalogue = same->catalogue;
    segment->index = same->index;
    segment->index.gaps = NULL;
}

static int segment_leave_out(struct segment *segment, const struct manifest_segment *listed)
{
    if (listed->removed_count == 0) return FILE_OK;
    uint32_t *apis = malloc(listed->removed_count * sizeof *apis);
    size_t count = 0;
    if (apis == NULL) return FILE_NO_MEMORY;
    for (uint32_t i = 0; i < listed->removed_count; i++) {
        uint32_t api = catalogue_api_find(&segment->catalogue, listed->removed[i]);
        if (api != CATALOGUE_NONE) apis[count++] = api;
    }
    int error = gaps_make(&segment->gaps, &segment->index, &segment->catalogue, apis, count);
    if (segment->gaps.elements) segment->index.gaps = &segment->gaps;
    free(apis);
    return error;
}

int segment_open(struct segment *segment, const char *path, const struct manifest_segment *listed,
                 const struct segment *same, const char **why)
{
    int error = FILE_OK;
    *segment = (struct segment){ .file = NULL };
    number_map_init(&segment->of_twins);
    if (same)
        segment_share(segment, same);
    else
        error = segment_map(segment, path, why);
    if (error == FILE_OK && same == NULL) error = segment_find(segment, why);
    if (error == FILE_OK && listed->name.size && file_checksum(&segment->file->file) != listed->checksum) {
        *why = "it is another file than the list of segments means";
        error = FILE_CORRUPT;
    }
    if (error == FILE_OK) error = segment_leave_out(segment, listed);
    if (error) segment_close(segment);
    return error;
}

bool segment_has_api(const struct segment *segment, uint32_t api)
{
    return api != CATALOGUE_NONE && !(segment->gaps.apis && bitmap_has(segment->gaps.apis, api));
}
