#include "catalogue.h"

#define CATALOGUE_X(name, text) STR_INIT(text),
static const struct str catalogue_methods[] = { CATALOGUE_METHODS(CATALOGUE_X) };
#undef CATALOGUE_X
#define CATALOGUE_X(name, text) STR_INIT(#name),
static const struct str catalogue_methods_upper[] = { CATALOGUE_METHODS(CATALOGUE_X) };
#undef CATALOGUE_X
static const struct str catalogue_ins[] = { STR_INIT("query"), STR_INIT("path"), STR_INIT("header"),
                                            STR_INIT("cookie") };

struct str catalogue_method_name(enum catalogue_method method)
{
    return (unsigned)method < CATALOGUE_METHOD_COUNT ? catalogue_methods[method] : STR_EMPTY;
}

struct str catalogue_method_upper(enum catalogue_method method)
{
    return (unsigned)method < CATALOGUE_METHOD_COUNT ? catalogue_methods_upper[method] : STR_EMPTY;
}

bool catalogue_method_read(struct str text, enum catalogue_method *method)
{
    for (unsigned i = 0; i < CATALOGUE_METHOD_COUNT; i++) {
        if (!str_equal_nocase(text, catalogue_methods[i])) continue;
        *method = (enum catalogue_method)i;
        return true;
    }
    return false;
}

struct str catalogue_in_name(enum catalogue_in in)
{
    return (unsigned)in < CATALOGUE_IN_COUNT ? catalogue_ins[in] : STR_EMPTY;
}

bool catalogue_in_read(struct str text, enum catalogue_in *in)
{
    for (unsigned i = 0; i < CATALOGUE_IN_COUNT; i++) {
        if (!str_equal(text, catalogue_ins[i])) continue;
        *in = (enum catalogue_in)i;
        return true;
    }
    return false;
}

static bool catalogue_is_letter(char byte)
{
    return (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z') || byte == '_' || (unsigned char)byte >= 0x80;
}

struct str catalogue_short_name(struct str name)
{
    size_t slash = str_find_last_byte(name, '/');
    if (slash != STR_NONE && slash + 1 < name.size) name = str_cut(name, slash + 1, name.size);
    size_t dot = str_find_last_byte(name, '.');
    /* What follows the dot of "Report.2" or "Version1.0" is no name. */
    if (dot != STR_NONE && dot + 1 < name.size && catalogue_is_letter(name.at[dot + 1]))
        name = str_cut(name, dot + 1, name.size);
    return name;
}
