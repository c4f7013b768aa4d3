#include "row.h"

enum { ROW_BYTES = 1024, ROW_NUMBER_BYTES = 20, ROW_WORD = 8 };

/* ---- Room ---------------------------------------------------------------------------------------------------- */

/* What is left behind is the arena's, until it is reset. */
static char *row_grow(struct row *row, size_t more)
{
    size_t capacity = 2 * row->capacity + more;
    char *at = row->at ? arena_alloc(row->payload->arena, capacity) : NULL;
    if (at) memcpy(at, row->at, row->size);
    row->at = at;
    row->capacity = at ? capacity : 0;
    if (at == NULL) row->size = 0;
    return at ? at + row->size : NULL;
}

static inline char *row_reserve(struct row *row, size_t more)
{
    return more <= row->capacity - row->size ? row->at + row->size : row_grow(row, more);
}

static inline void row_write(struct row *row, struct str bytes)
{
    char *at = row_reserve(row, bytes.size);
    if (at == NULL) return;
    memcpy(at, bytes.at, bytes.size);
    row->size += bytes.size;
}

/* A comma where something stands before, and the name. */
static inline void row_name(struct row *row, struct str name)
{
    char *at = row_reserve(row, name.size + 1);
    if (at == NULL) return;
    char before = at[-1];
    if (before != '{' && before != '[') *at++ = ',';
    memcpy(at, name.at, name.size);
    row->size = (size_t)(at - row->at) + name.size;
}

/* ---- Values -------------------------------------------------------------------------------------------------- */

/* Not zero in the upper bits of its bytes when one of eight bytes is a control character, a quote, a backslash, or none
 * of ASCII: text that is not ASCII is not told from text that is broken here. A byte that is none of these stays below
 * 0x80 in each of the differences, and no other makes it borrow. */
static inline uint64_t row_specials(const char *at)
{
    const uint64_t ones = 0x0101010101010101u;
    uint64_t word;
    memcpy(&word, at, sizeof word);
    uint64_t control = word - ones * 0x20, quote = (word ^ ones * '"') - ones, backslash = (word ^ ones * '\\') - ones;
    return (word | control | quote | backslash) & ones * 0x80;
}

/* What JSON takes as it is. */
static bool row_is_plain(struct str text)
{
    char few[ROW_WORD];
    uint64_t specials = 0;
    if (text.size < ROW_WORD) {
        memset(few, ' ', sizeof few);
        for (size_t i = 0; i < text.size; i++) few[i] = text.at[i];
        return row_specials(few) == 0;
    }
    for (size_t i = 0; i + ROW_WORD <= text.size; i += ROW_WORD) specials |= row_specials(text.at + i);
    return (specials | row_specials(text.at + text.size - ROW_WORD)) == 0;
}

/* With its quotes. */
static struct str row_escape(const struct row *row, struct str text)
{
    yyjson_alc allocator = payload_allocator(row->payload->arena);
    struct str escaped = { NULL, 0 };
    escaped.at = yyjson_mut_val_write_opts(payload_string(row->payload, text), 0, &allocator, &escaped.size, NULL);
    return escaped.at ? escaped : STR_EMPTY;
}

static void row_text(struct row *row, struct str text)
{
    if (!row_is_plain(text)) {
        row_write(row, row_escape(row, text));
        return;
    }
    char *at = row_reserve(row, text.size + 2);
    if (at == NULL) return;
    at[0] = at[text.size + 1] = '"';
    if (text.size) memcpy(at + 1, text.at, text.size);
    row->size += text.size + 2;
}

static void row_number(struct row *row, uint64_t number)
{
    char digits[ROW_NUMBER_BYTES];
    size_t first = sizeof digits;
    do digits[--first] = (char)('0' + number % 10);
    while (number /= 10);
    row_write(row, (struct str){ digits + first, sizeof digits - first });
}

/* ---- The row ------------------------------------------------------------------------------------------------- */

struct row row_begin(struct payload *payload)
{
    struct row row = { .payload = payload, .at = arena_alloc(payload->arena, ROW_BYTES) };
    row.capacity = row.at ? ROW_BYTES : 0;
    row_write(&row, STR("{"));
    return row;
}

void row_add_text(struct row *row, struct str name, struct str text)
{
    row_name(row, name);
    row_text(row, text);
}

void row_add_text_if(struct row *row, struct str name, struct str text)
{
    if (text.size > 0) row_add_text(row, name, text);
}

void row_add_number(struct row *row, struct str name, uint64_t number)
{
    row_name(row, name);
    row_number(row, number);
}

void row_add_true(struct row *row, struct str name)
{
    row_name(row, name);
    row_write(row, STR("true"));
}

void row_open(struct row *row, struct str name, char bracket)
{
    row_name(row, name);
    row_write(row, (struct str){ &bracket, 1 });
}

void row_close(struct row *row, char bracket)
{
    row_write(row, (struct str){ &bracket, 1 });
}

void row_append_text(struct row *row, struct str text)
{
    row_add_text(row, STR_EMPTY, text);
}

void row_append_number(struct row *row, uint64_t number)
{
    row_add_number(row, STR_EMPTY, number);
}

yyjson_mut_val *row_end(struct row *row)
{
    row_write(row, STR("}"));
    return row->at ? yyjson_mut_rawn(row->payload->doc, row->at, row->size) : NULL;
}
