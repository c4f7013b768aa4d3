#include "stems.h"

#include "arena.h"
#include "map.h"

#include <libstemmer.h>

/* Shorter words, and such with digits or other letters, have no forms that would be known. */
enum { STEMS_BYTES_MIN = 3 };

struct stems_maker {
    struct sb_stemmer *stemmer;
    struct arena arena; /* the stems */
    struct map last;    /* stem → a term that has it */
    uint32_t *next;
};

static bool stems_is_word(struct str term)
{
    bool is_word = term.size >= STEMS_BYTES_MIN;
    for (size_t i = 0; i < term.size; i++) is_word &= term.at[i] >= 'a' && term.at[i] <= 'z';
    return is_word;
}

/* False: no memory. */
static bool stems_add(struct stems_maker *maker, struct str term, uint32_t number)
{
    maker->next[number] = number;
    if (!stems_is_word(term)) return true;
    const sb_symbol *stem = sb_stemmer_stem(maker->stemmer, (const sb_symbol *)term.at, (int)term.size);
    if (stem == NULL) return false;
    struct str text = { (const char *)stem, (size_t)sb_stemmer_length(maker->stemmer) };
    uint64_t *last = map_find(&maker->last, text);
    if (last) {
        maker->next[number] = maker->next[*last];
        maker->next[*last] = number;
        *last = number;
        return true;
    }
    struct str copy = arena_copy(&maker->arena, text);
    last = maker->arena.failed ? NULL : map_put(&maker->last, copy, NULL);
    if (last) *last = number;
    return last != NULL;
}

static bool stems_fill(struct stems_maker *maker, const struct dictionary_builder *words, size_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (!stems_add(maker, words->sorted[i], i)) return false;
    return true;
}

int stems_make(const struct dictionary_builder *words, struct buf *next)
{
    size_t count = dictionary_builder_count(words);
    struct stems_maker maker = { .stemmer = sb_stemmer_new("english", "UTF_8") };
    arena_init(&maker.arena, SIZE_MAX / 2);
    map_init(&maker.last);
    maker.next = (uint32_t *)(void *)buf_reserve(next, (count + 1) * sizeof *maker.next);
    bool is_done = maker.stemmer && maker.next && stems_fill(&maker, words, count);
    if (is_done) next->size += count * sizeof *maker.next;
    map_free(&maker.last);
    arena_free(&maker.arena);
    sb_stemmer_delete(maker.stemmer);
    return is_done ? FILE_OK : FILE_NO_MEMORY;
}
