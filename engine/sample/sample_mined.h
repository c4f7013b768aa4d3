/* sample_mined.h - a value that only a description tells: "Valid options are ExternalName, ClusterIP … Defaults to
 * ClusterIP." (engine/text/mined.h finds the list). */
#ifndef ENGINE_SAMPLE_MINED_H
#define ENGINE_SAMPLE_MINED_H

#include "str.h"

/* The value of the list with this number, the last one where there are not so many; the first is the one by default,
 * where the description says which. Empty: it lists none. */
struct str sample_mined(struct str description, unsigned number);

#endif
