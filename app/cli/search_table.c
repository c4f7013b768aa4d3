#include "search_table.h"

#include "number.h"

struct search_table_widths {
    size_t name, type, owner;
};

enum { KIND_WIDTH = 9, METHOD_GAP = 1, GAP = 2 };

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

static void search_table_marked(const struct output *output, const struct engine_hit *hit)
{
    size_t at = 0;
    for (size_t i = 0; i < hit->name_range_count; i++) {
        const struct engine_range *range = &hit->name_ranges[i];
        output_text(output, str_cut(hit->name, at, range->start));
        output_style(output, OUTPUT_MATCH);
        output_text(output, str_cut(hit->name, range->start, range->end));
        output_style(output, OUTPUT_PLAIN);
        at = range->end;
    }
    output_text(output, str_cut(hit->name, at, hit->name.size));
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
    search_table_marked(output, hit);
    output_cell(output, STR_EMPTY, width - wanted);
}

static void search_table_second_line(const struct output *output, const struct engine_hit *hit)
{
    output_style(output, OUTPUT_DIM);
    output_cell(output, STR_EMPTY, KIND_WIDTH + GAP);
    output_text(output, hit->id);
    size_t used = KIND_WIDTH + GAP + output_columns(hit->id), columns = output_columns(hit->summary);
    if (columns > 0 && used + GAP + 10 < output->width) {
        size_t room = output->width - used - GAP;
        output_cell(output, STR_EMPTY, GAP);
        output_cell(output, hit->summary, columns < room ? columns : room);
    }
    output_style(output, OUTPUT_PLAIN);
    fputc('\n', output->file);
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
    fputc('\n', output->file);
    search_table_second_line(output, hit);
}

static void search_table_totals(const struct output *output, const struct engine_answer *answer)
{
    char number[NUMBER_TEXT];
    output_style(output, OUTPUT_DIM);
    fprintf(output->file, "%zu of %s", answer->hit_count, number_text(number, answer->total));
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
