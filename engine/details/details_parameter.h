/* details_parameter.h - what endpoints and parameters share; for the details_… files only. */
#ifndef ENGINE_DETAILS_PARAMETER_H
#define ENGINE_DETAILS_PARAMETER_H

#include "details_model.h"

/* Describes a parameter, all but its id. One whose reference leads nowhere has that as its name. */
void details_parameter_field(struct details_maker *maker, const struct operation *operation,
                             const struct operation_parameter *parameter, struct engine_field *field);

/* The same for what has a schema, or a media type with one, and says the rest itself: a parameter or a header, whose
 * references were followed. `description`: its own. */
void details_carrier(struct details_maker *maker, yyjson_val *value, struct str description,
                     struct engine_field *field);

/* How a parameter is written where that is not the usual way: style, explode and what they mean, in words. */
void details_style(struct details_maker *maker, yyjson_val *value, struct engine_field *field);
/* The same sentence for a part of a form; empty when it is written as usual. */
struct str details_style_words(struct details_maker *maker, struct str name, struct str style, bool is_exploded,
                               bool is_list);

/* Appends "/paths/~1pets/get" to maker->text. */
void details_operation_pointer(struct details_maker *maker, const struct operation *operation);

#endif
