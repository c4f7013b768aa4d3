#include "dictionary.h"

#include "leb128.h"

/* ---- Reading records -------------------------------------------------------------------------------------------- */

/* What stands in front of a term's bytes. */
struct dictionary_record {
    uint32_t shared, rest, postings;
};

static inline bool dictionary_number(struct str terms, size_t *at, uint32_t *number)
{
    if (*at < terms.size && (uint8_t)terms.at[*at] < 0x80) { /* nearly all are */
        *number = (uint8_t)terms.at[(*at)++];
        return true;
    }
    return leb128_read(terms, at, number);
}

static inline bool dictionary_record(struct str terms, size_t *at, struct dictionary_record *record)
{
    return dictionary_number(terms, at, &record->shared) && dictionary_number(terms, at, &record->rest) &&
           dictionary_number(terms, at, &record->postings);
}

enum { DICTIONARY_COPY = SCAN_PADDING };

/* The bytes at `at` of the terms; most are a few, and as many as a register holds are copied at once. There is room for
 * that many more at `to`. */
static inline void dictionary_copy(char *to, struct str terms, size_t at, uint32_t size)
{
    if (size <= DICTIONARY_COPY && DICTIONARY_COPY <= terms.size - at)
        memcpy(to, terms.at + at, DICTIONARY_COPY);
    else
        memcpy(to, terms.at + at, size);
}

/* Takes the record that the cursor is in front of as its entry; returns how much it shares with the one before it. */
static inline size_t dictionary_take(struct dictionary_cursor *cursor)
{
    struct str terms = cursor->dictionary->terms;
    struct dictionary_record record;
    if (!dictionary_record(terms, &cursor->at, &record)) return 0; /* never: it was read when the file was opened */
    dictionary_copy(cursor->bytes + record.shared, terms, cursor->at, record.rest);
    cursor->size = record.shared + record.rest;
    cursor->at += record.rest;
    cursor->start = cursor->end;
    cursor->end += record.postings;
    return record.shared;
}

static void dictionary_enter(struct dictionary_cursor *cursor, const struct dictionary *dictionary, uint32_t block)
{
    cursor->dictionary = dictionary;
    cursor->entry = block * DICTIONARY_BLOCK;
    cursor->at = dictionary->blocks[block].terms;
    cursor->end = dictionary->blocks[block].postings;
    cursor->size = 0;
    dictionary_take(cursor);
}

bool dictionary_next(struct dictionary_cursor *cursor)
{
    if (cursor->entry + 1 >= cursor->dictionary->count) return false;
    cursor->entry++;
    dictionary_take(cursor);
    return true;
}

void dictionary_seek(struct dictionary_cursor *cursor, const struct dictionary *dictionary, uint32_t entry)
{
    uint32_t block = entry / DICTIONARY_BLOCK;
    bool is_near =
        cursor->dictionary == dictionary && cursor->entry / DICTIONARY_BLOCK == block && cursor->entry <= entry;
    if (!is_near) dictionary_enter(cursor, dictionary, block);
    while (cursor->entry < entry && dictionary_next(cursor)) continue;
}

bool dictionary_next_inside(struct dictionary_cursor *cursor, struct str text, bool is_first)
{
    size_t place = scan_find(dictionary_term(cursor), 0, text);
    if (is_first && place != STR_NONE) return true;
    while (cursor->entry + 1 < cursor->dictionary->count) {
        cursor->entry++;
        size_t shared = dictionary_take(cursor);
        /* What a term shares with the one before it was looked through with that. */
        bool is_shared = place != STR_NONE && place + text.size <= shared;
        size_t from = shared < text.size ? 0 : shared - text.size + 1;
        if (!is_shared) place = scan_find(dictionary_term(cursor), from, text);
        if (place != STR_NONE) return true;
    }
    return false;
}

/* ---- Opening ---------------------------------------------------------------------------------------------------- */

/* Where a check of all records is. */
struct dictionary_check {
    const struct dictionary *dictionary;
    size_t at;
    uint64_t postings;
    size_t size;
    char bytes[DICTIONARY_TERM_BYTES + DICTIONARY_COPY];
};

