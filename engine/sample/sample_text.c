#include "sample_maker.h"

#include "format_text.h"
#include "sample_mined.h"
#include "sample_name.h"
#include "sample_pattern.h"
#include "utf8.h"

/* How long a text may be, in characters; ours have one byte each, but for the author's words. */
struct text_bounds {
    size_t least, most;
};

static size_t text_count(yyjson_val *value, size_t otherwise)
{
    double number = yyjson_is_num(value) ? yyjson_get_num(value) : -1;
    if (number < 0) return otherwise;
    return number > 1e9 ? (size_t)1000000000 : (size_t)number;
}

static struct text_bounds text_bounds_of(const struct parts *parts)
{
    struct text_bounds bounds = { 0, SIZE_MAX };
    for (size_t i = 0; i < parts->count; i++) {
        size_t least = text_count(yyjson_obj_get(parts->at[i].schema, "minLength"), 0);
        size_t most = text_count(yyjson_obj_get(parts->at[i].schema, "maxLength"), SIZE_MAX);
        if (least > bounds.least) bounds.least = least;
        if (most < bounds.most) bounds.most = most;
    }
    return bounds;
}

/* The schema's pattern. "/^[0-9]+$/i", as it would be written in JavaScript, is no such one, for nothing has a slash
 * before its beginning: but it tells what is meant. */
static struct str text_pattern(yyjson_val *schema)
{
    struct str pattern = document_str(yyjson_obj_get(schema, "pattern"));
    size_t last = str_find_last_byte(pattern, '/');
    bool is_literal = str_starts(pattern, STR("/^")) && last != STR_NONE && last > 1 && pattern.size - last <= 3;
    return is_literal ? str_cut(pattern, 1, last) : pattern;
}

bool sample_text_fits(struct sample_maker *maker, const struct parts *parts, struct str text)
{
    struct text_bounds bounds = text_bounds_of(parts);
    size_t length = fits_length(text);
    if (length < bounds.least || length > bounds.most) return false;
    for (size_t i = 0; i < parts->count; i++) {
        yyjson_val *pattern = yyjson_obj_get(parts->at[i].schema, "pattern");
        struct str format = document_str(yyjson_obj_get(parts->at[i].schema, "format"));
        if (format.size && !maker->ignores_format && !format_text_fits(format, text)) return false;
        if (yyjson_is_str(pattern) &&
            expression_find(&maker->expressions, text_pattern(parts->at[i].schema), text) == EXPRESSION_NO)
            return false;
    }
    return true;
}

/* ---- Lengths ----------------------------------------------------------------------------------------------------- */

/* `text` again and again up to `size` bytes. */
static struct str text_repeat(struct arena *arena, struct str text, size_t size)
{
    char *longer = arena_alloc(arena, size);
    if (longer == NULL) return STR_EMPTY;
    for (size_t i = 0; i < size; i++) longer[i] = text.size ? text.at[i % text.size] : 'x';
    return (struct str){ longer, size };
}

/* The least that is asked for is made, but not megabytes. */
static struct str text_fit_length(struct arena *arena, const struct text_bounds *bounds, struct str text)
{
    size_t least = bounds->least > LIMIT_SAMPLE_LENGTH ? LIMIT_SAMPLE_LENGTH : bounds->least;
    size_t length = fits_length(text);
    if (length > bounds->most) return utf8_cut(text, bounds->most);
    return length >= least ? text : text_repeat(arena, text, least);
}

/* An address of the length asked for: a short one, or one with a long path or name. */
static struct str text_fit_format(struct arena *arena, const struct text_bounds *bounds, struct str format,
                                  struct str text)
{
    bool is_email = str_equal(format, STR("email")), is_host = str_equal(format, STR("hostname"));
    bool is_uri = str_equal(format, STR("uri")) || str_equal(format, STR("url"));
    if (!is_email && !is_uri && !is_host) return text;
    if (text.size > bounds->most) return is_email ? STR("a@b.co") : is_host ? STR("a.co") : STR("http://a.co");
    if (text.size >= bounds->least || bounds->least > LIMIT_SAMPLE_LENGTH) return text;
    size_t more = bounds->least - text.size;
    struct str filler = text_repeat(arena, STR("example"), more);
    if (is_uri) return arena_format(arena, "%.*s/%.*s", STR_FORMAT(text), STR_FORMAT(filler));
    return arena_format(arena, "%.*s%.*s", STR_FORMAT(filler), STR_FORMAT(text));
}

/* ---- By pattern -------------------------------------------------------------------------------------------------- */

struct str sample_text_for(struct sample_maker *maker, struct str pattern, struct str name, unsigned number)
{
    struct parts nothing = { .count = 0 };
    struct str text = number ? STR_EMPTY : name;
    if (text.size && expression_find(&maker->expressions, pattern, text) == EXPRESSION_YES) return text;
    for (unsigned style = 0; style < SAMPLE_PATTERN_STYLES; style++) {
        text = sample_pattern_make(maker->arena, pattern, style + number, 0);
        bool is_good = text.at && expression_find(&maker->expressions, pattern, text) == EXPRESSION_YES;
        if (is_good && sample_text_fits(maker, &nothing, text)) return text;
    }
    return STR_EMPTY;
}

