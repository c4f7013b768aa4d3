#include "type_links.h"

#include "number_map.h"
#include "object_names.h"

struct type_linker {
    const struct catalogue *catalogue;
    uint32_t *links;
    const struct format_api *api;
    struct object_names names;
    struct number_map types; /* string id of a type text → an object that it names, or OBJECT_NAMES_NONE */
};

static struct str type_links_name(const struct type_linker *linker, uint32_t element)
{
    return catalogue_string(linker->catalogue, linker->catalogue->elements[element].name);
}

/* The words of type texts that are no names; an object may be called "String", which is written so. */
static bool type_links_is_plain(struct str word)
{
    static const struct str plain[] = { STR_INIT("string"),  STR_INIT("integer"), STR_INIT("number"),
                                        STR_INIT("boolean"), STR_INIT("object"),  STR_INIT("array"),
                                        STR_INIT("map"),     STR_INIT("of"),      STR_INIT("and"),
                                        STR_INIT("or"),      STR_INIT("one"),     STR_INIT("any"),
                                        STR_INIT("more") };
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        if (str_equal(word, plain[i])) return true;
    return false;
}

static uint32_t type_links_search(const struct type_linker *linker, struct str text)
{
    struct str word;
    while (str_split(&text, ' ', &word)) {
        if (word.size && word.at[word.size - 1] == ',') word.size--;
        uint32_t object = type_links_is_plain(word) ? OBJECT_NAMES_NONE : object_names_find(&linker->names, word);
        if (object != OBJECT_NAMES_NONE) return object;
    }
    return OBJECT_NAMES_NONE;
}

static bool type_links_object(struct type_linker *linker, uint32_t type, uint32_t *object)
{
    bool added;
    uint32_t *known = number_map_put(&linker->types, type, OBJECT_NAMES_NONE, &added);
    if (known == NULL) return false;
    if (added) *known = type_links_search(linker, catalogue_string(linker->catalogue, type));
    *object = *known;
    return true;
}

static size_t type_links_common(struct str a, struct str b)
{
    size_t size = 0;
    while (size < a.size && size < b.size && a.at[size] == b.at[size]) size++;
    return size;
}

/* Of the objects with this one's name the nearest to `owner`; a schema that only refers to its like in another package
 * does not mean itself. */
static uint32_t type_links_nearest(const struct type_linker *linker, uint32_t object, uint32_t owner)
{
    uint32_t best = FORMAT_NO_LINK;
    size_t most = 0;
    for (; object != OBJECT_NAMES_NONE; object = linker->names.next[object]) {
        uint32_t element = linker->names.elements[object];
        size_t common = type_links_common(type_links_name(linker, element), type_links_name(linker, owner));
        bool is_alias_of_itself = element == owner && linker->catalogue->elements[owner].kind == CATALOGUE_OBJECT;
        if (best != FORMAT_NO_LINK && common <= most) continue;
        best = element;
        most = is_alias_of_itself ? 0 : common;
    }
    return best;
}

static bool type_links_is_inline(const struct type_linker *linker, uint32_t property)
{
    const struct format_element *at = &linker->catalogue->elements[property];
    uint32_t end = linker->api->first_element + linker->api->element_count;
    /* What lies inside a property comes behind it, and has a longer way to it. */
    return property + 1 < end && at[1].kind == CATALOGUE_PROPERTY && at[1].parent == at->parent &&
           catalogue_string(linker->catalogue, at[1].owner).size > catalogue_string(linker->catalogue, at->owner).size;
}

static bool type_links_element(struct type_linker *linker, uint32_t element)
{
    const struct format_element *at = &linker->catalogue->elements[element];
    bool is_property = at->kind == CATALOGUE_PROPERTY;
    uint32_t object = OBJECT_NAMES_NONE, link = FORMAT_NO_LINK;
    if (is_property || at->kind == CATALOGUE_OBJECT) {
        if (at->type && !type_links_object(linker, at->type, &object)) return false;
        link = type_links_nearest(linker, object, is_property ? at->parent : element);
        if (is_property && link == FORMAT_NO_LINK && type_links_is_inline(linker, element)) link = element;
        if (!is_property && link == element) link = FORMAT_NO_LINK;
    }
    linker->links[element] = link;
    return true;
}

static bool type_links_api(struct type_linker *linker)
{
    number_map_clear(&linker->types);
    if (!object_names_collect(&linker->names, linker->api)) return false;
    for (uint32_t i = 0; i < linker->api->element_count; i++)
        if (!type_links_element(linker, linker->api->first_element + i)) return false;
    return true;
}

int type_links_apis(const struct catalogue *catalogue, uint32_t first, uint32_t end, uint32_t *links)
{
    struct type_linker linker = { .catalogue = catalogue, .links = links };
    object_names_init(&linker.names, catalogue);
    number_map_init(&linker.types);
    bool is_done = true;
    for (uint32_t i = first; i < end && is_done; i++) {
        linker.api = &catalogue->apis[i];
        is_done = type_links_api(&linker);
    }
    object_names_free(&linker.names);
    number_map_free(&linker.types);
    return is_done ? FILE_OK : FILE_NO_MEMORY;
}
