#include "pointer.h"

#include "ascii.h"
#include "member.h"
#include "utf8.h"

/* Appends a token with "~0" and "~1" replaced; false for any other "~" (RFC 6901 §3). */
static bool pointer_unescape(struct buf *out, struct str token)
{
    for (size_t at = 0; at < token.size; at++) {
        char byte = token.at[at];
        if (byte == '~') {
            char kind = at + 1 < token.size ? token.at[++at] : '\0';
            if (kind != '0' && kind != '1') return false;
            byte = kind == '0' ? '~' : '/';
        }
        buf_append_byte(out, byte);
    }
    return out->error == BUF_OK;
}

static bool pointer_percent_decode(struct buf *out, struct str text)
{
    for (size_t at = 0; at < text.size; at++) {
        int byte = text.at[at];
        if (byte == '%') {
            byte = ascii_percent(text, at);
            if (byte < 0) return false;
            at += 2;
        }
        buf_append_byte(out, (char)byte);
    }
    return out->error == BUF_OK;
}

/* An array's position: digits without leading zeros (RFC 6901 §4). */
static bool pointer_position(struct str token, size_t *position)
{
    if (token.size == 0 || token.size > 9 || (token.size > 1 && token.at[0] == '0')) return false;
    *position = 0;
    for (size_t at = 0; at < token.size; at++) {
        if (token.at[at] < '0' || token.at[at] > '9') return false;
        *position = *position * 10 + (size_t)(token.at[at] - '0');
    }
    return true;
}

static yyjson_val *pointer_step(const struct document *document, yyjson_val *value, struct str token)
{
    size_t position;
    if (pointer_position(token, &position) && yyjson_is_arr(value)) return document_at(document, value, position);
    if (str_find_byte(token, '~') == STR_NONE) return document_get(document, value, token);
    struct buf key;
    buf_init(&key, SIZE_MAX);
    yyjson_val *found = pointer_unescape(&key, token) ? document_get(document, value, buf_str(&key)) : NULL;
    if (key.error) member_index_fail(document->members);
    buf_free(&key);
    return found;
}

yyjson_val *pointer_get(const struct document *document, struct str pointer)
{
    struct str token;
    yyjson_val *value = document->root;
    if (pointer.size == 0) return value;
    if (pointer.at[0] != '/') return NULL;
    struct str rest = str_cut(pointer, 1, pointer.size);
    while (value && str_split(&rest, '/', &token)) value = pointer_step(document, value, token);
    return value;
}

yyjson_val *pointer_get_fragment(const struct document *document, struct str fragment)
{
    if (fragment.size == 0 || fragment.at[0] != '#') return NULL;
    struct str pointer = str_cut(fragment, 1, fragment.size);
    if (str_find_byte(pointer, '%') == STR_NONE) return pointer_get(document, pointer);
    struct buf decoded;
    buf_init(&decoded, SIZE_MAX);
    yyjson_val *value = pointer_percent_decode(&decoded, pointer) ? pointer_get(document, buf_str(&decoded)) : NULL;
    if (decoded.error) member_index_fail(document->members);
    buf_free(&decoded);
    return value;
}

void pointer_append(struct buf *pointer, struct str token)
{
    buf_append_byte(pointer, '/');
    for (size_t at = 0; at < token.size; at++) {
        if (token.at[at] == '~')
            buf_append_str(pointer, STR("~0"));
        else if (token.at[at] == '/')
            buf_append_str(pointer, STR("~1"));
        else
            buf_append_byte(pointer, token.at[at]);
    }
}

void pointer_append_last(struct buf *name, struct str fragment)
{
    size_t slash = str_find_last_byte(fragment, '/');
    struct str token = slash == STR_NONE ? fragment : str_cut(fragment, slash + 1, fragment.size);
    if (str_find_byte(token, '%') == STR_NONE && str_find_byte(token, '~') == STR_NONE) {
        buf_append_str(name, token);
        return;
    }
    size_t before = name->size;
    struct buf decoded;
    buf_init(&decoded, SIZE_MAX);
    /* A token that is not well formed, or whose bytes are no text, is shown as it stands. */
    if (!pointer_percent_decode(&decoded, token) || !utf8_valid(buf_str(&decoded)) ||
        !pointer_unescape(name, buf_str(&decoded))) {
        name->size = before;
        buf_append_str(name, token);
    }
    if (decoded.error) name->error = decoded.error;
    buf_free(&decoded);
}
