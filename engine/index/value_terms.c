#include "value_terms.h"

#include "number_map.h"
#include "tokenize.h"
#include "values.h"

_Static_assert(CATALOGUE_PARAMETER == CATALOGUE_PROPERTY + 1 && CATALOGUE_PARAMETER + 1 == FORMAT_KINDS,
               "properties and parameters are the last kinds, side by side");

struct value_terms {
    const struct catalogue *catalogue;
    struct dictionary_builder *terms;
    struct number_map silent;                  /* texts that were looked at and tell no values: nearly all */
    uint32_t last_facts, last_text, last_type; /* of the element before; equal ones lie together */
    bool has_failed;
};

static void value_terms_add(struct value_terms *terms, struct str value)
{
    char squashed[VALUES_BYTES];
    dictionary_builder_add(terms->terms, (struct str){ squashed, tokenize_squash(value, squashed) });
}

static void value_terms_element(struct value_terms *terms, uint32_t number)
{
    const struct format_element *element = &terms->catalogue->elements[number];
    if (element->facts == terms->last_facts && element->text == terms->last_text && element->type == terms->last_type)
        return;
    terms->terms->note = number;
    terms->last_facts = element->facts;
    terms->last_text = element->text;
    terms->last_type = element->type;
    bool is_mined = values_are_mined(terms->catalogue, element);
    if ((!is_mined && element->facts == 0) || (is_mined && number_map_find(&terms->silent, element->text))) return;
    struct values values = values_of(terms->catalogue, element);
    struct str value;
    bool has_any = false, added;
    for (; values_next(&values, &value); has_any = true) value_terms_add(terms, value);
    if (is_mined && !has_any && number_map_put(&terms->silent, element->text, 0, &added) == NULL)
        terms->has_failed = true;
}

int value_terms_make(const struct groups *groups, const struct catalogue *catalogue, struct dictionary_builder *builder)
{
    struct value_terms terms = { .catalogue = catalogue, .terms = builder };
    uint32_t first = groups->kind_first[CATALOGUE_PROPERTY], end = groups->kind_first[FORMAT_KINDS];
    builder->has_notes = true;
    number_map_init(&terms.silent);
    for (uint32_t group = first; group < end && !terms.has_failed; group++) {
        dictionary_builder_document(builder);
        terms.last_facts = terms.last_text = CATALOGUE_NONE;
        value_terms_element(&terms, groups->groups[group].best);
        for (uint32_t i = groups->groups[group].first_member; i < groups->groups[group + 1].first_member; i++)
            value_terms_element(&terms, groups->members[i]);
    }
    number_map_free(&terms.silent);
    return terms.has_failed ? FILE_NO_MEMORY : dictionary_builder_finish(builder, NULL, end - first, first, false);
}
