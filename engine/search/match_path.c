/* match_path.c - queries that are a way through the model: each part of it but the first belongs to what the part
 * before it leads to.
 *
 *     Deployment.spec.replicas     Deployment has a property spec, whose type has a property replicas
 *     spec.template.spec           the same from any property spec on
 *     livenessProbe httpGet        dots or spaces make no difference
 *     pull request updated at      words with spaces are also taken together: two names, wherever one may end
 *
 * A path is walked forwards, from all objects and properties that its first part names. The last part may be the
 * beginning of a name, as it is being typed. */
#include "match.h"

#include "tokenize.h"

enum {
    /* Properties looked at: over all APIs "data" leads to thousands of objects. */
    MATCH_PATH_LOOKS = 20000,
    /* An object that is made of another one that is made of another one … */
    MATCH_PATH_ALIASES = 4,
    /* Names that the last part may begin: with "s" being typed there would be no end of them. */
    MATCH_PATH_ENDS = 4096,
};

struct match_walk {
    struct search_scratch *search;
    struct str parts[MATCH_PATH_PARTS];
    struct match_slice names[MATCH_PATH_PARTS]; /* of properties */
    unsigned count;
    uint32_t steps[MATCH_PATH_PARTS]; /* elements on the way to where the walk is */
    unsigned looks;
    char bytes[LIMIT_QUERY_BYTES];
};

/* ---- The parts ------------------------------------------------------------------------------------------------- */

