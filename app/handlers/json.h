/* json.h - JSON in and out by yyjson, in the memory of one arena.
 *
 * A writer is not asked after each call whether there was memory: the arena remembers, and json_end looks once. */
#ifndef JSON_H
#define JSON_H

#include "arena.h"
#include "str.h"

#include <stdint.h>
#include <yyjson.h>

struct json {
    struct arena *arena;
    yyjson_mut_doc *doc; /* NULL without memory: every call below then does nothing */
};

/* Reads JSON text (RFC 8259). A lone surrogate ("\ud83d", half an emoji being typed) is let through; json_text mends
 * it. NULL when it is no JSON or there is no memory. Nothing recurses, so depth is no danger. */
yyjson_val *json_read(struct arena *arena, struct str text);
/* A string value as valid UTF-8, each bad byte replaced by U+FFFD. */
struct str json_text(struct arena *arena, yyjson_val *value);
/* `text` as valid UTF-8 in the same way: itself when it is good. */
struct str json_clean(struct arena *arena, struct str text);

struct json json_begin(struct arena *arena);
yyjson_mut_val *json_object(struct json *json);
yyjson_mut_val *json_array(struct json *json);
yyjson_mut_val *json_string(struct json *json, struct str text);
/* `text` read as one JSON value, kept as it is written; as a string when it is none. */
yyjson_mut_val *json_value(struct json *json, struct str text);

/* Members. `key` is borrowed. The text is borrowed until json_end. */
void json_add(struct json *json, yyjson_mut_val *object, const char *key, yyjson_mut_val *value);
void json_add_text(struct json *json, yyjson_mut_val *object, const char *key, struct str text);
void json_add_number(struct json *json, yyjson_mut_val *object, const char *key, uint64_t number);
void json_add_bool(struct json *json, yyjson_mut_val *object, const char *key, bool value);
/* Only when the text is not empty. */
void json_add_text_if(struct json *json, yyjson_mut_val *object, const char *key, struct str text);
/* A number from a request, as it came; nothing when NULL. */
void json_add_copy_if(struct json *json, yyjson_mut_val *object, const char *key, yyjson_val *value);
/* An array of strings. */
void json_add_texts(struct json *json, yyjson_mut_val *object, const char *key, const struct str *texts, size_t count);

/* The text of `root`, NUL-ended, in the arena. {NULL, 0} without memory, or when it is longer than LIMIT_REPLY_BYTES. */
struct str json_end(struct json *json, yyjson_mut_val *root);

/* Bytes [0, byte) of `text` in UTF-16 code units: where JavaScript sees that place. */
uint64_t json_utf16(struct str text, size_t byte);

#endif
