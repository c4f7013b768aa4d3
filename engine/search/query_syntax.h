/* query_syntax.h - what a person may type beside words: which kind is meant, in which API, by which rule.
 *
 *     query   = [ name ":" ] [ sigil ] [ text ] and, anywhere between spaces, filters
 *     text    = words | "the exact name" | /a pattern/
 *     sigil   = "{" objects | "." properties | "/" endpoints by path | "?" parameters | "=" values
 *     filter  = key ":" value
 *
 *     {podspec            objects                        .image              properties
 *     /apis/apps          endpoints whose path has it    ?limit              parameters
 *     get pods            endpoints: get, put, post, delete or patch comes first; any method in capitals
 *     POST /pods          endpoints of that method with that path
 *     =IfNotPresent       what may have this value       "name"              what is called exactly so
 *     /^image.*s$/        names that a pattern matches   k8s:deployment      inside the API that is called so
 *
 * A name before a colon is an API's id, its title, a part of either, or short for it as k8s is for kubernetes; where it
 * is none of these the colon is text. Keys are kind, method, in, type, api, and required, deprecated, readonly,
 * writeonly and nullable, which are yes or no. A value need not be typed to its end ("kind:p" are properties and
 * parameters, "kind:" is nothing yet); one that cannot become a value is text. When there is a sigil, a filter or an
 * API but no text, the best of what they leave are listed.
 *
 * A pattern is told from a path by a sign that paths do not have, and by its second slash being the last: "/pods/" is
 * a path, "/pods?/" a pattern. A quote that is not closed yet is no quote.
 *
 * Whatever bytes are read, something sensible comes out: at worst all of it is text. */
#ifndef ENGINE_QUERY_SYNTAX_H
#define ENGINE_QUERY_SYNTAX_H

#include "catalogue.h"
#include "limits.h"
#include "str.h"

#include <stdbool.h>

/* Which elements count. All that is told must hold for one element. */
struct query_filter {
    unsigned methods;         /* 1 << enum catalogue_method …: endpoints with one of these; 0: not told */
    unsigned places;          /* 1 << enum catalogue_in …: parameters in one of these; 0: not told */
    unsigned flags, no_flags; /* enum catalogue_flag that it has, and has not */
    struct str type;          /* a word of its type: "array", "Container"; empty: not told */
    struct str tag;           /* of an endpoint; empty: not told */
};

/* Text lies in the struct itself: it must not be copied by assignment. */
struct query_syntax {
    struct str text;    /* what is to be found, without all that is told below */
    bool is_exact;      /* a name that is the text, but for the case of letters */
    bool is_pattern;    /* the text is a regular expression */
    bool is_value;      /* the text is a value, not a name */
    bool is_text;       /* words of descriptions count, and nothing else */
    bool is_listing;    /* there is no text: the best of what the rest leaves */
    bool is_kind_guess; /* kinds come from a method's name, which may be meant as a word */
    unsigned kinds;     /* 1 << enum catalogue_kind …; 0: not told */
    uint32_t api;       /* CATALOGUE_NONE: not told */
    struct query_filter filter;
    char text_bytes[LIMIT_QUERY_BYTES];
};

/* The number of the API that is called so, or CATALOGUE_NONE. */
typedef uint32_t query_syntax_api(const void *context, struct str name);

/* Reads any bytes; what goes beyond LIMIT_QUERY_BYTES is left out. `text` is borrowed for filter.type. */
void query_syntax_read(struct query_syntax *syntax, struct str text, query_syntax_api *find_api, const void *context);
/* All of it is text, whatever it looks like. */
void query_syntax_plain(struct query_syntax *syntax, struct str text);

/* 1 << enum catalogue_method …: those whose names begin with `value`, in any case of letters; 0: there is none. */
unsigned query_syntax_methods(struct str value);
/* The same for enum catalogue_in. */
unsigned query_syntax_places(struct str value);

#endif
