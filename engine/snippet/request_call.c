#include "request_call.h"

#include "ascii.h"
#include "limits.h"
#include "snippet_writer.h"
#include "uri.h"

/* ---- The server -------------------------------------------------------------------------------------------------- */

static bool call_is_word(char byte)
{
    return ascii_is_letter_or_digit(byte) || byte == '-' || byte == '_';
}

/* How many bytes at the start of `text` a variable of a server may stand for; STR_NONE: none that it may. */
static size_t call_match_variable(yyjson_val *server, struct str name, struct str text)
{
    yyjson_val *variable = yyjson_obj_getn(yyjson_obj_get(server, "variables"), name.at, name.size), *value;
    yyjson_val *values = yyjson_obj_get(variable, "enum");
    struct str given = operation_server_variable(server, name);
    size_t at, count, longest = STR_NONE, word = 0;
    yyjson_arr_foreach (values, at, count, value) {
        struct str each = document_str(value);
        bool is_longer = longest == STR_NONE || each.size > longest;
        if (each.size > 0 && str_starts(text, each) && is_longer) longest = each.size;
    }
    if (yyjson_arr_size(values) > 0) return longest;
    if (given.size > 0 && str_starts(text, given)) longest = given.size;
    while (word < text.size && call_is_word(text.at[word])) word++;
    return longest == STR_NONE || word > longest ? (word > 0 ? word : STR_NONE) : longest;
}

static bool call_is_at(yyjson_val *server, struct str url)
{
    struct str rest = document_str(yyjson_obj_get(server, "url")), literal, name;
    if (str_starts(rest, STR("//"))) {
        if (!str_starts(url, STR("https:"))) return false;
        url = str_cut(url, strlen("https:"), url.size);
    }
    while (uri_template_next(&rest, &literal, &name)) {
        if (!str_starts(url, literal)) return false;
        url = str_cut(url, literal.size, url.size);
        size_t size = call_match_variable(server, name, url);
        if (size == STR_NONE) return false;
        url = str_cut(url, size, url.size);
    }
    while (str_ends(literal, STR("/"))) literal.size--;
    if (!str_starts(url, literal)) return false;
    url = str_cut(url, literal.size, url.size);
    return url.size == 0 || url.at[0] == '/' || url.at[0] == '?';
}

/* A relative address does not say where it is. */
static bool call_has_server(const struct operation *operation, struct str url)
{
    yyjson_val *servers = operation_server_list(operation), *server;
    size_t at, count;
    yyjson_arr_foreach (servers, at, count, server) {
        struct str written = document_str(yyjson_obj_get(server, "url"));
        bool is_absolute = str_equal_nocase(str_cut(written, 0, 4), STR("http")) || str_starts(written, STR("{")) ||
                           str_starts(written, STR("//"));
        if (is_absolute && call_is_at(server, url)) return true;
    }
    return false;
}

/* ---- Texts ------------------------------------------------------------------------------------------------------- */

static struct str call_value(const struct request_wish *wish, const struct request_variable *variable)
{
    if (variable->kind != REQUEST_SECRET) return variable->value;
    const struct request_given *given = request_given(wish, variable->name);
    return given ? given->value : STR_EMPTY;
}

/* Appends what parts say; false, and nothing is appended, when a secret is missing. */
static bool call_append(struct buf *text, const struct request_part *part, const struct request_wish *wish)
{
    size_t size = text->size;
    for (; part; part = part->next) {
        struct str value = part->variable ? call_value(wish, part->variable) : part->literal;
        if (part->variable && value.size == 0) {
            text->size = size;
            return false;
        }
        if (part->variable && part->is_encoded)
            uri_encode(text, value);
        else
            buf_append_str(text, value);
    }
    return true;
}

