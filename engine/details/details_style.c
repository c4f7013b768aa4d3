#include "details_parameter.h"

#include "utf8.h"

enum { STYLE_NAME_BYTES = 60 };

/* What OpenAPI 3.1 §4.8.12.2.1 and its table of examples say; %s is the name. */
static const struct {
    struct str style;
    const char *list, *exploded_list, *members, *exploded_members;
} styles[] = {
    { STR_INIT("form"), "%s=a,b", "%s=a&%s=b", "%s=key,value", "key=value&key=value" },
    { STR_INIT("simple"), "a,b", "a,b", "key,value", "key=value,key=value" },
    { STR_INIT("spaceDelimited"), "%s=a%%20b", "%s=a&%s=b", "%s=key%%20value", "%s=key%%20value" },
    { STR_INIT("pipeDelimited"), "%s=a|b", "%s=a&%s=b", "%s=key|value", "%s=key|value" },
    { STR_INIT("deepObject"), "%s[]=a&%s[]=b", "%s[]=a&%s[]=b", "%s[key]=value", "%s[key]=value" },
    { STR_INIT("label"), ".a,b", ".a.b", ".key,value", ".key=value.key=value" },
    { STR_INIT("matrix"), ";%s=a,b", ";%s=a;%s=b", ";%s=key,value", ";key=value;key=value" },
};

static void style_pattern(struct buf *text, const char *pattern, struct str name)
{
    for (; *pattern; pattern++) {
        if (*pattern != '%') {
            buf_append_byte(text, *pattern);
        } else if (*++pattern == 's') {
            buf_append_str(text, utf8_cut(name, STYLE_NAME_BYTES));
        } else {
            buf_append_byte(text, '%');
        }
    }
}

struct str details_style_words(struct details_maker *maker, struct str name, struct str style, bool is_exploded,
                               bool is_list)
{
    for (size_t i = 0; i < sizeof styles / sizeof *styles; i++) {
        if (!str_equal(style, styles[i].style)) continue;
        const char *list = is_exploded ? styles[i].exploded_list : styles[i].list;
        const char *members = is_exploded ? styles[i].exploded_members : styles[i].members;
        buf_append_str(&maker->text, is_list ? STR("Several values are written `") : STR("Members are written `"));
        style_pattern(&maker->text, is_list ? list : members, name);
        buf_append_str(&maker->text, STR("`."));
        return details_take_text(maker);
    }
    return STR_EMPTY;
}

static bool style_is_form(struct str style)
{
    return str_equal(style, STR("form"));
}

/* Arrays and objects: nothing else is written in more than one way. */
static bool style_matters(const struct engine_field *field, bool *is_list)
{
    *is_list = str_starts(field->type, STR("array"));
    return *is_list || field->field_count || str_starts(field->type, STR("object")) ||
           str_starts(field->type, STR("map of ")) || field->type_id.size;
}

void details_style(struct details_maker *maker, yyjson_val *value, struct engine_field *field)
{
    struct details_sentences sentences = { .count = 0 };
    bool is_in_query = str_equal(field->in, STR("query")) || str_equal(field->in, STR("cookie")), is_list;
    struct str usual = is_in_query ? STR("form") : STR("simple");
    struct str style = document_str(yyjson_obj_get(value, "style"));
    yyjson_val *explode = yyjson_obj_get(value, "explode");
    if (style.size == 0) style = usual;
    bool is_exploded = yyjson_is_bool(explode) ? yyjson_is_true(explode) : style_is_form(style);
    if (!str_equal(style, usual)) field->style = style;
    if (is_exploded != style_is_form(style)) field->explode = is_exploded ? 1 : -1;
    bool is_usual = field->style.size == 0 && field->explode == 0;
    if (!is_usual && style_matters(field, &is_list))
        details_sentence(maker, &sentences, details_style_words(maker, field->name, style, is_exploded, is_list));
    if (yyjson_is_true(yyjson_obj_get(value, "allowReserved")))
        details_sentence(maker, &sentences,
                         STR("Reserved characters (`/`, `?`, `:` \xe2\x80\xa6) are sent as they are."));
    if (yyjson_is_true(yyjson_obj_get(value, "allowEmptyValue")))
        details_sentence(maker, &sentences, STR("It may be sent without a value."));
    details_add_rules(maker, field, &sentences);
}
