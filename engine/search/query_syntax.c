#include "query_syntax.h"

#include "utf8.h"

#define KIND(name) (1U << CATALOGUE_##name)

static bool query_syntax_is_space(char byte)
{
    return (unsigned char)byte <= ' ';
}

/* The end of what begins at `at` and has no space in it. */
static size_t query_syntax_word_end(struct str text, size_t at)
{
    while (at < text.size && !query_syntax_is_space(text.at[at])) at++;
    return at;
}

static size_t query_syntax_skip_spaces(struct str text, size_t at)
{
    while (at < text.size && query_syntax_is_space(text.at[at])) at++;
    return at;
}

static bool query_syntax_begins(struct str text, struct str start)
{
    return str_equal_nocase(str_cut(text, 0, start.size), start) && text.size >= start.size;
}

/* ---- Filters --------------------------------------------------------------------------------------------------- */

static unsigned query_syntax_kinds(struct str value)
{
    static const struct {
        struct str name, many;
    } kinds[] = {
        [CATALOGUE_API] = { STR_INIT("api"), STR_INIT("apis") },
        [CATALOGUE_ENDPOINT] = { STR_INIT("endpoint"), STR_INIT("endpoints") },
        [CATALOGUE_OBJECT] = { STR_INIT("object"), STR_INIT("objects") },
        [CATALOGUE_PROPERTY] = { STR_INIT("property"), STR_INIT("properties") },
        [CATALOGUE_PARAMETER] = { STR_INIT("parameter"), STR_INIT("parameters") },
    };
    unsigned found = 0;
    for (unsigned kind = 0; kind < sizeof kinds / sizeof *kinds; kind++)
        if (query_syntax_begins(kinds[kind].name, value) || query_syntax_begins(kinds[kind].many, value))
            found |= 1U << kind;
    return found;
}

unsigned query_syntax_methods(struct str value)
{
    unsigned found = 0;
    for (unsigned method = 0; method < CATALOGUE_METHOD_COUNT; method++)
        if (query_syntax_begins(catalogue_method_name((enum catalogue_method)method), value)) found |= 1U << method;
    return found;
}

unsigned query_syntax_places(struct str value)
{
    unsigned found = 0;
    for (unsigned in = 0; in < CATALOGUE_IN_COUNT; in++)
        if (query_syntax_begins(catalogue_in_name((enum catalogue_in)in), value)) found |= 1U << in;
    return found;
}

/* Sets what a set of values says; false when there is none such. */
static bool query_syntax_set(unsigned *member, unsigned found)
{
    if (found) *member = found;
    return found != 0;
}

static bool query_syntax_flag(struct query_filter *filter, unsigned flag, struct str value)
{
    bool is_yes =
        query_syntax_begins(STR("yes"), value) || query_syntax_begins(STR("true"), value) || str_equal(value, STR("1"));
    bool is_no =
        query_syntax_begins(STR("no"), value) || query_syntax_begins(STR("false"), value) || str_equal(value, STR("0"));
    filter->flags &= ~flag;
    filter->no_flags &= ~flag;
    if (is_yes) filter->flags |= flag;
    if (is_no) filter->no_flags |= flag;
    return is_yes || is_no;
}

enum syntax_key { KEY_KIND, KEY_METHOD, KEY_IN, KEY_TYPE, KEY_API, KEY_FLAGS };
static const struct {
    struct str name;
    enum syntax_key key;
    unsigned flag;
} syntax_keys[] = {
    { STR_INIT("kind"), KEY_KIND, 0 },
    { STR_INIT("method"), KEY_METHOD, 0 },
    { STR_INIT("in"), KEY_IN, 0 },
    { STR_INIT("type"), KEY_TYPE, 0 },
    { STR_INIT("api"), KEY_API, 0 },
    { STR_INIT("required"), KEY_FLAGS, CATALOGUE_REQUIRED },
    { STR_INIT("deprecated"), KEY_FLAGS, CATALOGUE_DEPRECATED },
    { STR_INIT("readonly"), KEY_FLAGS, CATALOGUE_READ_ONLY },
    { STR_INIT("writeonly"), KEY_FLAGS, CATALOGUE_WRITE_ONLY },
    { STR_INIT("nullable"), KEY_FLAGS, CATALOGUE_NULLABLE },
};
enum { SYNTAX_KEYS = sizeof syntax_keys / sizeof *syntax_keys };

struct syntax_reader {
    struct query_syntax *syntax;
    query_syntax_api *find_api;
    const void *context;
    bool has_told; /* anything but text */
};

static bool query_syntax_set_api(struct syntax_reader *reader, struct str name)
{
    uint32_t api = name.size ? reader->find_api(reader->context, name) : CATALOGUE_NONE;
    if (api == CATALOGUE_NONE) return false;
    reader->syntax->api = api;
    reader->has_told = true;
    return true;
}

/* Parameters are in a place, words in descriptions. */
static bool query_syntax_set_place(struct query_syntax *syntax, struct str value)
{
    if (query_syntax_set(&syntax->filter.places, query_syntax_places(value))) return true;
    bool is_text = query_syntax_begins(STR("descriptions"), value);
    syntax->is_text |= is_text;
    return is_text;
}

