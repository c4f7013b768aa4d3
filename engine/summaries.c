#include "summaries.h"

#include "limits.h"
#include "plain.h"

#include <stdlib.h>

enum { SUMMARIES_KEPT = 4096 }; /* a megabyte, of which those that are used take memory */

struct summaries_slot {
    uint32_t text; /* 0: none */
    uint32_t size;
    char bytes[LIMIT_SUMMARY_BYTES];
};

struct summaries {
    struct summaries_slot slots[SUMMARIES_KEPT];
};

struct summaries *summaries_create(void)
{
    return calloc(1, sizeof(struct summaries));
}

void summaries_destroy(struct summaries *summaries)
{
    free(summaries);
}

static bool summaries_is_in(struct str sentence, struct str text)
{
    return sentence.at >= text.at && sentence.at < text.at + text.size;
}

static void summaries_keep(struct summaries_slot *slot, uint32_t text, struct str sentence)
{
    if (sentence.size == 0 || sentence.size > sizeof slot->bytes) return;
    slot->text = text;
    slot->size = (uint32_t)sentence.size;
    memcpy(slot->bytes, sentence.at, sentence.size);
}

struct str summaries_sentence(struct summaries *summaries, const struct catalogue *catalogue, uint32_t text,
                              struct arena *arena)
{
    struct summaries_slot *slot = NULL;
    if (text == 0) return STR_EMPTY;
    /* Ids are offsets in steps of the alignment (format.h, STRINGS). */
    if (summaries) slot = &summaries->slots[text / FORMAT_STRING_ALIGN % SUMMARIES_KEPT];
    if (slot && slot->text == text) return arena_copy(arena, (struct str){ slot->bytes, slot->size });
    struct str whole = catalogue_string(catalogue, text), sentence = plain_sentence(arena, whole);
    if (slot && !summaries_is_in(sentence, whole)) summaries_keep(slot, text, sentence);
    return sentence;
}
