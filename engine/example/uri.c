#include "uri.h"

static bool uri_is_unreserved(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
           byte == '-' || byte == '.' || byte == '_' || byte == '~';
}

static void uri_append(struct buf *uri, char byte, bool is_kept)
{
    static const char digits[] = "0123456789ABCDEF";
    unsigned char code = (unsigned char)byte;
    if (is_kept) {
        buf_append_byte(uri, byte);
    } else {
        char encoded[3] = { '%', digits[code >> 4], digits[code & 15] };
        buf_append(uri, encoded, sizeof encoded);
    }
}

void uri_encode(struct buf *uri, struct str text)
{
    for (size_t i = 0; i < text.size; i++) uri_append(uri, text.at[i], uri_is_unreserved(text.at[i]));
}

void uri_clean(struct buf *uri, struct str text)
{
    static const char kept[] = ":/?#@&+,;=%";
    for (size_t i = 0; i < text.size; i++) {
        char byte = text.at[i];
        uri_append(uri, byte, uri_is_unreserved(byte) || memchr(kept, byte, sizeof kept - 1) != NULL);
    }
}
