#include "parts.h"

#include "ref.h"

/* References followed in all; a circle of nothing but references ends here. */
enum { PARTS_HOPS = 2 * LIMIT_SCHEMA_PARTS };
/* Alternatives among which one is looked for that is alone with null: who repeats null a thousand times gets none. */
enum { PARTS_SOLE_AMONG = 4 };

static struct str parts_last_name(struct str ref)
{
    size_t slash = str_find_last_byte(ref, '/');
    return slash == STR_NONE ? ref : str_cut(ref, slash + 1, ref.size);
}

/* ---- Collecting --------------------------------------------------------------------------------------------- */

struct parts_task {
    yyjson_val *schema;
    struct str origin, home;
    bool is_branch;
    bool is_own; /* reached from the schema asked for by nothing but $ref */
};

struct parts_work {
    struct parts *parts;
    const struct document *document;
    const struct parts_wish *wish;
    struct parts_task tasks[LIMIT_SCHEMA_PARTS]; /* a stack: the last is next */
    size_t count;
    unsigned hops;
};

static bool parts_has(const struct parts *parts, yyjson_val *schema)
{
    for (size_t i = 0; i < parts->count; i++) {
        if (parts->at[i].schema == schema) return true;
    }
    return false;
}

static void parts_push(struct parts_work *work, yyjson_val *schema, const struct parts_task *from, bool is_branch)
{
    if (work->count == LIMIT_SCHEMA_PARTS || !yyjson_is_obj(schema)) return;
    work->tasks[work->count++] = (struct parts_task){
        .schema = schema, .origin = from->origin, .home = from->home, .is_branch = from->is_branch || is_branch
    };
}

static bool parts_is_null(yyjson_val *schema)
{
    return str_equal(document_str(yyjson_obj_get(schema, "type")), STR("null"));
}

/* True when `schema`, or what it references, has the property that the wish asks for. */
static bool parts_branch_has(struct parts_work *work, yyjson_val *schema)
{
    struct str name, rest;
    schema = ref_resolve(work->document, schema);
    /* What a branch's allOf adds counts, one level of it: deeper ones are rare and only cost a less fitting branch. */
    struct parts alone = { .document = work->document, .at = { { .schema = schema } }, .count = 1 };
    yyjson_val *item;
    size_t i, max;
    yyjson_arr_foreach (yyjson_obj_get(schema, "allOf"), i, max, item) {
        if (alone.count < LIMIT_SCHEMA_PARTS) alone.at[alone.count++].schema = ref_resolve(work->document, item);
    }
    return parts_property_on_path(&alone, work->wish->property, &name, &rest) != NULL;
}

static yyjson_val *parts_choose(struct parts_work *work, yyjson_val *branches)
{
    yyjson_val *branch, *first = NULL;
    size_t i, max;
    yyjson_arr_foreach (branches, i, max, branch) {
        if (parts_is_null(branch)) continue;
        if (first == NULL) first = branch;
        if (work->wish->property.size == 0 || parts_branch_has(work, branch)) return branch;
    }
    return first;
}

yyjson_val *parts_sole(yyjson_val *branches)
{
    yyjson_val *branch, *sole = NULL;
    size_t i, max;
    if (yyjson_arr_size(branches) > PARTS_SOLE_AMONG) return NULL;
    yyjson_arr_foreach (branches, i, max, branch) {
        if (parts_is_null(branch)) continue;
        if (sole) return NULL;
        sole = branch;
    }
    return sole;
}

/* Pushes what the schema is composed of, the first to be read last onto the stack. */
static void parts_push_inner(struct parts_work *work, const struct parts_task *task)
{
    if (work->wish->branch == PARTS_ONE_BRANCH) {
        parts_push(work, parts_choose(work, yyjson_obj_get(task->schema, "anyOf")), task, true);
        parts_push(work, parts_choose(work, yyjson_obj_get(task->schema, "oneOf")), task, true);
    }
    if (work->wish->branch == PARTS_SOLE_BRANCH) {
        parts_push(work, parts_sole(yyjson_obj_get(task->schema, "anyOf")), task, true);
        parts_push(work, parts_sole(yyjson_obj_get(task->schema, "oneOf")), task, true);
    }
    yyjson_val *all = yyjson_obj_get(task->schema, "allOf");
    for (size_t i = yyjson_arr_size(all); i > 0; i--) parts_push(work, yyjson_arr_get(all, i - 1), task, false);
}

