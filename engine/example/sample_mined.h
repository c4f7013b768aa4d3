/* sample_mined.h - a value that only the description tells: "Can be `Always`, `Never`." → Always. */
#ifndef ENGINE_SAMPLE_MINED_H
#define ENGINE_SAMPLE_MINED_H

#include "str.h"

/* The first value that a description lists behind words like "one of", "can be", "valid values"; the empty str when
 * it lists none. Only what is quoted, or looks like a constant (Always, MAX_SIZE), is taken for a value. */
struct str sample_mined_value(struct str description);

#endif
