#include "snippet.h"

void snippet_url(struct buf *code, const struct request *request)
{
    buf_append_str(code, request->url);
    char separator = str_find_byte(request->url, '?') == STR_NONE ? '?' : '&';
    for (const struct request_pair *pair = request->query.first; pair; pair = pair->next) {
        buf_append_byte(code, separator);
        buf_append_str(code, pair->name);
        buf_append_byte(code, '=');
        buf_append_str(code, pair->value);
        if (pair->variable.size) buf_append_format(code, "{%.*s}", STR_FORMAT(pair->variable));
        separator = '&';
    }
}
