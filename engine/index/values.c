#include "values.h"

static bool values_may_be_string(struct str type)
{
    return type.size == 0 || str_equal(type, STR("string")) || str_equal(type, STR("array of string"));
}

bool values_are_mined(const struct catalogue *catalogue, const struct format_element *element)
{
    if (element->kind != CATALOGUE_PROPERTY && element->kind != CATALOGUE_PARAMETER) return false;
    if (element->text == 0 || (element->facts && catalogue_facts(catalogue, element).value_count)) return false;
    return values_may_be_string(catalogue_string(catalogue, element->type));
}

struct values values_of(const struct catalogue *catalogue, const struct format_element *element)
{
    struct values values = { .catalogue = catalogue, .left = VALUES_MAX };
    bool has_values = element->kind == CATALOGUE_PROPERTY || element->kind == CATALOGUE_PARAMETER;
    if (has_values && element->facts) values.facts = catalogue_facts(catalogue, element);
    if (values_are_mined(catalogue, element)) values.mined = mined_begin(catalogue_string(catalogue, element->text));
    return values;
}

/* The content of a JSON string without escapes, or a number; the empty str for what is neither. */
static struct str values_content(struct str json)
{
    if (json.size == 0 || json.size > VALUES_BYTES || str_find_byte(json, '\\') != STR_NONE) return STR_EMPTY;
    if (json.at[0] == '"') return str_trim(str_cut(json, 1, json.size - 1));
    bool is_number = json.at[0] == '-' || (json.at[0] >= '0' && json.at[0] <= '9');
    return is_number ? json : STR_EMPTY;
}

bool values_next(struct values *values, struct str *value)
{
    while (values->facts.value_count && values->left) {
        values->facts.value_count--;
        values->left--;
        *value = values_content(catalogue_facts_value(values->catalogue, &values->facts));
        if (value->size) return true;
    }
    return values->left && mined_next(&values->mined, value);
}
