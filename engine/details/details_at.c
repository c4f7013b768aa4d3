#include "details_model.h"

#include "limits.h"
#include "utf8.h"

/* A way through a model, one name at a time. */
struct at {
    struct details_maker *maker;
    yyjson_val *schema; /* where the way has led to */
    struct details_owner owner;
    struct str name, id; /* of that; empty at the beginning */
    bool is_required;
    struct details_also also; /* what other parts say of it */
};

/* ---- One step ---------------------------------------------------------------------------------------------------- */

/* The longest beginning of `path` that is a member of `map`, for names may hold dots; where it ends is *end. */
static yyjson_val *at_longest(struct at *at, yyjson_val *map, struct str path, size_t *end)
{
    for (*end = path.size; *end != STR_NONE && *end > 0; *end = str_find_last_byte(str_cut(path, 0, *end), '.')) {
        yyjson_val *found = document_get(at->maker->document, map, str_cut(path, 0, *end));
        if (found) return found;
    }
    return NULL;
}

static void at_enter(struct at *at, struct details_owner owner, struct str name, yyjson_val *schema, bool is_required)
{
    struct details_maker *maker = at->maker;
    at->id = at->name = STR_EMPTY;
    at->also.count = 0;
    if (owner.object.size) {
        buf_append_str(&maker->text, details_object_id(maker, owner.object));
        buf_append_byte(&maker->text, '#');
        buf_append_str(&maker->text, owner.path);
        buf_append_str(&maker->text, name);
        at->id = details_take_text(maker);
        buf_append_str(&maker->text, owner.path);
        buf_append_str(&maker->text, name);
        buf_append_byte(&maker->text, '.');
        owner.path = details_take_text(maker);
    }
    at->name = name;
    at->owner = owner;
    at->schema = schema;
    at->is_required = is_required;
}

static bool at_property(struct at *at, const struct details_schema *schema, struct str path, size_t *end)
{
    for (size_t i = 0; i < schema->parts.count; i++) {
        const struct part *part = &schema->parts.at[i];
        yyjson_val *found = at_longest(at, details_part_key(part, DETAILS_KEY_PROPERTIES), path, end);
        if (found == NULL) continue;
        struct str name = str_cut(path, 0, *end);
        part = details_part_with(at->maker, &schema->parts, name);
        found = parts_property(&schema->parts, name);
        at_enter(at, details_owner_of(at->maker, part, at->owner), name, found,
                 parts_is_required(&schema->parts, name));
        details_also(at->maker, &schema->parts, part, name, found, &at->also);
        return true;
    }
    return false;
}

/* "[12]"; false for anything else. */
static bool at_read_place(struct str name, size_t *place)
{
    *place = 0;
    if (name.size < 3 || name.at[0] != '[' || name.at[name.size - 1] != ']') return false;
    for (size_t i = 1; i + 1 < name.size; i++) {
        if (name.at[i] < '0' || name.at[i] > '9' || *place > LIMIT_SPEC_BYTES) return false;
        *place = *place * 10 + (size_t)(name.at[i] - '0');
    }
    return true;
}

/* The schema of the pattern that `path` begins with, between slashes. */
static yyjson_val *at_pattern(const struct details_schema *schema, struct str path, size_t *end)
{
    struct document_member member = document_first(details_key(schema, DETAILS_KEY_PATTERNS));
    for (; member.left; document_next(&member)) {
        struct str pattern = document_str(member.key);
        *end = pattern.size + 2;
        bool is_it = path.size >= *end && path.at[0] == '/' && path.at[*end - 1] == '/' &&
                     str_equal(str_cut(path, 1, *end - 1), pattern);
        if (is_it) return member.value;
    }
    return NULL;
}

/* "*", "/^x-/", "[0]": what has no name of its own. */
static bool at_unnamed(struct at *at, const struct details_schema *schema, struct str path, size_t *end)
{
    yyjson_val *tuple = details_key(schema, DETAILS_KEY_PREFIX_ITEMS), *found = at_pattern(schema, path, end);
    size_t place, dot = str_find_byte(path, '.');
    if (found == NULL) *end = dot == STR_NONE ? path.size : dot;
    struct str name = str_cut(path, 0, *end);
    if (str_equal(name, STR("*"))) found = details_key(schema, DETAILS_KEY_ADDITIONAL);
    if (tuple == NULL) tuple = details_key(schema, DETAILS_KEY_ITEMS);
    if (at_read_place(name, &place)) found = document_at(at->maker->document, tuple, place);
    if (!yyjson_is_obj(found)) return false;
    at_enter(at, details_nobody, name, found, false);
    return true;
}

