/* details_parameter.h - what endpoints and parameters share; for the details_… files only. */
#ifndef ENGINE_DETAILS_PARAMETER_H
#define ENGINE_DETAILS_PARAMETER_H

#include "details_maker.h"

/* Describes a parameter, all but its id. One whose reference leads nowhere has that as its name. */
void details_parameter_field(struct details_maker *maker, const struct operation_parameter *parameter,
                             struct engine_field *field);

/* Appends "/paths/~1pets/get" to maker->text. */
void details_operation_pointer(struct details_maker *maker, const struct operation *operation);

#endif
