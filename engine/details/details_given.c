#include "details_maker.h"

#include "limits.h"
#include "snippet.h"
#include "utf8.h"

/* What the highlighter calls the language that an author names. */
static const char *given_highlight(struct str name)
{
    static const struct {
        const char *name, *highlight;
    } others[] = { { "bash", "bash" },     { "c#", "csharp" }, { "json", "json" }, { "js", "js" },
                   { "node.js", "js" },    { "nodejs", "js" }, { "sh", "bash" },   { "shell", "bash" },
                   { "typescript", "ts" }, { "python3", "py" } };
    const struct snippet_language *known = snippet_language_find(name);
    if (known) return known->highlight;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        if (str_equal_nocase(name, str_from(others[i].name))) return others[i].highlight;
    }
    return "text";
}

static void given_add(struct details_maker *maker, yyjson_val *sample)
{
    struct str language = document_str(yyjson_obj_get(sample, "lang"));
    struct str label = document_str(yyjson_obj_get(sample, "label"));
    struct str source = document_str(yyjson_obj_get(sample, "source"));
    if (source.size == 0 || source.size > LIMIT_GIVEN_CODE_BYTES) return;
    if (label.size == 0) label = language.size ? language : STR("Code");
    label = arena_format(maker->arena, "%.*s, as its authors show it",
                         STR_FORMAT(utf8_cut(label, LIMIT_GIVEN_LABEL_BYTES)));
    buf_append_str(&maker->text, source);
    details_add_code(maker, label, str_from(given_highlight(language)), (struct sample_focus){ 0, 0 });
}

void details_add_given_code(struct details_maker *maker, yyjson_val *operation)
{
    yyjson_val *samples = yyjson_obj_get(operation, "x-codeSamples"), *sample;
    if (samples == NULL) samples = yyjson_obj_get(operation, "x-code-samples");
    size_t i, max;
    yyjson_arr_foreach (samples, i, max, sample) given_add(maker, sample);
}
