#include "element_id.h"

/* How well a name agrees with the one asked for; the larger the better. */
enum element_grade { GRADE_NONE, GRADE_SHORT_NOCASE, GRADE_NOCASE, GRADE_SHORT, GRADE_EXACT };

/* Places at which an object's name or a path may end that are tried: each looks through the whole API, and an id of
 * thousands of '#' must not cost thousands of looks. */
enum { ELEMENT_TRIES = 8 };

struct element_best {
    uint32_t element;
    enum element_grade grade;
};

struct element_search {
    const struct catalogue *catalogue;
    const uint8_t *weights;
    const struct element_finder *finder; /* NULL: everything is looked at */
    const struct format_api *api;
};

static enum element_grade element_grade(struct str name, struct str wanted)
{
    if (str_equal(name, wanted)) return GRADE_EXACT;
    return str_equal_nocase(name, wanted) ? GRADE_NOCASE : GRADE_NONE;
}

static void element_take(const struct element_search *search, struct element_best *best, uint32_t element,
                         enum element_grade grade)
{
    if (grade == GRADE_NONE || grade < best->grade) return;
    bool is_weightier =
        search->weights && best->element != CATALOGUE_NONE && search->weights[element] > search->weights[best->element];
    if (grade > best->grade || is_weightier) *best = (struct element_best){ element, grade };
}

static const struct format_element *element_at(const struct catalogue *catalogue, uint32_t element)
{
    return &catalogue->elements[element];
}

static struct str element_name(const struct catalogue *catalogue, uint32_t element)
{
    return catalogue_string(catalogue, catalogue->elements[element].name);
}

/* ---- Writing --------------------------------------------------------------------------------------------------- */

/* The dotted parents of a nested property; empty when it is not nested. */
static struct str element_outer(const struct catalogue *catalogue, uint32_t property)
{
    const struct format_element *at = element_at(catalogue, property);
    struct str owner = catalogue_string(catalogue, at->owner);
    struct str object = element_name(catalogue, at->parent);
    if (!str_starts(owner, object) || owner.size < object.size + 2 || owner.at[object.size] != '.') return STR_EMPTY;
    return str_cut(owner, object.size + 1, owner.size);
}

struct str element_id_path(const struct catalogue *catalogue, uint32_t property, struct arena *arena)
{
    struct str outer = element_outer(catalogue, property), name = element_name(catalogue, property);
    if (outer.size == 0) return name;
    return arena_join(arena, (struct str[]){ outer, STR("."), name }, 3);
}

static struct str element_write_endpoint(const struct catalogue *catalogue, uint32_t endpoint, struct str api,
                                         struct arena *arena)
{
    struct str method = catalogue_method_name((enum catalogue_method)element_at(catalogue, endpoint)->detail);
    struct str path = element_name(catalogue, endpoint);
    if (path.size && path.at[0] == '/') path = str_cut(path, 1, path.size);
    return arena_join(arena, (struct str[]){ api, STR("/endpoint/"), method, STR("/"), path }, 5);
}

static struct str element_write_property(const struct catalogue *catalogue, uint32_t property, struct str api,
                                         struct arena *arena)
{
    struct str object = element_name(catalogue, element_at(catalogue, property)->parent);
    struct str path = element_id_path(catalogue, property, arena);
    return arena_join(arena, (struct str[]){ api, STR("/object/"), object, STR("#"), path }, 5);
}

static struct str element_write_parameter(const struct catalogue *catalogue, uint32_t parameter, struct str api,
                                          struct arena *arena)
{
    const struct format_element *at = element_at(catalogue, parameter);
    struct str endpoint = element_write_endpoint(catalogue, at->parent, api, arena);
    struct str in = catalogue_in_name((enum catalogue_in)at->detail), name = element_name(catalogue, parameter);
    return arena_join(arena, (struct str[]){ endpoint, STR("?"), in, STR("."), name }, 5);
}

struct str element_id_write(const struct catalogue *catalogue, uint32_t element, struct arena *arena)
{
    const struct format_element *at = element_at(catalogue, element);
    struct str api = catalogue_string(catalogue, catalogue->apis[catalogue_api_of(catalogue, element)].id);
    struct str name = catalogue_string(catalogue, at->name);
    switch ((enum catalogue_kind)at->kind) {
    case CATALOGUE_ENDPOINT: return element_write_endpoint(catalogue, element, api, arena);
    case CATALOGUE_PROPERTY: return element_write_property(catalogue, element, api, arena);
    case CATALOGUE_PARAMETER: return element_write_parameter(catalogue, element, api, arena);
    case CATALOGUE_OBJECT: return arena_join(arena, (struct str[]){ api, STR("/object/"), name }, 3);
    default: return api;
    }
}

/* ---- Reading --------------------------------------------------------------------------------------------------- */

