#include "cookie.h"

#include "http1.h"
#include "http_date.h"

static void cookie_add(struct buf *text, const char *name, const char *value)
{
    if (value) buf_append_format(text, "; %s=%s", name, value);
}

static void cookie_add_expiry(struct buf *text, int64_t at)
{
    char room[HTTP_DATE_SIZE + 1];
    struct str date = http_date_write(room, at);
    buf_append_str(text, STR("; Expires="));
    buf_append_str(text, date);
}

void cookie_write(struct buf *lines, const sio_cookie *cookie, struct str value)
{
    struct buf text;
    buf_init(&text, lines->limit);
    buf_append_format(&text, "%s=%.*s", cookie->name, STR_FORMAT(value));
    if (cookie->max_age_s) buf_append_format(&text, "; Max-Age=%lld", (long long)cookie->max_age_s);
    cookie_add(&text, "Domain", cookie->domain);
    cookie_add(&text, "Path", cookie->path);
    if (cookie->expires_at) cookie_add_expiry(&text, cookie->expires_at);
    if (!cookie->is_readable) buf_append_str(&text, STR("; HttpOnly"));
    if (cookie->is_secure) buf_append_str(&text, STR("; Secure"));
    if (cookie->is_partitioned) buf_append_str(&text, STR("; Partitioned"));
    cookie_add(&text, "Priority", cookie->priority);
    cookie_add(&text, "SameSite", cookie->same_site);
    if (text.error == BUF_OK)
        http1_write_header(lines, STR("Set-Cookie"), buf_str(&text));
    else
        lines->error = text.error;
    buf_free(&text);
}
