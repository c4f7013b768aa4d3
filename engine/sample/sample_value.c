#include "ref.h"
#include "sample_maker.h"

enum { VALUE_TRIES = 12 }; /* of the branches of one list */

/* ---- One try ----------------------------------------------------------------------------------------------------- */

static struct sample_node *value_unresolved(struct sample_maker *maker, struct str reference)
{
    maker->lines++;
    reference = str_cut(reference, 0, LIMIT_SAMPLE_TEXT_BYTES);
    struct str text = arena_format(maker->arena, "%.*s cannot be found", STR_FORMAT(reference));
    return maker->arena->failed ? NULL : sample_node_text(maker->arena, text);
}

static bool value_is_under_way(const struct sample_maker *maker, yyjson_val *schema)
{
    for (unsigned i = 0; i < maker->depth; i++) {
        if (maker->under_way[i] == schema) return true;
    }
    return false;
}

/* Empty, for there is no going on; whether that is allowed the caller tells. */
static struct sample_node *value_cut(struct sample_maker *maker, const struct parts *parts, enum sample_type type)
{
    maker->lines++;
    struct sample_node *node = sample_node_new(maker->arena, type == SAMPLE_TYPE_ARRAY ? SAMPLE_ARRAY : SAMPLE_OBJECT);
    if (node == NULL) return NULL;
    node->is_cut = true;
    yyjson_val *least = parts_get(parts, type == SAMPLE_TYPE_ARRAY ? "minItems" : "minProperties");
    bool needs_some = yyjson_is_num(least) && yyjson_get_num(least) > 0;
    node->is_broken = needs_some || (type == SAMPLE_TYPE_OBJECT && yyjson_arr_size(parts_get(parts, "required")));
    return node;
}

/* What is in focus may come again as often as its path says. */
static struct sample_node *value_container(struct sample_maker *maker, const struct parts *parts,
                                           const struct sample_place *place, enum sample_type type)
{
    yyjson_val *identity = parts_identity(parts);
    bool is_full = maker->lines >= LIMIT_SAMPLE_LINES_REQUIRED || maker->members == 0;
    bool comes_again = place->focus.size == 0 && value_is_under_way(maker, identity);
    if (maker->depth == LIMIT_SAMPLE_DEPTH || is_full || comes_again) return value_cut(maker, parts, type);
    maker->names[maker->depth] = place->name;
    maker->under_way[maker->depth++] = identity;
    struct sample_node *node =
        type == SAMPLE_TYPE_ARRAY ? sample_array(maker, parts, place) : sample_object(maker, parts, place);
    maker->depth--;
    return node;
}

/* An author's example is shown as it is where there is room for it; a part of it, where there is not. Of what is listed
 * there are no parts. */
static bool value_is_copied(const struct sample_maker *maker, const struct sample_place *place,
                            const struct parts *parts, yyjson_val *given)
{
    if (!yyjson_is_ctn(given) || parts_get(parts, "enum") || parts_get(parts, "const")) return true;
    unsigned left = maker->lines_limit > maker->lines ? maker->lines_limit - maker->lines : 0;
    return maker->wish->tier == SAMPLE_USEFUL && place->focus.size == 0 && maker->wish->focus.size == 0 &&
           sample_given_lines(given, left + 1) <= left;
}

static enum sample_type value_type(const struct parts *parts, yyjson_val *given)
{
    enum sample_type type = sample_type(parts);
    if (type != SAMPLE_TYPE_ANY || !yyjson_is_ctn(given)) return type;
    return yyjson_is_obj(given) ? SAMPLE_TYPE_OBJECT : SAMPLE_TYPE_ARRAY;
}

static struct sample_node *value_try(struct sample_maker *maker, const struct sample_place *place,
                                     const struct parts *parts)
{
    struct sample_place here = *place;
    yyjson_val *hint;
    if (parts->name.size) here.component = parts->name;
    enum sample_type type = value_type(parts, place->given);
    yyjson_val *given = sample_given(maker, parts, place, type, &hint);
    type = value_type(parts, given);
    bool is_container = type == SAMPLE_TYPE_ARRAY || type == SAMPLE_TYPE_OBJECT;
    if (given && value_is_copied(maker, place, parts, given)) return sample_copy(maker, given, type);
    if (hint && given == NULL)
        sample_fault(maker, place->name, "the specification's own example does not fit its schema");
    if (parts->unresolved.size && parts->count == 0) return value_unresolved(maker, parts->unresolved);
    here.given = given ? given : hint;
    if (is_container) return value_container(maker, parts, &here, type);
    maker->lines++;
    switch (type) {
    case SAMPLE_TYPE_INTEGER: return sample_number(maker, parts, true, place->name, place->number);
    case SAMPLE_TYPE_NUMBER: return sample_number(maker, parts, false, place->name, place->number);
    case SAMPLE_TYPE_BOOLEAN: return sample_node_leaf(maker->arena, place->number % 2 ? STR("false") : STR("true"));
    case SAMPLE_TYPE_NULL: return sample_node_leaf(maker->arena, STR("null"));
    default: return sample_text(maker, parts, place->name, place->number);
    }
}