static bool query_syntax_set_key(struct syntax_reader *reader, unsigned number, struct str value)
{
    struct query_syntax *syntax = reader->syntax;
    switch (syntax_keys[number].key) {
    case KEY_KIND: return query_syntax_set(&syntax->kinds, query_syntax_kinds(value));
    case KEY_METHOD: return query_syntax_set(&syntax->filter.methods, query_syntax_methods(value));
    case KEY_IN: return query_syntax_set_place(syntax, value);
    case KEY_TYPE: syntax->filter.type = value; return true;
    case KEY_API: return query_syntax_set_api(reader, value);
    default: return query_syntax_flag(&syntax->filter, syntax_keys[number].flag, value);
    }
}

/* True when `word` is a filter, which counts from then on. */
static bool query_syntax_filter(struct syntax_reader *reader, struct str word)
{
    size_t colon = str_find_byte(word, ':');
    if (colon == STR_NONE) return false;
    for (unsigned i = 0; i < SYNTAX_KEYS; i++) {
        if (!str_equal_nocase(syntax_keys[i].name, str_cut(word, 0, colon))) continue;
        struct str value = str_cut(word, colon + 1, word.size);
        if (value.size == 0) return true; /* it is still being typed */
        bool is_filter = query_syntax_set_key(reader, i, value);
        reader->has_told |= is_filter;
        return is_filter;
    }
    return false;
}

/* ---- The API before a colon ------------------------------------------------------------------------------------ */

static bool query_syntax_is_key(struct str name)
{
    for (unsigned i = 0; i < SYNTAX_KEYS; i++)
        if (str_equal_nocase(syntax_keys[i].name, name)) return true;
    return false;
}

/* How many bytes of `text` name an API, the colon behind it included. Ids hold colons themselves
 * ("amazonaws.com:ec2:instance"), so the longest name goes first; and what is an id as a whole is looked for as one. */
static size_t query_syntax_prefix(struct syntax_reader *reader, struct str text)
{
    struct str word = str_cut(text, 0, query_syntax_word_end(text, 0));
    size_t colon = str_find_byte(word, ':');
    if (colon == STR_NONE || colon == 0 || query_syntax_is_key(str_cut(word, 0, colon))) return 0;
    for (size_t end = word.size; (end = str_find_last_byte(str_cut(word, 0, end), ':')) != STR_NONE && end > 0;)
        if (query_syntax_set_api(reader, str_cut(word, 0, end))) return end + 1;
    return 0;
}

/* ---- Sigils ---------------------------------------------------------------------------------------------------- */

/* The end of a pattern "/…/" at the start of `text`, behind which a space comes or nothing; 0: it is none. */
static size_t query_syntax_pattern_end(struct str text)
{
    bool has_sign = false;
    if (text.size < 3 || text.at[0] != '/') return 0;
    for (size_t i = 1; i < text.size; i++) {
        bool is_last = i + 1 == text.size || query_syntax_is_space(text.at[i + 1]);
        if (text.at[i] == '/') return has_sign && is_last ? i + 1 : 0;
        has_sign |= memchr("*+?|[(\\", text.at[i], 7) != NULL;
        has_sign |= text.at[i] == '^' && i == 1;
        has_sign |= text.at[i] == '$' && i + 1 < text.size && text.at[i + 1] == '/';
        if (text.at[i] == '\\') i++;
    }
    return 0;
}

/* The end of a name in quotes at the start of `text`; 0: there is none. */
static size_t query_syntax_quote_end(struct str text)
{
    if (text.size < 3 || text.at[0] != '"') return 0;
    size_t end = str_find_byte(str_cut(text, 1, text.size), '"');
    if (end == STR_NONE || end == 0) return 0;
    end += 2;
    return end == text.size || query_syntax_is_space(text.at[end]) ? end : 0;
}

/* How many bytes the sigil at the start of `text` has; a path keeps its slash. */
static size_t query_syntax_sigil(struct query_syntax *syntax, struct str text)
{
    if (text.size == 0) return 0;
    switch (text.at[0]) {
    case '{': syntax->kinds = KIND(OBJECT); return 1;
    case '?': syntax->kinds = KIND(PARAMETER); return 1;
    case '=': syntax->is_value = true; return 1;
    case '.':
        if (text.size > 1 && text.at[1] == '.') return 0; /* an ellipsis */
        syntax->kinds = KIND(PROPERTY);
        return 1;
    default: return 0;
    }
}

static void query_syntax_append(struct query_syntax *syntax, struct str part)
{
    if (syntax->text.size && syntax->text.size < LIMIT_QUERY_BYTES) syntax->text_bytes[syntax->text.size++] = ' ';
    part = str_cut(part, 0, LIMIT_QUERY_BYTES - syntax->text.size);
    memcpy(syntax->text_bytes + syntax->text.size, part.at, part.size);
    syntax->text.size += part.size;
}