/* ---- Alternatives, arrays and maps: the way goes through them ---------------------------------------------------- */

/* The first alternative that has the next name. */
static bool at_branch(struct at *at, const struct details_schema *schema, struct str path, size_t *end)
{
    static const enum details_key keys[] = { DETAILS_KEY_ONE_OF, DETAILS_KEY_ANY_OF };
    for (size_t i = 0; i < schema->parts.count; i++) {
        for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) {
            yyjson_val *list = details_part_key(&schema->parts.at[i], keys[k]), *item;
            size_t j, max;
            yyjson_arr_foreach (list, j, max, item) {
                struct details_schema branch;
                if (j == LIMIT_DETAILS_ALTERNATIVES) break;
                details_schema_read(&branch, at->maker, item);
                struct details_owner outer = at->owner;
                at->owner = details_owner_of(at->maker, &schema->parts.at[i], outer);
                if (at_property(at, &branch, path, end)) return true;
                at->owner = outer;
            }
        }
    }
    return false;
}

static bool at_into(struct at *at, const struct details_schema *schema)
{
    static const enum details_key keys[] = { DETAILS_KEY_ITEMS, DETAILS_KEY_ADDITIONAL };
    for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) {
        for (size_t i = 0; i < schema->parts.count; i++) {
            yyjson_val *inner = details_part_key(&schema->parts.at[i], keys[k]);
            if (!yyjson_is_obj(inner)) continue;
            at->owner = details_owner_of(at->maker, &schema->parts.at[i], at->owner);
            at->schema = inner;
            at->also.count = 0;
            return true;
        }
    }
    return false;
}

/* Takes the first name off `path`. */
static bool at_step(struct at *at, struct str *path)
{
    size_t end;
    for (unsigned hop = 0; hop < LIMIT_DETAILS_HOPS; hop++) {
        struct details_schema schema;
        details_schema_read(&schema, at->maker, at->schema);
        if (at_property(at, &schema, *path, &end) || at_unnamed(at, &schema, *path, &end) ||
            at_branch(at, &schema, *path, &end)) {
            *path = str_cut(*path, end + 1, path->size);
            return true;
        }
        if (!at_into(at, &schema)) return false;
    }
    return false;
}

/* ---- All --------------------------------------------------------------------------------------------------------- */

enum { AT_NAMES = 12, AT_NAME_BYTES = 60 };

/* Names that there are instead, for the fault. */
static void at_tell_missing(struct at *at, struct str path)
{
    struct details_maker *maker = at->maker;
    struct details_schema schema;
    size_t count = 0;
    details_schema_read(&schema, maker, details_inner(at->schema));
    for (size_t i = 0; i < schema.parts.count; i++) {
        struct document_member member = document_first(details_part_key(&schema.parts.at[i], DETAILS_KEY_PROPERTIES));
        for (; member.left && count <= AT_NAMES; document_next(&member)) {
            if (parts_property(&schema.parts, document_str(member.key)) != member.value) continue;
            if (count++ == AT_NAMES) break;
            if (maker->text.size) buf_append_str(&maker->text, STR(", "));
            buf_append_str(&maker->text, utf8_cut(document_str(member.key), AT_NAME_BYTES));
        }
    }
    if (count > AT_NAMES) buf_append_str(&maker->text, STR(", \xe2\x80\xa6"));
    struct str names = details_take_text(maker);
    struct str wanted = utf8_cut(path, LIMIT_SUMMARY_BYTES);
    if (names.size)
        maker->missing = arena_format(maker->arena, "There is no \"%.*s\" there; there are: %.*s.", STR_FORMAT(wanted),
                                      STR_FORMAT(names));
    else
        maker->missing =
            arena_format(maker->arena, "There is no \"%.*s\" there: nothing is in it.", STR_FORMAT(wanted));
}

bool details_at(struct details_maker *maker, yyjson_val *schema, struct details_owner owner, struct str path,
                struct engine_field *field)
{
    struct at at = { .maker = maker, .schema = schema, .owner = owner, .name = field->name, .id = field->id };
    for (unsigned steps = 0; path.size; steps++) {
        if (steps < LIMIT_PROPERTY_DEPTH && at_step(&at, &path)) continue;
        at_tell_missing(&at, path);
        return false;
    }
    field->name = at.name;
    field->id = at.id;
    if (at.is_required) field->flags |= ENGINE_REQUIRED;
    struct details_line line = { .owner = at.owner, .also = &at.also, .level = 1, .is_open = true };
    details_field(maker, at.schema, &line, field);
    return true;
}
