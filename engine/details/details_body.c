#include "details_endpoint.h"

#include "limits.h"
#include "utf8.h"

struct bodies {
    struct details_maker *maker;
    struct engine_body *at;
    size_t count, size, total, skipped;
    /* References whose properties were shown: of several statuses and media types with one schema, the first shows
     * them. */
    struct str shown[LIMIT_DETAILS_MEDIA_TYPES];
    size_t shown_count;
};

/* ---- Bodies ------------------------------------------------------------------------------------------------------ */

/* The next body, or NULL: then it is only counted. */
static struct engine_body *bodies_next(struct bodies *bodies, const struct engine_body *base)
{
    bodies->total++;
    if (bodies->total <= bodies->skipped || bodies->count == bodies->size) return NULL;
    struct engine_body *body = &bodies->at[bodies->count++];
    *body = *base;
    body->schema = details_no_field;
    return body;
}

/* True when the schema was shown before; notes it. */
static bool bodies_has_shown(struct bodies *bodies, yyjson_val *schema)
{
    struct str reference = document_str(yyjson_obj_get(details_inner(schema), "$ref"));
    if (reference.size == 0) return false;
    for (size_t i = 0; i < bodies->shown_count; i++) {
        if (str_equal(reference, bodies->shown[i])) return true;
    }
    if (bodies->shown_count < LIMIT_DETAILS_MEDIA_TYPES) bodies->shown[bodies->shown_count++] = reference;
    return false;
}

/* The properties of the object that a body is are told with it, for that is what one looks for. */
static void bodies_add_media(struct bodies *bodies, const struct engine_body *base, struct str name, yyjson_val *media,
                             bool with_fields)
{
    struct details_maker *maker = bodies->maker;
    struct engine_body *body = bodies_next(bodies, base);
    if (body == NULL) return;
    yyjson_val *schema = yyjson_obj_get(media, "schema");
    struct details_line line = { .owner = details_nobody, .level = 1 };
    body->media_type = name;
    line.is_open = with_fields && schema && !bodies_has_shown(bodies, schema);
    if (schema) details_field(maker, schema, &line, &body->schema);
    details_examples(maker, yyjson_obj_get(media, "example"), yyjson_obj_get(media, "examples"), &body->examples,
                     &body->example_count);
    details_encoding(maker, media, body);
}

/* The media type that is looked at first, then the others in their order. */
static void bodies_add_content(struct bodies *bodies, struct engine_body *base, yyjson_val *content, bool with_fields)
{
    struct str best_name;
    yyjson_val *best = operation_media_type(content, &best_name);
    if (best == NULL) {
        bodies_next(bodies, base);
        return;
    }
    bodies_add_media(bodies, base, best_name, best, with_fields);
    base->is_first = false;
    base->headers = NULL;
    base->links = NULL;
    base->header_count = base->link_count = 0;
    for (struct document_member at = document_first(content); at.left; document_next(&at)) {
        if (at.value != best) bodies_add_media(bodies, base, document_str(at.key), at.value, with_fields);
    }
}

static void bodies_add_request(struct bodies *bodies, const struct operation *operation)
{
    struct details_maker *maker = bodies->maker;
    yyjson_val *written = yyjson_obj_get(operation->value, "requestBody");
    struct engine_body base = { .status = STR_EMPTY, .media_type = STR_EMPTY, .is_first = true };
    struct str description;
    if (written == NULL) return;
    yyjson_val *value = details_resolve(maker, written, &description, &base.note);
    base.is_required = yyjson_is_true(yyjson_obj_get(value, "required"));
    details_describe(maker, description, &base.description, &base.html);
    bodies_add_content(bodies, &base, yyjson_obj_get(value, "content"), true);
}

/* ---- Responses --------------------------------------------------------------------------------------------------- */

enum { BODIES_LAST_RANK = 21 };

/* What went well is looked for most, then what one did wrong; a range stands behind the statuses in it, and "default"
 * is for all the rest. */
