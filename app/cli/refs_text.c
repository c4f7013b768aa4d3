#include "refs_text.h"

#include "number.h"

enum { INDENT = 2, GAP = 2 };

static const char *const refs_text_headings[ENGINE_USES] = {
    [ENGINE_USE_PROPERTY] = "PROPERTIES OF THIS TYPE:", [ENGINE_USE_OBJECT] = "OBJECTS MADE OF IT:",
    [ENGINE_USE_ENDPOINT] = "ENDPOINTS WITH IT:",       [ENGINE_USE_ROOT] = "WAYS TO IT:",
    [ENGINE_USE_REACH] = "ENDPOINTS THAT LEAD TO IT:",  [ENGINE_USE_NAME] = "OF THIS NAME:",
};

static void refs_text_heading(const struct output *output, const struct engine_refs *refs, enum engine_use use)
{
    char number[NUMBER_TEXT];
    bool may_be_more = refs->is_lower_bound && (use == ENGINE_USE_ROOT || use == ENGINE_USE_REACH);
    fputc('\n', output->file);
    output_style(output, OUTPUT_BOLD);
    fputs(refs_text_headings[use], output->file);
    output_style(output, OUTPUT_PLAIN);
    fprintf(output->file, " %s%s\n", may_be_more ? "at least " : "", number_text(number, refs->totals[use]));
}

static void refs_text_name(const struct output *output, const struct engine_place *place)
{
    if (place->kind != ENGINE_ENDPOINT && place->owner.size) {
        output_text(output, place->owner);
        fputc('.', output->file);
    }
    output_text(output, place->name);
    if (place->type.size == 0) return;
    output_style(output, OUTPUT_KIND);
    fputs(" <", output->file);
    output_text(output, place->type);
    fputc('>', output->file);
    output_style(output, OUTPUT_PLAIN);
}

static void refs_text_row(const struct output *output, const struct engine_ref *ref)
{
    output_cell(output, STR_EMPTY, INDENT);
    output_text(output, ref->path);
    if (ref->use == ENGINE_USE_REACH) fputs("  in ", output->file);
    if (ref->use != ENGINE_USE_ROOT) refs_text_name(output, &ref->place);
    if (ref->roles.size) {
        fputs("  (", output->file);
        output_text(output, ref->roles);
        fputc(')', output->file);
    }
    fputc('\n', output->file);
    output_style(output, OUTPUT_DIM);
    output_cell(output, STR_EMPTY, 2 * INDENT);
    output_text(output, ref->place.id);
    size_t used = 2 * INDENT + output_columns(ref->place.id) + GAP, columns = output_columns(ref->place.summary);
    if (columns > 0 && used + 10 < output->width) {
        output_cell(output, STR_EMPTY, GAP);
        output_cell(output, ref->place.summary, columns < output->width - used ? columns : output->width - used);
    }
    output_style(output, OUTPUT_PLAIN);
    fputc('\n', output->file);
}

void refs_text_print(const struct output *output, const struct engine_refs *refs)
{
    output_style(output, OUTPUT_BOLD);
    output_text(output, refs->id);
    output_style(output, OUTPUT_PLAIN);
    fputc('\n', output->file);
    for (unsigned use = 0, row = 0; use < ENGINE_USES; use++) {
        if (refs->totals[use] == 0) continue;
        refs_text_heading(output, refs, (enum engine_use)use);
        for (; row < refs->ref_count && refs->refs[row].use == use; row++) refs_text_row(output, &refs->refs[row]);
    }
}

void refs_text_print_tabs(const struct output *output, const struct engine_refs *refs)
{
    for (size_t i = 0; i < refs->ref_count; i++) {
        const struct engine_ref *ref = &refs->refs[i];
        const struct engine_place *place = &ref->place;
        struct str cells[] = { engine_use_name(ref->use),
                               ref->roles,
                               ref->path,
                               engine_kind_name(place->kind),
                               place->name,
                               place->owner,
                               place->type,
                               place->id,
                               place->summary };
        for (size_t cell = 0; cell < sizeof cells / sizeof cells[0]; cell++) {
            if (cell > 0) fputc('\t', output->file);
            output_text(output, cells[cell]);
        }
        fputc('\n', output->file);
    }
}