static enum element_grade element_grade_object(struct str name, struct str wanted)
{
    enum element_grade grade = element_grade(name, wanted),
                       of_short = element_grade(catalogue_short_name(name), wanted);
    if (grade == GRADE_EXACT || of_short == GRADE_NONE) return grade;
    if (of_short == GRADE_EXACT) return GRADE_SHORT;
    return grade == GRADE_NONE ? GRADE_SHORT_NOCASE : grade;
}

/* One name that is looked for. */
struct element_trial {
    const struct element_search *search;
    enum catalogue_kind kind;
    int detail; /* -1: any */
    struct str wanted;
    struct element_best best;
};

/* A path may be given without its first slash. */
static enum element_grade element_grade_endpoint(struct str name, struct str wanted)
{
    enum element_grade grade = element_grade(name, wanted);
    if (grade != GRADE_NONE || name.size == 0 || name.at[0] != '/') return grade;
    return element_grade(str_cut(name, 1, name.size), wanted);
}

static void element_try(void *context, uint32_t element)
{
    struct element_trial *trial = context;
    const struct format_element *at = element_at(trial->search->catalogue, element);
    if (at->kind != trial->kind || (trial->detail >= 0 && at->detail != trial->detail)) return;
    struct str name = catalogue_string(trial->search->catalogue, at->name);
    enum element_grade grade;
    switch (trial->kind) {
    case CATALOGUE_OBJECT: grade = element_grade_object(name, trial->wanted); break;
    case CATALOGUE_ENDPOINT: grade = element_grade_endpoint(name, trial->wanted); break;
    default: grade = element_grade(name, trial->wanted); break;
    }
    element_take(trial->search, &trial->best, element, grade);
}

/* The best element of `kind` in the API whose name is `wanted`; `detail` (or -1) must be equal, too. */
static uint32_t element_find(const struct element_search *search, enum catalogue_kind kind, int detail,
                             struct str wanted)
{
    const struct format_api *api = search->api;
    struct element_trial trial = { search, kind, detail, wanted, { CATALOGUE_NONE, GRADE_NONE } };
    if (search->finder) {
        search->finder->each(search->finder, api, kind, wanted, element_try, &trial);
        return trial.best.element;
    }
    for (uint32_t i = api->first_element; i < api->first_element + api->element_count; i++) element_try(&trial, i);
    return trial.best.element;
}

static enum element_grade element_grade_path(const struct catalogue *catalogue, uint32_t property, struct str path)
{
    struct str outer = element_outer(catalogue, property), name = element_name(catalogue, property);
    if (outer.size == 0) return element_grade(name, path);
    if (path.size != outer.size + 1 + name.size || path.at[outer.size] != '.') return GRADE_NONE;
    enum element_grade of_outer = element_grade(outer, str_cut(path, 0, outer.size));
    enum element_grade of_name = element_grade(name, str_cut(path, outer.size + 1, path.size));
    return of_outer < of_name ? of_outer : of_name;
}

/* The best of what lies behind `parent` and belongs to it. */
static uint32_t element_find_property(const struct element_search *search, uint32_t object, struct str path)
{
    const struct format_api *api = search->api;
    struct element_best best = { CATALOGUE_NONE, GRADE_NONE };
    for (uint32_t i = object + 1; i < api->first_element + api->element_count; i++) {
        const struct format_element *at = element_at(search->catalogue, i);
        if (at->kind != CATALOGUE_PROPERTY || at->parent != object) break;
        element_take(search, &best, i, element_grade_path(search->catalogue, i, path));
    }
    return best.element;
}

static uint32_t element_read_object(const struct element_search *search, struct str text)
{
    uint32_t object = element_find(search, CATALOGUE_OBJECT, -1, text);
    for (size_t at = 0, tries = 0; at < text.size && object == CATALOGUE_NONE && tries < ELEMENT_TRIES; at++) {
        if (text.at[at] != '#') continue;
        tries++;
        uint32_t owner = element_find(search, CATALOGUE_OBJECT, -1, str_cut(text, 0, at));
        if (owner != CATALOGUE_NONE) object = element_find_property(search, owner, str_cut(text, at + 1, text.size));
    }
    return object;
}

/* The first endpoint of the endpoint's path, behind which lie the parameters that the path declares for all of them. */
static uint32_t element_first_of_path(const struct element_search *search, uint32_t endpoint)
{
    uint32_t path = element_at(search->catalogue, endpoint)->name, first = endpoint;
    for (uint32_t i = endpoint; i-- > search->api->first_element;) {
        const struct format_element *at = element_at(search->catalogue, i);
        if (at->kind == CATALOGUE_ENDPOINT && at->name == path) first = i;
        if (at->kind != CATALOGUE_PARAMETER && first != i) break;
    }
    return first;
}

static void element_try_parameters(struct element_trial *trial, uint32_t endpoint, unsigned flags)
{
    const struct element_search *search = trial->search;
    for (uint32_t i = endpoint + 1; i < search->api->first_element + search->api->element_count; i++) {
        const struct format_element *at = element_at(search->catalogue, i);
        if (at->kind != CATALOGUE_PARAMETER || at->parent != endpoint) return;
        if ((at->flags & flags) == flags) element_try(trial, i);
    }
}