/* The next record follows on the term before it, and is behind it in byte order. */
static bool dictionary_check_record(struct dictionary_check *check, bool is_first)
{
    struct str terms = check->dictionary->terms, last = { check->bytes, check->size };
    struct dictionary_record record;
    if (!dictionary_record(terms, &check->at, &record)) return false;
    if (record.rest == 0 || record.rest > terms.size - check->at || record.shared > last.size ||
        record.shared + record.rest > DICTIONARY_TERM_BYTES)
        return false;
    struct str rest = { terms.at + check->at, record.rest };
    if (is_first ? record.shared > 0 || str_compare(last, rest) >= 0
                 : record.shared < last.size && (uint8_t)last.at[record.shared] >= (uint8_t)rest.at[0])
        return false;
    dictionary_copy(check->bytes + record.shared, terms, check->at, record.rest);
    check->size = record.shared + record.rest;
    check->at += record.rest;
    check->postings += record.postings;
    return true;
}

static bool dictionary_check_block(struct dictionary_check *check, uint32_t block, uint32_t *count)
{
    const struct dictionary *dictionary = check->dictionary;
    const struct format_block *at = &dictionary->blocks[block];
    if (check->at != at->terms || check->postings != at->postings || at->terms >= at[1].terms) return false;
    uint32_t records = 0;
    for (; records < DICTIONARY_BLOCK && check->at < at[1].terms; records++) {
        if (!dictionary_check_record(check, records == 0)) return false;
        if (records == 0 && dictionary->heads[block] != dictionary_head((struct str){ check->bytes, check->size }, 0))
            return false;
    }
    *count += records;
    return check->at == at[1].terms && (records == DICTIONARY_BLOCK || block + 1 == dictionary->block_count);
}

/* Counts the terms, too. */
static bool dictionary_check_terms(struct dictionary *dictionary, size_t postings)
{
    struct dictionary_check check = { .dictionary = dictionary };
    for (uint32_t block = 0; block < dictionary->block_count; block++)
        if (!dictionary_check_block(&check, block, &dictionary->count)) return false;
    const struct format_block *last = &dictionary->blocks[dictionary->block_count];
    return check.at == dictionary->terms.size && last->terms == check.at && check.postings == postings &&
           last->postings == postings;
}

static bool dictionary_postings_fit(const uint32_t *postings, size_t count, uint32_t low, uint32_t high)
{
    bool fits = true;
    for (size_t i = 0; i < count; i++) fits &= postings[i] - low < high - low;
    return fits;
}

static bool dictionary_find(struct dictionary *dictionary, const struct file *file, uint32_t number)
{
    uint32_t section = FORMAT_DICTIONARY + DICTIONARY_PARTS * number;
    struct str terms = file_section(file, section + DICTIONARY_TERMS);
    struct str heads = file_section(file, section + DICTIONARY_HEADS);
    struct str blocks = file_section(file, section + DICTIONARY_BLOCKS);
    struct str postings = file_section(file, section + DICTIONARY_POSTINGS);
    size_t count = heads.size / sizeof(uint64_t);
    *dictionary = (struct dictionary){ .terms = terms,
                                       .heads = (const void *)heads.at,
                                       .blocks = (const void *)blocks.at,
                                       .block_count = (uint32_t)count,
                                       .postings = (const void *)postings.at,
                                       .packed = postings };
    return terms.at && heads.at && blocks.at && postings.at && count < UINT32_MAX / DICTIONARY_BLOCK &&
           blocks.size == (count + 1) * sizeof *dictionary->blocks;
}

bool dictionary_open(struct dictionary *dictionary, struct file *file, uint32_t number, uint32_t low, uint32_t high,
                     bool is_packed)
{
    bool fits = dictionary_find(dictionary, file, number);
    size_t size = dictionary->packed.size, count = is_packed ? size : size / sizeof *dictionary->postings;
    fits = fits && dictionary_check_terms(dictionary, count) &&
           (is_packed || dictionary_postings_fit(dictionary->postings, count, low, high));
    if (is_packed)
        dictionary->postings = NULL;
    else
        dictionary->packed = STR_EMPTY;
    if (!fits) file->why = "a dictionary of the search index does not hold together";
    return fits;
}

