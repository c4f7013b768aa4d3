#include "page.h"

#include "limits.h"

/* Nothing but what this server sends: no script, style, font or picture from elsewhere, whatever a description says
 * (product and privacy: no third-party request at all). data: is for the icons in the style sheet. */
#define PAGE_POLICY                                                                                                    \
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'none'; "               \
    "frame-ancestors 'none'"

static const sio_asset *page_find_asset(const char *path)
{
    for (size_t i = 0; i < page_asset_count; i++)
        if (strcmp(page_assets[i].path, path) == 0) return &page_assets[i];
    return NULL;
}

static void page_add_headers(sio_request *request)
{
    sio_reply_header(request, "Content-Security-Policy", PAGE_POLICY);
    sio_reply_header(request, "X-Content-Type-Options", "nosniff");
    sio_reply_header(request, "Referrer-Policy", "no-referrer");
}

static struct str page_escaped(struct arena *arena, struct str text)
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

/* index.html with what stands between its title tags replaced; as it is when it has none. */
static struct str page_with_title(struct arena *arena, struct str html, struct str title)
{
    size_t start = str_find(html, STR("<title>")), end = str_find(html, STR("</title>"));
    if (title.size == 0 || start == STR_NONE || end == STR_NONE || end < start) return html;
    struct str head = str_cut(html, 0, start + strlen("<title>")), tail = str_cut(html, end, html.size);
    title = page_escaped(arena, title);
    char *page = arena_alloc(arena, head.size + title.size + tail.size);
    if (page == NULL) return html;
    memcpy(page, head.at, head.size);
    memcpy(page + head.size, title.at, title.size);
    memcpy(page + head.size + title.size, tail.at, tail.size);
    return (struct str){ page, head.size + title.size + tail.size };
}

/* The title for an id; false when there is no such element. Its specification is not looked at. */
static bool page_title(const struct action *action, struct str id, struct str *title)
{
    struct engine_api api;
    struct engine_details details;
    struct engine_fault fault;
    if (id.size > LIMIT_ID_BYTES) return false;
    if (engine_api(action->engine, id, &api) == ENGINE_OK) {
        *title = arena_format(action->arena, "%.*s – ApiBlaze", STR_FORMAT(api.title));
        return true;
    }
    const struct engine_view names = { .without = ENGINE_WITHOUT_MODEL };
    if (engine_details(action->engine, action->scratch, id, &names, action->arena, &details, &fault) != ENGINE_OK)
        return false;
    *title =
        arena_format(action->arena, "%.*s · %.*s – ApiBlaze",
                     STR_FORMAT(details.title.size > 0 ? details.title : details.name), STR_FORMAT(details.api_title));
    return true;
}

static void page_reply_address(const struct page *page, sio_request *request, struct str path)
{
    struct str title = STR("Not found – ApiBlaze"), html = { page->index->bytes, page->index->size };
    struct action action;
    if (!handlers_action(page->handlers, &action)) {
        struct str text = STR("Out of memory.\n");
        sio_reply(request, 503, "text/plain; charset=utf-8", text.at, text.size);
        return;
    }
    bool is_found = str_starts(path, STR("/api/")) && page_title(&action, str_cut(path, 5, path.size), &title);
    html = page_with_title(action.arena, html, title);
    sio_reply_header(request, "Cache-Control", "no-cache");
    sio_reply(request, is_found ? 200 : 404, page->index->type, html.at, html.size);
    arena_reset(action.arena);
}

static void page_on_request(sio_request *request, void *context)
{
    const struct page *page = context;
    const char *path = sio_request_path(request);
    const sio_asset *asset = strcmp(path, "/") == 0 ? page->index : page_find_asset(path);
    page_add_headers(request);
    if (asset != NULL) {
        sio_reply_asset(request, asset);
    } else if (page->index != NULL) {
        page_reply_address(page, request, str_from(path));
    } else {
        struct str text = STR("This program was built without the page: node was missing, or web/.\n");
        sio_reply(request, 404, "text/plain; charset=utf-8", text.at, text.size);
    }
}

int page_attach(struct page *page, struct handlers *handlers, sio_server *server)
{
    *page = (struct page){ .handlers = handlers, .index = page_find_asset("/index.html") };
    return sio_route(server, "GET", "*", page_on_request, page);
}
