#include "sample_fields.h"

#include "limits.h"
#include "parts.h"

/* What stands for the form while its fields are made. */
struct fields_maker {
    struct arena *arena;
    const struct sample_source *source;
    struct parts parts; /* of the form's schema */
    struct sample_field *first, *last;
    yyjson_val *encoding; /* of the member under way */
    bool is_focus;
};

static void fields_add(struct fields_maker *maker, struct str name, struct str value, const char *content_type)
{
    struct sample_field *field = arena_calloc(maker->arena, 1, sizeof *field);
    if (field == NULL) return;
    struct str told = document_str(yyjson_obj_get(maker->encoding, "contentType"));
    *field = (struct sample_field){
        .name = name, .value = value, .content_type = str_from(content_type), .is_focus = maker->is_focus
    };
    /* Of a list of types, or a range, the client chooses one. */
    told = str_trim(str_cut(told, 0, str_find_byte(told, ',')));
    if (told.size && str_find_byte(told, '*') == STR_NONE) field->content_type = told;
    if (maker->last) maker->last->next = field;
    if (maker->last == NULL) maker->first = field;
    maker->last = field;
}

static struct str fields_json(struct fields_maker *maker, const struct sample_node *node)
{
    struct buf json;
    struct sample_focus focus;
    buf_init(&json, LIMIT_EXAMPLE_BYTES);
    sample_json_write(&json, node, &focus);
    if (json.error == BUF_NO_MEMORY) maker->arena->failed = true;
    struct str text = json.error == BUF_OK ? arena_copy(maker->arena, buf_str(&json)) : STR_EMPTY;
    buf_free(&json);
    return text;
}

static void fields_add_value(struct fields_maker *maker, struct str name, const struct sample_node *node)
{
    if (node->shape == SAMPLE_LEAF)
        fields_add(maker, name, node->text, "");
    else
        fields_add(maker, name, fields_json(maker, node), "application/json");
}

/* name[key]=value, and name[0][key]=value for what is in an array. The tree is not deep. */
static void fields_add_deep(struct fields_maker *maker, struct str name, const struct sample_node *node)
{
    unsigned number = 0;
    if (node->shape == SAMPLE_LEAF) {
        fields_add(maker, name, node->text, "");
        return;
    }
    for (const struct sample_node *child = node->first; child; child = child->next) {
        struct str key = node->shape == SAMPLE_OBJECT ? child->key : arena_format(maker->arena, "%u", number++);
        fields_add_deep(maker, arena_format(maker->arena, "%.*s[%.*s]", STR_FORMAT(name), STR_FORMAT(key)), child);
    }
}

/* All items in one field, where the encoding says so; then they are leaves. */
static bool fields_add_joined(struct fields_maker *maker, struct str name, const struct sample_node *array)
{
    struct str style = document_str(yyjson_obj_get(maker->encoding, "style"));
    bool is_pipe = str_equal(style, STR("pipeDelimited")), is_space = str_equal(style, STR("spaceDelimited"));
    yyjson_val *explode = yyjson_obj_get(maker->encoding, "explode");
    struct str value = STR_EMPTY;
    if (!yyjson_is_false(explode) && !((is_pipe || is_space) && explode == NULL)) return false;
    for (const struct sample_node *item = array->first; item; item = item->next) {
        if (item->shape != SAMPLE_LEAF) return false;
        const char *separator = item == array->first ? "" : is_pipe ? "|" : is_space ? " " : ",";
        value = arena_format(maker->arena, "%.*s%s%.*s", STR_FORMAT(value), separator, STR_FORMAT(item->text));
    }
    fields_add(maker, name, value, "");
    return true;
}

static void fields_mark_files(struct fields_maker *maker, struct str name, struct sample_field *from)
{
    yyjson_val *schema = parts_property(&maker->parts, name);
    const struct document *document = maker->source->document;
    if (!parts_is_file(document, schema) && !parts_is_file(document, yyjson_obj_get(schema, "items"))) return;
    for (struct sample_field *field = from; field; field = field->next) field->is_file = true;
}

static void fields_add_member(struct fields_maker *maker, const struct sample_node *member)
{
    struct sample_field *before = maker->last;
    maker->encoding = yyjson_obj_getn(maker->source->encoding, member->key.at, member->key.size);
    maker->is_focus = member->is_focus;
    if (yyjson_equals_str(yyjson_obj_get(maker->encoding, "style"), "deepObject")) {
        fields_add_deep(maker, member->key, member);
    } else if (member->shape != SAMPLE_ARRAY) {
        fields_add_value(maker, member->key, member);
    } else if (!fields_add_joined(maker, member->key, member)) {
        for (const struct sample_node *item = member->first; item; item = item->next)
            fields_add_value(maker, member->key, item);
    }
    fields_mark_files(maker, member->key, before ? before->next : maker->first);
}

struct sample_field *sample_fields_of(const struct sample_node *node, const struct sample_source *source,
                                      struct arena *arena)
{
    struct fields_maker maker = { .arena = arena, .source = source };
    parts_collect(&maker.parts, source->document, source->schema, &(struct parts_wish){ PARTS_ONE_BRANCH, STR_EMPTY });
    if (node->shape != SAMPLE_OBJECT) {
        fields_add_value(&maker, STR_EMPTY, node);
        return maker.first;
    }
    for (const struct sample_node *member = node->first; member; member = member->next)
        fields_add_member(&maker, member);
    return maker.first;
}
