#include "replies.h"

void reply_place_into(struct payload *payload, yyjson_mut_val *row, const struct engine_place *place)
{
    payload_add_text(payload, row, "kind", engine_kind_name(place->kind));
    payload_add_text(payload, row, "id", place->id);
    payload_add_text(payload, row, "name", place->name);
    payload_add_text(payload, row, "owner", place->owner);
    payload_add_text(payload, row, "type", place->type);
    payload_add_text(payload, row, "summary", place->summary);
    payload_add_bool(payload, row, "same", place->is_same_text);
}

static yyjson_mut_val *reply_ref(struct payload *payload, const struct engine_ref *ref)
{
    yyjson_mut_val *row = payload_object(payload);
    payload_add_text(payload, row, "use", engine_use_name(ref->use));
    payload_add_text_if(payload, row, "roles", ref->roles);
    payload_add_text_if(payload, row, "path", ref->path);
    reply_place_into(payload, row, &ref->place);
    return row;
}

static yyjson_mut_val *reply_use_totals(struct payload *payload, const uint64_t totals[ENGINE_USES])
{
    yyjson_mut_val *object = payload_object(payload);
    for (int use = 0; use < ENGINE_USES; use++)
        payload_add_number(payload, object, engine_use_name((enum engine_use)use).at, totals[use]);
    return object;
}

struct str reply_refs(struct arena *arena, const struct engine_refs *refs, yyjson_val *sequence)
{
    struct payload payload = payload_begin(arena);
    yyjson_mut_val *root = payload_object(&payload), *rows = payload_array(&payload);
    for (size_t i = 0; i < refs->ref_count; i++) yyjson_mut_arr_append(rows, reply_ref(&payload, &refs->refs[i]));
    payload_add_text(&payload, root, "kind", engine_kind_name(refs->kind));
    payload_add_text(&payload, root, "id", refs->id);
    payload_add_text(&payload, root, "name", refs->name);
    payload_add_text(&payload, root, "title", refs->title);
    payload_add_text(&payload, root, "api", refs->api);
    payload_add_copy_if(&payload, root, "sequence", sequence);
    payload_add_number(&payload, root, "total", refs->total);
    payload_add(&payload, root, "totals", reply_use_totals(&payload, refs->totals));
    if (refs->is_lower_bound) payload_add_bool(&payload, root, "lowerBound", true);
    payload_add(&payload, root, "refs", rows);
    return payload_end(&payload, root);
}
