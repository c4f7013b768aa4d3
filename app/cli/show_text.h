/* show_text.h - an element's details as text, in the look of kubectl explain. */
#ifndef SHOW_TEXT_H
#define SHOW_TEXT_H

#include "engine.h"
#include "output.h"

void show_text_print(const struct output *output, const struct engine_details *details);

#endif