/* Takes a schema that is a reference: notes where it leads, and keeps what stands beside the $ref where it counts. */
static void parts_take_reference(struct parts_work *work, struct parts_task *task)
{
    struct parts *parts = work->parts;
    struct str ref = ref_text(work->document, task->schema);
    yyjson_val *target = work->hops++ < PARTS_HOPS ? ref_follow(work->document, task->schema) : NULL;
    if (yyjson_obj_size(task->schema) > 1 && ref_has_siblings(work->document))
        parts->at[parts->count++] = (struct part){ task->schema, task->origin, task->home, task->is_branch };
    if (!yyjson_is_obj(target)) {
        if (parts->unresolved.size == 0) parts->unresolved = ref;
        return;
    }
    if (task->is_own) {
        parts->target = target;
        if (parts->name.size == 0) parts->name = parts_last_name(ref);
    }
    if (work->count < LIMIT_SCHEMA_PARTS) {
        work->tasks[work->count++] =
            (struct parts_task){ target, parts_last_name(ref), ref, task->is_branch, task->is_own };
    }
}

void parts_collect(struct parts *parts, const struct document *document, yyjson_val *schema,
                   const struct parts_wish *wish)
{
    parts->document = document;
    parts->count = 0;
    parts->target = schema;
    parts->name = parts->unresolved = STR_EMPTY;
    struct parts_work work;
    work.parts = parts;
    work.document = document;
    work.wish = wish;
    work.hops = 0;
    work.count = 0;
    if (yyjson_is_obj(schema))
        work.tasks[work.count++] = (struct parts_task){ schema, STR_EMPTY, STR_EMPTY, false, true };
    while (work.count && parts->count < LIMIT_SCHEMA_PARTS) {
        struct parts_task task = work.tasks[--work.count];
        if (parts_has(parts, task.schema)) continue;
        if (ref_text(document, task.schema).at) {
            parts_take_reference(&work, &task);
        } else {
            struct str origin = task.is_own ? STR_EMPTY : task.origin;
            parts->at[parts->count++] = (struct part){ task.schema, origin, task.home, task.is_branch };
            parts_push_inner(&work, &task);
        }
    }
}

/* ---- Asking ------------------------------------------------------------------------------------------------- */

yyjson_val *parts_get(const struct parts *parts, const char *keyword)
{
    for (size_t i = 0; i < parts->count; i++) {
        yyjson_val *value = yyjson_obj_get(parts->at[i].schema, keyword);
        if (value) return value;
    }
    return NULL;
}

struct str parts_text(const struct parts *parts, const char *keyword)
{
    for (size_t i = 0; i < parts->count; i++) {
        yyjson_val *value = yyjson_obj_get(parts->at[i].schema, keyword);
        if (yyjson_is_str(value)) return document_str(value);
    }
    return STR_EMPTY;
}

bool parts_is(const struct parts *parts, const char *keyword)
{
    for (size_t i = 0; i < parts->count; i++) {
        if (yyjson_is_true(yyjson_obj_get(parts->at[i].schema, keyword))) return true;
    }
    return false;
}

static yyjson_val *parts_property_of(const struct parts *parts, struct str name, bool is_own)
{
    for (size_t i = 0; i < parts->count; i++) {
        const struct part *part = &parts->at[i];
        if ((part->origin.size == 0) != is_own) continue;
        yyjson_val *schema = document_get(parts->document, yyjson_obj_get(part->schema, "properties"), name);
        if (schema) return schema;
    }
    return NULL;
}

yyjson_val *parts_property(const struct parts *parts, struct str name)
{
    yyjson_val *schema = parts_property_of(parts, name, true);
    return schema ? schema : parts_property_of(parts, name, false);
}

yyjson_val *parts_property_on_path(const struct parts *parts, struct str path, struct str *name, struct str *rest)
{
    for (size_t end = path.size; end != STR_NONE && end > 0; end = str_find_last_byte(str_cut(path, 0, end), '.')) {
        *name = str_cut(path, 0, end);
        *rest = str_cut(path, end + 1, path.size);
        yyjson_val *schema = parts_property(parts, *name);
        if (schema) return schema;
    }
    return NULL;
}

bool parts_is_required(const struct parts *parts, struct str name)
{
    for (size_t i = 0; i < parts->count; i++) {
        yyjson_val *item;
        size_t j, max;
        yyjson_arr_foreach (yyjson_obj_get(parts->at[i].schema, "required"), j, max, item) {
            if (yyjson_equals_strn(item, name.at, name.size)) return true;
            if (j == LIMIT_SCHEMA_REQUIRED) break;
        }
    }
    return false;
}
