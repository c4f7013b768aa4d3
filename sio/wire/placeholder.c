#include "placeholder.h"

#include "json_text.h"

/* Compares a member's name, which may be written with escapes. */
static bool placeholder_name_is(struct str raw, struct str name)
{
    char decoded[6 * 16]; /* six bytes are the longest escape of a letter */
    if (str_find_byte(raw, '\\') == STR_NONE) return str_equal(raw, name);
    if (raw.size > 6 * name.size || raw.size > sizeof decoded) return false;
    memcpy(decoded, raw.at, raw.size);
    return str_equal((struct str){ decoded, json_text_decode(decoded, raw.size) }, name);
}

/* A member's name; afterwards *at stands on its value. False where no member is. */
static bool placeholder_read_name(const char **at, const char *end, struct str *name)
{
    if (json_text_peek(at, end) != '"') return false;
    struct json_text_value text = json_text_read(at, end);
    if (text.kind != JSON_TEXT_STRING || json_text_peek(at, end) != ':') return false;
    ++*at;
    *name = text.text;
    return json_text_peek(at, end) != '\0';
}

/* A whole number that an attachment may have, else -1. Something stands behind it. */
static int32_t placeholder_number(struct str text)
{
    double number = json_text_number(text);
    if (!(number >= 0 && number <= INT32_MAX)) return -1;
    int32_t whole = (int32_t)number;
    return whole == number ? whole : -1;
}

struct placeholder_members {
    bool has_mark, has_number;
    struct str number;
};

static bool placeholder_read_member(const char **at, const char *end, struct placeholder_members *members)
{
    struct str name;
    if (!placeholder_read_name(at, end, &name)) return false;
    struct json_text_value value;
    if (**at == '{' || **at == '[') return false;
    if (placeholder_name_is(name, STR("_placeholder"))) {
        value = json_text_read(at, end);
        bool is_mark = value.kind == JSON_TEXT_TRUE && !members->has_mark;
        members->has_mark = true;
        return is_mark;
    }
    if (members->has_number || !placeholder_name_is(name, STR("num"))) return false;
    value = json_text_read(at, end);
    members->has_number = value.kind == JSON_TEXT_NUMBER;
    members->number = value.text;
    return members->has_number;
}

bool placeholder_read(const char **at, const char *end, struct placeholder *found)
{
    const char *next = *at;
    struct placeholder_members members = { false, false, STR_EMPTY };
    if (next == end || *next != '{') return false;
    next++;
    if (!placeholder_read_member(&next, end, &members) || json_text_peek(&next, end) != ',') return false;
    next++;
    if (!placeholder_read_member(&next, end, &members) || json_text_peek(&next, end) != '}') return false;
    next++;
    *found = (struct placeholder){ { *at, (size_t)(next - *at) }, placeholder_number(members.number) };
    *at = next;
    return true;
}

/* *at stands on a text; where it is the name of a mark outside a placeholder, that is found. */
static bool placeholder_find_mark(const char **at, const char *end, struct placeholder *found)
{
    struct str name;
    if (!placeholder_read_name(at, end, &name)) return false;
    if (**at != 't' || !placeholder_name_is(name, STR("_placeholder"))) return false;
    const char *start = *at;
    json_text_read(at, end);
    *found = (struct placeholder){ { start, (size_t)(*at - start) }, -1 };
    return true;
}

bool placeholder_next(const char **at, const char *end, struct placeholder *found)
{
    while (*at < end) {
        if (**at == '"') {
            if (placeholder_find_mark(at, end, found)) return true;
        } else {
            if (**at == '{' && placeholder_read(at, end, found)) return true;
            ++*at;
        }
    }
    return false;
}

void placeholder_write(struct buf *buf, uint64_t number)
{
    buf_append_str(buf, STR("{\"_placeholder\":true,\"num\":"));
    json_text_write_whole(buf, number);
    buf_append_byte(buf, '}');
}
