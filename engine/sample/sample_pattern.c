#include "sample_pattern.h"

#include "limits.h"
#include "pattern_class.h"
#include "pattern_syntax.h"
#include "utf8.h"

enum {
    PATTERN_BYTES = 4096, /* longer ones are lists of all that there is */
    PATTERN_NEST = 24,
    PATTERN_STEPS = 20000,
    PATTERN_GROUPS = 16, /* that a back reference may name */
    PATTERN_WORD = 7,    /* letters of a readable text, "example" */
    PATTERN_DIGITS = 3,
};

struct pattern_group {
    size_t start, end; /* of its text */
};

struct pattern_maker {
    struct str pattern;
    char *text;
    size_t size;
    unsigned style, nest, steps;
    unsigned letter; /* the place in the word that the next character of a class is for */
    size_t lack;     /* bytes more than it would have */
    struct pattern_group groups[PATTERN_GROUPS];
    size_t group_count;
    bool has_failed;
};

/* A part of the pattern. */
struct pattern_span {
    size_t start, end;
};

static char pattern_at(const struct pattern_maker *maker, size_t at)
{
    return (char)(at < maker->pattern.size ? maker->pattern.at[at] : '\0');
}

static struct str pattern_rest(const struct pattern_maker *maker, size_t at)
{
    return str_cut(maker->pattern, at, maker->pattern.size);
}

static void pattern_emit(struct pattern_maker *maker, uint32_t code)
{
    char bytes[4];
    if (code == 0 || code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) return;
    size_t size = utf8_write(code, bytes);
    if (maker->size + size > LIMIT_SAMPLE_TEXT_BYTES) {
        maker->has_failed = true;
        return;
    }
    memcpy(maker->text + maker->size, bytes, size);
    maker->size += size;
}

/* Behind what a quantifier may stand behind; the pattern's end where that has no end. */
static size_t pattern_skip(struct pattern_maker *maker, size_t at)
{
    size_t end = pattern_syntax_skip(maker->pattern, at);
    if (end == STR_NONE || ++maker->steps > PATTERN_STEPS) maker->has_failed = true;
    return end == STR_NONE ? maker->pattern.size : end;
}

/* ---- Atoms ------------------------------------------------------------------------------------------------------- */

static void pattern_make_alternatives(struct pattern_maker *maker, struct pattern_span span);

/* In half of the styles what a lookahead looks at is written, and what stands behind it is taken to be that. */
static bool pattern_takes_lookahead(const struct pattern_maker *maker, size_t group)
{
    return maker->style >= SAMPLE_PATTERN_STYLES / 2 && str_starts(pattern_rest(maker, group), STR("(?="));
}

static void pattern_make_group(struct pattern_maker *maker, struct pattern_span span)
{
    bool is_captured;
    size_t content = pattern_syntax_content(maker->pattern, span.start + 1, &is_captured);
    size_t number = PATTERN_GROUPS, start = maker->size;
    if (pattern_takes_lookahead(maker, span.start)) content = span.start + 3;
    if (content == STR_NONE) return;
    if (is_captured && maker->group_count < PATTERN_GROUPS) {
        number = maker->group_count++;
        maker->groups[number] = (struct pattern_group){ start, start }; /* for a reference inside of itself */
    }
    if (++maker->nest > PATTERN_NEST) maker->has_failed = true;
    if (!maker->has_failed) pattern_make_alternatives(maker, (struct pattern_span){ content, span.end - 1 });
    maker->nest--;
    if (number < PATTERN_GROUPS) maker->groups[number] = (struct pattern_group){ start, maker->size };
}

static void pattern_make_reference(struct pattern_maker *maker, size_t number)
{
    if (number == 0 || number > maker->group_count) return;
    struct pattern_group group = maker->groups[number - 1];
    for (size_t i = group.start; i < group.end && i < maker->size; i++) {
        if (maker->size == LIMIT_SAMPLE_TEXT_BYTES) maker->has_failed = true;
        if (!maker->has_failed) maker->text[maker->size++] = maker->text[i];
    }
}

