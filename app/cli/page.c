#include "page.h"

#include "limits.h"
#include "page_address.h"
#include "page_head.h"
#include "utf8.h"

/* Nothing but what this server sends: no script, style, font or picture from elsewhere, whatever a description says
 * (product and privacy: no third-party request at all). data: is for the icons in the style sheet. Markup becomes part
 * of the page through DOMPurify alone (W3C Trusted Types). */
#define PAGE_POLICY                                                                                                    \
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'none'; "               \
    "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types dompurify"

enum {
    PAGE_DESCRIPTION = 300, /* bytes: more is not shown by anyone who shows it */
    PAGE_WITHOUT = ENGINE_WITHOUT_HTML | ENGINE_WITHOUT_PLACES | ENGINE_WITHOUT_EXAMPLES,
};

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
    sio_reply_header(request, "Cross-Origin-Opener-Policy", "same-origin");
}

/* What is told of one address. */
struct page_found {
    struct page_head head;
    struct str id; /* of the element whose page it is: what was asked for, or the nearest. Empty: there is none */
    int status;
};

static struct str page_line(struct arena *arena, struct str text)
{
    text = arena_copy(arena, utf8_cut(str_trim(text), PAGE_DESCRIPTION));
    for (size_t i = 0; i < text.size; i++)
        if ((unsigned char)text.at[i] < ' ') ((char *)text.at)[i] = ' ';
    return text;
}

/* Fills in what an element's page tells. */
static void page_tell(struct arena *arena, const struct engine_details *details, struct page_found *found)
{
    struct str name = details->title.size > 0 ? details->title : details->name;
    struct str text = details->summary.size > 0 ? details->summary : details->self.summary;
    found->id = details->id;
    found->head.description = page_line(arena, text);
    if (details->kind == ENGINE_API)
        found->head.title = arena_format(arena, "%.*s – ApiBlaze", STR_FORMAT(details->api_title));
    else
        found->head.title =
            arena_format(arena, "%.*s%s%.*s · %.*s – ApiBlaze", STR_FORMAT(details->method),
                         details->method.size > 0 ? " " : "", STR_FORMAT(name), STR_FORMAT(details->api_title));
}

/* What is there is told with 200, or, for an id that is short for another, with the status that leads on. What is gone
 * is told of by what is nearest in the same API, with 404: old links should not end on an empty page. */
static void page_look_up(const struct action *action, struct str id, struct page_found *found)
{
    struct element_details_request request = { .id = id, .view = { .without = PAGE_WITHOUT } };
    struct engine_details details;
    struct action_fault fault = { 0 };
    *found = (struct page_found){ .head.title = STR("Not found – ApiBlaze"), .id = STR_EMPTY, .status = 404 };
    if (id.size == 0 || id.size > LIMIT_ID_BYTES) return;
    if (action_element_details(action, &request, &details, &fault) == ACTION_OK) {
        page_tell(action->arena, &details, found);
        found->status = str_equal(details.id, id) ? 200 : 302;
        return;
    }
    struct str provider = str_cut(id, 0, str_find_byte(id, '/')),
               nearest = fault.nearest_count ? fault.nearest[0] : STR_EMPTY;
    bool is_near = provider.size < id.size && str_starts(nearest, str_cut(id, 0, provider.size + 1));
    if (!is_near) return;
    struct action_fault other = { 0 };
    request.id = nearest;
    if (action_element_details(action, &request, &details, &other) == ACTION_OK)
        page_tell(action->arena, &details, found);
}

/* "http://host" as the client knows it: behind a proxy that ends TLS, "https://host". */
static struct str page_origin(struct arena *arena, sio_request *request)
{
    const char *host = sio_request_header(request, "Host"), *scheme = sio_request_header(request, "X-Forwarded-Proto");
    if (host == NULL) return STR_EMPTY;
    return arena_format(arena, "%s://%s", scheme && strcmp(scheme, "https") == 0 ? "https" : "http", host);
}

static void page_reply_redirect(struct arena *arena, sio_request *request, int status, struct str path)
{
    const char *query = sio_request_query(request);
    size_t hash = str_find_byte(path, '#');
    if (hash == STR_NONE) hash = path.size;
    const char *sign = *query == 0 ? "" : str_find_byte(path, '?') == STR_NONE ? "?" : "&";
    struct str place = arena_format(arena, "%.*s%s%s%.*s", STR_FORMAT(str_cut(path, 0, hash)), sign, query,
                                    STR_FORMAT(str_cut(path, hash, path.size)));
    char *ended = arena_alloc(arena, place.size + 1);
    if (path.size == 0 || ended == NULL) return;
    memcpy(ended, place.at, place.size);
    ended[place.size] = 0;
    sio_reply_header(request, "Location", ended);
    sio_reply(request, status, "text/plain; charset=utf-8", "", 0);
}

