#include "details_endpoint.h"

#include "limits.h"
#include "plain.h"
#include "ref.h"

struct callbacks {
    struct details_maker *maker;
    struct engine_callback *at;
    size_t count, size, total;
};

static struct engine_callback *callbacks_next(struct callbacks *callbacks, struct str name, struct str url)
{
    callbacks->total++;
    if (callbacks->count == callbacks->size) return NULL;
    struct engine_callback *callback = &callbacks->at[callbacks->count++];
    *callback = (struct engine_callback){ .name = name, .url = url, .method = STR_EMPTY };
    callback->summary = callback->description = callback->html = callback->note = STR_EMPTY;
    return callback;
}

static void callbacks_add_operation(struct callbacks *callbacks, struct str name, struct str url, yyjson_val *path_item,
                                    enum catalogue_method method, yyjson_val *value)
{
    struct details_maker *maker = callbacks->maker;
    struct operation operation = { maker->document, url, method, path_item, value };
    struct engine_callback *callback = callbacks_next(callbacks, name, url);
    size_t total;
    if (callback == NULL) return;
    struct str text = document_str(yyjson_obj_get(value, "description"));
    callback->method = catalogue_method_upper(method);
    callback->summary = document_str(yyjson_obj_get(value, "summary"));
    if (callback->summary.size == 0) callback->summary = plain_sentence(maker->arena, text);
    details_describe(maker, text, &callback->description, &callback->html);
    details_bodies(maker, &operation, 0, &callback->bodies, &callback->body_count, &total);
}

static void callbacks_add_path(struct callbacks *callbacks, struct str name, struct str url, yyjson_val *written)
{
    struct str description, note;
    enum catalogue_method method;
    yyjson_val *path_item = details_resolve(callbacks->maker, written, &description, &note);
    if (path_item == NULL) {
        struct engine_callback *callback = callbacks_next(callbacks, name, url);
        if (callback) callback->note = note;
    }
    for (struct document_member at = document_first(path_item); at.left; document_next(&at)) {
        struct str key = document_str(at.key);
        if (!catalogue_method_read(key, &method) || !yyjson_is_obj(at.value)) continue;
        callbacks_add_operation(callbacks, name, url, path_item, method, at.value);
    }
}

static void callbacks_add(struct callbacks *callbacks, struct str name, yyjson_val *written)
{
    struct str description, note;
    yyjson_val *callback = details_resolve(callbacks->maker, written, &description, &note);
    if (callback == NULL) {
        struct engine_callback *lost = callbacks_next(callbacks, name, STR_EMPTY);
        if (lost) lost->note = note;
    }
    for (struct document_member at = document_first(callback); at.left; document_next(&at)) {
        struct str url = document_str(at.key);
        if (!str_starts(url, STR("x-"))) callbacks_add_path(callbacks, name, url, at.value);
    }
}

void details_callbacks(struct details_maker *maker, const struct operation *operation)
{
    struct callbacks callbacks = { .maker = maker };
    struct document_member at = document_first(yyjson_obj_get(operation->value, "callbacks"));
    if (at.left == 0) return;
    callbacks.at =
        details_list(maker, LIMIT_DETAILS_CALLBACKS, LIMIT_DETAILS_CALLBACKS, sizeof *callbacks.at, &callbacks.size);
    for (; at.left; document_next(&at)) callbacks_add(&callbacks, document_str(at.key), at.value);
    maker->details->callbacks = callbacks.at;
    maker->details->callback_count = callbacks.count;
    maker->details->callback_total = callbacks.total;
}