/* What stands at the start as a whole, spaces and colons in it: a name in quotes or a pattern. Returns its end. */
static size_t query_syntax_whole(struct query_syntax *syntax, struct str text)
{
    size_t quote = query_syntax_quote_end(text), pattern = quote ? 0 : query_syntax_pattern_end(text);
    size_t end = quote ? quote : pattern;
    if (end == 0) return 0;
    syntax->is_exact = quote > 0;
    syntax->is_pattern = pattern > 0;
    query_syntax_append(syntax, str_cut(text, 1, end - 1));
    return end;
}

/* ---- Methods --------------------------------------------------------------------------------------------------- */

/* Those of which a name or a question begins now and then ("options for …", "head count") count in capitals only. */
static bool query_syntax_is_method(struct str word, enum catalogue_method *method)
{
    if (!catalogue_method_read(word, method)) return false;
    if (str_equal(word, catalogue_method_upper(*method))) return true;
    return *method != CATALOGUE_METHOD_OPTIONS && *method != CATALOGUE_METHOD_HEAD && *method != CATALOGUE_METHOD_TRACE;
}

/* "get pods", "POST /pods": the method of the first stays a word, for it may be one of the name ("getPods"). Returns
 * how many bytes are taken. */
static size_t query_syntax_method(struct query_syntax *syntax, struct str text)
{
    enum catalogue_method method;
    size_t end = query_syntax_word_end(text, 0), next = query_syntax_skip_spaces(text, end);
    if (end == text.size || !query_syntax_is_method(str_cut(text, 0, end), &method)) return 0;
    bool is_path = next == text.size || text.at[next] == '/';
    syntax->kinds = KIND(ENDPOINT);
    syntax->is_kind_guess = !is_path;
    if (!is_path) return 0;
    syntax->filter.methods = 1U << method;
    return next;
}

/* ---- All of it ------------------------------------------------------------------------------------------------- */

/* The rest is words; filters are taken out of them. */
static void query_syntax_words(struct syntax_reader *reader, struct str text)
{
    for (size_t start = query_syntax_skip_spaces(text, 0), end; start < text.size;
         start = query_syntax_skip_spaces(text, end)) {
        end = query_syntax_word_end(text, start);
        struct str word = str_cut(text, start, end);
        if (!query_syntax_filter(reader, word)) query_syntax_append(reader->syntax, word);
    }
}

/* Filters in front come before an API and a sigil: "kind:object k8s:pod". */
static struct str query_syntax_filters(struct syntax_reader *reader, struct str text)
{
    for (;;) {
        text = str_cut(text, query_syntax_skip_spaces(text, 0), text.size);
        size_t end = query_syntax_word_end(text, 0);
        if (end == 0 || !query_syntax_filter(reader, str_cut(text, 0, end))) return text;
        text = str_cut(text, end, text.size);
    }
}

static struct str query_syntax_front(struct syntax_reader *reader, struct str text)
{
    struct query_syntax *syntax = reader->syntax;
    text = query_syntax_filters(reader, text);
    text = str_cut(text, query_syntax_prefix(reader, text), text.size);
    text = query_syntax_filters(reader, text);
    size_t taken = query_syntax_sigil(syntax, text);
    if (taken == 0) taken = query_syntax_method(syntax, text);
    reader->has_told |= taken > 0;
    text = str_cut(text, taken, text.size);
    return str_cut(text, query_syntax_skip_spaces(text, 0), text.size);
}

static void query_syntax_clear(struct query_syntax *syntax)
{
    *syntax = (struct query_syntax){ .api = CATALOGUE_NONE, .filter = { .type = STR_EMPTY, .tag = STR_EMPTY } };
    syntax->text = (struct str){ syntax->text_bytes, 0 };
}

void query_syntax_plain(struct query_syntax *syntax, struct str text)
{
    query_syntax_clear(syntax);
    query_syntax_append(syntax, utf8_cut(str_trim(text), LIMIT_QUERY_BYTES));
}

void query_syntax_read(struct query_syntax *syntax, struct str text, query_syntax_api *find_api, const void *context)
{
    struct syntax_reader reader = { .syntax = syntax, .find_api = find_api, .context = context };
    query_syntax_clear(syntax);
    text = query_syntax_front(&reader, utf8_cut(text, LIMIT_QUERY_BYTES));
    size_t whole = query_syntax_whole(syntax, text);
    struct str rest = str_cut(text, whole, text.size);
    if (whole == 0 && text.size && text.at[0] == '/' && syntax->kinds == 0 && !syntax->is_value) {
        syntax->kinds = KIND(ENDPOINT);
        reader.has_told = true;
        if (text.size == 1) rest = STR_EMPTY;
    }
    size_t size = syntax->text.size;
    query_syntax_words(&reader, rest);
    /* More words behind it, and the quotes or slashes were meant as text. */
    if (syntax->text.size > size) syntax->is_exact = syntax->is_pattern = false;
    syntax->is_listing = syntax->text.size == 0 && reader.has_told;
}
