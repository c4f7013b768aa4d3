#include "page_address.h"

#include "ascii.h"

#define OLD_FOLDER STR("/api/")

/* What the server answers itself, and so cannot be the first part of a page's address. */
static bool page_address_is_taken(struct str id)
{
    static const struct str taken[] = { STR_INIT("api"), STR_INIT("health"), STR_INIT("socket.io") };
    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++)
        if (str_starts(id, taken[i]) && (id.size == taken[i].size || id.at[taken[i].size] == '/')) return true;
    return false;
}

struct str page_address_id(struct str path)
{
    size_t start = str_starts(path, OLD_FOLDER) && path.size > OLD_FOLDER.size ? OLD_FOLDER.size : 1;
    struct str id = str_cut(path, start, path.size);
    /* An endpoint's path may end in a slash; an API has none to show for it. */
    bool is_api = str_find(id, STR("/endpoint/")) == STR_NONE;
    while (is_api && id.size > 0 && id.at[id.size - 1] == '/') id.size--;
    return id;
}

bool page_address_is_old(struct str path)
{
    struct str id = page_address_id(path);
    return str_starts(path, OLD_FOLDER) && path.size > OLD_FOLDER.size && !page_address_is_taken(id);
}

/* The unreserved characters, and those that a path may have as they are (RFC 3986 §3.3). */
static bool page_address_is_plain(char byte)
{
    return ascii_is_letter_or_digit(byte) || (byte != 0 && strchr("-._~!$'()*+,;=:@/", byte) != NULL);
}

static size_t page_address_encode(char *encoded, struct str text)
{
    static const char digits[] = "0123456789ABCDEF";
    size_t size = 0;
    for (size_t i = 0; i < text.size; i++) {
        unsigned char byte = (unsigned char)text.at[i];
        if (page_address_is_plain(text.at[i])) {
            encoded[size++] = text.at[i];
            continue;
        }
        encoded[size++] = '%';
        encoded[size++] = digits[byte >> 4];
        encoded[size++] = digits[byte & 15];
    }
    return size;
}

/* Where an id's property begins, its '#' included; that of an endpoint's path belongs to the path. */
static size_t page_address_fragment(struct str id)
{
    bool is_path = str_find(id, STR("/endpoint/")) != STR_NONE || str_find(id, STR("/parameter/")) != STR_NONE;
    size_t hash = is_path ? STR_NONE : str_find_byte(id, '#');
    return hash == STR_NONE ? id.size : hash;
}

struct str page_address_path(struct arena *arena, struct str id)
{
    struct str folder = page_address_is_taken(id) ? OLD_FOLDER : STR("/");
    char *path = arena_alloc(arena, folder.size + 3 * id.size);
    if (path == NULL) return STR_EMPTY;
    size_t fragment = page_address_fragment(id), size = folder.size;
    memcpy(path, folder.at, folder.size);
    size += page_address_encode(path + size, str_cut(id, 0, fragment));
    if (fragment < id.size) path[size++] = '#';
    size += page_address_encode(path + size, str_cut(id, fragment + 1, id.size));
    return (struct str){ path, size };
}

struct str page_address_data(struct arena *arena, struct str id)
{
    static const struct str folder = STR_INIT("/api/v1/elements/");
    char *path = arena_alloc(arena, folder.size + 3 * id.size);
    if (path == NULL) return STR_EMPTY;
    memcpy(path, folder.at, folder.size);
    return (struct str){ path, folder.size + page_address_encode(path + folder.size, id) };
}
