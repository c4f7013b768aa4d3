#include "object_names.h"

#include "tokenize.h"

#include <stdlib.h>

enum { OBJECT_NAMES_BYTES = 128 }; /* a longer name is not looked for */

void object_names_init(struct object_names *names, const struct catalogue *catalogue)
{
    *names = (struct object_names){ .catalogue = catalogue };
    map_init(&names->firsts);
    arena_init(&names->arena, SIZE_MAX / 2);
}

void object_names_free(struct object_names *names)
{
    map_free(&names->firsts);
    arena_free(&names->arena);
    free(names->next);
    free(names->elements);
}

static bool object_names_room(struct object_names *names, uint32_t count)
{
    if (count <= names->capacity) return true;
    size_t capacity = count + (size_t)count / 2;
    free(names->next);
    free(names->elements);
    names->next = calloc(capacity, sizeof *names->next);
    names->elements = calloc(capacity, sizeof *names->elements);
    bool has_room = names->next && names->elements;
    names->capacity = has_room ? (uint32_t)capacity : 0;
    return has_room;
}

static bool object_names_add(struct object_names *names, uint32_t element)
{
    uint32_t object = names->count++;
    names->elements[object] = element;
    names->next[object] = OBJECT_NAMES_NONE;
    const struct catalogue *catalogue = names->catalogue;
    struct str name = catalogue_short_name(catalogue_string(catalogue, catalogue->elements[element].name));
    if (name.size > OBJECT_NAMES_BYTES) return true;
    char *squashed = arena_alloc(&names->arena, name.size + 1);
    if (squashed == NULL) return false;
    uint64_t *first = map_put(&names->firsts, (struct str){ squashed, tokenize_squash(name, squashed) }, NULL);
    if (first == NULL) return false;
    if (*first) names->next[object] = (uint32_t)*first - 1;
    *first = (uint64_t)object + 1;
    return true;
}

bool object_names_collect(struct object_names *names, const struct format_api *api)
{
    map_free(&names->firsts);
    arena_reset(&names->arena);
    names->count = 0;
    if (!object_names_room(names, api->counts[CATALOGUE_OBJECT])) return false;
    for (uint32_t i = api->first_element; i < api->first_element + api->element_count; i++)
        if (names->catalogue->elements[i].kind == CATALOGUE_OBJECT && !object_names_add(names, i)) return false;
    return true;
}

uint32_t object_names_find(const struct object_names *names, struct str name)
{
    char squashed[OBJECT_NAMES_BYTES];
    if (name.size == 0 || name.size > sizeof squashed) return OBJECT_NAMES_NONE;
    const uint64_t *first = map_find(&names->firsts, (struct str){ squashed, tokenize_squash(name, squashed) });
    return first ? (uint32_t)*first - 1 : OBJECT_NAMES_NONE;
}