static void call_append_url(struct buf *url, const struct request *request, const struct request_wish *wish)
{
    bool has_query = false;
    for (const struct request_line *line = request->url; line; line = line->next) {
        size_t start = url->size;
        if (!call_append(url, line->first, wish) || line == request->url) {
            has_query |= line == request->url && url->size && memchr(url->at, '?', url->size) != NULL;
            continue;
        }
        /* The pair before it may have been left out. */
        if (url->error == BUF_OK && url->size > start) url->at[start] = has_query ? '&' : '?';
        has_query = true;
    }
}

static struct str call_keep(struct arena *arena, struct buf *text)
{
    if (text->error == BUF_NO_MEMORY) arena->failed = true;
    struct str kept = arena_copy(arena, buf_str(text));
    buf_free(text);
    return kept;
}

/* ---- Headers and body -------------------------------------------------------------------------------------------- */

static void call_add_header(struct request_call *call, struct str name, struct str value)
{
    call->headers[call->header_count++] = (struct request_call_header){ name, value };
}

static void call_fill_headers(const struct request *request, const struct request_wish *wish, struct arena *arena,
                              struct request_call *call)
{
    size_t count = 1; /* that of a form in parts */
    for (const struct request_header *header = request->headers; header; header = header->next) count++;
    call->headers = arena_calloc(arena, count, sizeof *call->headers);
    if (call->headers == NULL) return;
    for (const struct request_header *header = request->headers; header; header = header->next) {
        struct buf value;
        buf_init(&value, LIMIT_HTTP_HEADER_BYTES);
        bool is_whole = call_append(&value, header->value, wish);
        struct str kept = call_keep(arena, &value);
        if (is_whole) call_add_header(call, header->name, kept);
    }
    if (request->body == REQUEST_MULTIPART)
        call_add_header(call, STR("Content-Type"), STR("multipart/form-data; boundary=" REQUEST_BOUNDARY));
}

/* False when a file would have to be sent. */
static bool call_append_body(struct buf *body, const struct request *request, const struct request_wish *wish)
{
    if (request->body == REQUEST_TEXT) buf_append_str(body, request->body_text);
    if (request->body == REQUEST_FILE && wish->body.at == NULL) return false;
    if (request->body == REQUEST_FILE) buf_append_str(body, wish->body);
    for (const struct request_line *line = request->form; line; line = line->next) call_append(body, line->first, wish);
    for (const struct request_field *field = request->fields; field; field = field->next) {
        if (field->file) return false;
        snippet_field_head(body, field);
        buf_append_str(body, field->value);
        buf_append_str(body, STR("\r\n"));
    }
    if (request->fields) buf_append_str(body, STR("--" REQUEST_BOUNDARY "--\r\n"));
    return true;
}

enum request_call_result request_call(const struct operation *operation, const struct request *request,
                                      const struct request_wish *wish, struct arena *arena, struct request_call *call)
{
    struct buf url, body;
    *call = (struct request_call){ .user = STR_EMPTY, .password = STR_EMPTY };
    buf_init(&url, LIMIT_HTTP_URL_BYTES);
    buf_init(&body, LIMIT_DETAILS_TEXT_BYTES);
    call_append_url(&url, request, wish);
    bool has_file = !call_append_body(&body, request, wish), is_long = url.error == BUF_FULL || body.error == BUF_FULL;
    call->url = call_keep(arena, &url);
    call->body = call_keep(arena, &body);
    if (request->body == REQUEST_NO_BODY) call->body.at = NULL;
    call_fill_headers(request, wish, arena, call);
    if (request->login != REQUEST_NO_LOGIN && call_value(wish, request->user).size > 0) {
        call->login = request->login;
        call->user = call_value(wish, request->user);
        call->password = call_value(wish, request->password);
    }
    if (is_long) return REQUEST_CALL_TOO_LONG;
    if (has_file) return REQUEST_CALL_FILE;
    return call_has_server(operation, call->url) ? REQUEST_CALL_OK : REQUEST_CALL_NO_SERVER;
}
