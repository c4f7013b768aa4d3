#include "sample_xml.h"

#include "parts.h"
#include "utf8.h"

struct xml_maker {
    struct buf *text;
    const struct document *document;
    struct sample_focus *focus;
    unsigned depth;
};

/* An element or attribute: its value, and what its schema says of how it is written. */
struct xml_item {
    const struct sample_node *node;
    struct parts parts;
    yyjson_val *hints; /* `xml`; NULL: none */
    struct str name;
};

/* ---- Names and text ---------------------------------------------------------------------------------------------- */

static bool xml_is_name(uint32_t code, bool is_first)
{
    bool is_letter = (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z') || code == '_' || code >= 0xc0;
    return is_letter || (!is_first && ((code >= '0' && code <= '9') || code == '-' || code == '.'));
}

/* What XML takes for no name becomes one: "$ref" → "_ref". ':' is left to prefixes. */
static void xml_name(struct buf *text, struct str name)
{
    bool is_first = true;
    for (size_t at = 0; at < name.size; is_first = false) {
        char bytes[4];
        uint32_t code = utf8_next(name, &at);
        if (is_first && !xml_is_name(code, true) && xml_is_name(code, false)) buf_append_byte(text, '_');
        bool is_good = xml_is_name(code, false) && code != 0xd7 && code != 0xf7 && code != 0xfffd;
        if (is_good) buf_append(text, bytes, utf8_write(code, bytes));
        if (!is_good) buf_append_byte(text, '_');
    }
    if (is_first) buf_append_byte(text, '_');
}

/* Control characters are in no XML 1.0 document, not even escaped. */
static void xml_text(struct buf *text, struct str value)
{
    for (size_t at = 0; at < value.size;) {
        char bytes[4];
        uint32_t code = utf8_next(value, &at);
        switch (code) {
        case '&': buf_append_str(text, STR("&amp;")); break;
        case '<': buf_append_str(text, STR("&lt;")); break;
        case '>': buf_append_str(text, STR("&gt;")); break;
        case '"': buf_append_str(text, STR("&quot;")); break;
        default:
            if (code < ' ' && code != '\t' && code != '\n' && code != '\r') code = 0xfffd;
            if (code == 0xfffe || code == 0xffff) code = 0xfffd;
            buf_append(text, bytes, utf8_write(code, bytes));
        }
    }
}

/* prefix:name, as the hints say, else the name that it has. */
static void xml_item_name(struct buf *text, const struct xml_item *item)
{
    struct str prefix = document_str(yyjson_obj_get(item->hints, "prefix"));
    struct str name = document_str(yyjson_obj_get(item->hints, "name"));
    if (prefix.size) {
        xml_name(text, prefix);
        buf_append_byte(text, ':');
    }
    xml_name(text, name.size ? name : item->name);
}

static void xml_namespace(struct buf *text, const struct xml_item *item)
{
    struct str space = document_str(yyjson_obj_get(item->hints, "namespace"));
    struct str prefix = document_str(yyjson_obj_get(item->hints, "prefix"));
    if (space.size == 0) return;
    buf_append_str(text, STR(" xmlns"));
    if (prefix.size) {
        buf_append_byte(text, ':');
        xml_name(text, prefix);
    }
    buf_append_str(text, STR("=\""));
    xml_text(text, space);
    buf_append_byte(text, '"');
}

/* ---- Elements ---------------------------------------------------------------------------------------------------- */

static struct xml_item xml_item(const struct xml_maker *maker, const struct sample_node *node, yyjson_val *schema,
                                struct str name)
{
    struct xml_item item = { .node = node, .name = name };
    parts_collect(&item.parts, maker->document, schema, &(struct parts_wish){ PARTS_ONE_BRANCH, STR_EMPTY });
    item.hints = parts_get(&item.parts, "xml");
    return item;
}

static struct xml_item xml_member(const struct xml_maker *maker, const struct xml_item *object,
                                  const struct sample_node *member)
{
    yyjson_val *schema = parts_property(&object->parts, member->key);
    if (schema == NULL) schema = parts_get(&object->parts, "additionalProperties");
    return xml_item(maker, member, schema, member->key);
}

static bool xml_is_attribute(const struct xml_item *item)
{
    return item->node->shape == SAMPLE_LEAF && yyjson_is_true(yyjson_obj_get(item->hints, "attribute"));
}

static void xml_line(struct xml_maker *maker)
{
    buf_append_byte(maker->text, '\n');
    for (unsigned i = 0; i < maker->depth; i++) buf_append_str(maker->text, STR("  "));
}

static void xml_attributes(struct xml_maker *maker, const struct xml_item *item)
{
    xml_namespace(maker->text, item);
    for (const struct sample_node *node = item->node->first; node && item->node->shape == SAMPLE_OBJECT;
         node = node->next) {
        struct xml_item member = xml_member(maker, item, node);
        if (!xml_is_attribute(&member)) continue;
        buf_append_byte(maker->text, ' ');
        xml_item_name(maker->text, &member);
        buf_append_str(maker->text, STR("=\""));
        xml_text(maker->text, node->text);
        buf_append_byte(maker->text, '"');
    }
}

static void xml_element(struct xml_maker *maker, const struct xml_item *item);

/* An array is an element for each item; `wrapped` puts them into one of its own. An item that has no name of its own
 * has the array's. */
static void xml_items(struct xml_maker *maker, const struct xml_item *array)
{
    yyjson_val *schema = parts_get(&array->parts, "items");
    for (const struct sample_node *node = array->node->first; node; node = node->next) {
        struct xml_item item = xml_item(maker, node, schema, array->name);
        xml_line(maker);
        xml_element(maker, &item);
    }
}

static void xml_members(struct xml_maker *maker, const struct xml_item *object)
{
    for (const struct sample_node *node = object->node->first; node; node = node->next) {
        struct xml_item member = xml_member(maker, object, node);
        if (xml_is_attribute(&member)) continue;
        size_t start = maker->text->size + 1;
        bool is_list = node->shape == SAMPLE_ARRAY && !yyjson_is_true(yyjson_obj_get(member.hints, "wrapped"));
        if (is_list) {
            xml_items(maker, &member);
        } else {
            xml_line(maker);
            xml_element(maker, &member);
        }
        if (node->is_focus && maker->text->size >= start)
            *maker->focus = (struct sample_focus){ start, maker->text->size };
    }
}

/* Recurses as deep as the sample is. */
static void xml_element(struct xml_maker *maker, const struct xml_item *item)
{
    struct buf *text = maker->text;
    buf_append_byte(text, '<');
    xml_item_name(text, item);
    xml_attributes(maker, item);
    size_t opened = text->size;
    buf_append_byte(text, '>');
    maker->depth++;
    if (item->node->shape == SAMPLE_LEAF && !str_equal(item->node->json, STR("null"))) xml_text(text, item->node->text);
    if (item->node->shape == SAMPLE_ARRAY) xml_items(maker, item);
    if (item->node->shape == SAMPLE_OBJECT) xml_members(maker, item);
    maker->depth--;
    if (text->error == BUF_OK && text->size == opened + 1) {
        text->size = opened;
        buf_append_str(text, STR("/>"));
        return;
    }
    if (item->node->shape != SAMPLE_LEAF) xml_line(maker);
    buf_append_str(text, STR("</"));
    xml_item_name(text, item);
    buf_append_byte(text, '>');
}

void sample_xml_write(struct buf *text, const struct sample_node *node, const struct sample_source *source,
                      struct sample_focus *focus)
{
    struct xml_maker maker = { .text = text, .document = source->document, .focus = focus };
    *focus = (struct sample_focus){ 0, 0 };
    if (node->shape == SAMPLE_LEAF && str_starts(str_trim(node->text), STR("<"))) {
        buf_append_str(text, node->text);
        return;
    }
    struct xml_item root = xml_item(&maker, node, source->schema, source->name);
    if (root.parts.name.size) root.name = root.parts.name;
    if (root.name.size == 0) root.name = STR("root");
    buf_append_str(text, STR("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"));
    xml_element(&maker, &root);
}
