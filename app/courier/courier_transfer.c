#include "courier_transfer.h"

#include "courier_address.h"
#include "limits.h"

#include <stdlib.h>

/* ---- What comes ---------------------------------------------------------------------------------------------- */

static size_t courier_on_body(char *bytes, size_t size, size_t count, void *context)
{
    struct courier_transfer *transfer = context;
    size_t room = LIMIT_COURIER_BODY_BYTES - transfer->answer_body.size;
    size *= count;
    transfer->is_cut = size > room;
    buf_append(&transfer->answer_body, bytes, transfer->is_cut ? room : size);
    /* Another count than was given ends the transfer. */
    return transfer->is_cut || transfer->answer_body.error ? 0 : size;
}

/* Each line comes once; the head of an interim answer (RFC 9110 §15.2) gives way to the next one. */
static size_t courier_on_header(char *bytes, size_t size, size_t count, void *context)
{
    struct courier_transfer *transfer = context;
    struct str line = { bytes, size * count };
    if (str_starts(line, STR("HTTP/")))
        buf_clear(&transfer->answer_headers);
    else if (str_trim(line).size > 0)
        buf_append_str(&transfer->answer_headers, line);
    return transfer->answer_headers.error ? 0 : line.size;
}

/* The name is resolved by now: this is where the connection goes to. */
static curl_socket_t courier_on_socket(void *context, curlsocktype purpose, struct curl_sockaddr *address)
{
    struct courier_transfer *transfer = context;
    (void)purpose;
    transfer->has_begun = true;
    transfer->is_refused = !transfer->allows_private && !courier_address_is_public(&address->addr);
    if (transfer->is_refused) return CURL_SOCKET_BAD;
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

/* ---- What goes out ------------------------------------------------------------------------------------------- */

/* A copy that ends in a NUL; NULL without memory, and when a NUL is in the text. */
static char *courier_copy(struct str text)
{
    if (text.size > 0 && memchr(text.at, 0, text.size) != NULL) return NULL;
    char *copy = malloc(text.size + 1);
    if (copy == NULL) return NULL;
    memcpy(copy, text.at, text.size);
    copy[text.size] = 0;
    return copy;
}

static bool courier_set_text(CURL *curl, CURLoption option, struct str text)
{
    char *copy = courier_copy(text);
    bool is_set = copy && curl_easy_setopt(curl, option, copy) == CURLE_OK; /* libcurl copies it, too */
    free(copy);
    return is_set;
}

/* A line end in it would begin another header, or another request. */
static bool courier_is_plain(struct str text)
{
    for (size_t i = 0; i < text.size; i++)
        if (((unsigned char)text.at[i] < ' ' && text.at[i] != '\t') || text.at[i] == 0x7F) return false;
    return true;
}

static bool courier_add_line(struct courier_transfer *transfer, const char *line)
{
    struct curl_slist *longer = curl_slist_append(transfer->headers, line);
    if (longer) transfer->headers = longer;
    return longer != NULL;
}

/* libcurl sends a header without a value when it ends in a semicolon. */
static bool courier_add_header(struct courier_transfer *transfer, const struct courier_header *header)
{
    char line[LIMIT_COURIER_HEADER_BYTES];
    if (!courier_is_plain(header->name) || !courier_is_plain(header->value)) return false;
    if (header->name.size + header->value.size + 3 > sizeof line) return false;
    size_t size = header->name.size;
    memcpy(line, header->name.at, size);
    memcpy(line + size, header->value.size ? ": " : ";", 2);
    size += header->value.size ? 2 : 1;
    memcpy(line + size, header->value.at, header->value.size);
    line[size + header->value.size] = 0;
    return courier_add_line(transfer, line);
}

static bool courier_set_request(struct courier_transfer *transfer, const struct courier_request *request)
{
    CURL *curl = transfer->curl;
    bool is_head = str_equal(request->method, STR("HEAD")), is_set = courier_is_plain(request->method),
         has_type = false;
    for (size_t i = 0; i < request->header_count && is_set; i++) {
        is_set = courier_add_header(transfer, &request->headers[i]);
        has_type |= str_equal_nocase(request->headers[i].name, STR("Content-Type"));
    }
    if (!has_type) is_set &= courier_add_line(transfer, "Content-Type:"); /* libcurl would call any body a form */
    buf_append_str(&transfer->body, request->body);
    is_set &= !transfer->body.error && courier_set_text(curl, CURLOPT_URL, request->url);
    if (request->has_body) {
        curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)transfer->body.size);
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS, transfer->body.at ? transfer->body.at : "");
    }
    curl_easy_setopt(curl, CURLOPT_NOBODY, (long)is_head);
    if (request->user.size > 0) {
        curl_easy_setopt(curl, CURLOPT_HTTPAUTH, (long)(request->is_digest ? CURLAUTH_DIGEST : CURLAUTH_BASIC));
        is_set &= courier_set_text(curl, CURLOPT_USERNAME, request->user) &&
                  courier_set_text(curl, CURLOPT_PASSWORD, request->password);
    }
    is_set &= courier_set_text(curl, CURLOPT_CUSTOMREQUEST, request->method);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, transfer->headers);
    return is_set;
}

