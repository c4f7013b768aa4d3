#include "details.h"

#include "details_model.h"

#include "element_id.h"
#include "limits.h"
#include "name_finder.h"
#include "pointer.h"
#include "ref.h"

/* ---- What the makers share --------------------------------------------------------------------------------------- */

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

yyjson_val *details_components(const struct details_maker *maker, const char *section)
{
    const struct document *document = maker->document;
    yyjson_val *components = document_get(document, document->root, STR("components"));
    return document_get(document, components, str_from(section));
}

yyjson_val *details_component(const struct details_maker *maker, struct str name)
{
    return document_get(maker->document, details_components(maker, "schemas"), name);
}

void *details_list(struct details_maker *maker, size_t wanted, size_t most, size_t bytes, size_t *size)
{
    *size = wanted < most ? wanted : most;
    void *list = *size ? arena_calloc(maker->arena, *size, bytes) : NULL;
    if (list == NULL) *size = 0;
    return list;
}

bool details_wants(const struct details_maker *maker, enum engine_without part)
{
    return (maker->view->without & part) == 0;
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

/* ---- The answer -------------------------------------------------------------------------------------------------- */

static const struct engine_details details_none = {
    .id = STR_INIT(""),
    .name = STR_INIT(""),
    .title = STR_INIT(""),
    .owner = STR_INIT(""),
    .owner_id = STR_INIT(""),
    .method = STR_INIT(""),
    .operation_id = STR_INIT(""),
    .summary = STR_INIT(""),
    .pointer = STR_INIT(""),
    .about = { STR_INIT(""), STR_INIT(""), STR_INIT(""), STR_INIT(""), STR_INIT(""), STR_INIT("") },
};

static void details_name(struct details_maker *maker, uint32_t element)
{
    struct engine_details *details = maker->details;
    const struct format_api *api = &maker->catalogue->apis[maker->api];
    *details = details_none;
    details->kind = (enum engine_kind)maker->record->kind;
    details->id = element_id_write(maker->catalogue, element, maker->arena);
    details->name = details_string(maker, maker->record->name);
    details->title = details->kind == ENGINE_OBJECT ? catalogue_short_name(details->name) : details->name;
    details->api = details_string(maker, api->id);
    details->api_title = details_string(maker, api->title);
    details->api_version = details_string(maker, api->version);
    details->at = maker->view->at;
    details->self = details_no_field;
    details->self.name = details->name;
    details->self.id = details->id;
    bool is_owned = details->kind == ENGINE_PROPERTY || details->kind == ENGINE_PARAMETER;
    if (is_owned) details->owner = details_string(maker, maker->record->owner);
    if (details->kind == ENGINE_ENDPOINT)
        details->method = catalogue_method_upper((enum catalogue_method)maker->record->detail);
}

static void details_fill(struct details_maker *maker)
{
    if (maker->view->at.size && maker->details->kind == ENGINE_API) {
        maker->missing = STR("An API has no model: ask for one of its objects.");
        return;
    }
    switch (maker->details->kind) {
    case ENGINE_API: details_make_api(maker); break;
    case ENGINE_ENDPOINT: details_make_endpoint(maker); break;
    case ENGINE_OBJECT: details_make_object(maker); break;
    case ENGINE_PROPERTY: details_make_property(maker); break;
    case ENGINE_PARAMETER: details_make_parameter(maker); break;
    case ENGINE_KINDS: break;
    }
}

void details_begin(struct details_maker *maker, const struct details_source *source, uint32_t element,
                   struct arena *arena)
{
    const struct catalogue *catalogue = source->catalogue;
    *maker = (struct details_maker){ .catalogue = catalogue,
                                     .index = source->index,
                                     .arena = arena,
                                     .record = &catalogue->elements[element],
                                     .element = element,
                                     .api = catalogue_api_of(catalogue, element),
                                     .fields_left = LIMIT_DETAILS_FIELDS,
                                     .text_left = LIMIT_DETAILS_TEXT_BYTES,
                                     .words_left = LIMIT_DETAILS_WORDS,
                                     .looks_left = LIMIT_DETAILS_LOOKS };
    buf_init(&maker->text, LIMIT_DETAILS_TEXT_BYTES);
}

int details_read(struct details_maker *maker, const struct details_source *source)
{
    int error = details_cache_get(source->cache, maker->catalogue, maker->api, &maker->document);
    if (error) return error;
    maker->is_3_0 = !ref_has_siblings(maker->document);
    return ENGINE_OK;
}

int details_end(struct details_maker *maker, const struct details_source *source)
{
    buf_free(&maker->text);
    int error = details_cache_check(source->cache);
    return maker->arena->failed ? ENGINE_ENOMEM : error;
}

static uint32_t details_count(const void *context, struct str name)
{
    const struct details_maker *maker = context;
    return name_finder_count(maker->index, &maker->catalogue->apis[maker->api], CATALOGUE_PROPERTY, name);
}

struct sample_common details_common(const struct details_maker *maker)
{
    return (struct sample_common){ maker->index ? details_count : NULL, maker };
}

int details_make(const struct details_source *source, uint32_t element, const struct engine_view *view,
                 struct arena *arena, struct engine_details *details, struct str *missing)
{
    struct details_maker maker;
    details_begin(&maker, source, element, arena);
    maker.view = view;
    maker.details = details;
    *missing = STR_EMPTY;
    details_name(&maker, element);
    if (!details_wants(&maker, ENGINE_WITHOUT_MODEL)) return arena->failed ? ENGINE_ENOMEM : ENGINE_OK;
    int error = details_read(&maker, source);
    if (error) return error;
    details_fill(&maker);
    details_models(&maker);
    error = details_end(&maker, source);
    if (error) return error;
    *missing = maker.missing;
    return maker.missing.size ? ENGINE_ENOTFOUND : ENGINE_OK;
}
