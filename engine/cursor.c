#include "cursor.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

enum { CURSOR_DIGITS = 16, CURSOR_PARTS = 4, CURSOR_BYTES = CURSOR_PARTS * (CURSOR_DIGITS + 1) - 1 };

static void cursor_hash_text(XXH3_state_t *state, struct str text)
{
    uint64_t size = text.size;
    XXH3_64bits_update(state, &size, sizeof size);
    if (text.size) XXH3_64bits_update(state, text.at, text.size);
}

/* All that decides which rows come, and in which order. */
static uint64_t cursor_question(const struct engine_query *query)
{
    const struct engine_filter *filter = &query->filter;
    const unsigned numbers[] = { query->kinds, filter->flags, filter->no_flags, query->descriptions,
                                 query->is_pattern };
    XXH3_state_t state;
    XXH3_64bits_reset(&state);
    cursor_hash_text(&state, query->text);
    cursor_hash_text(&state, query->api);
    cursor_hash_text(&state, filter->method);
    cursor_hash_text(&state, filter->in);
    cursor_hash_text(&state, filter->type);
    cursor_hash_text(&state, filter->tag);
    XXH3_64bits_update(&state, numbers, sizeof numbers);
    return XXH3_64bits_digest(&state);
}

static void cursor_digits(char digits[CURSOR_DIGITS], uint64_t number)
{
    for (size_t i = CURSOR_DIGITS; i-- > 0; number >>= 4) digits[i] = "0123456789abcdef"[number & 15];
}

struct str cursor_write(uint64_t generation, const struct engine_query *query, const struct search_hit *last,
                        struct arena *arena)
{
    const uint64_t parts[CURSOR_PARTS] = { generation, cursor_question(query), last->key, last->group };
    char *at = arena_alloc(arena, CURSOR_BYTES + 1);
    if (at == NULL) return STR_EMPTY;
    for (size_t i = 0; i < CURSOR_PARTS; i++) {
        cursor_digits(at + i * (CURSOR_DIGITS + 1), parts[i]);
        at[i * (CURSOR_DIGITS + 1) + CURSOR_DIGITS] = i + 1 < CURSOR_PARTS ? '.' : '\0';
    }
    return (struct str){ at, CURSOR_BYTES };
}

/* 16 small hexadecimal digits. */
static bool cursor_number(struct str digits, uint64_t *number)
{
    *number = 0;
    for (size_t i = 0; i < digits.size; i++) {
        char digit = digits.at[i];
        bool is_letter = digit >= 'a' && digit <= 'f';
        if (!is_letter && (digit < '0' || digit > '9')) return false;
        *number = *number << 4 | (uint64_t)(is_letter ? digit - 'a' + 10 : digit - '0');
    }
    return digits.size == CURSOR_DIGITS;
}

int cursor_read(uint64_t generation, const struct engine_query *query, struct collect_hit *last)
{
    uint64_t parts[CURSOR_PARTS];
    struct str rest = query->cursor, part;
    if (rest.size != CURSOR_BYTES) return ENGINE_EINVAL;
    for (unsigned i = 0; i < CURSOR_PARTS; i++)
        if (!str_split(&rest, '.', &part) || !cursor_number(part, &parts[i])) return ENGINE_EINVAL;
    if (parts[0] != generation) return ENGINE_EOUTDATED;
    if (parts[1] != cursor_question(query)) return ENGINE_EINVAL;
    *last = (struct collect_hit){ .key = parts[2], .group = (uint32_t)parts[3] };
    return ENGINE_OK;
}