static void courier_set_ceilings(struct courier_transfer *transfer)
{
    CURL *curl = transfer->curl;
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_PROXY, ""); /* one would connect for us, to anywhere */
    curl_easy_setopt(curl, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, (long)LIMIT_COURIER_CONNECT_MS);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, (long)LIMIT_COURIER_MS);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_FRESH_CONNECT, 1L); /* nobody uses the connection of another, nor its login */
    curl_easy_setopt(curl, CURLOPT_FORBID_REUSE, 1L);
    curl_easy_setopt(curl, CURLOPT_ACCEPT_ENCODING, "");
    curl_easy_setopt(curl, CURLOPT_USERAGENT, "ApiBlaze/" APIBLAZE_VERSION);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, courier_on_socket);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, transfer);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, courier_on_body);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, transfer);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, courier_on_header);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, transfer);
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, transfer->why);
    curl_easy_setopt(curl, CURLOPT_PRIVATE, transfer);
}

void courier_transfer_free(struct courier_transfer *transfer)
{
    curl_easy_cleanup(transfer->curl);
    curl_slist_free_all(transfer->headers);
    buf_free(&transfer->body);
    buf_free(&transfer->answer_headers);
    buf_free(&transfer->answer_body);
    free(transfer);
}

struct courier_transfer *courier_transfer_create(const struct courier_request *request, bool allows_private)
{
    struct courier_transfer *transfer = calloc(1, sizeof *transfer);
    if (transfer == NULL) return NULL;
    transfer->allows_private = allows_private;
    buf_init(&transfer->body, LIMIT_COURIER_BODY_BYTES);
    buf_init(&transfer->answer_headers, LIMIT_COURIER_HEADERS_BYTES);
    buf_init(&transfer->answer_body, LIMIT_COURIER_BODY_BYTES);
    transfer->curl = curl_easy_init();
    if (transfer->curl && courier_set_request(transfer, request)) {
        courier_set_ceilings(transfer);
        return transfer;
    }
    courier_transfer_free(transfer);
    return NULL;
}

/* ---- How it ends ---------------------------------------------------------------------------------------------- */

static int courier_error_of(const struct courier_transfer *transfer, CURLcode result)
{
    if (transfer->is_refused) return COURIER_EREFUSED;
    if (transfer->is_cut && result == CURLE_WRITE_ERROR) return COURIER_OK;
    switch (result) {
    case CURLE_OK: return COURIER_OK;
    case CURLE_OUT_OF_MEMORY: return COURIER_ENOMEM;
    case CURLE_OPERATION_TIMEDOUT: return COURIER_ETIME;
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL: return transfer->has_begun ? COURIER_EBROKEN : COURIER_EADDRESS;
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION: return COURIER_EUNREACHED;
    default: return COURIER_EBROKEN;
    }
}

void courier_transfer_end(struct courier_transfer *transfer, CURLcode result, int error)
{
    long status = 0;
    curl_off_t microseconds = 0;
    curl_easy_getinfo(transfer->curl, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(transfer->curl, CURLINFO_TOTAL_TIME_T, &microseconds);
    struct courier_answer answer = {
        .error = error ? error : courier_error_of(transfer, result),
        .why = transfer->is_refused ? "" : transfer->why,
        .status = (unsigned)status,
        .milliseconds = (uint32_t)(microseconds / 1000),
        .headers = { transfer->answer_headers.at, transfer->answer_headers.size },
        .body = { transfer->answer_body.at, transfer->answer_body.size },
        .is_cut = transfer->is_cut,
    };
    transfer->done(&answer, transfer->context);
    courier_transfer_free(transfer);
}
