#include "index.h"

#include "parallel.h"

static const void *index_section(const struct file *file, uint32_t section, size_t count, size_t size, bool *fits)
{
    struct str bytes = file_section(file, section);
    *fits &= bytes.at != NULL && bytes.size == count * size;
    return bytes.at;
}

/* The objects and properties. */
static size_t index_typed(const struct catalogue *catalogue)
{
    size_t count = 0;
    for (uint32_t i = 0; i < catalogue->api_count; i++)
        count += (size_t)catalogue->apis[i].counts[CATALOGUE_OBJECT] + catalogue->apis[i].counts[CATALOGUE_PROPERTY];
    return count;
}

static bool index_find(struct index *index, const struct file *file, const struct catalogue *catalogue)
{
    bool fits = true;
    index->head = index_section(file, FORMAT_INDEX, 1, sizeof *index->head, &fits);
    if (!fits) return false;
    size_t elements = catalogue->element_count, entries = index->head->entry_count, four = sizeof(uint32_t);
    index->groups =
        index_section(file, FORMAT_GROUPS, index->head->group_count + (size_t)1, sizeof *index->groups, &fits);
    index->members = index_section(file, FORMAT_MEMBERS, elements, four, &fits);
    index->member_owners = index_section(file, FORMAT_MEMBER_OWNERS, elements, four, &fits);
    index->group_of = index_section(file, FORMAT_GROUP_OF, elements, four, &fits);
    index->weights = index_section(file, FORMAT_WEIGHTS, elements, 1, &fits);
    index->member_links = index_section(file, FORMAT_MEMBER_LINKS, index_typed(catalogue), four, &fits);
    index->entries = index_section(file, FORMAT_ENTRIES, entries, sizeof *index->entries, &fits);
    index->entry_words = index_section(file, FORMAT_ENTRY_WORDS, entries, 1, &fits);
    return fits;
}

static bool index_check_kinds(const struct format_index *head)
{
    bool rises = head->kind_first[0] == 0 && head->kind_first[FORMAT_KINDS] == head->group_count;
    for (unsigned kind = 0; kind < FORMAT_KINDS; kind++) rises &= head->kind_first[kind] <= head->kind_first[kind + 1];
    return rises && head->group_count < INDEX_GROUPS_MAX;
}

/* Every group has a member; members and entries are in rising ranges that use up all there is. */
static bool index_check_groups(const struct index *index, const struct catalogue *catalogue)
{
    const struct format_group *groups = index->groups;
    uint32_t count = index->head->group_count, elements = catalogue->element_count;
    bool fits = groups[0].first_member == 0 && groups[count].first_member == elements && groups[0].first_entry == 0 &&
                groups[count].first_entry == index->head->entry_count;
    for (uint32_t i = 0; i < count; i++)
        fits &= (groups[i].first_member < groups[i + 1].first_member) & (groups[i].best < elements) &
                (groups[i].first_entry <= groups[i + 1].first_entry);
    return fits;
}

/* A large index is opened on two threads, as most of the time is spent waiting for memory. */
enum { INDEX_PARTS = 16, INDEX_CHECKS = 4, INDEX_THREADS = 2, INDEX_SMALL = 100000 };

/* What is looked at so much later is fetched ahead: members, links and entries lead anywhere. */
enum { INDEX_AHEAD = 32 };

struct index_checks {
    struct index *index;
    const struct catalogue *catalogue;
};

/* An element's group is one of its kind; returns 1 when it is not, of one part of the elements. */
static int index_check_kinds_of(void *context, size_t part)
{
    const struct index_checks *checks = context;
    const struct catalogue *catalogue = checks->catalogue;
    const uint32_t *group_of = checks->index->group_of, *kind_first = checks->index->head->kind_first;
    uint32_t end = (uint32_t)((part + 1) * catalogue->element_count / INDEX_PARTS);
    bool fits = true;
    for (uint32_t i = (uint32_t)(part * catalogue->element_count / INDEX_PARTS); i < end; i++) {
        unsigned kind = catalogue->elements[i].kind;
        fits &= (group_of[i] >= kind_first[kind]) & (group_of[i] < kind_first[kind + 1]);
    }
    return !fits;
}

/* Members are elements, of this group, and rise within it. After index_check_kinds_of. */
static bool index_check_members(const struct index *index, const struct catalogue *catalogue)
{
    uint32_t count = catalogue->element_count, group = 0;
    bool fits = true;
    for (uint32_t i = 0; i < count; i++) fits &= index->members[i] < count;
    uint32_t group_end = count ? index->groups[1].first_member : 0, before = 0;
    for (uint32_t i = 0; fits && i < count; i++) {
        if (i + INDEX_AHEAD < count) __builtin_prefetch(&index->group_of[index->members[i + INDEX_AHEAD]]);
        bool is_first = i == group_end;
        if (is_first) group_end = index->groups[++group + 1].first_member;
        uint32_t member = index->members[i];
        fits = (index->group_of[member] == group) & ((i == 0) | is_first | (before < member));
        before = member;
    }
    for (group = 0; fits && group < index->head->group_count; group++)
        fits = index->group_of[index->groups[group].best] == group;
    return fits;
}