static bool match_path_separates(char byte)
{
    bool is_alnum = (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z');
    return !is_alnum && (unsigned char)byte < 0x80 && byte != '_' && byte != '-' && byte != '$' && byte != '@';
}

/* The position in "containers[0].image" is no name. */
static bool match_path_is_number(struct str part)
{
    for (size_t i = 0; i < part.size; i++)
        if (part.at[i] < '0' || part.at[i] > '9') return false;
    return true;
}

/* False when the query is no path: one part, too many, or an endpoint's. The parts lie side by side. */
static bool match_path_split(struct match_walk *walk)
{
    struct str text = walk->search->query.typed;
    char *at = walk->bytes;
    if (str_find_byte(text, '/') != STR_NONE) return false;
    for (size_t start = 0, end; start < text.size; start = end + 1) {
        for (end = start; end < text.size && !match_path_separates(text.at[end]);) end++;
        struct str part = str_cut(text, start, end);
        if (match_path_is_number(part)) continue;
        if (walk->count == MATCH_PATH_PARTS) return false;
        size_t size = tokenize_squash(part, at);
        walk->parts[walk->count++] = (struct str){ at, size };
        at += size;
    }
    return walk->count > 1;
}

/* ---- What was found -------------------------------------------------------------------------------------------- */

static unsigned match_path_weight(struct search_scratch *search, uint32_t element)
{
    uint32_t api = search->catalogue->apis[match_api_of(search, element)].first_element;
    return (unsigned)search->index->weights[element] + search->index->weights[api];
}

/* Of several ways to properties of one name: what begins with an object, whose whole name was typed; then what stays
 * inside the object where it begins, so that the owner's name tells it; then what begins with the weightiest. */
static bool match_path_is_better(const struct match_path *a, const struct match_path *b)
{
    if (a->is_loose != b->is_loose) return b->is_loose;
    if (a->has_root != b->has_root) return a->has_root;
    if (a->is_inside != b->is_inside) return a->is_inside;
    return a->weight > b->weight;
}

static void match_path_take(struct match_walk *walk, uint32_t element, bool is_loose)
{
    struct search_scratch *search = walk->search;
    struct match_path path = { .group = search->index->group_of[element], .count = walk->count, .is_loose = is_loose };
    if (!match_is_open(search, path.group) || !match_is_wanted(search, element)) return;
    memcpy(path.steps, walk->steps, sizeof path.steps);
    path.steps[walk->count - 1] = element;
    path.has_root = search->catalogue->elements[path.steps[0]].kind == CATALOGUE_OBJECT;
    path.weight = match_path_weight(search, path.steps[0]);
    size_t asked = walk->parts[walk->count - 1].size, letters = search->index->groups[path.group].letters;
    path.rest = letters > asked ? (unsigned)(letters - asked) : 0;
    path.is_inside = search->catalogue->elements[element].parent == search->catalogue->elements[path.steps[0]].parent;
    for (unsigned i = 0; i < search->path_count; i++) {
        if (search->paths[i].group != path.group) continue;
        if (match_path_is_better(&path, &search->paths[i])) search->paths[i] = path;
        return;
    }
    if (search->path_count < MATCH_PATHS) search->paths[search->path_count++] = path;
}

/* ---- The walk -------------------------------------------------------------------------------------------------- */

static bool match_path_has(const struct match_slice *slice, uint32_t group)
{
    for (uint32_t i = 0; i < slice->exact; i++)
        if (slice->groups[i] == group) return true;
    return false;
}

static void match_path_from(struct match_walk *walk, uint32_t element, unsigned part);

/* A property that belongs to what the part before `part` leads to. */
static void match_path_child(struct match_walk *walk, uint32_t element, unsigned part)
{
    uint32_t group = walk->search->index->group_of[element];
    bool is_last = part + 1 == walk->count, is_named = match_path_has(&walk->names[part], group);
    walk->looks++;
    if (is_last && (is_named || bitmap_has(walk->search->fresh, group)))
        match_path_take(walk, element, !is_named);
    else if (!is_last && is_named)
        match_path_from(walk, element, part + 1);
}

/* The properties behind `element` whose owner is `owner`: of an object, or of a property that has some inside. */
static void match_path_children(struct match_walk *walk, uint32_t element, uint32_t parent, uint32_t owner,
                                unsigned part)
{
    const struct catalogue *catalogue = walk->search->catalogue;
    const struct format_element *elements = catalogue->elements;
    for (uint32_t i = element + 1; i < catalogue->element_count && elements[i].parent == parent; i++) {
        bool is_beside = element != parent && elements[i].owner == elements[element].owner;
        if (walk->looks > MATCH_PATH_LOOKS || elements[i].kind != CATALOGUE_PROPERTY || is_beside) return;
        if (elements[i].owner == owner) match_path_child(walk, i, part);
    }
}

static void match_path_object(struct match_walk *walk, uint32_t object, unsigned part)
{
    for (unsigned alias = 0; alias < MATCH_PATH_ALIASES; alias++) {
        match_path_children(walk, object, object, walk->search->catalogue->elements[object].name, part);
        uint32_t link = index_link(walk->search->index, object);
        if (link == FORMAT_NO_LINK || link == object) return;
        object = link;
    }
}

/* On from a property; recursion ends with the parts. A property may have properties inside, and name an object. */
static void match_path_along(struct match_walk *walk, uint32_t property, uint32_t link, unsigned part)
{
    const struct catalogue *catalogue = walk->search->catalogue;
    const struct format_element *at = &catalogue->elements[property];
    if (link == FORMAT_NO_LINK) return;
    if (link != property) match_path_object(walk, link, part);
    bool has_next = property + 1 < catalogue->element_count && at[1].parent == at->parent;
    if (has_next && at[1].owner != at->owner &&
        catalogue_string(catalogue, at[1].owner).size > catalogue_string(catalogue, at->owner).size)
        match_path_children(walk, property, at->parent, at[1].owner, part);
}

static void match_path_from(struct match_walk *walk, uint32_t element, unsigned part)
{
    walk->steps[part - 1] = element;
    match_path_along(walk, element, index_link(walk->search->index, element), part);
}

/* ---- Where it begins ------------------------------------------------------------------------------------------- */

static void match_path_group(struct match_walk *walk, uint32_t group, enum catalogue_kind kind)
{
    const struct index *index = walk->search->index;
    uint32_t first = index->groups[group].first_member, end = index->groups[group + 1].first_member;
    if (walk->search->is_filtered) index_members(index, group, walk->search->low, walk->search->high, &first, &end);
    for (uint32_t i = first; i < end && walk->looks <= MATCH_PATH_LOOKS; i++) {
        uint32_t element = walk->steps[0] = index->members[i];
        if (kind == CATALOGUE_OBJECT)
            match_path_object(walk, element, 1);
        else
            match_path_along(walk, element, index->member_links[i - index->link_first], 1);
    }
}

static void match_path_begin(struct match_walk *walk, enum catalogue_kind kind)
{
    struct match_slice slice = match_find(&walk->search->dictionaries[INDEX_NAMES + kind], walk->parts[0]);
    for (uint32_t i = 0; i < slice.exact; i++) match_path_group(walk, slice.groups[i], kind);
}

static void match_path_offer(struct search_scratch *search)
{
    for (unsigned i = 0; i < search->path_count; i++) {
        const struct match_path *path = &search->paths[i];
        struct rank_facts facts = { .place = RANK_PATH, .loose = path->is_loose };
        facts.rest = path->rest;
        match_offer(search, path->steps[path->count - 1], path->group, &facts);
    }
    match_take_best(search);
}

/* Parts that are no names end it at once. */
static bool match_path_look_up(struct match_walk *walk)
{
    const struct dictionary *names = &walk->search->dictionaries[INDEX_NAMES + CATALOGUE_PROPERTY];
    for (unsigned i = 1; i < walk->count; i++) {
        walk->names[i] = match_find(names, walk->parts[i]);
        if (walk->names[i].exact == 0 && (i + 1 < walk->count || walk->names[i].count == 0)) return false;
    }
    return true;
}

static void match_path_run(struct match_walk *walk)
{
    struct search_scratch *search = walk->search;
    if (!match_path_look_up(walk)) return;
    const struct match_slice *ends = &walk->names[walk->count - 1];
    uint32_t count = ends->count < MATCH_PATH_ENDS ? ends->count : ends->exact;
    for (uint32_t i = ends->exact; i < count; i++) bitmap_set(search->fresh, ends->groups[i]);
    match_path_begin(walk, CATALOGUE_OBJECT);
    match_path_begin(walk, CATALOGUE_PROPERTY);
    for (uint32_t i = ends->exact; i < count; i++) search->fresh[ends->groups[i] / BITMAP_BITS] = 0;
}

/* The first `count` parts taken together, and the others. */
static void match_path_run_halves(struct match_walk *walk, const struct match_walk *all, unsigned count)
{
    *walk = (struct match_walk){ .search = all->search, .looks = walk->looks, .count = 2 };
    const struct str *last = &all->parts[all->count - 1], *middle = &all->parts[count];
    walk->parts[0] = (struct str){ all->parts[0].at, (size_t)(middle->at - all->parts[0].at) };
    walk->parts[1] = (struct str){ middle->at, (size_t)(last->at + last->size - middle->at) };
    match_path_run(walk);
}

void match_paths(struct search_scratch *search)
{
    struct match_walk all = { .search = search }, walk = { .search = search };
    if (!match_path_split(&all)) return;
    match_path_run(&all);
    bool has_dots = str_find_byte(search->query.typed, '.') != STR_NONE;
    for (unsigned i = 1; i < all.count && all.count > 2 && !has_dots; i++) match_path_run_halves(&walk, &all, i);
    match_path_offer(search);
}
