#include "payload.h"

#include "ascii.h"
#include "limits.h"
#include "utf8.h"

static void *payload_alloc(void *arena, size_t size)
{
    return arena_alloc(arena, size);
}

static void *payload_realloc(void *arena, void *old, size_t old_size, size_t size)
{
    if (size <= old_size) return old;
    void *at = arena_alloc(arena, size);
    if (at != NULL) memcpy(at, old, old_size);
    return at;
}

static void payload_free(void *arena, void *at)
{
    (void)arena, (void)at;
}

yyjson_alc payload_allocator(struct arena *arena)
{
    return (yyjson_alc){ .malloc = payload_alloc, .realloc = payload_realloc, .free = payload_free, .ctx = arena };
}

/* The UTF-16 unit that an escape ("\\ud83d") at `at` stands for; 0 when there is none. */
static unsigned payload_escape(struct str text, size_t at)
{
    if (text.size - at < 6 || text.at[at] != '\\' || text.at[at + 1] != 'u') return 0;
    unsigned unit = 0;
    for (size_t i = at + 2; i < at + 6; i++) {
        int digit = ascii_hex(text.at[i]);
        if (digit < 0) return 0;
        unit = unit << 4 | (unsigned)digit;
    }
    return unit;
}

/* A copy with each escaped surrogate that has no partner replaced by U+FFFD: JSON.stringify writes them (ECMA-262
 * QuoteJSONString), yyjson refuses them. */
static struct str payload_mend(struct arena *arena, struct str text)
{
    static const char replacement[] = { 'f', 'f', 'f', 'd' };
    char *mended = arena_alloc(arena, text.size + 1);
    if (mended == NULL) return STR_EMPTY;
    memcpy(mended, text.at, text.size);
    for (size_t at = 0; at + 1 < text.size; at++) {
        if (text.at[at] != '\\') continue;
        unsigned unit = payload_escape(text, at) & 0xFC00;
        bool is_pair = unit == 0xD800 && text.size - at >= 12 && (payload_escape(text, at + 6) & 0xFC00) == 0xDC00;
        if (!is_pair && (unit == 0xD800 || unit == 0xDC00)) memcpy(mended + at + 2, replacement, sizeof replacement);
        at += is_pair ? 11 : 1; /* the loop adds one: behind the pair, or behind the escape's letter */
    }
    return (struct str){ mended, text.size };
}

static yyjson_val *payload_parse(struct arena *arena, struct str text)
{
    yyjson_alc allocator = payload_allocator(arena);
    yyjson_read_flag flags = YYJSON_READ_ALLOW_INVALID_UNICODE | YYJSON_READ_BIGNUM_AS_RAW;
    /* Without YYJSON_READ_INSITU the input is copied, not written to: the cast is safe. */
    yyjson_doc *doc = yyjson_read_opts((char *)(uintptr_t)text.at, text.size, flags, &allocator, NULL);
    return yyjson_doc_get_root(doc);
}

yyjson_val *payload_read(struct arena *arena, struct str text)
{
    yyjson_val *value = payload_parse(arena, text);
    return value != NULL || text.size == 0 ? value : payload_parse(arena, payload_mend(arena, text));
}

struct str payload_text(struct arena *arena, yyjson_val *value)
{
    return payload_clean(arena, (struct str){ yyjson_get_str(value), yyjson_get_len(value) });
}

struct str payload_clean(struct arena *arena, struct str text)
{
    if (text.at == NULL) return STR_EMPTY;
    if (utf8_valid(text)) return text;
    char *clean = arena_calloc(arena, text.size, 3); /* U+FFFD has 3 bytes */
    size_t size = 0;
    if (clean == NULL) return STR_EMPTY;
    for (size_t at = 0; at < text.size;) {
        char bytes[4];
        size_t count = utf8_write(utf8_next(text, &at), bytes);
        memcpy(clean + size, bytes, count);
        size += count;
    }
    return (struct str){ clean, size };
}

struct payload payload_begin(struct arena *arena)
{
    yyjson_alc allocator = payload_allocator(arena);
    return (struct payload){ .arena = arena, .doc = yyjson_mut_doc_new(&allocator) };
}

yyjson_mut_val *payload_object(struct payload *payload)
{
    return yyjson_mut_obj(payload->doc);
}

yyjson_mut_val *payload_array(struct payload *payload)
{
    return yyjson_mut_arr(payload->doc);
}

yyjson_mut_val *payload_string(struct payload *payload, struct str text)
{
    text = payload_clean(payload->arena, text);
    return yyjson_mut_strn(payload->doc, text.at, text.size);
}

yyjson_mut_val *payload_value(struct payload *payload, struct str text)
{
    text = payload_clean(payload->arena, text);
    if (payload_read(payload->arena, text) == NULL) return payload_string(payload, text);
    return yyjson_mut_rawn(payload->doc, text.at, text.size);
}

void payload_add(struct payload *payload, yyjson_mut_val *object, const char *key, yyjson_mut_val *value)
{
    yyjson_mut_obj_add(object, yyjson_mut_str(payload->doc, key), value);
}

void payload_add_text(struct payload *payload, yyjson_mut_val *object, const char *key, struct str text)
{
    payload_add(payload, object, key, payload_string(payload, text));
}

void payload_add_number(struct payload *payload, yyjson_mut_val *object, const char *key, uint64_t number)
{
    payload_add(payload, object, key, yyjson_mut_uint(payload->doc, number));
}

void payload_add_bool(struct payload *payload, yyjson_mut_val *object, const char *key, bool value)
{
    payload_add(payload, object, key, yyjson_mut_bool(payload->doc, value));
}

void payload_add_text_if(struct payload *payload, yyjson_mut_val *object, const char *key, struct str text)
{
    if (text.size > 0) payload_add_text(payload, object, key, text);
}

void payload_add_copy_if(struct payload *payload, yyjson_mut_val *object, const char *key, yyjson_val *value)
{
    if (value != NULL) payload_add(payload, object, key, yyjson_val_mut_copy(payload->doc, value));
}

void payload_add_texts(struct payload *payload, yyjson_mut_val *object, const char *key, const struct str *texts,
                       size_t count)
{
    yyjson_mut_val *array = payload_array(payload);
    for (size_t i = 0; i < count; i++) yyjson_mut_arr_append(array, payload_string(payload, texts[i]));
    payload_add(payload, object, key, array);
}

struct str payload_end(struct payload *payload, yyjson_mut_val *root)
{
    yyjson_alc allocator = payload_allocator(payload->arena);
    size_t size = 0;
    if (payload->arena->failed) return (struct str){ NULL, 0 };
    char *text = yyjson_mut_val_write_opts(root, 0, &allocator, &size, NULL);
    if (text == NULL || size > LIMIT_REPLY_BYTES) return (struct str){ NULL, 0 };
    return (struct str){ text, size };
}

uint64_t payload_utf16(struct str text, size_t byte)
{
    return utf8_utf16_length(str_cut(text, 0, byte));
}
