/* static_type.h - the media type of a file by the end of its name. */
#ifndef HTTP_STATIC_TYPE_H
#define HTTP_STATIC_TYPE_H

#include "str.h"

/* A constant text; application/octet-stream for endings that are not known. */
const char *static_type(struct str path);

#endif
