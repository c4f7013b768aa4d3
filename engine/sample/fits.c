#include "fits.h"

#include "fits_keyword.h"
#include "ref.h"

enum { FITS_DEPTH = 128 }; /* of schemas in one another; also a schema that is part of itself ends here */

struct fits fits_begin(const struct document *document, struct expressions *expressions, enum fits_direction direction)
{
    struct str version = document_str(yyjson_obj_get(document->root, "openapi"));
    return (struct fits){ .document = document,
                          .expressions = expressions,
                          .direction = direction,
                          .is_3_0 = str_starts(version, STR("3.0")) };
}

/* ---- Schemas in schemas ----------------------------------------------------------------------------------------- */

/* How many of the list fit; no more than two are of interest. */
static unsigned fits_count(struct fits *fits, const struct fits_case *at)
{
    yyjson_val *schema;
    size_t i, max;
    unsigned count = 0;
    yyjson_arr_foreach (at->keyword, i, max, schema) {
        count += fits_schema(fits, schema, at->value);
        if (count == 2) break;
    }
    return count;
}

static bool fits_all_of(struct fits *fits, const struct fits_case *at)
{
    yyjson_val *schema;
    size_t i, max;
    yyjson_arr_foreach (at->keyword, i, max, schema) {
        if (!fits_schema(fits, schema, at->value)) return false;
    }
    return true;
}

static bool fits_any_of(struct fits *fits, const struct fits_case *at)
{
    yyjson_val *schema;
    size_t i, max;
    yyjson_arr_foreach (at->keyword, i, max, schema) {
        if (fits_schema(fits, schema, at->value)) return true;
    }
    return yyjson_arr_size(at->keyword) == 0;
}

static bool fits_one_of(struct fits *fits, const struct fits_case *at)
{
    return yyjson_arr_size(at->keyword) == 0 || fits_count(fits, at) == 1;
}

static bool fits_not(struct fits *fits, const struct fits_case *at)
{
    return !yyjson_is_obj(at->keyword) || !fits_schema(fits, at->keyword, at->value);
}

static bool fits_if(struct fits *fits, const struct fits_case *at)
{
    bool is_so = fits_schema(fits, at->keyword, at->value);
    yyjson_val *then = yyjson_obj_get(at->schema, is_so ? "then" : "else");
    return then == NULL || fits_schema(fits, then, at->value);
}

/* ---- One schema -------------------------------------------------------------------------------------------------- */

static const struct {
    struct str name;
    fits_keyword *fits;
} fits_keywords[] = {
    { STR_INIT("type"), fits_type },
    { STR_INIT("enum"), fits_enum },
    { STR_INIT("const"), fits_const },
    { STR_INIT("properties"), fits_properties },
    { STR_INIT("required"), fits_required },
    { STR_INIT("items"), fits_items },
    { STR_INIT("format"), fits_format },
    { STR_INIT("pattern"), fits_pattern },
    { STR_INIT("minLength"), fits_min_length },
    { STR_INIT("maxLength"), fits_max_length },
    { STR_INIT("minimum"), fits_minimum },
    { STR_INIT("maximum"), fits_maximum },
    { STR_INIT("exclusiveMinimum"), fits_exclusive_minimum },
    { STR_INIT("exclusiveMaximum"), fits_exclusive_maximum },
    { STR_INIT("multipleOf"), fits_multiple_of },
    { STR_INIT("minItems"), fits_min_items },
    { STR_INIT("maxItems"), fits_max_items },
    { STR_INIT("uniqueItems"), fits_unique_items },
    { STR_INIT("prefixItems"), fits_prefix_items },
    { STR_INIT("contains"), fits_contains },
    { STR_INIT("additionalProperties"), fits_additional },
    { STR_INIT("patternProperties"), fits_pattern_properties },
    { STR_INIT("minProperties"), fits_min_properties },
    { STR_INIT("maxProperties"), fits_max_properties },
    { STR_INIT("propertyNames"), fits_property_names },
    { STR_INIT("dependentRequired"), fits_dependent },
    { STR_INIT("allOf"), fits_all_of },
    { STR_INIT("anyOf"), fits_any_of },
    { STR_INIT("oneOf"), fits_one_of },
    { STR_INIT("not"), fits_not },
    { STR_INIT("if"), fits_if },
};
enum { FITS_KEYWORDS = sizeof fits_keywords / sizeof *fits_keywords };

static fits_keyword *fits_find(yyjson_val *key)
{
    struct str name = { unsafe_yyjson_get_str(key), unsafe_yyjson_get_len(key) };
    for (size_t i = 0; i < FITS_KEYWORDS; i++) {
        if (str_equal(name, fits_keywords[i].name)) return fits_keywords[i].fits;
    }
    return NULL;
}

static bool fits_keywords_of(struct fits *fits, yyjson_val *schema, yyjson_val *value)
{
    for (struct document_member at = document_first(schema); at.left; document_next(&at)) {
        fits_keyword *keyword = fits_find(at.key);
        if (keyword && !keyword(fits, &(struct fits_case){ schema, at.value, value })) return false;
    }
    return true;
}

bool fits_schema(struct fits *fits, yyjson_val *schema, yyjson_val *value)
{
    if (yyjson_is_false(schema)) return false;
    if (!yyjson_is_obj(schema) || fits->steps >= FITS_STEPS || fits->depth >= FITS_DEPTH) return true;
    fits->steps++;
    fits->depth++;
    bool is_good = true;
    if (ref_text(fits->document, schema).at) {
        yyjson_val *target = ref_resolve(fits->document, schema);
        is_good = (target == NULL || fits_schema(fits, target, value)) &&
                  (fits->is_3_0 || fits_keywords_of(fits, schema, value));
    } else {
        is_good = fits_keywords_of(fits, schema, value);
    }
    fits->depth--;
    return is_good;
}