/* "query.dryRun" of an endpoint; one that its path declares may lie behind another of the path's endpoints. */
static uint32_t element_find_parameter(const struct element_search *search, uint32_t endpoint, struct str text)
{
    size_t dot = str_find_byte(text, '.');
    enum catalogue_in in;
    if (dot == STR_NONE || !catalogue_in_read(str_cut(text, 0, dot), &in)) return CATALOGUE_NONE;
    struct str wanted = str_cut(text, dot + 1, text.size);
    struct element_trial trial = { search, CATALOGUE_PARAMETER, (int)in, wanted, { CATALOGUE_NONE, GRADE_NONE } };
    uint32_t first = element_first_of_path(search, endpoint);
    if (first != endpoint) element_try_parameters(&trial, first, CATALOGUE_OF_PATH);
    element_try_parameters(&trial, endpoint, 0);
    return trial.best.element;
}

static uint32_t element_read_endpoint(const struct element_search *search, struct str text)
{
    size_t slash = str_find_byte(text, '/');
    enum catalogue_method method;
    if (!catalogue_method_read(str_cut(text, 0, slash == STR_NONE ? text.size : slash), &method)) return CATALOGUE_NONE;
    struct str path = str_cut(text, slash == STR_NONE ? text.size : slash + 1, text.size);
    uint32_t found = element_find(search, CATALOGUE_ENDPOINT, (int)method, path);
    for (size_t at = 0, tries = 0; at < path.size && found == CATALOGUE_NONE && tries < ELEMENT_TRIES; at++) {
        if (path.at[at] != '?') continue;
        tries++;
        uint32_t endpoint = element_find(search, CATALOGUE_ENDPOINT, (int)method, str_cut(path, 0, at));
        if (endpoint != CATALOGUE_NONE)
            found = element_find_parameter(search, endpoint, str_cut(path, at + 1, path.size));
    }
    return found;
}

static uint32_t element_read_parameter(const struct element_search *search, struct str text)
{
    size_t slash = str_find_byte(text, '/');
    enum catalogue_in in;
    if (slash == STR_NONE || !catalogue_in_read(str_cut(text, 0, slash), &in)) return CATALOGUE_NONE;
    return element_find(search, CATALOGUE_PARAMETER, (int)in, str_cut(text, slash + 1, text.size));
}

static uint32_t element_read_rest(const struct element_search *search, struct str rest)
{
    struct str object = STR("object/"), property = STR("property/"), endpoint = STR("endpoint/"),
               parameter = STR("parameter/");
    if (str_starts(rest, object)) return element_read_object(search, str_cut(rest, object.size, rest.size));
    if (str_starts(rest, endpoint)) return element_read_endpoint(search, str_cut(rest, endpoint.size, rest.size));
    if (str_starts(rest, parameter)) return element_read_parameter(search, str_cut(rest, parameter.size, rest.size));
    if (!str_starts(rest, property)) return CATALOGUE_NONE;
    return element_find(search, CATALOGUE_PROPERTY, -1, str_cut(rest, property.size, rest.size));
}

static uint32_t element_read(struct element_search *search, struct str id)
{
    uint32_t found = CATALOGUE_NONE;
    for (size_t at = 0; at < id.size && found == CATALOGUE_NONE; at++) {
        if (id.at[at] != '/') continue;
        uint32_t api = catalogue_api_find(search->catalogue, str_cut(id, 0, at));
        if (api == CATALOGUE_NONE) continue;
        search->api = &search->catalogue->apis[api];
        found = element_read_rest(search, str_cut(id, at + 1, id.size));
    }
    return found;
}

uint32_t element_id_read(const struct catalogue *catalogue, const uint8_t *weights, const struct element_finder *finder,
                         struct str id)
{
    uint32_t api = catalogue_api_find(catalogue, id);
    if (api != CATALOGUE_NONE) return catalogue->apis[api].first_element;
    struct element_search search = { .catalogue = catalogue, .weights = weights, .finder = finder };
    uint32_t found = element_read(&search, id);
    if (found != CATALOGUE_NONE || finder == NULL) return found;
    search.finder = NULL;
    return element_read(&search, id);
}

uint32_t element_id_api(const struct catalogue *catalogue, struct str id, struct str *rest)
{
    *rest = STR_EMPTY;
    uint32_t longest = catalogue_api_find(catalogue, id);
    for (size_t at = id.size; at-- > 0 && longest == CATALOGUE_NONE;) {
        if (id.at[at] != '/') continue;
        longest = catalogue_api_find(catalogue, str_cut(id, 0, at));
        if (longest != CATALOGUE_NONE) *rest = str_cut(id, at + 1, id.size);
    }
    return longest;
}
