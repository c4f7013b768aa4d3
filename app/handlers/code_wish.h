/* code_wish.h - what a request is made of, in the events that show it and that send it. */
#ifndef CODE_WISH_H
#define CODE_WISH_H

#include "argument.h"

/* Reads id, language, server, values and body. False with `fault` filled when one of them is bad. */
bool code_wish_read(const struct argument *argument, struct engine_code_wish *wish, struct action_fault *fault);

#endif
