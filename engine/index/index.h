/* index.h - the search index as it is read: groups, the elements in them, and the dictionaries that lead to them.
 * What the parts mean is told in format.h. A view of the mapped file, shared by all threads; all numbers in it are
 * checked when it is opened, but those of packed postings, which are checked as they are read. */
#ifndef ENGINE_INDEX_H
#define ENGINE_INDEX_H

#include "catalogue.h"
#include "dictionary.h"
#include "file.h"
#include "format.h"
#include "spelling.h"

enum index_dictionary {
    INDEX_NAMES = 0,                  /* + kind: squashed whole names → groups */
    INDEX_WORDS = FORMAT_KINDS,       /* + kind: words in names → groups */
    INDEX_SPELLED = 2 * FORMAT_KINDS, /* the number of those, which the spelling tree is over */
    INDEX_METHODS = 2 * FORMAT_KINDS, /* "get" … → groups of endpoints */
    INDEX_TEXTS,                      /* words in descriptions → entries; packed */
    INDEX_VALUES,                     /* squashed values → groups of properties and parameters that may have them */
    INDEX_INITIALS,                   /* "ips" of imagePullSecrets → groups of all kinds */
    INDEX_TRIGRAMS,                   /* trigrams → words of names, numbered through (trigrams.h); packed */
    INDEX_DICTIONARIES,
};

/* Numbers of groups have no higher bits, which are left to others (FORMAT_NESTED). */
#define INDEX_GROUPS_MAX ((uint32_t)1 << 30)

struct gaps;

struct index {
    const struct format_index *head;
    const struct format_group *groups; /* head->group_count + 1 */
    const uint32_t *members;           /* elements, by group */
    const uint32_t *member_owners;     /* beside members: a group or FORMAT_NO_OWNER, and FORMAT_NESTED */
    const uint32_t *member_links;      /* beside members from link_first on: an element or FORMAT_NO_LINK */
    uint32_t link_first, link_end;
    const uint32_t *group_of; /* by element */
    const uint8_t *weights;   /* by element */
    const struct format_entry *entries;
    const uint8_t *entry_words; /* by entry */
    const uint32_t *stems;      /* by term of INDEX_TEXTS: the next form of the same word, in a ring */
    struct dictionary dictionaries[INDEX_DICTIONARIES];
    const uint32_t *value_elements; /* beside the postings of INDEX_VALUES: an element of the group that has it */
    struct spelling spelling;       /* of the dictionaries of names and words */
    const struct gaps *gaps;        /* what does not count any more; NULL when all does */
};

/* Finds the sections in `file`, which has been opened, as `catalogue` has from it, and checks them. FILE_CORRUPT sets
 * file->why. */
int index_open(struct index *index, struct file *file, const struct catalogue *catalogue);

enum catalogue_kind index_kind(const struct index *index, uint32_t group);

/* The members [*first, *end) of a group that are elements [low, high). */
void index_members(const struct index *index, uint32_t group, uint32_t low, uint32_t high, uint32_t *first,
                   uint32_t *end);

/* The element that the type of an object or a property leads to, or FORMAT_NO_LINK; the element itself: what it has
 * lies behind it. */
uint32_t index_link(const struct index *index, uint32_t element);

#endif
