#include "details.h"

#include "details_maker.h"

#include "element_id.h"
#include "limits.h"
#include "pointer.h"

/* ---- What the makers share
 * -------------------------------------------------------------------------------------------- */

struct str details_string(const struct details_maker *maker, uint32_t id)
{
    return catalogue_string(maker->catalogue, id);
}

struct str details_take_text(struct details_maker *maker)
{
    if (maker->text.error == BUF_NO_MEMORY) maker->arena->failed = true;
    bool is_whole = maker->text.error == BUF_OK;
    struct str copy = is_whole ? arena_copy(maker->arena, buf_str(&maker->text)) : STR_EMPTY;
    buf_clear(&maker->text);
    return copy;
}

struct str details_object_id(struct details_maker *maker, struct str name)
{
    struct buf id;
    buf_init(&id, LIMIT_SPEC_BYTES);
    buf_append_str(&id, details_string(maker, maker->catalogue->apis[maker->api].id));
    buf_append_str(&id, STR("/object/"));
    buf_append_str(&id, name);
    if (id.error != BUF_OK) maker->arena->failed = true;
    struct str copy = arena_copy(maker->arena, buf_str(&id));
    buf_free(&id);
    return copy;
}

yyjson_val *details_component(const struct details_maker *maker, struct str name)
{
    const struct document *document = maker->document;
    yyjson_val *components = document_get(document, document->root, STR("components"));
    return document_get(document, document_get(document, components, STR("schemas")), name);
}

struct str details_component_name(struct details_maker *maker, struct str token)
{
    if (str_find_byte(token, '~') == STR_NONE && str_find_byte(token, '%') == STR_NONE) return token;
    struct buf name;
    buf_init(&name, LIMIT_SPEC_BYTES);
    pointer_append_last(&name, token);
    if (name.error != BUF_OK) maker->arena->failed = true;
    struct str copy = arena_copy(maker->arena, buf_str(&name));
    buf_free(&name);
    return copy;
}

/* ---- The answer
 * --------------------------------------------------------------------------------------------------------- */

static void details_name(struct details_maker *maker, uint32_t element)
{
    struct engine_details *details = maker->details;
    const struct format_api *api = &maker->catalogue->apis[maker->api];
    const struct str none = STR_EMPTY;
    *details = (struct engine_details){ .kind = (enum engine_kind)maker->record->kind,
                                        .method = none,
                                        .operation_id = none,
                                        .summary = none,
                                        .pointer = none,
                                        .owner = none,
                                        .owner_id = none };
    details->id = element_id_write(maker->catalogue, element, maker->arena);
    details->name = details_string(maker, maker->record->name);
    details->title = details->kind == ENGINE_OBJECT ? catalogue_short_name(details->name) : details->name;
    details->api = details_string(maker, api->id);
    details->api_title = details_string(maker, api->title);
    details->api_version = details_string(maker, api->version);
    details->self = details_no_field;
    details->self.name = details->name;
    bool is_owned = details->kind == ENGINE_PROPERTY || details->kind == ENGINE_PARAMETER;
    if (is_owned) details->owner = details_string(maker, maker->record->owner);
}

static void details_fill(struct details_maker *maker)
{
    switch (maker->details->kind) {
    case ENGINE_API: details_make_api(maker); break;
    case ENGINE_ENDPOINT: details_make_endpoint(maker); break;
    case ENGINE_OBJECT: details_make_object(maker); break;
    case ENGINE_PROPERTY: details_make_property(maker); break;
    case ENGINE_PARAMETER: details_make_parameter(maker); break;
    case ENGINE_KINDS: break;
    }
}

int details_make(const struct details_source *source, uint32_t element, struct arena *arena,
                 struct engine_details *details)
{
    const struct catalogue *catalogue = source->catalogue;
    struct details_maker maker = { .catalogue = catalogue,
                                   .weights = source->weights,
                                   .arena = arena,
                                   .details = details,
                                   .record = &catalogue->elements[element],
                                   .element = element,
                                   .api = catalogue_api_of(catalogue, element),
                                   .fields_left = LIMIT_DETAILS_FIELDS,
                                   .text_left = LIMIT_DETAILS_TEXT_BYTES };
    int error = details_cache_get(source->cache, catalogue, maker.api, &maker.kept);
    if (error) return error;
    maker.document = &maker.kept->document;
    buf_init(&maker.text, LIMIT_DETAILS_TEXT_BYTES);
    details_name(&maker, element);
    details_fill(&maker);
    buf_free(&maker.text);
    bool has_memory = document_has_memory(maker.document);
    if (!has_memory) details_cache_drop_newest(source->cache);
    return arena->failed || !has_memory ? ENGINE_ENOMEM : ENGINE_OK;
}
