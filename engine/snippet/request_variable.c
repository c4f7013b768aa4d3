#include "limits.h"
#include "request_maker.h"
#include "request_word.h"

static struct request_variable *variable_find(struct request_maker *maker, enum request_variable_kind kind,
                                              struct str key, struct str name)
{
    struct request_variable *variable = maker->request->variables;
    for (; variable; variable = variable->next) {
        bool is_same = variable->kind == kind && str_equal(variable->key, key);
        if (is_same && (kind != REQUEST_SECRET || str_starts(variable->name, name))) return variable;
    }
    return NULL;
}

/* Names that differ in nothing but case and '_' are one in some language: PET_ID and PETID are both petId in
 * PowerShell, which takes letters as the same. */
static bool variable_is_same_name(struct str a, struct str b)
{
    size_t i = 0, j = 0;
    for (;;) {
        while (i < a.size && a.at[i] == '_') i++;
        while (j < b.size && b.at[j] == '_') j++;
        if (i == a.size || j == b.size) return i == a.size && j == b.size;
        if (a.at[i++] != b.at[j++]) return false;
    }
}

static bool variable_is_free(const struct request_maker *maker, struct str name)
{
    for (const struct request_variable *at = maker->request->variables; at; at = at->next) {
        if (variable_is_same_name(at->name, name)) return false;
    }
    return true;
}

static struct str variable_unique(struct request_maker *maker, struct str name)
{
    struct str unique = name;
    for (unsigned number = 2; !variable_is_free(maker, unique) && !maker->arena->failed; number++)
        unique = arena_format(maker->arena, "%.*s_%u", STR_FORMAT(name), number);
    return unique;
}

/* A key that says already what it is ("accessToken", "api_key") needs no suffix that says it again. */
static bool variable_needs_suffix(struct str name, const char *suffix)
{
    static const char *const telling[] = { "TOKEN", "KEY", "SECRET" };
    bool is_telling = false;
    for (size_t i = 0; i < sizeof telling / sizeof *telling; i++)
        is_telling |= str_equal(str_from(suffix), str_from(telling[i]));
    for (size_t i = 0; is_telling && i < sizeof telling / sizeof *telling; i++) {
        struct str word = str_from(telling[i]);
        if (str_ends(name, word) && (name.size == word.size || name.at[name.size - word.size - 1] == '_')) return false;
    }
    return suffix[0] != '\0';
}

static struct str variable_name(struct request_maker *maker, enum request_variable_kind kind, struct str key,
                                const char *suffix)
{
    struct buf name;
    buf_init(&name, 4 * REQUEST_WORD_BYTES);
    request_word_append(&name, key);
    bool is_nameless = name.size == 0 && name.error == BUF_OK, is_number = name.size && name.at[0] <= '9';
    if (is_nameless || is_number) {
        buf_clear(&name);
        buf_append_str(&name, kind == REQUEST_SECRET ? STR("API") : STR("VALUE"));
        if (is_number) buf_append_byte(&name, '_');
        request_word_append(&name, key);
    }
    if (variable_needs_suffix(buf_str(&name), suffix)) buf_append_format(&name, "_%s", suffix);
    if (request_word_is_taken(buf_str(&name)))
        buf_append_format(&name, "_%s", kind == REQUEST_SECRET && suffix[0] ? suffix : "VALUE");
    if (name.error != BUF_OK) maker->arena->failed = true;
    struct str copy = arena_copy(maker->arena, buf_str(&name));
    buf_free(&name);
    return copy;
}

const struct request_given *request_given(const struct request_wish *wish, struct str name)
{
    for (size_t i = 0; i < wish->given_count; i++)
        if (str_equal(wish->given[i].name, name)) return &wish->given[i];
    return NULL;
}

/* What was given for a placeholder, but for a step of a path: every client would take it. A secret is never shown. */
static struct str variable_value(const struct request_maker *maker, enum request_variable_kind kind, struct str name,
                                 struct str sample)
{
    const struct request_given *given = kind == REQUEST_SECRET ? NULL : request_given(maker->wish, name);
    bool is_step = given && (str_equal(given->value, STR(".")) || str_equal(given->value, STR("..")));
    return given && given->value.size > 0 && !is_step ? given->value : sample;
}

struct request_variable *request_variable_of(struct request_maker *maker, enum request_variable_kind kind,
                                             struct str key, const char *suffix, struct str value)
{
    struct str name = variable_name(maker, kind, key, suffix);
    struct request_variable *variable = variable_find(maker, kind, key, name);
    if (variable || maker->arena->failed || maker->variable_count == LIMIT_REQUEST_VARIABLES) return variable;
    variable = arena_alloc(maker->arena, sizeof *variable);
    if (variable == NULL) return NULL;
    *variable = (struct request_variable){ .name = variable_unique(maker, name), .key = key, .kind = kind };
    value = variable_value(maker, kind, variable->name, value);
    variable->value = request_text_printable(maker, value);
    struct request_variable **end = &maker->request->variables;
    while (*end) end = &(*end)->next;
    maker->variable_count++;
    return *end = variable;
}
