#include "ref.h"

#include "limits.h"
#include "pointer.h"

struct str ref_text(const struct document *document, yyjson_val *value)
{
    yyjson_val *text = document_get(document, value, STR("$ref"));
    return yyjson_is_str(text) ? document_str(text) : (struct str){ NULL, 0 };
}

yyjson_val *ref_follow(const struct document *document, yyjson_val *value)
{
    struct str text = ref_text(document, value);
    return text.at ? pointer_get_fragment(document, text) : NULL;
}

yyjson_val *ref_resolve(const struct document *document, yyjson_val *value)
{
    for (int hops = 0; value && hops <= LIMIT_REF_HOPS; hops++) {
        struct str text = ref_text(document, value);
        if (text.at == NULL) return value;
        value = pointer_get_fragment(document, text);
    }
    return NULL;
}

bool ref_has_siblings(const struct document *document)
{
    return !str_starts(document_str(document_get(document, document->root, STR("openapi"))), STR("3.0"));
}
