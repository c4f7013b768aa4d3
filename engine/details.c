#include "details_maker.h"

#include "element_id.h"
#include "limits.h"
#include "pointer.h"
#include "utf8.h"

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

/* ---- Finding
 * ------------------------------------------------------------------------------------------------------------ */

/* The first hit for what the id ends with, in its API where there is one: the user's next try. */
static struct str details_nearest(const struct engine *self, struct engine_scratch *scratch, struct str id,
                                  struct arena *arena)
{
    struct str rest = id;
    uint32_t api = element_id_api(&self->catalogue, id, &rest);
    size_t start = rest.size;
    while (start > 0 && memchr("/#.?", rest.at[start - 1], 4) == NULL) start--;
    struct engine_query query = { .text = str_cut(rest, start, rest.size), .api = STR_EMPTY, .limit = 1 };
    if (api != CATALOGUE_NONE) query.api = catalogue_string(&self->catalogue, self->catalogue.apis[api].id);
    if (api == CATALOGUE_NONE) {
        query.text = str_cut(id, 0, str_find_byte(id, '/'));
        query.kinds = 1 << ENGINE_API;
    }
    struct engine_answer answer;
    bool is_found = engine_search(self, scratch, &query, arena, &answer) == ENGINE_OK && answer.hit_count;
    return is_found ? answer.hits[0].id : STR_EMPTY;
}

static int details_not_found(const struct engine *self, struct engine_scratch *scratch, struct str id,
                             struct arena *arena, struct engine_fault *fault)
{
    struct str nearest = details_nearest(self, scratch, id, arena);
    struct str shown = utf8_cut(id, 120);
    if (nearest.size) {
        engine_fault_set(fault, "There is no \"%.*s\" in the catalogue. The nearest is \"%.*s\".", STR_FORMAT(shown),
                         STR_FORMAT(utf8_cut(nearest, 240)));
    } else {
        engine_fault_set(fault, "There is no \"%.*s\" in the catalogue. Search for a part of its name.",
                         STR_FORMAT(shown));
    }
    return ENGINE_ENOTFOUND;
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

static void details_make(struct details_maker *maker)
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

static int details_document(struct engine_scratch *scratch, struct details_maker *maker, struct engine_fault *fault)
{
    int error = ENGINE_OK;
    if (scratch->details == NULL) error = details_cache_create(&scratch->details, LIMIT_DETAILS_CACHE_BYTES);
    if (error == ENGINE_OK) error = details_cache_get(scratch->details, maker->catalogue, maker->api, &maker->kept);
    if (error) {
        struct str api = details_string(maker, maker->catalogue->apis[maker->api].id);
        engine_fault_set(fault, "The specification of %.*s could not be read: %s.", STR_FORMAT(utf8_cut(api, 200)),
                         engine_strerror(error));
        return error;
    }
    maker->document = &maker->kept->document;
    return ENGINE_OK;
}

int engine_details(const struct engine *self, struct engine_scratch *scratch, struct str id, struct arena *arena,
                   struct engine_details *details, struct engine_fault *fault)
{
    const struct catalogue *catalogue = &self->catalogue;
    uint32_t element = element_id_read(catalogue, self->index.weights, id);
    if (element == CATALOGUE_NONE) return details_not_found(self, scratch, id, arena, fault);
    struct details_maker maker = { .engine = self,
                                   .catalogue = catalogue,
                                   .arena = arena,
                                   .details = details,
                                   .record = &catalogue->elements[element],
                                   .element = element,
                                   .api = catalogue_api_of(catalogue, element),
                                   .fields_left = LIMIT_DETAILS_FIELDS,
                                   .text_left = LIMIT_DETAILS_TEXT_BYTES };
    int error = details_document(scratch, &maker, fault);
    if (error) return error;
    buf_init(&maker.text, LIMIT_DETAILS_TEXT_BYTES);
    details_name(&maker, element);
    details_make(&maker);
    buf_free(&maker.text);
    bool has_memory = document_has_memory(maker.document);
    if (!has_memory) details_cache_drop_newest(scratch->details);
    if (!arena->failed && has_memory) return ENGINE_OK;
    engine_fault_set(fault, "There is not enough memory for these details.");
    return ENGINE_ENOMEM;
}
