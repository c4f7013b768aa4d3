#include "index_path.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define INDEX_PATH_BUILT "build/catalogue.apiblaze"

static bool index_path_set(char *path, size_t size, const char *value)
{
    int wanted = snprintf(path, size, "%s", value);
    return wanted >= 0 && (size_t)wanted < size;
}

static const char *index_path_told(const char *option)
{
    const char *told = option != NULL ? option : getenv("APIBLAZE_INDEX");
    return told != NULL && *told != 0 ? told : NULL;
}

/* XDG Base Directory Specification 0.8: an empty or relative XDG_DATA_HOME counts as not set. */
static bool index_path_of_user(char *path, size_t size)
{
    const char *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
    int wanted;
    if (data != NULL && *data == '/')
        wanted = snprintf(path, size, "%s/apiblaze/catalogue.apiblaze", data);
    else
        wanted = snprintf(path, size, "%s/.local/share/apiblaze/catalogue.apiblaze", home != NULL ? home : "");
    return wanted >= 0 && (size_t)wanted < size;
}

bool index_path_to_read(const char *option, char *path, size_t size)
{
    const char *told = index_path_told(option);
    if (told != NULL) return index_path_set(path, size, told);
    if (index_path_of_user(path, size) && access(path, F_OK) == 0) return true;
    if (access(INDEX_PATH_BUILT, F_OK) == 0) return index_path_set(path, size, INDEX_PATH_BUILT);
    return index_path_of_user(path, size);
}

/* As mkdir -p; whether it worked shows when the file is written. */
static void index_path_make_folders(char *path)
{
    for (char *slash = strchr(path + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        *slash = 0;
        mkdir(path, 0777);
        *slash = '/';
    }
}

bool index_path_to_write(const char *option, char *path, size_t size)
{
    const char *told = index_path_told(option);
    if (told != NULL) return index_path_set(path, size, told);
    if (!index_path_of_user(path, size)) return false;
    index_path_make_folders(path);
    return true;
}
