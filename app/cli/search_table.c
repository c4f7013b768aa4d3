#include "search_table.h"

#include "number.h"

struct search_table_widths {
    size_t name, type, owner;
};

enum { KIND_WIDTH = 9, METHOD_GAP = 1, GAP = 2, REASON_WIDTH = 30 };

static size_t search_table_name_width(const struct engine_hit *hit)
{
    size_t method = hit->method.size > 0 ? hit->method.size + METHOD_GAP : 0;
    return method + output_columns(hit->name);
}

static void search_table_widen(size_t *width, size_t wanted, size_t most)
{
    if (wanted > most) wanted = most;
    if (wanted > *width) *width = wanted;
}

/* No column takes more than its share of the line: names half, types and owners a quarter each. */
static struct search_table_widths search_table_widths(const struct output *output, const struct engine_answer *answer)
{
    struct search_table_widths widths = { 1, 1, 1 };
    size_t fixed = KIND_WIDTH + 3 * GAP, room = output->width > fixed + 20 ? output->width - fixed : 20;
    for (size_t i = 0; i < answer->hit_count; i++) {
        const struct engine_hit *hit = &answer->hits[i];
        search_table_widen(&widths.name, search_table_name_width(hit), room / 2);
        search_table_widen(&widths.type, output_columns(hit->type), room / 4);
        search_table_widen(&widths.owner, output_columns(hit->owner), room / 4);
    }
    return widths;
}

/* Ranges may go on behind the end of a text that was cut. What is not marked is printed in `style`. */
static void search_table_marked(const struct output *output, struct str text, const struct engine_range *ranges,
                                size_t count, enum output_style style)
{
    size_t at = 0;
    for (size_t i = 0; i < count && ranges[i].start < text.size; i++) {
        output_text(output, str_cut(text, at, ranges[i].start));
        output_style(output, OUTPUT_MATCH);
        output_text(output, str_cut(text, ranges[i].start, ranges[i].end));
        output_style(output, OUTPUT_PLAIN);
        if (style != OUTPUT_PLAIN) output_style(output, style);
        at = ranges[i].end;
    }
    output_text(output, str_cut(text, at, text.size));
}

static void search_table_name(const struct output *output, const struct engine_hit *hit, size_t width)
{
    size_t method = hit->method.size > 0 ? hit->method.size + METHOD_GAP : 0, wanted = search_table_name_width(hit);
    if (method > 0) {
        output_text(output, hit->method);
        fputc(' ', output->file);
    }
    if (wanted > width) { /* a name that is cut is not marked */
        output_cell(output, hit->name, width > method ? width - method : 1);
        return;
    }
    search_table_marked(output, hit->name, hit->name_ranges, hit->name_range_count, OUTPUT_PLAIN);
    output_cell(output, STR_EMPTY, width - wanted);
}

static void search_table_summary(const struct output *output, const struct engine_hit *hit, size_t room)
{
    struct str shown = output_first(hit->summary, room);
    bool is_cut = shown.size < hit->summary.size;
    if (is_cut) shown = output_first(hit->summary, room - 1);
    search_table_marked(output, shown, hit->summary_ranges, hit->summary_range_count, OUTPUT_DIM);
    if (is_cut) fputs("…", output->file);
}

static void search_table_second_line(const struct output *output, const struct engine_hit *hit)
{
    output_style(output, OUTPUT_DIM);
    output_cell(output, STR_EMPTY, KIND_WIDTH + GAP);
    output_text(output, hit->id);
    size_t used = KIND_WIDTH + GAP + output_columns(hit->id), columns = output_columns(hit->summary);
    if (columns > 0 && used + GAP + 10 < output->width) {
        output_cell(output, STR_EMPTY, GAP);
        search_table_summary(output, hit, output->width - used - GAP);
    }
    output_style(output, OUTPUT_PLAIN);
    fputc('\n', output->file);
}

/* The criterion that decided is pointed at. */
static void search_table_reasons(const struct output *output, const struct engine_hit *hit)
{
    for (size_t i = 0; i < hit->reason_count; i++) {
        output_cell(output, STR_EMPTY, KIND_WIDTH + GAP);
        fputs(i == hit->decided ? "> " : "  ", output->file);
        output_cell(output, hit->reasons[i].criterion, REASON_WIDTH);
        output_cell(output, STR_EMPTY, GAP);
        output_text(output, hit->reasons[i].words);
        fputc('\n', output->file);
    }
}

static void search_table_row(const struct output *output, const struct engine_hit *hit,
                             const struct search_table_widths *widths)
{
    output_style(output, OUTPUT_KIND);
    output_cell(output, engine_kind_name(hit->kind), KIND_WIDTH + GAP);
    output_style(output, OUTPUT_PLAIN);
    search_table_name(output, hit, widths->name);
    output_cell(output, STR_EMPTY, GAP);
    output_cell(output, hit->type, widths->type);
    output_cell(output, STR_EMPTY, GAP);
    size_t columns = output_columns(hit->owner);
    output_cell(output, hit->owner, columns < widths->owner ? columns : widths->owner);
    if (hit->owner.size > 0 && hit->owner_count > 1) fprintf(output->file, " +%u", hit->owner_count - 1);
    if (hit->owner.size == 0 && hit->api_count > 1) fprintf(output->file, "in %u APIs", hit->api_count);
    for (size_t i = 0; i < hit->version_count; i++) {
        fputs(i == 0 ? "  " : ", ", output->file);
        output_text(output, hit->versions[i].version);
    }
    if (hit->value.size > 0) {
        fputs("  = ", output->file);
        output_text(output, hit->value);
    }
    fputc('\n', output->file);
    search_table_second_line(output, hit);
    search_table_reasons(output, hit);
}

static void search_table_totals(const struct output *output, const struct engine_answer *answer)
{
    char number[NUMBER_TEXT];
    output_style(output, OUTPUT_DIM);
    fprintf(output->file, "%zu of %s%s", answer->hit_count, answer->is_lower_bound ? "at least " : "",
            number_text(number, answer->total));
    for (int kind = 0; kind < ENGINE_KINDS; kind++) {
        if (answer->totals[kind] == 0) continue;
        struct str name = engine_kind_name((enum engine_kind)kind);
        fprintf(output->file, " · %.*s %s", STR_FORMAT(name), number_text(number, answer->totals[kind]));
    }
    output_style(output, OUTPUT_PLAIN);
    fputc('\n', output->file);
}

void search_table_print(const struct output *output, const struct engine_answer *answer)
{
    struct search_table_widths widths = search_table_widths(output, answer);
    for (size_t i = 0; i < answer->hit_count; i++) search_table_row(output, &answer->hits[i], &widths);
    search_table_totals(output, answer);
}

void search_table_print_tabs(const struct output *output, const struct engine_answer *answer)
{
    for (size_t i = 0; i < answer->hit_count; i++) {
        const struct engine_hit *hit = &answer->hits[i];
        struct str cells[] = {
            engine_kind_name(hit->kind), hit->method, hit->name, hit->owner, hit->type, hit->api, hit->id, hit->summary
        };
        for (size_t cell = 0; cell < sizeof cells / sizeof cells[0]; cell++) {
            if (cell > 0) fputc('\t', output->file);
            output_text(output, cells[cell]);
        }
        fputc('\n', output->file);
    }
}