/* "<address>.json" and "<address>.md" are the element as data, unless an element is called so. Empty: it is neither. */
static struct str page_data_place(const struct action *action, struct str id)
{
    static const struct {
        struct str ending;
        const char *query;
    } forms[] = { { STR_INIT(".json"), "" }, { STR_INIT(".md"), "?format=markdown" } };
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        if (!str_ends(id, forms[i].ending)) continue;
        struct element_details_request request = { .id = str_cut(id, 0, id.size - forms[i].ending.size),
                                                   .view = { .without = ENGINE_WITHOUT_MODEL } };
        struct engine_details details;
        struct action_fault fault = { 0 };
        if (action_element_details(action, &request, &details, &fault) != ACTION_OK) return STR_EMPTY;
        return arena_format(action->arena, "%.*s%s", STR_FORMAT(page_address_data(action->arena, details.id)),
                            forms[i].query);
    }
    return STR_EMPTY;
}

static void page_reply_address(const struct page *page, const struct action *action, sio_request *request,
                               struct str path)
{
    struct arena *arena = action->arena;
    struct str html = { page->index->bytes, page->index->size }, origin = page_origin(arena, request);
    struct page_found found;
    page_look_up(action, page_address_id(path), &found);
    struct str place = found.id.size > 0 ? page_address_path(arena, found.id) : STR_EMPTY;
    struct str data = found.status == 404 ? page_data_place(action, page_address_id(path)) : STR_EMPTY;
    sio_reply_header(request, "Cache-Control", "no-cache");
    if (data.size > 0) {
        page_reply_redirect(arena, request, 302, data);
        return;
    }
    if (page_address_is_old(path) || found.status == 302) {
        if (found.status == 404) place = page_address_path(arena, page_address_id(path));
        page_reply_redirect(arena, request, page_address_is_old(path) ? 301 : 302, place);
        return;
    }
    if (place.size > 0 && origin.size > 0)
        found.head.canonical = arena_format(arena, "%.*s%.*s", STR_FORMAT(origin), STR_FORMAT(place));
    html = page_head_write(arena, html, &found.head);
    sio_reply(request, found.status, page->index->type, html.at, html.size);
}

/* The start page is an asset like others, but for its own address. */
static void page_reply_start(const struct page *page, struct arena *arena, sio_request *request)
{
    struct page_head head = { .canonical = page_origin(arena, request) };
    struct str html = { page->start->bytes, page->start->size };
    if (head.canonical.size > 0) head.canonical = arena_format(arena, "%.*s/", STR_FORMAT(head.canonical));
    html = page_head_write(arena, html, &head);
    sio_reply_header(request, "Cache-Control", "no-cache");
    sio_reply(request, 200, page->start->type, html.at, html.size);
}

static void page_reply_text(sio_request *request, int status, struct str text)
{
    sio_reply(request, status, "text/plain; charset=utf-8", text.at, text.size);
}

static void page_on_request(sio_request *request, void *context)
{
    const struct page *page = context;
    const char *path = sio_request_path(request);
    const sio_asset *asset = page_find_asset(path);
    struct action action;
    page_add_headers(request);
    if (asset != NULL) {
        sio_reply_asset(request, asset);
    } else if (page->index == NULL || page->start == NULL) {
        page_reply_text(request, 404, STR("This program was built without the page: node was missing, or web/.\n"));
    } else if (!handlers_action(page->handlers, &action)) {
        page_reply_text(request, 503, STR("Out of memory.\n"));
    } else {
        if (strcmp(path, "/") == 0)
            page_reply_start(page, action.arena, request);
        else
            page_reply_address(page, &action, request, str_from(path));
        arena_reset(action.arena);
    }
}

int page_attach(struct page *page, struct handlers *handlers, sio_server *server)
{
    *page = (struct page){ .handlers = handlers,
                           .index = page_find_asset("/index.html"),
                           .start = page_find_asset("/start.html"),
                           .site = { .version = STR(APIBLAZE_VERSION), .page = STR_EMPTY } };
    if (page->index) page->site.page = str_from(page->index->etag);
    handlers_set_site(handlers, &page->site);
    return sio_route(server, "GET", "*", page_on_request, page);
}