/* ---- Looking up ------------------------------------------------------------------------------------------------- */

/* What is looked for: the first term that is not below the text, as far as the text reaches when `is_behind`; then
 * terms that begin with it are below. */
struct dictionary_bound {
    struct str text;
    uint64_t head;
    bool is_behind;
};

static bool dictionary_is_below(const struct dictionary_bound *bound, struct str term)
{
    if (bound->is_behind && str_starts(term, bound->text)) return true;
    return str_compare(term, bound->text) < 0;
}

/* The first term of a block is whole, and lies behind its numbers. */
static struct str dictionary_first(const struct dictionary *dictionary, uint32_t block)
{
    size_t at = dictionary->blocks[block].terms;
    struct dictionary_record record = { 0, 0, 0 };
    dictionary_record(dictionary->terms, &at, &record);
    return str_cut(dictionary->terms, at, at + record.rest);
}

static bool dictionary_is_block_below(const struct dictionary *dictionary, uint32_t block,
                                      const struct dictionary_bound *bound)
{
    uint64_t head = dictionary->heads[block];
    if (head != bound->head) return head < bound->head;
    return dictionary_is_below(bound, dictionary_first(dictionary, block));
}

/* How many blocks, from `low` on, begin below the bound. */
static uint32_t dictionary_blocks_below(const struct dictionary *dictionary, uint32_t low,
                                        const struct dictionary_bound *bound)
{
    uint32_t high = dictionary->block_count;
    /* The end of a range is mostly near its beginning. */
    for (uint32_t step = 1; bound->is_behind && low + step < high; step *= 2) {
        if (!dictionary_is_block_below(dictionary, low + step, bound)) {
            high = low + step;
            break;
        }
        low += step;
    }
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (dictionary_is_block_below(dictionary, middle, bound))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Moves the cursor to the first entry that is not below the bound; false when all are: it is then behind the last. The
 * entry is in the last block that begins below it, or is the first of the next one. */
static bool dictionary_find_bound(struct dictionary_cursor *cursor, const struct dictionary *dictionary, uint32_t low,
                                  const struct dictionary_bound *bound)
{
    uint32_t block = dictionary_blocks_below(dictionary, low, bound);
    dictionary_enter(cursor, dictionary, block ? block - 1 : 0);
    while (dictionary_is_below(bound, dictionary_term(cursor)))
        if (!dictionary_next(cursor)) {
            cursor->entry++;
            cursor->start = cursor->end;
            return false;
        }
    return true;
}

struct dictionary_range dictionary_prefix(const struct dictionary *dictionary, struct str prefix)
{
    struct dictionary_cursor cursor;
    struct dictionary_bound bound = { prefix, dictionary_head(prefix, 0), false };
    if (dictionary->count == 0) return (struct dictionary_range){ 0, 0, 0, 0, 0 };
    bool is_there = dictionary_find_bound(&cursor, dictionary, 0, &bound);
    struct dictionary_range range = { cursor.entry, cursor.entry, cursor.start, cursor.start, cursor.start };
    if (!is_there || !str_starts(dictionary_term(&cursor), prefix)) return range;
    if (cursor.size == prefix.size) range.exact = cursor.end;
    bound = (struct dictionary_bound){ prefix, dictionary_head(prefix, 0xFF), true };
    dictionary_find_bound(&cursor, dictionary, cursor.entry / DICTIONARY_BLOCK, &bound);
    range.last = cursor.entry;
    range.end = cursor.start;
    return range;
}

struct dictionary_range dictionary_exact(const struct dictionary *dictionary, struct str term)
{
    struct dictionary_cursor cursor;
    struct dictionary_bound bound = { term, dictionary_head(term, 0), false };
    if (dictionary->count == 0) return (struct dictionary_range){ 0, 0, 0, 0, 0 };
    bool is_there = dictionary_find_bound(&cursor, dictionary, 0, &bound);
    struct dictionary_range range = { cursor.entry, cursor.entry, cursor.start, cursor.start, cursor.start };
    if (!is_there || !str_equal(dictionary_term(&cursor), term)) return range;
    range.last++;
    range.exact = range.end = cursor.end;
    return range;
}
