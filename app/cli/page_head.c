#include "page_head.h"

static struct str page_head_escape(struct arena *arena, struct str text)
{
    char *escaped = arena_calloc(arena, text.size, sizeof "&quot;");
    size_t size = 0;
    if (escaped == NULL) return STR_EMPTY;
    for (size_t i = 0; i < text.size; i++) {
        struct str part = str_cut(text, i, i + 1);
        switch (text.at[i]) {
        case '<': part = STR("&lt;"); break;
        case '>': part = STR("&gt;"); break;
        case '&': part = STR("&amp;"); break;
        case '"': part = STR("&quot;"); break;
        default: break;
        }
        memcpy(escaped + size, part.at, part.size);
        size += part.size;
    }
    return (struct str){ escaped, size };
}

/* `html` with what stands between `before` and `behind` replaced; as it is when it has no such place. */
static struct str page_head_fill(struct arena *arena, struct str html, struct str before, struct str behind,
                                 struct str text)
{
    size_t start = str_find(html, before);
    if (text.size == 0 || start == STR_NONE) return html;
    struct str head = str_cut(html, 0, start + before.size), rest = str_cut(html, head.size, html.size);
    size_t end = str_find(rest, behind);
    text = page_head_escape(arena, text);
    if (end == STR_NONE || text.size == 0) return html;
    rest = str_cut(rest, end, rest.size);
    char *filled = arena_alloc(arena, head.size + text.size + rest.size);
    if (filled == NULL) return html;
    memcpy(filled, head.at, head.size);
    memcpy(filled + head.size, text.at, text.size);
    memcpy(filled + head.size + text.size, rest.at, rest.size);
    return (struct str){ filled, head.size + text.size + rest.size };
}

struct str page_head_write(struct arena *arena, struct str html, const struct page_head *head)
{
    html = page_head_fill(arena, html, STR("<title>"), STR("</title>"), head->title);
    html = page_head_fill(arena, html, STR("<meta name=\"description\" content=\""), STR("\""), head->description);
    return page_head_fill(arena, html, STR("<link rel=\"canonical\" href=\""), STR("\""), head->canonical);
}
