#include "strings.h"

#include "format.h"
#include "leb128.h"

struct str strings_at_long(struct str blob, uint32_t id)
{
    size_t at = id;
    uint32_t size;
    if (!leb128_read(blob, &at, &size) || size > blob.size - at) return STR_EMPTY;
    return (struct str){ blob.at + at, size };
}

size_t strings_entry_size(size_t text_size)
{
    uint8_t bytes[LEB128_SIZE_MAX];
    size_t size = leb128_write((uint32_t)text_size, bytes) + text_size + 1;
    return (size + FORMAT_STRING_ALIGN - 1) / FORMAT_STRING_ALIGN * FORMAT_STRING_ALIGN;
}

void strings_write(char *entry, struct str text)
{
    size_t head = leb128_write((uint32_t)text.size, (uint8_t *)entry);
    if (text.size) memcpy(entry + head, text.at, text.size);
}