static void pattern_make_atom(struct pattern_maker *maker, struct pattern_span span)
{
    struct pattern_class class;
    uint32_t single;
    struct str text = str_cut(maker->pattern, span.start, span.end);
    if (++maker->steps > PATTERN_STEPS) maker->has_failed = true;
    if (maker->has_failed || text.at[0] == '^' || text.at[0] == '$') return;
    if (text.at[0] == '(') {
        pattern_make_group(maker, span);
    } else if (text.size == 2 && text.at[0] == '\\' && text.at[1] >= '1' && text.at[1] <= '9') {
        pattern_make_reference(maker, (size_t)(text.at[1] - '0'));
    } else if (pattern_class_read(&class, text, &single)) {
        pattern_emit(maker, pattern_class_choose(&class, maker->letter++ + maker->style / 2));
    } else {
        maker->letter = 0;
        pattern_emit(maker, single);
    }
}

/* How often the atom comes: where it stands for many characters, as often as makes a word or a number; else as rarely
 * as may be. */
static size_t pattern_times(const struct pattern_maker *maker, struct pattern_span span, struct pattern_times times)
{
    struct pattern_class class;
    uint32_t single;
    size_t wanted = times.least;
    struct str text = str_cut(maker->pattern, span.start, span.end);
    bool is_readable = maker->style % 2 == 0 && times.most > 1 && text.at[0] != '(';
    if (is_readable && pattern_class_read(&class, text, &single)) {
        if (pattern_class_has_letters(&class))
            wanted = PATTERN_WORD;
        else if (pattern_class_has_digits(&class))
            wanted = PATTERN_DIGITS;
    }
    if (wanted < times.least) return times.least;
    return wanted > times.most ? times.most : wanted;
}

/* ---- Sequences --------------------------------------------------------------------------------------------------- */

static void pattern_make_sequence(struct pattern_maker *maker, struct pattern_span span)
{
    bool is_written = false;
    for (size_t at = span.start; at < span.end && !maker->has_failed;) {
        struct pattern_span atom = { at, pattern_skip(maker, at) };
        at = atom.end;
        struct pattern_times times = pattern_syntax_times(maker->pattern, &at);
        size_t count = pattern_times(maker, atom, times), made = 0, start;
        if (is_written) count = made = times.most = 0;
        is_written = pattern_takes_lookahead(maker, atom.start);
        for (; made < count && !maker->has_failed; made++) pattern_make_atom(maker, atom);
        for (start = maker->size; made < times.most && maker->lack && !maker->has_failed; made++) {
            pattern_make_atom(maker, atom);
            size_t more = maker->size - start;
            if (more == 0) break;
            maker->lack -= more < maker->lack ? more : maker->lack;
            start = maker->size;
        }
    }
}

/* Where the alternative that begins at `at` ends. */
static size_t pattern_alternative_end(struct pattern_maker *maker, size_t at, size_t end)
{
    while (at < end && pattern_at(maker, at) != '|' && !maker->has_failed) at = pattern_skip(maker, at);
    return at < end ? at : end;
}

static void pattern_make_alternatives(struct pattern_maker *maker, struct pattern_span span)
{
    size_t count = 1;
    for (size_t at = span.start; (at = pattern_alternative_end(maker, at, span.end)) < span.end; at++) count++;
    size_t wanted = maker->style % (SAMPLE_PATTERN_STYLES / 2) / 2 % count, start = span.start;
    for (; wanted > 0; wanted--) start = pattern_alternative_end(maker, start, span.end) + 1;
    pattern_make_sequence(maker, (struct pattern_span){ start, pattern_alternative_end(maker, start, span.end) });
}

static void pattern_run(struct pattern_maker *maker, size_t lack)
{
    maker->size = maker->nest = maker->steps = maker->letter = 0;
    maker->group_count = 0;
    maker->lack = lack;
    pattern_make_alternatives(maker, (struct pattern_span){ 0, maker->pattern.size });
}

struct str sample_pattern_make(struct arena *arena, struct str pattern, unsigned style, size_t least)
{
    struct str none = { NULL, 0 };
    char text[LIMIT_SAMPLE_TEXT_BYTES];
    struct pattern_maker maker = { .pattern = pattern, .text = text, .style = style };
    if (pattern.size > PATTERN_BYTES || least > LIMIT_SAMPLE_TEXT_BYTES) return none;
    pattern_run(&maker, 0);
    if (!maker.has_failed && maker.size < least) pattern_run(&maker, least - maker.size);
    if (maker.has_failed) return none;
    struct str made = arena_copy(arena, (struct str){ text, maker.size });
    return arena->failed ? none : made;
}
