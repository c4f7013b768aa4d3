#include "utf8.h"

#include "utf8_wide.h"

/* What a first byte announces: how many continuation bytes, and the range of the first of them. */
static bool utf8_start(struct utf8_state *state, uint8_t byte)
{
    state->low = 0x80;
    state->high = 0xBF;
    if (byte >= 0xC2 && byte <= 0xDF) {
        state->wanted = 1;
    } else if (byte >= 0xE0 && byte <= 0xEF) {
        state->wanted = 2;
        if (byte == 0xE0) state->low = 0xA0;
        if (byte == 0xED) state->high = 0x9F;
    } else if (byte >= 0xF0 && byte <= 0xF4) {
        state->wanted = 3;
        if (byte == 0xF0) state->low = 0x90;
        if (byte == 0xF4) state->high = 0x8F;
    } else {
        return false;
    }
    return true;
}

/* True when 64 bytes are ASCII; compilers make wide instructions of it. */
static bool utf8_is_ascii_block(const char *at)
{
    uint64_t words[8], all = 0;
    memcpy(words, at, sizeof words);
    for (size_t i = 0; i < 8; i++) all |= words[i];
    return (all & 0x8080808080808080u) == 0;
}

/* Where the ASCII that begins at `at` ends. */
static size_t utf8_skip_ascii(struct str text, size_t at)
{
    while (at + 64 <= text.size && utf8_is_ascii_block(text.at + at)) at += 64;
    while (at + 8 <= text.size) {
        uint64_t word;
        memcpy(&word, text.at + at, 8);
        if (word & 0x8080808080808080u) break;
        at += 8;
    }
    while (at < text.size && (uint8_t)text.at[at] < 0x80) at++;
    return at;
}

size_t utf8_check(struct utf8_state *state, struct str text)
{
    size_t at = 0;
    while (at < text.size) {
        if (state->wanted == 0) {
            at = utf8_skip_ascii(text, at);
            size_t more = utf8_wide_skip(str_cut(text, at, text.size));
            at += more;
            if (more) continue;
            if (at == text.size) break;
            if (!utf8_start(state, (uint8_t)text.at[at])) return at;
        } else {
            uint8_t byte = (uint8_t)text.at[at];
            if (byte < state->low || byte > state->high) return at;
            state->wanted--;
            state->low = 0x80;
            state->high = 0xBF;
        }
        at++;
    }
    return at;
}

bool utf8_complete(const struct utf8_state *state)
{
    return state->wanted == 0;
}

bool utf8_valid(struct str text)
{
    struct utf8_state state = { 0 };
    return utf8_check(&state, text) == text.size && utf8_complete(&state);
}

uint32_t utf8_next(struct str text, size_t *at)
{
    uint8_t first = (uint8_t)text.at[(*at)++];
    if (first < 0x80) return first;
    struct utf8_state state = { 0 };
    if (!utf8_start(&state, first)) return 0xFFFD;
    size_t count = state.wanted;
    struct str rest = str_cut(text, *at, *at + count);
    if (rest.size < count || utf8_check(&state, rest) < count) return 0xFFFD;
    uint32_t code_point = first & (0x3Fu >> count);
    for (size_t i = 0; i < count; i++) code_point = code_point << 6 | ((uint8_t)rest.at[i] & 0x3Fu);
    *at += count;
    return code_point;
}

size_t utf8_write(uint32_t code_point, char bytes[4])
{
    if (code_point < 0x80) {
        bytes[0] = (char)code_point;
        return 1;
    }
    size_t count = code_point < 0x800 ? 2 : code_point < 0x10000 ? 3 : 4;
    for (size_t i = count - 1; i > 0; i--) {
        bytes[i] = (char)(0x80 | (code_point & 0x3F));
        code_point >>= 6;
    }
    bytes[0] = (char)((0xF00u >> count) | code_point);
    return count;
}

size_t utf8_utf16_length(struct str text)
{
    size_t length = 0;
    for (size_t at = 0; at < text.size; at++) {
        uint8_t byte = (uint8_t)text.at[at];
        length += (byte & 0xC0) != 0x80;
        length += byte >= 0xF0;
    }
    return length;
}

struct str utf8_cut(struct str text, size_t size)
{
    if (text.size <= size) return text;
    while (size > 0 && ((uint8_t)text.at[size] & 0xC0) == 0x80) size--;
    return str_cut(text, 0, size);
}

bool utf8_is_control(uint32_t code_point)
{
    return code_point < 0x20 || (code_point >= 0x7F && code_point < 0xA0) ||
           (code_point >= 0x202A && code_point <= 0x202E) || (code_point >= 0x2066 && code_point <= 0x2069) ||
           code_point == 0x2028 || code_point == 0x2029;
}
