#include "pattern_class.h"

#include "ascii.h"
#include "utf8.h"

/* ---- Sets -------------------------------------------------------------------------------------------------------- */

static void class_add_range(struct pattern_class *class, uint32_t first, uint32_t last)
{
    for (uint32_t code = first; code <= last && code < 128; code++) class->has[code] = true;
    if (last >= 128 && class->wide == 0) class->wide = first >= 128 ? first : last;
}

static void class_add_word(struct pattern_class *class)
{
    class_add_range(class, 'a', 'z');
    class_add_range(class, 'A', 'Z');
    class_add_range(class, '0', '9');
    class_add_range(class, '_', '_');
}

static void class_add_space(struct pattern_class *class)
{
    class_add_range(class, '\t', '\r');
    class_add_range(class, ' ', ' ');
}

static void class_negate(struct pattern_class *class)
{
    for (size_t i = 0; i < 128; i++) class->has[i] = !class->has[i];
}

/* All printable ones; line ends are left to who asks for them. */
static void class_add_any(struct pattern_class *class)
{
    class_add_range(class, ' ', '~');
}

/* \p{L}, \p{Lu}, \p{N} …: by the first letter of the category. */
static void class_add_category(struct pattern_class *class, struct str name)
{
    char kind = (char)(name.size ? name.at[0] : 'L');
    bool is_upper = str_starts(name, STR("Lu")) || str_starts(name, STR("Upper"));
    if (kind == 'N' || str_starts(name, STR("Digit"))) {
        class_add_range(class, '0', '9');
    } else if (kind == 'Z' || str_starts(name, STR("Space"))) {
        class_add_range(class, ' ', ' ');
    } else if (kind == 'P' || kind == 'S') {
        class_add_range(class, '-', '.');
    } else {
        class_add_range(class, 'A', 'Z');
        if (!is_upper) class_add_range(class, 'a', 'z');
        if (str_starts(name, STR("Aln"))) class_add_range(class, '0', '9');
    }
}

/* ---- Escapes ----------------------------------------------------------------------------------------------------- */

static size_t class_braces(struct str text, size_t from)
{
    if (from >= text.size || text.at[from] != '{') return 0;
    size_t close = str_find_byte(str_cut(text, from, text.size), '}');
    return close == STR_NONE ? 0 : from + close + 1;
}

size_t pattern_class_escape(struct str text)
{
    size_t size = 2, braces;
    if (text.size < 2 || text.at[0] != '\\') return 0;
    switch (text.at[1]) {
    case 'x': size = 4; break;
    case 'u': size = (braces = class_braces(text, 2)) ? braces : 6; break;
    case 'c': size = 3; break;
    case 'p':
    case 'P': size = (braces = class_braces(text, 2)) ? braces : 3; break;
    default:
        if ((unsigned char)text.at[1] >= 0x80) {
            size_t at = 1;
            utf8_next(text, &at);
            return at;
        }
    }
    return size <= text.size ? size : text.size;
}

static uint32_t class_hex(struct str digits)
{
    uint32_t code = 0;
    for (size_t i = 0; i < digits.size && code < 0x110000; i++) {
        int digit = ascii_hex(digits.at[i]);
        if (digit >= 0) code = code << 4 | (uint32_t)digit;
    }
    return code;
}

/* The one character that an escape stands for; 0: it is of another kind. */
static uint32_t class_single(struct str escape)
{
    switch (escape.at[1]) {
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    case 'f': return '\f';
    case 'v': return '\v';
    case 'x':
    case 'u': return class_hex(str_cut(escape, 2, escape.size));
    case 'c': return escape.size > 2 ? (uint32_t)(escape.at[2] & 0x1f) : 0;
    default: break;
    }
    size_t at = 1;
    return ascii_is_letter(escape.at[1]) ? 0 : utf8_next(escape, &at);
}

/* Adds \d, \W, \p{L} …; false for what stands for no characters, as \b. */
static bool class_add_escape(struct pattern_class *class, struct str escape)
{
    struct pattern_class own = { .wide = 0 };
    bool is_negated = escape.at[1] >= 'A' && escape.at[1] <= 'Z';
    switch (escape.at[1] | 0x20) {
    case 'd': class_add_range(&own, '0', '9'); break;
    case 'w': class_add_word(&own); break;
    case 's': class_add_space(&own); break;
    case 'p':
        class_add_category(&own, str_cut(escape, str_starts(str_cut(escape, 2, 3), STR("{")) ? 3 : 2, escape.size));
        break;
    default: return false;
    }
    if (is_negated) class_negate(&own);
    for (size_t i = 0; i < 128; i++) class->has[i] |= own.has[i];
    return true;
}

