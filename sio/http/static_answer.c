#include "static_answer.h"

#include "http_header.h"

#include <stdio.h>

static struct str static_date(const struct static_content *content, char room[HTTP_DATE_SIZE + 1])
{
    struct str date = http_date_write(room, content->modified);
    room[date.size] = '\0';
    return date;
}

/* RFC 9110 §13.2.2: the entity tag decides; the date only where there is no tag to compare. */
static bool static_is_unchanged(const struct http1_request *head, const struct static_content *content)
{
    struct str tags = http1_header(head, STR("If-None-Match"));
    struct str since = http1_header(head, STR("If-Modified-Since"));
    int64_t seconds;
    if (tags.at) return http_header_matches_etag(tags, str_from(content->etag));
    return content->has_date && since.at && http_date_read(since, &seconds) && content->modified <= seconds;
}

/* RFC 9110 §13.1.5: a part of something else is of no use to the client, so it gets the whole. */
static bool static_takes_range(const struct http1_request *head, const struct static_content *content)
{
    char room[HTTP_DATE_SIZE + 1];
    struct str condition = http1_header(head, STR("If-Range"));
    if (condition.at == NULL || str_equal(condition, str_from(content->etag))) return true;
    return content->has_date && str_equal(condition, static_date(content, room));
}

static int static_add_headers(sio_request *request, const struct static_content *content)
{
    char room[HTTP_DATE_SIZE + 1];
    int error = sio_reply_header(request, "ETag", content->etag);
    if (error == 0 && content->has_date) {
        static_date(content, room);
        error = sio_reply_header(request, "Last-Modified", room);
    }
    if (error == 0 && content->has_variants) error = sio_reply_header(request, "Vary", "Accept-Encoding");
    if (error == 0 && content->cache) error = sio_reply_header(request, "Cache-Control", content->cache);
    return error;
}

static int static_add_range(sio_request *request, int status, uint64_t start, uint64_t end, uint64_t size)
{
    char text[80];
    if (status == 206)
        snprintf(text, sizeof text, "bytes %llu-%llu/%llu", (unsigned long long)start, (unsigned long long)(end - 1),
                 (unsigned long long)size);
    else
        snprintf(text, sizeof text, "bytes */%llu", (unsigned long long)size);
    return sio_reply_header(request, "Content-Range", text);
}

int static_answer(sio_request *request, const struct static_content *content, uint64_t *start, uint64_t *end)
{
    int status = 200, error = static_add_headers(request, content);
    *start = 0;
    *end = content->size;
    if (error) return error;
    if (static_is_unchanged(request->head, content)) return 304;
    struct str range = http1_header(request->head, STR("Range"));
    bool is_get = str_equal(http1_method(request->head), STR("GET")); /* §14.2: ranges are defined for GET only */
    if (range.at && is_get && static_takes_range(request->head, content)) {
        enum http_range kind = http_header_range(range, content->size, start, end);
        if (kind == HTTP_RANGE_PART) status = 206;
        if (kind == HTTP_RANGE_UNSATISFIABLE) status = 416;
    }
    if (status != 200) error = static_add_range(request, status, *start, *end, content->size);
    if (error == 0) error = sio_reply_header(request, "Accept-Ranges", "bytes");
    if (error == 0 && content->coding && status != 416)
        error = sio_reply_header(request, "Content-Encoding", content->coding);
    return error ? error : status;
}
