#include "describe.h"

#include "element_id.h"
#include "limits.h"
#include "refs.h"

enum { USED_LIMIT = 20 };

static const struct str used_names[ENGINE_USES] = {
    [ENGINE_USE_PROPERTY] = STR_INIT("property"), [ENGINE_USE_OBJECT] = STR_INIT("object"),
    [ENGINE_USE_ENDPOINT] = STR_INIT("endpoint"), [ENGINE_USE_ROOT] = STR_INIT("root"),
    [ENGINE_USE_REACH] = STR_INIT("reach"),       [ENGINE_USE_NAME] = STR_INIT("name"),
};

struct str engine_use_name(enum engine_use use)
{
    return (unsigned)use < ENGINE_USES ? used_names[use] : STR_EMPTY;
}

bool engine_use_read(struct str name, enum engine_use *use)
{
    for (unsigned i = 0; i < ENGINE_USES; i++) {
        if (!str_equal(name, used_names[i])) continue;
        *use = (enum engine_use)i;
        return true;
    }
    return false;
}

static void used_identify(const struct catalogue *catalogue, uint32_t element, struct arena *arena,
                          struct engine_refs *refs)
{
    const struct format_element *at = &catalogue->elements[element];
    refs->kind = (enum engine_kind)at->kind;
    refs->id = element_id_write(catalogue, element, arena);
    refs->name = catalogue_string(catalogue, at->name);
    refs->title = at->kind == CATALOGUE_OBJECT ? catalogue_short_name(refs->name) : refs->name;
    refs->api = catalogue_string(catalogue, catalogue->apis[catalogue_api_of(catalogue, element)].id);
}

int engine_refs(const struct engine *self, struct engine_scratch *scratch, const struct engine_refs_query *query,
                struct arena *arena, struct engine_refs *refs, struct engine_fault *fault)
{
    const unsigned all = (1U << ENGINE_USES) - 1;
    uint32_t limit = query->limit ? query->limit : USED_LIMIT;
    struct described at;
    *refs = (struct engine_refs){ .total = 0 };
    int error = describe_find(self, scratch, query->id, arena, &at, fault);
    if (error) return error;
    const struct refs_source source = { at.source.catalogue, at.source.index };
    const struct refs_question question = {
        .element = at.element,
        .counted = all,
        .listed = query->uses ? query->uses & all : all,
        .limit = limit < LIMIT_RESULTS ? limit : LIMIT_RESULTS,
        .offset = query->offset,
    };
    used_identify(source.catalogue, at.element, arena, refs);
    error = refs_find(&source, &question, arena, refs);
    if (error) engine_fault_set(fault, "There is not enough memory to tell where this is used.");
    return error;
}