/* An owner that is another group than it should be gives a wrong answer; one that is none must not be followed. */
static bool index_is_owner(const struct index *index, uint32_t owner)
{
    return owner < index->head->group_count || owner == FORMAT_NO_OWNER;
}

/* A link leads to an object, or stays where it is. */
static bool index_check_links(struct index *index, const struct catalogue *catalogue)
{
    const uint32_t *kind_first = index->head->kind_first;
    index->link_first = index->groups[kind_first[CATALOGUE_OBJECT]].first_member;
    index->link_end = index->groups[kind_first[CATALOGUE_PROPERTY + 1]].first_member;
    if (index->link_end - index->link_first != index_typed(catalogue)) return false;
    bool fits = true;
    for (uint32_t i = index->link_first; i < index->link_end; i++) {
        uint32_t link = index->member_links[i - index->link_first];
        fits &= link == FORMAT_NO_LINK || link < catalogue->element_count;
    }
    for (uint32_t i = index->link_first; fits && i < index->link_end; i++) {
        const uint32_t *link = &index->member_links[i - index->link_first];
        if (i + INDEX_AHEAD < index->link_end && link[INDEX_AHEAD] != FORMAT_NO_LINK)
            __builtin_prefetch(&index->group_of[link[INDEX_AHEAD]]);
        if (*link == FORMAT_NO_LINK || *link == index->members[i]) continue;
        uint32_t group = index->group_of[*link];
        fits = group >= kind_first[CATALOGUE_OBJECT] && group < kind_first[CATALOGUE_OBJECT + 1];
    }
    return fits;
}

static bool index_check_owners(const struct index *index, const struct catalogue *catalogue)
{
    bool fits = true;
    for (uint32_t i = 0; i < catalogue->element_count; i++)
        fits &= index_is_owner(index, index->member_owners[i] & ~FORMAT_NESTED);
    return fits;
}

/* An entry lies in the range of its group, and its element in that group. */
static bool index_check_entry(const struct index *index, const struct catalogue *catalogue, uint32_t entry,
                              uint32_t group)
{
    const struct format_entry *at = &index->entries[entry];
    return at->group == group && at->element < catalogue->element_count && index->group_of[at->element] == group &&
           index_is_owner(index, at->owner) && at->api < catalogue->api_count;
}

static bool index_check_entries(const struct index *index, const struct catalogue *catalogue)
{
    bool fits = true;
    for (uint32_t group = 0; group < index->head->group_count; group++)
        for (uint32_t entry = index->groups[group].first_entry; entry < index->groups[group + 1].first_entry; entry++) {
            if (entry + INDEX_AHEAD < index->head->entry_count)
                __builtin_prefetch(&index->group_of[index->entries[entry + INDEX_AHEAD].element]);
            fits &= index_check_entry(index, catalogue, entry, group);
        }
    return fits;
}

/* What has nothing to do with each other, the longest first; returns 1 when it does not hold. */
static int index_check_part(void *context, size_t part)
{
    const struct index_checks *checks = context;
    switch (part) {
    case 0: return !index_check_members(checks->index, checks->catalogue);
    case 1: return !index_check_entries(checks->index, checks->catalogue);
    case 2: return !index_check_links(checks->index, checks->catalogue);
    default: return !index_check_owners(checks->index, checks->catalogue);
    }
}

static unsigned index_threads(const struct catalogue *catalogue)
{
    return catalogue->element_count > INDEX_SMALL ? INDEX_THREADS : 1;
}

static bool index_check_elements(struct index *index, const struct catalogue *catalogue)
{
    struct index_checks checks = { index, catalogue };
    unsigned threads = index_threads(catalogue);
    return parallel_run(threads, INDEX_PARTS, index_check_kinds_of, &checks) == 0 &&
           parallel_run(threads, INDEX_CHECKS, index_check_part, &checks) == 0;
}

struct index_range {
    uint32_t low, high;
};

/* What the postings of a dictionary are: of names and words of a kind its groups, of methods those of endpoints, of
 * values those of properties and parameters; of initials groups of any kind, of texts entries. */
