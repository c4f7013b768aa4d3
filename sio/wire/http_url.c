#include "http_url.h"

#include "ascii.h"
#include "utf8.h"

bool http_url_decode_path(struct str raw, char *out, struct str *decoded)
{
    size_t size = 0;
    for (size_t at = 0; at < raw.size; at++) {
        int byte = (uint8_t)raw.at[at];
        if (byte == '%') {
            byte = ascii_percent(raw, at);
            if (byte <= 0) return false;
            at += 2;
        }
        out[size++] = (char)byte;
    }
    *decoded = (struct str){ out, size };
    return utf8_valid(*decoded);
}

/* One character of a form, decoded; advances behind it. */
static char url_form_next(struct str raw, size_t *at)
{
    int byte = ascii_percent(raw, *at);
    if (byte >= 0) {
        *at += 3;
        return (char)byte;
    }
    char plain = raw.at[(*at)++];
    if (plain == '+') return ' ';
    return plain;
}

bool http_url_decode_form(struct str raw, char *out, struct str *decoded)
{
    size_t size = 0;
    for (size_t at = 0; at < raw.size;) out[size++] = url_form_next(raw, &at);
    *decoded = (struct str){ out, size };
    return utf8_valid(*decoded);
}

bool http_url_next(struct str *query, struct str *name, struct str *value)
{
    struct str part;
    while (str_split(query, '&', &part)) {
        if (part.size == 0) continue;
        size_t equals = str_find_byte(part, '=');
        *name = str_cut(part, 0, equals);
        *value = equals == STR_NONE ? STR_EMPTY : str_cut(part, equals + 1, part.size);
        return true;
    }
    return false;
}

static bool url_name_is(struct str raw, struct str name)
{
    size_t at = 0, size = 0;
    while (at < raw.size && size < name.size)
        if (url_form_next(raw, &at) != name.at[size++]) return false;
    return at == raw.size && size == name.size;
}

bool http_url_find(struct str query, struct str name, struct str *value)
{
    struct str raw;
    while (http_url_next(&query, &raw, value))
        if (url_name_is(raw, name)) return true;
    return false;
}
