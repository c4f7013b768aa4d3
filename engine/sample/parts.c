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
    const struct parts_choice *choice;
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

/* True for a branch that says what should be taken. Where a Cat is a Pet by allOf, and a Pet one of Cat and Dog, it is
 * a Cat. */
static bool parts_is_wanted(struct parts_work *work, const struct parts_task *task, yyjson_val *branch)
{
    if (work->wish->property.size) return parts_branch_has(work, branch);
    if (!task->is_branch && parts_has(work->parts, ref_resolve(work->document, branch))) return true;
    yyjson_val *value = work->choice->value;
    return value && fits_schema(work->choice->fits, branch, value);
}

/* The branch with this number, those that are null not counted. */
static yyjson_val *parts_branch(yyjson_val *branches, size_t number)
{
    yyjson_val *branch;
    size_t i, max;
    yyjson_arr_foreach (branches, i, max, branch) {
        if (!parts_is_null(branch) && number-- == 0) return branch;
    }
    return NULL;
}

static yyjson_val *parts_choose(struct parts_work *work, const struct parts_task *task, yyjson_val *branches,
                                size_t count)
{
    yyjson_val *branch;
    size_t i, max;
    yyjson_arr_foreach (branches, i, max, branch) {
        if (!parts_is_null(branch) && parts_is_wanted(work, task, branch)) return branch;
    }
    return count ? parts_branch(branches, work->choice->skip % count) : NULL;
}

static void parts_push_branch(struct parts_work *work, const struct parts_task *task, const char *keyword,
                              bool is_exclusive)
{
    struct parts *parts = work->parts;
    yyjson_val *branches = yyjson_obj_get(task->schema, keyword), *branch;
    size_t i, max, count = 0;
    if (yyjson_arr_size(branches) == 0) return;
    yyjson_arr_foreach (branches, i, max, branch) count += !parts_is_null(branch);
    branch = parts_choose(work, task, branches, count);
    if (count > parts->branches) parts->branches = count;
    if (parts->chosen_count < PARTS_CHOSEN)
        parts->chosen[parts->chosen_count++] = (struct parts_chosen){ branches, branch, is_exclusive };
    parts_push(work, branch, task, true);
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
        parts_push_branch(work, task, "anyOf", false);
        parts_push_branch(work, task, "oneOf", true);
    }
    if (work->wish->branch == PARTS_SOLE_BRANCH) {
        parts_push(work, parts_sole(yyjson_obj_get(task->schema, "anyOf")), task, true);
        parts_push(work, parts_sole(yyjson_obj_get(task->schema, "oneOf")), task, true);
    }
    yyjson_val *all = yyjson_obj_get(task->schema, "allOf");
    for (size_t i = yyjson_arr_size(all); i > 0; i--) parts_push(work, yyjson_arr_get(all, i - 1), task, false);
}

/* What stands beside a $ref counts since OpenAPI 3.1. Before, a sample takes it for what authors mean by it, a
 * description or an example, but not where it says of what type the value is. */
static bool parts_keeps_beside(const struct parts_work *work, yyjson_val *schema)
{
    if (yyjson_obj_size(schema) < 2) return false;
    if (ref_has_siblings(work->document)) return true;
    return work->choice->keeps_beside && yyjson_obj_get(schema, "type") == NULL;
}

/* Takes a schema that is a reference: notes where it leads, and keeps what stands beside the $ref where it counts. */
static void parts_take_reference(struct parts_work *work, struct parts_task *task)
{
    struct parts *parts = work->parts;
    struct str ref = ref_text(work->document, task->schema);
    yyjson_val *target = work->hops++ < PARTS_HOPS ? ref_follow(work->document, task->schema) : NULL;
    if (parts_keeps_beside(work, task->schema))
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

static void parts_run(struct parts_work *work)
{
    struct parts *parts = work->parts;
    while (work->count && parts->count < LIMIT_SCHEMA_PARTS) {
        struct parts_task task = work->tasks[--work->count];
        if (parts_has(parts, task.schema)) continue;
        if (ref_text(work->document, task.schema).at) {
            parts_take_reference(work, &task);
        } else {
            struct str origin = task.is_own ? STR_EMPTY : task.origin;
            parts->at[parts->count++] = (struct part){ task.schema, origin, task.home, task.is_branch };
            parts_push_inner(work, &task);
        }
    }
}

void parts_collect_all(struct parts *parts, const struct document *document, yyjson_val *const *schemas, size_t count,
                       const struct parts_wish *wish, const struct parts_choice *choice)
{
    struct parts_work work;
    parts->document = document;
    parts->count = parts->chosen_count = parts->branches = 0;
    parts->target = count ? schemas[0] : NULL;
    parts->name = parts->unresolved = STR_EMPTY;
    work.parts = parts;
    work.document = document;
    work.wish = wish;
    work.choice = choice;
    work.hops = 0;
    for (size_t i = 0; i < count; i++) {
        work.count = 0;
        if (yyjson_is_obj(schemas[i]))
            work.tasks[work.count++] = (struct parts_task){ schemas[i], STR_EMPTY, STR_EMPTY, false, i == 0 };
        parts_run(&work);
    }
}

void parts_collect(struct parts *parts, const struct document *document, yyjson_val *schema,
                   const struct parts_wish *wish)
{
    const struct parts_choice first = { 0 };
    parts_collect_all(parts, document, &schema, 1, wish, &first);
}

yyjson_val *parts_identity(const struct parts *parts)
{
    yyjson_val *all = yyjson_obj_get(parts->target, "allOf");
    bool is_wrapper = yyjson_arr_size(all) == 1 && yyjson_obj_get(parts->target, "properties") == NULL;
    yyjson_val *inner = is_wrapper ? ref_resolve(parts->document, yyjson_arr_get_first(all)) : NULL;
    return inner ? inner : parts->target;
}