/* One that fits all there is; made after each of the patterns in turn. */
static bool text_by_pattern(struct sample_maker *maker, const struct parts *parts, unsigned number, struct str *text)
{
    struct text_bounds bounds = text_bounds_of(parts);
    for (size_t i = 0; i < parts->count; i++) {
        struct str pattern = text_pattern(parts->at[i].schema);
        for (unsigned style = 0; pattern.size && style < SAMPLE_PATTERN_STYLES; style++) {
            *text = sample_pattern_make(maker->arena, pattern, style + number, bounds.least);
            if (text->at && sample_text_fits(maker, parts, *text)) return true;
        }
    }
    return false;
}

/* ---- All --------------------------------------------------------------------------------------------------------- */

static struct str text_numbered(struct arena *arena, struct str text, unsigned number)
{
    return number ? arena_format(arena, "%u-%.*s", number + 1, STR_FORMAT(text)) : text;
}

/* The likely texts in turn, the first that fits; each also with its length changed. */
static bool text_by_likelihood(struct sample_maker *maker, const struct parts *parts, struct str name, unsigned number,
                               struct str *text)
{
    struct arena *arena = maker->arena;
    struct str format = parts_text(parts, "format");
    struct text_bounds bounds = text_bounds_of(parts);
    struct str by_format = format_text_make(arena, format, number);
    struct str by_name = text_numbered(arena, sample_name_text(arena, name), number);
    const struct str texts[] = { sample_mined(parts_text(parts, "description"), number),
                                 by_format,
                                 text_fit_format(arena, &bounds, format, by_format),
                                 text_numbered(arena, by_format, number),
                                 by_name,
                                 text_fit_length(arena, &bounds, by_format.size ? by_format : by_name) };
    bool is_told_by_format = by_format.size > 0;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        *text = texts[i];
        bool is_name = i == 4 && is_told_by_format;
        if (text->size && !is_name && sample_text_fits(maker, parts, *text)) return true;
    }
    return false;
}

/* Words that are often what a pattern, or a format of a certain length, asks for, and read better than what is made. */
static bool text_by_word(struct sample_maker *maker, const struct parts *parts, struct str *text)
{
    static const struct str words[] = {
        STR_INIT("example"),
        STR_INIT("Example"),
        STR_INIT("EXAMPLE"),
        STR_INIT("1"),
        STR_INIT("123456789012"),
        STR_INIT("1.0.0"),
        STR_INIT("2026-01-31"),
        STR_INIT("2026-01-31T12:00:00Z"),
        STR_INIT("2026-01-31T12:00:00.000Z"),
        STR_INIT("2026-01-31T12:00:00+00:00"),
        STR_INIT("2026-01-31T12:00:00.000+00:00"),
        STR_INIT("12:00"),
        STR_INIT("12:00:00"),
        STR_INIT("PT1H"),
        STR_INIT("192.0.2.1"),
        STR_INIT("user@example.com"),
        STR_INIT("https://www.example.com"),
        STR_INIT("3fa85f64-5717-4562-b3fc-2c963f66afa6"),
        STR_INIT("+12025550100"),
        STR_INIT("Example-Passw0rd"),
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        *text = words[i];
        if (sample_text_fits(maker, parts, *text)) return true;
    }
    return false;
}

static bool text_make(struct sample_maker *maker, const struct parts *parts, struct str name, unsigned number,
                      struct str *text)
{
    return text_by_likelihood(maker, parts, name, number, text) || (number == 0 && text_by_word(maker, parts, text)) ||
           text_by_pattern(maker, parts, number, text);
}

/* A server checks a pattern rather than a format. */
static bool text_make_without_format(struct sample_maker *maker, const struct parts *parts, struct str name,
                                     unsigned number, struct str *text)
{
    if (parts_text(parts, "format").size == 0) return false;
    maker->ignores_format = true;
    bool is_made = text_make(maker, parts, name, number, text);
    maker->ignores_format = false;
    if (is_made) sample_fault(maker, name, "no text has both its format and its pattern or length");
    return is_made;
}

struct sample_node *sample_text(struct sample_maker *maker, const struct parts *parts, struct str name, unsigned number)
{
    struct str text, pattern = parts_text(parts, "pattern");
    if (text_make(maker, parts, name, number, &text)) return sample_node_text(maker->arena, text);
    if (text_make_without_format(maker, parts, name, number, &text)) return sample_node_text(maker->arena, text);
    struct text_bounds bounds = text_bounds_of(parts);
    text = text_fit_length(maker->arena, &bounds, sample_name_text(maker->arena, name));
    if (pattern.size)
        sample_fault(maker, name, "no text was found for the pattern %.*s", STR_FORMAT(utf8_cut(pattern, 120)));
    else
        sample_fault(maker, name, "no text has the length that is asked for");
    return sample_node_text(maker->arena, text);
}
