#include "pattern_syntax.h"

#include "pattern_class.h"
#include "utf8.h"

static char syntax_at(struct str pattern, size_t at)
{
    return (char)(at < pattern.size ? pattern.at[at] : '\0');
}

/* The length of an escape, a class or a byte; 0: it has no end. */
static size_t syntax_size(struct str pattern, size_t at)
{
    struct str rest = str_cut(pattern, at, pattern.size);
    if (syntax_at(pattern, at) == '\\') return pattern_class_escape(rest);
    return syntax_at(pattern, at) == '[' ? pattern_class_size(rest) : 1;
}

static size_t syntax_skip_group(struct str pattern, size_t at)
{
    unsigned nest = 0;
    while (at < pattern.size) {
        char byte = pattern.at[at];
        size_t size = syntax_size(pattern, at);
        if (size == 0) break;
        at += size;
        nest += byte == '(';
        if (byte == ')' && --nest == 0) return at;
    }
    return STR_NONE;
}

size_t pattern_syntax_skip(struct str pattern, size_t at)
{
    char byte = syntax_at(pattern, at);
    if (byte == '(') return syntax_skip_group(pattern, at);
    if (byte != '\\' && byte != '[') {
        utf8_next(pattern, &at);
        return at;
    }
    size_t size = syntax_size(pattern, at);
    return size ? at + size : STR_NONE;
}

static size_t syntax_number(struct str pattern, size_t *at, size_t otherwise)
{
    size_t number = 0, start = *at;
    for (; syntax_at(pattern, *at) >= '0' && syntax_at(pattern, *at) <= '9'; (*at)++) {
        if (number < PATTERN_ENDLESS) number = number * 10 + (size_t)(syntax_at(pattern, *at) - '0');
    }
    return *at == start ? otherwise : number;
}

/* "{2}", "{2,}", "{2,3}"; anything else is a brace and means itself. */
static bool syntax_braces(struct str pattern, size_t *behind, struct pattern_times *times)
{
    times->least = times->most = syntax_number(pattern, behind, STR_NONE);
    if (times->least == STR_NONE) return false;
    if (syntax_at(pattern, *behind) == ',') {
        (*behind)++;
        times->most = syntax_number(pattern, behind, PATTERN_ENDLESS);
    }
    return syntax_at(pattern, (*behind)++) == '}';
}

struct pattern_times pattern_syntax_times(struct str pattern, size_t *at)
{
    const struct pattern_times once = { 1, 1 };
    struct pattern_times times = once;
    size_t behind = *at + 1;
    switch (syntax_at(pattern, *at)) {
    case '?': times = (struct pattern_times){ 0, 1 }; break;
    case '*': times = (struct pattern_times){ 0, PATTERN_ENDLESS }; break;
    case '+': times = (struct pattern_times){ 1, PATTERN_ENDLESS }; break;
    case '{':
        if (!syntax_braces(pattern, &behind, &times)) return once;
        break;
    default: return once;
    }
    if (syntax_at(pattern, behind) == '?' || syntax_at(pattern, behind) == '+') behind++;
    *at = behind;
    return times;
}

size_t pattern_syntax_content(struct str pattern, size_t at, bool *is_captured)
{
    *is_captured = syntax_at(pattern, at) != '?';
    if (*is_captured) return at;
    char kind = syntax_at(pattern, at + 1), next = syntax_at(pattern, at + 2);
    if (kind == 'P') kind = next, next = syntax_at(pattern, at + 3);
    if (kind == '>') return at + 2;
    if (kind == '=' || kind == '!' || (kind == '<' && (next == '=' || next == '!'))) return STR_NONE;
    *is_captured = kind == '<' || kind == '\'';
    struct str rest = str_cut(pattern, at, pattern.size);
    size_t end = str_find_byte(rest, (char)(kind == '<' ? '>' : kind == '\'' ? '\'' : ':'));
    if (kind == '\'' && end != STR_NONE) end = str_find_byte(str_cut(rest, end + 1, rest.size), '\'') + end + 1;
    size_t close = str_find_byte(rest, ')');
    return end == STR_NONE || close < end ? STR_NONE : at + end + 1;
}