static struct index_range index_postings_range(const struct index *index, uint32_t number)
{
    const uint32_t *first = index->head->kind_first;
    switch (number) {
    case INDEX_METHODS: return (struct index_range){ first[CATALOGUE_ENDPOINT], first[CATALOGUE_ENDPOINT + 1] };
    case INDEX_TEXTS: return (struct index_range){ 0, index->head->entry_count };
    case INDEX_INITIALS: return (struct index_range){ 0, index->head->group_count };
    case INDEX_TRIGRAMS: return (struct index_range){ 0, UINT32_MAX };
    case INDEX_VALUES: return (struct index_range){ first[CATALOGUE_PROPERTY], first[FORMAT_KINDS] };
    default: return (struct index_range){ first[number % FORMAT_KINDS], first[number % FORMAT_KINDS + 1] };
    }
}

struct index_openings {
    struct index *index;
    const struct file *file;
    const char *why[INDEX_DICTIONARIES]; /* each by the thread that found it */
};

static int index_open_dictionary(void *context, size_t number)
{
    struct index_openings *openings = context;
    struct file file = *openings->file; /* for its `why` */
    uint32_t dictionary = (uint32_t)number;
    struct index_range range = index_postings_range(openings->index, dictionary);
    if (dictionary_open(&openings->index->dictionaries[number], &file, dictionary, range.low, range.high,
                        dictionary == INDEX_TEXTS || dictionary == INDEX_TRIGRAMS))
        return 0;
    openings->why[number] = file.why;
    return 1;
}

static bool index_open_dictionaries(struct index *index, struct file *file, unsigned threads)
{
    struct index_openings openings = { .index = index, .file = file };
    if (parallel_run(threads, INDEX_DICTIONARIES, index_open_dictionary, &openings) == 0) return true;
    for (size_t i = 0; i < INDEX_DICTIONARIES; i++)
        if (openings.why[i]) file->why = openings.why[i];
    return false;
}

static bool index_open_stems(struct index *index, struct file *file)
{
    uint32_t count = index->dictionaries[INDEX_TEXTS].count;
    bool fits = true;
    index->stems = index_section(file, FORMAT_STEMS, count, sizeof *index->stems, &fits);
    for (uint32_t i = 0; i < count && fits; i++) fits = index->stems[i] < count;
    if (!fits) file->why = "the forms of words do not hold together";
    return fits;
}

static bool index_open_values(struct index *index, struct file *file, const struct catalogue *catalogue)
{
    const struct dictionary *values = &index->dictionaries[INDEX_VALUES];
    uint32_t count = values->blocks[values->block_count].postings;
    bool fits = true;
    index->value_elements = index_section(file, FORMAT_VALUE_ELEMENTS, count, sizeof *index->value_elements, &fits);
    for (uint32_t i = 0; i < count && fits; i++) {
        uint32_t element = index->value_elements[i];
        fits = element < catalogue->element_count && index->group_of[element] == values->postings[i];
    }
    if (!fits) file->why = "the elements of values do not hold together";
    return fits;
}

int index_open(struct index *index, struct file *file, const struct catalogue *catalogue)
{
    *index = (struct index){ .head = NULL };
    if (!index_find(index, file, catalogue)) {
        file->why = "a section of the search index is missing or has another size than it must have";
        return FILE_CORRUPT;
    }
    if (!index_check_kinds(index->head) || !index_check_groups(index, catalogue) ||
        !index_check_elements(index, catalogue)) {
        file->why = "the groups of the search index do not hold together";
        return FILE_CORRUPT;
    }
    bool is_open = index_open_dictionaries(index, file, index_threads(catalogue)) && index_open_stems(index, file) &&
                   index_open_values(index, file, catalogue) &&
                   spelling_open(&index->spelling, file, index->dictionaries, INDEX_SPELLED);
    return is_open ? FILE_OK : FILE_CORRUPT;
}

enum catalogue_kind index_kind(const struct index *index, uint32_t group)
{
    unsigned kind = 0;
    while (kind + 1 < FORMAT_KINDS && group >= index->head->kind_first[kind + 1]) kind++;
    return (enum catalogue_kind)kind;
}

/* The first place in [low, high) whose element is not below `element`. */
static uint32_t index_bound(const uint32_t *members, uint32_t low, uint32_t high, uint32_t element)
{
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (members[middle] < element)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void index_members(const struct index *index, uint32_t group, uint32_t low, uint32_t high, uint32_t *first,
                   uint32_t *end)
{
    uint32_t start = index->groups[group].first_member, stop = index->groups[group + 1].first_member;
    *first = index_bound(index->members, start, stop, low);
    *end = index_bound(index->members, *first, stop, high);
}

uint32_t index_link(const struct index *index, uint32_t element)
{
    uint32_t first, end;
    index_members(index, index->group_of[element], element, element + 1, &first, &end);
    bool is_typed = first < end && first >= index->link_first && first < index->link_end;
    return is_typed ? index->member_links[first - index->link_first] : FORMAT_NO_LINK;
}
