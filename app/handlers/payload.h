/* payload.h - JSON in and out by yyjson, in the memory of one arena.
 *
 * A writer is not asked after each call whether there was memory: the arena remembers, and payload_end looks once. */
#ifndef PAYLOAD_H
#define PAYLOAD_H

#include "arena.h"
#include "str.h"

#include <stdint.h>
#include <yyjson.h>

struct payload {
    struct arena *arena;
    yyjson_mut_doc *doc; /* NULL without memory: every call below then does nothing */
};

/* yyjson's memory is the arena. */
yyjson_alc payload_allocator(struct arena *arena);

/* Reads JSON text (RFC 8259). A lone surrogate ("\ud83d", half an emoji being typed) is let through; payload_text mends
 * it. NULL when it is no JSON or there is no memory. Nothing recurses, so depth is no danger. */
yyjson_val *payload_read(struct arena *arena, struct str text);
/* A string value as valid UTF-8, each bad byte replaced by U+FFFD. */
struct str payload_text(struct arena *arena, yyjson_val *value);
/* `text` as valid UTF-8 in the same way: itself when it is good. */
struct str payload_clean(struct arena *arena, struct str text);

struct payload payload_begin(struct arena *arena);
yyjson_mut_val *payload_object(struct payload *payload);
yyjson_mut_val *payload_array(struct payload *payload);
yyjson_mut_val *payload_string(struct payload *payload, struct str text);
/* `text` read as one JSON value, kept as it is written; as a string when it is none. */
yyjson_mut_val *payload_value(struct payload *payload, struct str text);

/* Members. `key` is borrowed. The text is borrowed until payload_end. */
void payload_add(struct payload *payload, yyjson_mut_val *object, const char *key, yyjson_mut_val *value);
void payload_add_text(struct payload *payload, yyjson_mut_val *object, const char *key, struct str text);
void payload_add_number(struct payload *payload, yyjson_mut_val *object, const char *key, uint64_t number);
void payload_add_bool(struct payload *payload, yyjson_mut_val *object, const char *key, bool value);
/* Only when the text is not empty. */
void payload_add_text_if(struct payload *payload, yyjson_mut_val *object, const char *key, struct str text);
/* A number from a request, as it came; nothing when NULL. */
void payload_add_copy_if(struct payload *payload, yyjson_mut_val *object, const char *key, yyjson_val *value);
/* An array of strings. */
void payload_add_texts(struct payload *payload, yyjson_mut_val *object, const char *key, const struct str *texts,
                       size_t count);

/* The text of `root`, NUL-ended, in the arena. {NULL, 0} without memory, or when it is longer than LIMIT_REPLY_BYTES.
 */
struct str payload_end(struct payload *payload, yyjson_mut_val *root);

/* Bytes [0, byte) of `text` in UTF-16 code units: where JavaScript sees that place. */
uint64_t payload_utf16(struct str text, size_t byte);

#endif
