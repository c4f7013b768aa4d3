#include "details_maker.h"

#include "details.h"
#include "limits.h"

enum sample_tier details_tier(enum engine_tier tier)
{
    static const enum sample_tier tiers[ENGINE_TIERS] = {
        [ENGINE_USEFUL] = SAMPLE_USEFUL, [ENGINE_MINIMAL] = SAMPLE_MINIMAL, [ENGINE_FULL] = SAMPLE_FULL
    };
    return tiers[tier];
}

static struct engine_example *example_next(struct details_maker *maker)
{
    struct engine_details *details = maker->details;
    if (details->examples == NULL)
        details->examples = arena_calloc(maker->arena, DETAILS_EXAMPLES, sizeof *details->examples);
    if (details->examples == NULL || details->example_count == DETAILS_EXAMPLES) return NULL;
    return (struct engine_example *)(uintptr_t)&details->examples[details->example_count++];
}

void details_add_code(struct details_maker *maker, struct str label, struct str language, struct sample_focus focus)
{
    bool is_whole = maker->text.error == BUF_OK;
    if (maker->text.error == BUF_NO_MEMORY) maker->arena->failed = true;
    if (!is_whole) buf_clear(&maker->text); /* larger than anyone reads: no example is better than half of one */
    struct engine_example *example = is_whole ? example_next(maker) : NULL;
    if (example == NULL) {
        buf_clear(&maker->text);
        return;
    }
    example->label = label;
    example->language = language;
    example->code = details_take_text(maker);
    example->focus = (struct engine_range){ (uint32_t)focus.start, (uint32_t)focus.end };
}

void details_add_sample(struct details_maker *maker, const struct sample_node *node, const char *label)
{
    struct sample_focus focus;
    if (node == NULL) return;
    sample_json_write(&maker->text, node, &focus);
    details_add_code(maker, str_from(label), STR("json"), focus);
}

static void example_add_yaml(struct details_maker *maker, const struct sample_node *node)
{
    struct sample_focus focus;
    if (node == NULL) return;
    sample_yaml_write(&maker->text, node, &focus);
    details_add_code(maker, STR("YAML"), STR("yaml"), focus);
}

void details_add_samples(struct details_maker *maker, const struct sample_node *node, yyjson_val *schema)
{
    bool is_manifest = sample_is_kubernetes(maker->document, schema);
    if (is_manifest) example_add_yaml(maker, node);
    details_add_sample(maker, node, "JSON");
    if (!is_manifest) example_add_yaml(maker, node);
}
