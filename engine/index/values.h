/* values.h - the values that a property or a parameter may have, as its enum or else its description tells them. */
#ifndef ENGINE_VALUES_H
#define ENGINE_VALUES_H

#include "catalogue.h"
#include "mined.h"

struct values {
    const struct catalogue *catalogue;
    struct catalogue_facts facts;
    struct mined mined;
    uint32_t left; /* most that are still told */
};

/* What is listed beyond can be found by its name only: an enum of a million values would fill the index. */
enum { VALUES_MAX = 1000, VALUES_BYTES = 128 };

/* For values_next. Properties and parameters have values; descriptions are read where a string may be meant. */
struct values values_of(const struct catalogue *catalogue, const struct format_element *element);
/* The next value: of JSON text a string's content or a number; true, false, null and longer ones than VALUES_BYTES are
 * none. False at the end. */
bool values_next(struct values *values, struct str *value);
/* True when only the element's description can tell values. */
bool values_are_mined(const struct catalogue *catalogue, const struct format_element *element);

#endif