/* ---- Brackets ---------------------------------------------------------------------------------------------------- */

size_t pattern_class_size(struct str text)
{
    size_t at = 1;
    if (at < text.size && text.at[at] == '^') at++;
    while (at < text.size && text.at[at] != ']') {
        size_t escape = pattern_class_escape(str_cut(text, at, text.size));
        at += escape ? escape : 1;
    }
    return at < text.size ? at + 1 : 0;
}

#define CLASS_SET UINT32_MAX

/* One character inside of brackets, at `*at`; CLASS_SET when a whole set stands there, which is added. */
static uint32_t class_next(struct pattern_class *class, struct str inner, size_t *at)
{
    struct str rest = str_cut(inner, *at, inner.size);
    size_t escape = pattern_class_escape(rest);
    if (escape == 0) return utf8_next(inner, at);
    *at += escape;
    rest = str_cut(rest, 0, escape);
    if (rest.at[1] == 'b') return '\b';
    if (class_add_escape(class, rest)) return CLASS_SET;
    return class_single(rest);
}

static void class_read_brackets(struct pattern_class *class, struct str inner)
{
    bool is_negated = str_starts(inner, STR("^"));
    uint32_t highest = 0;
    for (size_t at = is_negated; at < inner.size;) {
        uint32_t first = class_next(class, inner, &at), last = first;
        if (first == CLASS_SET) continue;
        if (at + 1 < inner.size && inner.at[at] == '-') {
            size_t behind = at + 1;
            last = class_next(class, inner, &behind);
            if (last >= first && last != CLASS_SET) at = behind;
            if (last < first || last == CLASS_SET) last = first; /* "a-\d": the dash is itself */
        }
        class_add_range(class, first, last);
        if (last > highest) highest = last;
    }
    if (!is_negated) return;
    class_negate(class);
    class->wide = highest < 0xa1 ? 0xa1 : highest + 1;
}

bool pattern_class_read(struct pattern_class *class, struct str text, uint32_t *single)
{
    *class = (struct pattern_class){ .wide = 0 };
    *single = 0;
    if (text.at[0] == '.') return class_add_any(class), true;
    if (text.at[0] == '[') return class_read_brackets(class, str_cut(text, 1, text.size - 1)), true;
    if (text.at[0] == '\\' && class_add_escape(class, text)) return true;
    size_t at = 0;
    *single = text.at[0] == '\\' ? class_single(text) : utf8_next(text, &at);
    return false;
}

/* ---- Choosing ---------------------------------------------------------------------------------------------------- */

static bool class_has_all(const struct pattern_class *class, const char *word)
{
    for (; *word; word++) {
        if (!class->has[(size_t)*word]) return false;
    }
    return true;
}

bool pattern_class_has_letters(const struct pattern_class *class)
{
    return class_has_all(class, "exampl") || class_has_all(class, "EXAMPL");
}

bool pattern_class_has_digits(const struct pattern_class *class)
{
    return class_has_all(class, "0123456789");
}

/* The character with this number of those that are in [first, last], counted round; 0: none is. */
static uint32_t class_nth(const struct pattern_class *class, unsigned first, unsigned last, unsigned number)
{
    unsigned count = 0;
    for (unsigned code = first; code <= last; code++) count += class->has[code];
    if (count == 0) return 0;
    number %= count;
    for (unsigned code = first; code <= last; code++) {
        if (class->has[code] && number-- == 0) return code;
    }
    return 0;
}

uint32_t pattern_class_choose(const struct pattern_class *class, unsigned number)
{
    static const char lower[] = "example", upper[] = "EXAMPLE", digits[] = "1234567890";
    static const struct {
        char first, last;
    } ranges[] = { { 'a', 'z' }, { 'A', 'Z' }, { '0', '9' }, { '-', '/' }, { '_', '_' }, { '!', '~' }, { ' ', ' ' } };
    if (class_has_all(class, lower)) return (uint32_t)lower[number % (sizeof lower - 1)];
    if (class_has_all(class, upper)) return (uint32_t)upper[number % (sizeof upper - 1)];
    if (class_has_all(class, digits)) return (uint32_t)digits[number % (sizeof digits - 1)];
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++) {
        uint32_t code = class_nth(class, (unsigned)ranges[i].first, (unsigned)ranges[i].last, number);
        if (code) return code;
    }
    return class->wide ? class->wide : class_nth(class, 1, 127, number);
}
