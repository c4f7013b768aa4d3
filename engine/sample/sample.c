#include "sample.h"

#include "ref.h"
#include "sample_maker.h"

#include <stdarg.h>

enum {
    SAMPLE_TRIES = 48, /* of other branches, in one sample: each try makes all that is below anew */
    SAMPLE_FAULTS = 16,
    SAMPLE_FAULT_BYTES = 300,
};

/* ---- Faults ------------------------------------------------------------------------------------------------------ */

void sample_fault(struct sample_maker *maker, struct str name, const char *format, ...)
{
    struct sample_report *report = maker->report;
    struct arena *arena = maker->arena;
    char text[SAMPLE_FAULT_BYTES];
    va_list words;
    if (maker->wish->report == NULL || report->fault_count == SAMPLE_FAULTS) return;
    if (report->faults == NULL) report->faults = arena_calloc(arena, SAMPLE_FAULTS, sizeof *report->faults);
    if (report->faults == NULL) return;
    va_start(words, format);
    vsnprintf(text, sizeof text, format, words);
    va_end(words);
    struct str path = STR_EMPTY, before = STR_EMPTY;
    for (unsigned i = 0; i <= maker->depth; i++) {
        struct str part = i < maker->depth ? maker->names[i] : name;
        if (part.size == 0 || part.at == before.at) continue; /* items have the very name of their array */
        before = part;
        path = arena_format(arena, "%.*s%s%.*s", STR_FORMAT(path), path.size ? "." : "",
                            STR_FORMAT(str_cut(part, 0, SAMPLE_FAULT_BYTES)));
    }
    report->faults[report->fault_count++] =
        arena_format(arena, "%.*s%s%s", STR_FORMAT(path), path.size ? ": " : "", text);
}

/* ---- Outside ----------------------------------------------------------------------------------------------------- */

static const enum fits_direction sample_directions[] = {
    [SAMPLE_ANY] = FITS_ANY, [SAMPLE_REQUEST] = FITS_REQUEST, [SAMPLE_RESPONSE] = FITS_RESPONSE
};

/* Recurses as deep as the sample is. */
static unsigned sample_left_out(const struct sample_node *node)
{
    unsigned count = node->left_out;
    for (const struct sample_node *child = node->first; child; child = child->next) count += sample_left_out(child);
    return count;
}

/* One whole sample; `place` has no schema where a value alone is given. */
static struct sample_node *sample_run(const struct document *document, struct sample_place *place,
                                      const struct sample_wish *wish, struct arena *arena)
{
    struct sample_report report = { 0 };
    bool is_full = wish->tier == SAMPLE_FULL;
    struct sample_maker maker = { .document = document,
                                  .arena = arena,
                                  .wish = wish,
                                  .report = &report,
                                  .lines_limit = is_full ? LIMIT_SAMPLE_LINES_FULL : LIMIT_SAMPLE_LINES,
                                  .tries = SAMPLE_TRIES,
                                  .members = LIMIT_SAMPLE_MEMBERS };
    maker.fits = fits_begin(document, &maker.expressions, sample_directions[wish->direction]);
    place->name = wish->name;
    place->component = wish->object;
    place->focus = wish->focus;
    struct sample_node *node = sample_value(&maker, place);
    if (maker.expressions.failed) arena->failed = true;
    expression_free_all(&maker.expressions);
    if (node && node->is_broken)
        sample_fault(&maker, STR_EMPTY, "it needs itself, or is nested too deep: a part is missing");
    if (node) report.left_out = sample_left_out(node);
    if (wish->report) *wish->report = report;
    return arena->failed ? NULL : node;
}

struct sample_node *sample_make(const struct document *document, yyjson_val *schema, const struct sample_wish *wish,
                                struct arena *arena)
{
    struct sample_place place = { .schemas = { schema }, .count = schema != NULL };
    return sample_run(document, &place, wish, arena);
}

/* `examples` maps names to Example Objects (OpenAPI 3.1 §4.8.19), which may be references. */
static yyjson_val *sample_first_example(const struct document *document, yyjson_val *holder)
{
    yyjson_val *example = yyjson_obj_get(holder, "example");
    if (example) return example;
    yyjson_val *first = document_first(yyjson_obj_get(holder, "examples")).value;
    return yyjson_obj_get(ref_resolve(document, first), "value");
}

struct sample_node *sample_make_of(const struct document *document, yyjson_val *holder, const struct sample_wish *wish,
                                   struct arena *arena)
{
    yyjson_val *schema = yyjson_obj_get(holder, "schema");
    struct sample_place place = { .schemas = { schema },
                                  .count = schema != NULL,
                                  .given = sample_first_example(document, holder) };
    return sample_run(document, &place, wish, arena);
}
