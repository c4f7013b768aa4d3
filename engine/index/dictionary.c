#include "dictionary.h"

static const uint32_t *dictionary_numbers(const struct file *file, uint32_t section, size_t *count)
{
    struct str bytes = file_section(file, section);
    *count = bytes.size / sizeof(uint32_t);
    return (const uint32_t *)(const void *)bytes.at;
}

/* Starts of `count` things in `size` units: they rise from 0 and end at the end. */
static bool dictionary_starts_fit(const uint32_t *starts, size_t count, size_t size)
{
    if (starts[0] != 0 || starts[count] != size) return false;
    bool rises = true;
    for (size_t i = 0; i < count; i++) rises &= starts[i] <= starts[i + 1];
    return rises;
}

static bool dictionary_is_sorted(const struct dictionary *dictionary)
{
    for (uint32_t entry = 1; entry < dictionary->count; entry++)
        if (str_compare(dictionary_term(dictionary, entry - 1), dictionary_term(dictionary, entry)) >= 0) return false;
    return true;
}

static bool dictionary_postings_fit(const uint32_t *postings, size_t count, uint32_t low, uint32_t high)
{
    bool fits = true;
    for (size_t i = 0; i < count; i++) fits &= postings[i] - low < high - low;
    return fits;
}

static bool dictionary_check(const struct dictionary *dictionary, size_t starts, size_t posting_starts, size_t postings,
                             uint32_t low, uint32_t high)
{
    if (starts == 0 || posting_starts != starts || dictionary->terms.at == NULL) return false;
    if (dictionary->postings == NULL && dictionary->packed.at == NULL) return false;
    size_t posting_size = dictionary->postings ? postings : dictionary->packed.size;
    return dictionary_starts_fit(dictionary->starts, dictionary->count, dictionary->terms.size) &&
           dictionary_starts_fit(dictionary->posting_starts, dictionary->count, posting_size) &&
           dictionary_is_sorted(dictionary) &&
           (dictionary->postings == NULL || dictionary_postings_fit(dictionary->postings, postings, low, high));
}

bool dictionary_open(struct dictionary *dictionary, struct file *file, uint32_t number, uint32_t low, uint32_t high,
                     bool is_packed)
{
    uint32_t section = FORMAT_DICTIONARY + DICTIONARY_PARTS * number;
    size_t starts, posting_starts, postings;
    *dictionary = (struct dictionary){ .terms = file_section(file, section + DICTIONARY_TERMS) };
    dictionary->starts = dictionary_numbers(file, section + DICTIONARY_STARTS, &starts);
    dictionary->posting_starts = dictionary_numbers(file, section + DICTIONARY_POSTING_STARTS, &posting_starts);
    dictionary->count = starts ? (uint32_t)(starts - 1) : 0;
    const uint32_t *numbers = dictionary_numbers(file, section + DICTIONARY_POSTINGS, &postings);
    if (is_packed)
        dictionary->packed = file_section(file, section + DICTIONARY_POSTINGS);
    else
        dictionary->postings = numbers ? numbers : dictionary->starts; /* an empty slice still needs an address */
    if (dictionary_check(dictionary, starts, posting_starts, postings, low, high)) return true;
    file->why = "a dictionary of the search index does not hold together";
    return false;
}

struct str dictionary_term(const struct dictionary *dictionary, uint32_t entry)
{
    uint32_t start = dictionary->starts[entry];
    return (struct str){ dictionary->terms.at + start, dictionary->starts[entry + 1] - start };
}

/* The first entry at or behind `low` that is not below `text`, as far as `text` reaches when `is_behind`: then entries
 * that begin with it count as below. */
static uint32_t dictionary_bound(const struct dictionary *dictionary, struct str text, uint32_t low, bool is_behind)
{
    uint32_t high = dictionary->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        struct str term = dictionary_term(dictionary, middle);
        bool is_below = is_behind ? str_starts(term, text) : str_compare(term, text) < 0;
        if (is_below)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

struct dictionary_range dictionary_prefix(const struct dictionary *dictionary, struct str prefix)
{
    uint32_t first = dictionary_bound(dictionary, prefix, 0, false);
    return (struct dictionary_range){ first, dictionary_bound(dictionary, prefix, first, true) };
}

struct dictionary_range dictionary_exact(const struct dictionary *dictionary, struct str term)
{
    uint32_t entry = dictionary_bound(dictionary, term, 0, false);
    bool is_found = entry < dictionary->count && str_equal(dictionary_term(dictionary, entry), term);
    return (struct dictionary_range){ entry, entry + is_found };
}
