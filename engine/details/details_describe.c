#include "details_maker.h"

#include "limits.h"
#include "markdown.h"
#include "plain.h"
#include "pointer.h"
#include "ref.h"
#include "utf8.h"

void details_describe(struct details_maker *maker, struct str text, struct str *description, struct str *html)
{
    *description = *html = STR_EMPTY;
    if (text.size == 0) return;
    if (text.size <= maker->text_left) {
        *description = text;
        if (details_wants(maker, ENGINE_WITHOUT_HTML)) *html = markdown_html(maker->arena, text);
    } else {
        *description = plain_sentence(maker->arena, text);
    }
    size_t used = description->size + html->size;
    maker->text_left -= used < maker->text_left ? used : maker->text_left;
}

struct engine_link details_docs(yyjson_val *object)
{
    yyjson_val *docs = yyjson_obj_get(object, "externalDocs");
    struct engine_link link = { document_str(yyjson_obj_get(docs, "url")),
                                document_str(yyjson_obj_get(docs, "description")) };
    return link;
}

struct str details_lost_reference(struct details_maker *maker, struct str reference)
{
    const char *what = "leads nowhere in this specification";
    if (reference.size && reference.at[0] != '#')
        what = "leads to another document, which is not here";
    else if (pointer_get_fragment(maker->document, reference))
        what = "leads in a circle, or to what is not expected here";
    return arena_format(maker->arena, "The reference %.*s %s.", STR_FORMAT(utf8_cut(reference, LIMIT_SUMMARY_BYTES)),
                        what);
}

yyjson_val *details_resolve(struct details_maker *maker, yyjson_val *value, struct str *description, struct str *note)
{
    struct str reference = ref_text(maker->document, value);
    yyjson_val *found = ref_resolve(maker->document, value);
    *description = document_str(yyjson_obj_get(found, "description"));
    *note = STR_EMPTY;
    if (reference.at && !maker->is_3_0) {
        struct str own = document_str(yyjson_obj_get(value, "description"));
        if (own.size) *description = own;
    }
    if (yyjson_is_obj(found)) return found;
    if (reference.at)
        *note = details_lost_reference(maker, reference);
    else if (value)
        *note = arena_format(maker->arena, "An object was expected here, and there is %s.", document_type_name(value));
    return NULL;
}
