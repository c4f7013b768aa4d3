/* scan.h - where a text stands in many: sixteen places at a time, by its first and last letter. */
#ifndef ENGINE_SCAN_H
#define ENGINE_SCAN_H

#include "str.h"

/* The first place at or behind `from` where `needle`, which is not empty, stands in `text`; STR_NONE: nowhere. */
size_t scan_next(struct str text, size_t from, struct str needle);

#endif
