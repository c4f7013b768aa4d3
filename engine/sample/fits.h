/* fits.h - whether a value is what a schema allows (JSON Schema 2020-12; OpenAPI 3.0 §4.7.24 with its nullable, boolean
 * exclusive limits, and nothing beside a $ref).
 *
 * For samples: an author's example that contradicts its own schema is no example, and of oneOf exactly one alternative
 * must fit. What cannot be told (a reference that leads nowhere, a pattern that is none, more steps than there are)
 * fits. */
#ifndef ENGINE_FITS_H
#define ENGINE_FITS_H

#include "document.h"
#include "expression.h"

#include <stdbool.h>

/* Which way the value goes: a request need not have the readOnly properties that are required, a response not the
 * writeOnly ones (OpenAPI 3.1 §4.8.24.2 and 3.0 §4.7.24.2). */
enum fits_direction { FITS_ANY, FITS_REQUEST, FITS_RESPONSE };

enum { FITS_STEPS = 20000 }; /* schemas looked at: an example of thousands of lines is none that is read */

struct fits {
    const struct document *document;
    struct expressions *expressions;
    enum fits_direction direction;
    bool is_3_0;
    unsigned steps, depth; /* used up, and under way; zero to begin with */
};

/* `is_3_0` as the document says. */
struct fits fits_begin(const struct document *document, struct expressions *expressions, enum fits_direction direction);
/* `schema` may be anything: true allows all, false nothing, what is no schema all. */
bool fits_schema(struct fits *fits, yyjson_val *schema, yyjson_val *value);

/* Takes the steps of `count` comparisons; false when all are used up: then the value fits. */
static inline bool fits_spend(struct fits *fits, size_t count)
{
    enum { FITS_COMPARISONS = 16 }; /* that take as long as a step */
    size_t steps = count / FITS_COMPARISONS;
    fits->steps += steps < FITS_STEPS ? (unsigned)steps : FITS_STEPS;
    return fits->steps < FITS_STEPS;
}

/* Equal as JSON Schema has it: 1 is 1.0. */
bool fits_equal(yyjson_val *a, yyjson_val *b);
/* A multiple by the arithmetic of doubles, as validators do it. */
bool fits_multiple(double number, double step);
/* Code points, as minLength and maxLength count. */
size_t fits_length(struct str text);

#endif