/* ---- Several tries ----------------------------------------------------------------------------------------------- */

/* Exactly one of oneOf, none of not: what cannot be seen while it is made is looked at afterwards. */
static bool value_wants_check(const struct parts *parts)
{
    for (size_t i = 0; i < parts->chosen_count; i++) {
        if (parts->chosen[i].is_exclusive) return true;
    }
    return parts_get(parts, "not") || parts_get(parts, "if");
}

static bool value_is_exact(struct sample_maker *maker, const struct sample_place *place, const struct parts *parts,
                           const struct sample_node *node)
{
    struct buf json;
    struct sample_focus focus;
    if (node->is_broken || !value_wants_check(parts)) return !node->is_broken;
    buf_init(&json, LIMIT_EXAMPLE_BYTES);
    sample_json_write(&json, node, &focus);
    yyjson_doc *doc = json.error == BUF_OK ? yyjson_read(json.at, json.size, YYJSON_READ_BIGNUM_AS_RAW) : NULL;
    if (doc == NULL && json.error != BUF_FULL) maker->arena->failed = true;
    buf_free(&json);
    bool is_exact = true;
    maker->fits.steps = 0;
    for (size_t i = 0; doc && is_exact && i < place->count; i++) {
        is_exact = fits_schema(&maker->fits, place->schemas[i], yyjson_doc_get_root(doc));
    }
    yyjson_doc_free(doc);
    return is_exact;
}

static void value_collect(struct sample_maker *maker, const struct sample_place *place, unsigned skip,
                          struct parts *parts)
{
    struct parts_wish wish = { PARTS_ONE_BRANCH, place->focus };
    yyjson_val *value = place->given;
    if (value == NULL && place->count)
        value = yyjson_obj_get(ref_resolve(maker->document, place->schemas[0]), "example");
    struct parts_choice choice = { .skip = skip, .value = value, .fits = &maker->fits, .keeps_beside = true };
    maker->fits.steps = 0;
    parts_collect_all(parts, maker->document, place->schemas, place->count, &wish, &choice);
}

/* Null is better than what may not be, where something must be. */
static struct sample_node *value_settle(struct sample_maker *maker, const struct sample_place *place,
                                        const struct parts *parts, struct sample_node *node)
{
    if (!node->is_broken) {
        sample_fault(maker, place->name, "no value was found that fits exactly one of the alternatives");
    } else if (place->is_needed && sample_type_has_null(parts)) {
        return sample_node_leaf(maker->arena, STR("null"));
    }
    return node;
}

/* How the tries differ: as ever, without what an example says, with all or with no optional properties. */
enum value_way { VALUE_AS_EVER, VALUE_WITHOUT_GIVEN, VALUE_GENEROUS, VALUE_LEAN, VALUE_WAYS };

struct value_tries {
    struct sample_maker *maker;
    const struct sample_place *place;
    struct parts parts;
    struct sample_node *best;
    unsigned lines;
    size_t faults;
};

static struct sample_node *value_try_way(struct value_tries *tries, enum value_way way, unsigned number)
{
    struct sample_maker *maker = tries->maker;
    struct sample_place place = *tries->place;
    const unsigned generous = maker->generous_depth, lean = maker->lean_depth;
    if (way != VALUE_AS_EVER) place.given = NULL;
    if (way == VALUE_GENEROUS) maker->generous_depth = maker->depth + 1;
    if (way == VALUE_LEAN) maker->lean_depth = maker->depth + 1;
    maker->lines = tries->lines;
    maker->report->fault_count = tries->faults;
    value_collect(maker, &place, number, &tries->parts);
    struct sample_node *node = value_try(maker, &place, &tries->parts);
    maker->generous_depth = generous;
    maker->lean_depth = lean;
    return node;
}

/* True when there is nothing more to try: `best` is good, or there is no memory. */
static bool value_try_all(struct value_tries *tries, enum value_way way)
{
    struct sample_maker *maker = tries->maker;
    for (unsigned number = 0; number == 0 || number < tries->parts.branches; number++) {
        if (tries->best && (maker->tries == 0 || maker->members == 0 || number == VALUE_TRIES)) break;
        if (tries->best) maker->tries--;
        struct sample_node *node = value_try_way(tries, way, number);
        bool is_good = node == NULL || value_is_exact(maker, tries->place, &tries->parts, node);
        if (is_good || tries->best == NULL || (tries->best->is_broken && !node->is_broken)) tries->best = node;
        if (is_good) return true;
    }
    return false;
}

struct sample_node *sample_value(struct sample_maker *maker, const struct sample_place *place)
{
    struct value_tries tries = {
        .maker = maker, .place = place, .lines = maker->lines, .faults = maker->report->fault_count
    };
    for (int way = VALUE_AS_EVER; way < VALUE_WAYS; way++) {
        if (way == VALUE_WITHOUT_GIVEN && place->given == NULL) continue;
        if (value_try_all(&tries, (enum value_way)way)) return tries.best;
        /* What needs itself is not helped by more of it. */
        if (tries.best->is_broken && way >= VALUE_WITHOUT_GIVEN) break;
    }
    return value_settle(maker, place, &tries.parts, tries.best);
}
