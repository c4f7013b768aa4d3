/* fits_keyword.h - the keywords of fits.h; for its files only. */
#ifndef ENGINE_FITS_KEYWORD_H
#define ENGINE_FITS_KEYWORD_H

#include "fits.h"

/* A keyword in its schema, and the value that must agree with it. */
struct fits_case {
    yyjson_val *schema, *keyword, *value;
};
typedef bool fits_keyword(struct fits *fits, const struct fits_case *at);

/* fits_leaf.c: of values of their own type; all others fit. */
fits_keyword fits_type, fits_enum, fits_const, fits_minimum, fits_maximum, fits_exclusive_minimum,
    fits_exclusive_maximum, fits_multiple_of, fits_min_length, fits_max_length, fits_pattern, fits_format;
/* fits_container.c */
fits_keyword fits_min_items, fits_max_items, fits_unique_items, fits_items, fits_prefix_items, fits_contains,
    fits_properties, fits_required, fits_additional, fits_pattern_properties, fits_min_properties, fits_max_properties,
    fits_property_names, fits_dependent;

#endif