static int bodies_rank(struct str status)
{
    static const char order[] = "21345";
    const char *at = status.size ? strchr(order, status.at[0]) : NULL;
    if (at == NULL || *at == 0) return str_equal(status, STR("default")) ? BODIES_LAST_RANK : BODIES_LAST_RANK - 1;
    bool is_range = status.size == 3 && (status.at[1] | 32) == 'x';
    return 2 * (int)(at - order) + is_range;
}

static bool bodies_is_good(struct str status)
{
    return bodies_rank(status) <= 1;
}

static void bodies_add_response(struct bodies *bodies, struct str status, yyjson_val *written)
{
    struct details_maker *maker = bodies->maker;
    struct engine_body base = { .status = status, .media_type = STR_EMPTY, .is_first = true };
    struct str description;
    yyjson_val *response = details_resolve(maker, written, &description, &base.note);
    details_describe(maker, description, &base.description, &base.html);
    if (response) details_response(maker, response, &base);
    bodies_add_content(bodies, &base, yyjson_obj_get(response, "content"), bodies_is_good(status));
}

static void bodies_add_responses(struct bodies *bodies, yyjson_val *responses)
{
    for (int rank = 0; rank <= BODIES_LAST_RANK; rank++) {
        for (struct document_member at = document_first(responses); at.left; document_next(&at)) {
            struct str status = document_str(at.key);
            if (str_starts(status, STR("x-")) || bodies_rank(status) != rank) continue;
            bodies_add_response(bodies, status, at.value);
        }
    }
}

/* ---- All --------------------------------------------------------------------------------------------------------- */

void details_bodies(struct details_maker *maker, const struct operation *operation, size_t skipped,
                    const struct engine_body **at, size_t *count, size_t *total)
{
    struct bodies bodies = { .maker = maker, .skipped = skipped };
    bodies.at = details_list(maker, LIMIT_DETAILS_BODIES, LIMIT_DETAILS_BODIES, sizeof *bodies.at, &bodies.size);
    bodies_add_request(&bodies, operation);
    bodies.shown_count = 0; /* what is sent and what comes back are read apart */
    bodies_add_responses(&bodies, yyjson_obj_get(operation->value, "responses"));
    *at = bodies.at;
    *count = bodies.count;
    *total = bodies.total;
}

static yyjson_val *bodies_content_of(struct details_maker *maker, const struct operation *operation, struct str name)
{
    struct str description, note;
    yyjson_val *written = str_equal(name, STR("request"))
                              ? yyjson_obj_get(operation->value, "requestBody")
                              : document_get(maker->document, yyjson_obj_get(operation->value, "responses"), name);
    return yyjson_obj_get(details_resolve(maker, written, &description, &note), "content");
}

bool details_body_at(struct details_maker *maker, const struct operation *operation, struct str path,
                     struct engine_field *field)
{
    size_t dot = str_find_byte(path, '.');
    struct str name = str_cut(path, 0, dot), best;
    struct str rest = dot == STR_NONE ? STR_EMPTY : str_cut(path, dot + 1, path.size);
    yyjson_val *content = bodies_content_of(maker, operation, name);
    maker->missing =
        arena_format(maker->arena, "There is no body \"%.*s\"; begin with \"request\" or a status, as in \"200\".",
                     STR_FORMAT(utf8_cut(name, LIMIT_SUMMARY_BYTES)));
    yyjson_val *first = operation_media_type(content, &best);
    field->name = name;
    field->id = STR_EMPTY;
    if (first && details_at(maker, yyjson_obj_get(first, "schema"), details_nobody, rest, field)) {
        maker->missing = STR_EMPTY;
        return true;
    }
    for (struct document_member at = document_first(content); at.left; document_next(&at)) {
        if (at.value == first || !details_at(maker, yyjson_obj_get(at.value, "schema"), details_nobody, rest, field))
            continue;
        maker->missing = STR_EMPTY;
        return true;
    }
    return false;
}
