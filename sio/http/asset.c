#include "http_header.h"
#include "reply.h"
#include "request.h"
#include "static_answer.h"

#include <stdio.h>

static enum http_coding asset_coding(const sio_request *request, const sio_asset *asset)
{
    struct str accept = http1_header(request->head, STR("Accept-Encoding"));
    return http_header_coding(accept.at ? accept : STR_EMPTY, asset->gzip != NULL, asset->brotli != NULL);
}

/* The bytes of a coding are another representation, which needs an entity tag of its own (RFC 9110 §8.8.3). */
static const char *asset_etag(sio_request *request, const sio_asset *asset, const char *coding)
{
    struct str etag = str_from(asset->etag);
    if (coding == NULL || etag.size < 2) return asset->etag;
    return arena_format(request->http->host->arena, "%.*s-%s\"", (int)etag.size - 1, etag.at, coding).at;
}

int sio_reply_asset(sio_request *request, const sio_asset *asset)
{
    uint64_t start, end;
    enum http_coding coding = asset_coding(request, asset);
    const char *bytes = asset->bytes;
    struct static_content content = { .size = asset->size };
    if (!request_is_get(request)) {
        sio_reply_header(request, "Allow", "GET, HEAD");
        return reply_status(request, 405);
    }
    if (coding == HTTP_CODING_GZIP) {
        content.coding = "gzip";
        content.size = asset->gzip_size;
        bytes = asset->gzip;
    } else if (coding == HTTP_CODING_BROTLI) {
        content.coding = "br";
        content.size = asset->brotli_size;
        bytes = asset->brotli;
    }
    content.etag = asset_etag(request, asset, content.coding);
    content.has_variants = asset->gzip || asset->brotli;
    content.cache = asset->is_immutable ? "public, max-age=31536000, immutable" : "no-cache";
    int status = static_answer(request, &content, &start, &end);
    if (status < 0) return status;
    bool is_sent = status == 200 || status == 206;
    return sio_reply(request, status, is_sent ? asset->type : NULL, is_sent ? bytes + start : NULL,
                     is_sent ? (size_t)(end - start) : 0);
}
