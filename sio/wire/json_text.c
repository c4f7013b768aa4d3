#include "json_text.h"

#include "ascii.h"
#include "limits.h"

#include <endian.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

char json_text_peek(const char **at, const char *end)
{
    while (*at < end && (**at == ' ' || **at == '\n' || **at == '\r' || **at == '\t')) ++*at;
    if (*at == end) return '\0';
    return **at;
}

/* A byte minus one borrows into its top bit only when it was zero; the lowest bit set is exact, those above it may be
 * borrowed further. */
static uint64_t json_text_zero_bytes(uint64_t word)
{
    return (word - 0x0101010101010101u) & ~word;
}

#ifdef __SSE2__
/* Sixteen bytes a step: every x86-64 can. A byte is a control when the smaller of it and 0x1F is itself; as signed
 * numbers controls and all that is not ASCII are below a blank. Leaves *at where less than a step is left; NULL, or the
 * first byte that is not plain. */
static inline const char *json_text_plain_steps(const char **at, const char *end, bool is_ascii)
{
    const __m128i quote = _mm_set1_epi8('"'), backslash = _mm_set1_epi8('\\');
    const __m128i control = _mm_set1_epi8(0x1F), blank = _mm_set1_epi8(' ');
    for (; end - *at >= 16; *at += 16) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)*at);
        __m128i found = _mm_or_si128(_mm_cmpeq_epi8(bytes, quote), _mm_cmpeq_epi8(bytes, backslash));
        __m128i low = is_ascii ? _mm_cmplt_epi8(bytes, blank) : _mm_cmpeq_epi8(_mm_min_epu8(bytes, control), bytes);
        unsigned mask = (unsigned)_mm_movemask_epi8(_mm_or_si128(found, low));
        if (mask) return *at + __builtin_ctz(mask);
    }
    return NULL;
}
#else
static inline const char *json_text_plain_steps(const char **at, const char *end, bool is_ascii)
{
    (void)at;
    (void)end;
    (void)is_ascii;
    return NULL;
}
#endif

static inline const char *json_text_find_end(const char *at, const char *end, bool is_ascii)
{
    const char *found_in_step = json_text_plain_steps(&at, end, is_ascii);
    if (found_in_step) return found_in_step;
    for (; end - at >= 8; at += 8) {
        uint64_t word;
        memcpy(&word, at, 8);
        uint64_t controls = (word - 0x2020202020202020u) & ~word;
        uint64_t quotes = json_text_zero_bytes(word ^ 0x2222222222222222u); /* '"' */
        uint64_t backslashes = json_text_zero_bytes(word ^ 0x5C5C5C5C5C5C5C5Cu);
        uint64_t found = (controls | quotes | backslashes | (is_ascii ? word : 0)) & 0x8080808080808080u;
        if (found != 0) return at + __builtin_ctzll(le64toh(found)) / 8;
    }
    while (at < end && (uint8_t)*at >= 0x20 && *at != '"' && *at != '\\' && !(is_ascii && (uint8_t)*at >= 0x80)) at++;
    return at;
}

const char *json_text_plain_end(const char *at, const char *end)
{
    return json_text_find_end(at, end, false);
}

const char *json_text_ascii_end(const char *at, const char *end)
{
    return json_text_find_end(at, end, true);
}

/* ---- Values without others inside: each advances behind the value, false where it breaks the grammar ---------- */

static bool json_text_is_escape(char kind)
{
    switch (kind) {
    case '"':
    case '\\':
    case '/':
    case 'b':
    case 'f':
    case 'n':
    case 'r':
    case 't': return true;
    default: return false;
    }
}

/* *at stands on a backslash (§7). */
static bool json_text_skip_escape(const char **at, const char *end)
{
    if (end - *at < 2) return false;
    char kind = (*at)[1];
    *at += 2;
    if (kind != 'u') return json_text_is_escape(kind);
    if (end - *at < 4) return false;
    for (int i = 0; i < 4; i++)
        if (ascii_hex((*at)[i]) < 0) return false;
    *at += 4;
    return true;
}

/* *at stands behind the opening quote; afterwards behind the closing one. */
static bool json_text_skip_text(const char **at, const char *end)
{
    for (;;) {
        *at = json_text_plain_end(*at, end);
        if (*at == end) return false;
        if (**at == '"') {
            ++*at;
            return true;
        }
        if (**at != '\\' || !json_text_skip_escape(at, end)) return false;
    }
}

static bool json_text_skip_digits(const char **at, const char *end)
{
    const char *start = *at;
    while (*at < end && **at >= '0' && **at <= '9') ++*at;
    return *at > start;
}

/* §6. */
static bool json_text_skip_number(const char **at, const char *end)
{
    if (*at < end && **at == '-') ++*at;
    if (*at < end && **at == '0')
        ++*at;
    else if (!json_text_skip_digits(at, end))
        return false;
    if (*at < end && **at == '.') {
        ++*at;
        if (!json_text_skip_digits(at, end)) return false;
    }
    if (*at < end && (**at == 'e' || **at == 'E')) {
        ++*at;
        if (*at < end && (**at == '+' || **at == '-')) ++*at;
        return json_text_skip_digits(at, end);
    }
    return true;
}

static bool json_text_skip_word(const char **at, const char *end, struct str word)
{
    if ((size_t)(end - *at) < word.size || memcmp(*at, word.at, word.size) != 0) return false;
    *at += word.size;
    return true;
}

