#include "sample_name.h"

/* Names are compared by letters and digits, in small letters: "created_at", "createdAt" and "Created-At" are one. */
enum { NAME_KEY_BYTES = 48 };

struct name_key {
    char at[NAME_KEY_BYTES];
    size_t size;
};

static struct str name_key(struct name_key *key, struct str name)
{
    key->size = 0;
    for (size_t i = 0; i < name.size && key->size < NAME_KEY_BYTES; i++) {
        char byte = name.at[i];
        if (byte >= 'A' && byte <= 'Z') byte = (char)(byte - 'A' + 'a');
        if ((byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9')) key->at[key->size++] = byte;
    }
    return (struct str){ key->at, key->size };
}

/* An entry fits a name that is its word, or with `is_suffix` ends with it. The first that fits counts. */
struct name_text {
    const char *word, *text;
    bool is_suffix;
};

static const struct name_text name_texts[] = {
    { "apiversion", "v1", false },
    { "kind", "Example", false },
    { "namespace", "default", true },
    { "image", "nginx:1.27", false },
    { "restartpolicy", "Always", false },
    { "imagepullpolicy", "IfNotPresent", false },
    { "username", "jane", true },
    { "firstname", "Jane", true },
    { "givenname", "Jane", true },
    { "lastname", "Doe", true },
    { "familyname", "Doe", true },
    { "surname", "Doe", true },
    { "fullname", "Jane Doe", true },
    { "author", "Jane Doe", false },
    { "hostname", "www.example.com", true },
    { "domainname", "example.com", true },
    { "filename", "example.txt", true },
    { "name", "example", true },
    { "displayname", "Example", true },
    { "title", "An example", true },
    { "description", "An example.", true },
    { "summary", "An example.", true },
    { "comment", "A comment.", true },
    { "message", "A message.", true },
    { "subject", "A subject", false },
    { "text", "Some text.", true },
    { "emailaddress", "user@example.com", true },
    { "email", "user@example.com", true },
    { "mail", "user@example.com", true },
    { "uuid", "3fa85f64-5717-4562-b3fc-2c963f66afa6", true },
    { "guid", "3fa85f64-5717-4562-b3fc-2c963f66afa6", true },
    { "arn", "arn:aws:iam::123456789012:role/example", true },
    { "id", "abc123", true },
    { "ids", "abc123", true },
    { "ipaddress", "192.0.2.1", true },
    { "ip", "192.0.2.1", false },
    { "ipv4", "192.0.2.1", true },
    { "ipv6", "2001:db8::1", true },
    { "cidr", "192.0.2.0/24", true },
    { "cidrblock", "192.0.2.0/24", true },
    { "host", "www.example.com", true },
    { "domain", "example.com", true },
    { "website", "https://www.example.com", true },
    { "url", "https://www.example.com", true },
    { "uri", "https://www.example.com", true },
    { "href", "https://www.example.com", true },
    { "link", "https://www.example.com", true },
    { "endpoint", "https://www.example.com", true },
    { "path", "/example", true },
    { "phonenumber", "+12025550100", true },
    { "phone", "+12025550100", true },
    { "mobile", "+12025550100", false },
    { "currency", "EUR", true },
    { "currencycode", "EUR", true },
    { "countrycode", "DE", true },
    { "country", "DE", true },
    { "language", "en", true },
    { "languagecode", "en", true },
    { "lang", "en", false },
    { "locale", "en-GB", true },
    { "timezone", "Europe/Berlin", true },
    { "city", "Berlin", true },
    { "state", "active", false },
    { "status", "active", true },
    { "region", "eu-central-1", false },
    { "location", "Berlin", false },
    { "street", "Example Street 1", true },
    { "address", "Example Street 1", true },
    { "addressline1", "Example Street 1", true },
    { "line1", "Example Street 1", false },
    { "postalcode", "10115", true },
    { "zipcode", "10115", true },
    { "zip", "10115", false },
    { "company", "Example Ltd", false },
    { "organization", "example", false },
    { "org", "example", false },
    { "owner", "example", false },
    { "repo", "example", false },
    { "branch", "main", false },
    { "ref", "main", false },
    { "sha", "a94a8fe5ccb19ba61c4c0873d391e987982fbbd3", true },
    { "iban", "DE75512108001245126199", true },
    { "bic", "MARKDEF1100", false },
    { "timestamp", "2026-01-31T12:00:00Z", true },
    { "datetime", "2026-01-31T12:00:00Z", true },
    { "createdat", "2026-01-31T12:00:00Z", true },
    { "updatedat", "2026-01-31T12:00:00Z", true },
    { "startdate", "2026-01-31", true },
    { "enddate", "2026-02-28", true },
    { "birthday", "1990-01-31", true },
    { "date", "2026-01-31", true },
    { "time", "2026-01-31T12:00:00Z", false },
    { "year", "2026", false },
    { "version", "1.0.0", true },
    { "color", "#336699", true },
    { "colour", "#336699", true },
    { "cpu", "500m", false },
    { "memory", "128Mi", false },
    { "storage", "1Gi", false },
    { "amount", "9.99", true },
    { "price", "9.99", true },
    { "quantity", "1", false },
    { "password", "a-long-password", true },
    { "secret", "a-secret", true },
    { "token", "a-token", true },
    { "filter", "example", false },
    { "query", "example", false },
    { "q", "example", false },
    { "search", "example", false },
    { "app", "example", false },
    { "key", "example", false },
    { "value", "example", false },
    { "tag", "example", false },
    { "tags", "example", false },
    { "contenttype", "application/json", true },
    { "mimetype", "application/json", true },
    { "useragent", "example/1.0", true },
    { "method", "GET", false },
};

struct name_number {
    const char *word;
    double number;
    bool is_suffix;
};

static const struct name_number name_numbers[] = {
    { "containerport", 8080, true },
    { "port", 8080, true },
    { "replicas", 3, true },
    { "perpage", 10, true },
    { "pagesize", 10, true },
    { "limit", 10, true },
    { "offset", 0, true },
    { "size", 10, false },
    { "maxresults", 10, true },
    { "latitude", 52.52, true },
    { "lat", 52.52, false },
    { "longitude", 13.405, true },
    { "lon", 13.405, false },
    { "lng", 13.405, false },
    { "price", 9.99, true },
    { "amount", 9.99, true },
    { "total", 9.99, false },
    { "year", 2026, true },
    { "age", 30, false },
    { "width", 640, true },
    { "height", 480, true },
    { "percent", 50, true },
    { "percentage", 50, true },
    { "timeout", 30, true },
    { "timeoutseconds", 30, true },
    { "ttl", 3600, true },
    { "expiresin", 3600, true },
    { "timestamp", 1769860800, true },
    { "createdat", 1769860800, true },
    { "statuscode", 200, true },
    { "index", 0, true },
    { "quantity", 1, true },
};

static bool name_fits(struct str key, const char *word, bool is_suffix)
{
    struct str wanted = str_from(word);
    return str_equal(key, wanted) || (is_suffix && str_ends(key, wanted));
}

static bool name_is_upper(char byte)
{
    return byte >= 'A' && byte <= 'Z';
}

/* "displayLabel" and "display_label" → "display label". */
static struct str name_words(struct arena *arena, struct str name)
{
    char *words = arena_alloc(arena, name.size * 2 + 1);
    if (words == NULL) return STR_EMPTY;
    size_t size = 0;
    for (size_t i = 0; i < name.size; i++) {
        char byte = name.at[i];
        bool is_break = byte == '_' || byte == '-' || byte == '.' || byte == '$' || byte == '@' || byte == ' ';
        bool is_start = name_is_upper(byte) && i > 0 && !name_is_upper(name.at[i - 1]);
        if ((is_break || is_start) && size > 0 && words[size - 1] != ' ') words[size++] = ' ';
        if (!is_break) words[size++] = name_is_upper(byte) ? (char)(byte - 'A' + 'a') : byte;
    }
    struct str text = str_trim((struct str){ words, size });
    return text.size ? text : STR("string");
}

struct str sample_name_text(struct arena *arena, struct str name)
{
    struct name_key buffer;
    struct str key = name_key(&buffer, name);
    for (size_t i = 0; key.size && i < sizeof name_texts / sizeof *name_texts; i++) {
        if (name_fits(key, name_texts[i].word, name_texts[i].is_suffix)) return str_from(name_texts[i].text);
    }
    return name_words(arena, name);
}

double sample_name_number(struct str name)
{
    struct name_key buffer;
    struct str key = name_key(&buffer, name);
    for (size_t i = 0; key.size && i < sizeof name_numbers / sizeof *name_numbers; i++) {
        if (name_fits(key, name_numbers[i].word, name_numbers[i].is_suffix)) return name_numbers[i].number;
    }
    return 1;
}

struct str sample_name_key(struct str name)
{
    struct name_key buffer;
    struct str key = name_key(&buffer, name);
    if (str_ends(key, STR("labels")) || str_ends(key, STR("selector"))) return STR("app");
    if (str_ends(key, STR("annotations"))) return STR("example.com/note");
    if (str_equal(key, STR("limits")) || str_equal(key, STR("requests"))) return STR("memory");
    if (str_ends(key, STR("headers"))) return STR("X-Example");
    return STR("key");
}

bool sample_name_is_identity(struct str name)
{
    static const char *const words[] = { "id",       "name",     "kind",  "apiversion", "metadata",   "spec",
                                         "type",     "title",    "email", "image",      "labels",     "matchlabels",
                                         "selector", "template", "key",   "value",      "url",        "status",
                                         "code",     "message",  "slug",  "username",   "containers", "replicas" };
    struct name_key buffer;
    struct str key = name_key(&buffer, name);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (str_equal(key, str_from(words[i]))) return true;
    }
    return false;
}
