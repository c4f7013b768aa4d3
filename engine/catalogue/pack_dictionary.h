/* pack_dictionary.h - what of a pack's first block the other blocks are compressed with; for the pack's two halves. */
#ifndef ENGINE_PACK_DICTIONARY_H
#define ENGINE_PACK_DICTIONARY_H

#include "str.h"

/* More saves little and takes longer for each block that is compressed. */
enum { PACK_DICTIONARY_BYTES = 64 * 1024 };

/* The end of the first block: it has pieces, where there is more than a skeleton. */
static inline struct str pack_dictionary(struct str first)
{
    size_t start = first.size > PACK_DICTIONARY_BYTES ? first.size - PACK_DICTIONARY_BYTES : 0;
    return str_cut(first, start, first.size);
}

#endif