/* *at stands on the value's first byte. */
static enum json_text_kind json_text_skip_scalar(const char **at, const char *end)
{
    switch (*at < end ? **at : '\0') {
    case '"': ++*at; return json_text_skip_text(at, end) ? JSON_TEXT_STRING : JSON_TEXT_ERROR;
    case 'n': return json_text_skip_word(at, end, STR("null")) ? JSON_TEXT_NULL : JSON_TEXT_ERROR;
    case 't': return json_text_skip_word(at, end, STR("true")) ? JSON_TEXT_TRUE : JSON_TEXT_ERROR;
    case 'f': return json_text_skip_word(at, end, STR("false")) ? JSON_TEXT_FALSE : JSON_TEXT_ERROR;
    default: return json_text_skip_number(at, end) ? JSON_TEXT_NUMBER : JSON_TEXT_ERROR;
    }
}

/* ---- Arrays and objects -------------------------------------------------------------------------------------- */

/* What is open: a bit a level, set for objects. */
struct json_text_stack {
    uint64_t objects[LIMIT_JSON_DEPTH / 64];
    unsigned depth;
};

static bool json_text_push(struct json_text_stack *stack, bool is_object)
{
    if (stack->depth == LIMIT_JSON_DEPTH) return false;
    uint64_t bit = (uint64_t)1 << stack->depth % 64, *word = &stack->objects[stack->depth / 64];
    *word = is_object ? *word | bit : *word & ~bit;
    stack->depth++;
    return true;
}

static bool json_text_in_object(const struct json_text_stack *stack)
{
    unsigned top = stack->depth - 1;
    return stack->objects[top / 64] >> top % 64 & 1;
}

/* A member's name and its colon. */
static bool json_text_skip_name(const char **at, const char *end)
{
    if (json_text_peek(at, end) != '"') return false;
    ++*at;
    if (!json_text_skip_text(at, end)) return false;
    if (json_text_peek(at, end) != ':') return false;
    ++*at;
    return true;
}

/* Behind a value: closes what closes here. Returns the byte that then stands there. */
static char json_text_close(struct json_text_stack *stack, const char **at, const char *end)
{
    char next = '\0';
    while (stack->depth > 0) {
        next = json_text_peek(at, end);
        if (next != (json_text_in_object(stack) ? '}' : ']')) break;
        ++*at;
        stack->depth--;
    }
    return next;
}

/* *at stands on '{' or '['. Each turn takes one value, or opens one. */
static bool json_text_skip_container(const char **at, const char *end)
{
    struct json_text_stack stack = { .objects = { 0 } };
    for (;;) {
        char first = json_text_peek(at, end);
        if (first == '{' || first == '[') {
            if (!json_text_push(&stack, first == '{')) return false;
            ++*at;
            if (json_text_peek(at, end) != (first == '{' ? '}' : ']')) {
                if (first == '{' && !json_text_skip_name(at, end)) return false;
                continue;
            }
        } else if (json_text_skip_scalar(at, end) == JSON_TEXT_ERROR) {
            return false;
        }
        char next = json_text_close(&stack, at, end);
        if (stack.depth == 0) return true;
        if (next != ',') return false;
        ++*at;
        if (json_text_in_object(&stack) && !json_text_skip_name(at, end)) return false;
    }
}

struct json_text_value json_text_read(const char **at, const char *end)
{
    struct json_text_value value = { .kind = JSON_TEXT_ERROR };
    char first = json_text_peek(at, end);
    const char *start = *at;
    if (first == '{' || first == '[') {
        if (json_text_skip_container(at, end)) value.kind = first == '{' ? JSON_TEXT_OBJECT : JSON_TEXT_ARRAY;
    } else {
        value.kind = json_text_skip_scalar(at, end);
    }
    value.text = (struct str){ start, (size_t)(*at - start) };
    if (value.kind == JSON_TEXT_STRING) value.text = (struct str){ start + 1, value.text.size - 2 };
    return value;
}

bool json_text_valid(struct str text)
{
    const char *at = text.at, *end = text.at + text.size;
    if (text.size == 0 || json_text_read(&at, end).kind == JSON_TEXT_ERROR) return false;
    json_text_peek(&at, end);
    return at == end;
}

/* What stands before a member: the bracket that opens the object, or the comma behind the last one. */
bool json_text_next_member(struct str object, const char **at, struct str *name, struct json_text_value *value)
{
    const char *end = object.at + object.size;
    char before = *at ? ',' : '{';
    if (*at == NULL) *at = object.at;
    if (object.size == 0 || json_text_peek(at, end) != before) return false;
    ++*at;
    if (json_text_peek(at, end) != '"') return false;
    *name = json_text_read(at, end).text;
    if (json_text_peek(at, end) != ':') return false;
    ++*at;
    *value = json_text_read(at, end);
    return value->kind != JSON_TEXT_ERROR;
}

struct json_text_value json_text_member(struct str object, struct str name)
{
    const char *at = NULL;
    struct str found;
    struct json_text_value value;
    while (json_text_next_member(object, &at, &found, &value))
        if (str_equal(found, name)) return value;
    return (struct json_text_value){ .kind = JSON_TEXT_ERROR, .text = STR_EMPTY };
}
