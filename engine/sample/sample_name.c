#include "sample_name.h"

#include "ascii.h"

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
    struct str word, text;
    bool is_suffix;
};

static const struct name_text name_texts[] = {
    { STR_INIT("apiversion"), STR_INIT("v1"), false },
    { STR_INIT("kind"), STR_INIT("Example"), false },
    { STR_INIT("namespace"), STR_INIT("default"), true },
    { STR_INIT("image"), STR_INIT("nginx:1.27"), false },
    { STR_INIT("targetport"), STR_INIT("http"), false },
    { STR_INIT("maxsurge"), STR_INIT("25%"), false },
    { STR_INIT("maxunavailable"), STR_INIT("25%"), false },
    { STR_INIT("schedule"), STR_INIT("0 5 * * *"), false },
    { STR_INIT("cronexpression"), STR_INIT("0 5 * * *"), true },
    { STR_INIT("note"), STR_INIT("A note."), true },
    { STR_INIT("restartpolicy"), STR_INIT("Always"), false },
    { STR_INIT("imagepullpolicy"), STR_INIT("IfNotPresent"), false },
    { STR_INIT("accessmodes"), STR_INIT("ReadWriteOnce"), false },
    { STR_INIT("verbs"), STR_INIT("get"), false },
    { STR_INIT("username"), STR_INIT("jane"), true },
    { STR_INIT("firstname"), STR_INIT("Jane"), true },
    { STR_INIT("givenname"), STR_INIT("Jane"), true },
    { STR_INIT("lastname"), STR_INIT("Doe"), true },
    { STR_INIT("familyname"), STR_INIT("Doe"), true },
    { STR_INIT("surname"), STR_INIT("Doe"), true },
    { STR_INIT("fullname"), STR_INIT("Jane Doe"), true },
    { STR_INIT("author"), STR_INIT("Jane Doe"), false },
    { STR_INIT("hostname"), STR_INIT("www.example.com"), true },
    { STR_INIT("domainname"), STR_INIT("example.com"), true },
    { STR_INIT("filename"), STR_INIT("example.txt"), true },
    { STR_INIT("name"), STR_INIT("example"), true },
    { STR_INIT("displayname"), STR_INIT("Example"), true },
    { STR_INIT("title"), STR_INIT("An example"), true },
    { STR_INIT("description"), STR_INIT("An example."), true },
    { STR_INIT("summary"), STR_INIT("An example."), true },
    { STR_INIT("comment"), STR_INIT("A comment."), true },
    { STR_INIT("message"), STR_INIT("A message."), true },
    { STR_INIT("subject"), STR_INIT("A subject"), false },
    { STR_INIT("text"), STR_INIT("Some text."), true },
    { STR_INIT("emailaddress"), STR_INIT("user@example.com"), true },
    { STR_INIT("email"), STR_INIT("user@example.com"), true },
    { STR_INIT("mail"), STR_INIT("user@example.com"), true },
    { STR_INIT("uuid"), STR_INIT("3fa85f64-5717-4562-b3fc-2c963f66afa6"), true },
    { STR_INIT("guid"), STR_INIT("3fa85f64-5717-4562-b3fc-2c963f66afa6"), true },
    { STR_INIT("arn"), STR_INIT("arn:aws:iam::123456789012:role/example"), true },
    { STR_INIT("id"), STR_INIT("abc123"), true },
    { STR_INIT("ids"), STR_INIT("abc123"), true },
    { STR_INIT("ipaddress"), STR_INIT("192.0.2.1"), true },
    { STR_INIT("ip"), STR_INIT("192.0.2.1"), false },
    { STR_INIT("ipv4"), STR_INIT("192.0.2.1"), true },
    { STR_INIT("ipv6"), STR_INIT("2001:db8::1"), true },
    { STR_INIT("cidr"), STR_INIT("192.0.2.0/24"), true },
    { STR_INIT("cidrblock"), STR_INIT("192.0.2.0/24"), true },
    { STR_INIT("host"), STR_INIT("www.example.com"), true },
    { STR_INIT("domain"), STR_INIT("example.com"), true },
    { STR_INIT("website"), STR_INIT("https://www.example.com"), true },
    { STR_INIT("url"), STR_INIT("https://www.example.com"), true },
    { STR_INIT("uri"), STR_INIT("https://www.example.com"), true },
    { STR_INIT("href"), STR_INIT("https://www.example.com"), true },
    { STR_INIT("link"), STR_INIT("https://www.example.com"), true },
    { STR_INIT("endpoint"), STR_INIT("https://www.example.com"), true },
    { STR_INIT("path"), STR_INIT("/example"), true },
    { STR_INIT("phonenumber"), STR_INIT("+12025550100"), true },
    { STR_INIT("phone"), STR_INIT("+12025550100"), true },
    { STR_INIT("mobile"), STR_INIT("+12025550100"), false },
    { STR_INIT("currency"), STR_INIT("EUR"), true },
    { STR_INIT("currencycode"), STR_INIT("EUR"), true },
    { STR_INIT("countrycode"), STR_INIT("DE"), true },
    { STR_INIT("country"), STR_INIT("DE"), true },
    { STR_INIT("language"), STR_INIT("en"), true },
    { STR_INIT("languagecode"), STR_INIT("en"), true },
    { STR_INIT("lang"), STR_INIT("en"), false },
    { STR_INIT("locale"), STR_INIT("en-GB"), true },
    { STR_INIT("timezone"), STR_INIT("Europe/Berlin"), true },
    { STR_INIT("city"), STR_INIT("Berlin"), true },
    { STR_INIT("state"), STR_INIT("active"), false },
    { STR_INIT("status"), STR_INIT("active"), true },
    { STR_INIT("region"), STR_INIT("eu-central-1"), false },
    { STR_INIT("location"), STR_INIT("Berlin"), false },
    { STR_INIT("street"), STR_INIT("Example Street 1"), true },
    { STR_INIT("address"), STR_INIT("Example Street 1"), true },
    { STR_INIT("addressline1"), STR_INIT("Example Street 1"), true },
    { STR_INIT("line1"), STR_INIT("Example Street 1"), false },
    { STR_INIT("postalcode"), STR_INIT("10115"), true },
    { STR_INIT("zipcode"), STR_INIT("10115"), true },
    { STR_INIT("zip"), STR_INIT("10115"), false },
    { STR_INIT("company"), STR_INIT("Example Ltd"), false },
    { STR_INIT("organization"), STR_INIT("example"), false },
    { STR_INIT("org"), STR_INIT("example"), false },
    { STR_INIT("owner"), STR_INIT("example"), false },
    { STR_INIT("repo"), STR_INIT("example"), false },
    { STR_INIT("branch"), STR_INIT("main"), false },
    { STR_INIT("ref"), STR_INIT("main"), false },
    { STR_INIT("sha"), STR_INIT("a94a8fe5ccb19ba61c4c0873d391e987982fbbd3"), true },
    { STR_INIT("iban"), STR_INIT("DE75512108001245126199"), true },
    { STR_INIT("bic"), STR_INIT("MARKDEF1100"), false },
    { STR_INIT("timestamp"), STR_INIT("2026-01-31T12:00:00Z"), true },
    { STR_INIT("datetime"), STR_INIT("2026-01-31T12:00:00Z"), true },
    { STR_INIT("createdat"), STR_INIT("2026-01-31T12:00:00Z"), true },
    { STR_INIT("updatedat"), STR_INIT("2026-01-31T12:00:00Z"), true },
    { STR_INIT("startdate"), STR_INIT("2026-01-31"), true },
    { STR_INIT("enddate"), STR_INIT("2026-02-28"), true },
    { STR_INIT("birthday"), STR_INIT("1990-01-31"), true },
    { STR_INIT("date"), STR_INIT("2026-01-31"), true },
    { STR_INIT("time"), STR_INIT("2026-01-31T12:00:00Z"), false },
    { STR_INIT("year"), STR_INIT("2026"), false },
    { STR_INIT("version"), STR_INIT("1.0.0"), true },
    { STR_INIT("color"), STR_INIT("#336699"), true },
    { STR_INIT("colour"), STR_INIT("#336699"), true },
    { STR_INIT("cpu"), STR_INIT("500m"), false },
    { STR_INIT("memory"), STR_INIT("128Mi"), false },
    { STR_INIT("storage"), STR_INIT("1Gi"), false },
    { STR_INIT("amount"), STR_INIT("9.99"), true },
    { STR_INIT("price"), STR_INIT("9.99"), true },
    { STR_INIT("quantity"), STR_INIT("1"), false },
    { STR_INIT("password"), STR_INIT("a-long-password"), true },
    { STR_INIT("secret"), STR_INIT("a-secret"), true },
    { STR_INIT("token"), STR_INIT("a-token"), true },
    { STR_INIT("filter"), STR_INIT("example"), false },
    { STR_INIT("query"), STR_INIT("example"), false },
    { STR_INIT("q"), STR_INIT("example"), false },
    { STR_INIT("search"), STR_INIT("example"), false },
    { STR_INIT("app"), STR_INIT("example"), false },
    { STR_INIT("key"), STR_INIT("example"), false },
    { STR_INIT("value"), STR_INIT("example"), false },
    { STR_INIT("tag"), STR_INIT("example"), false },
    { STR_INIT("tags"), STR_INIT("example"), false },
    { STR_INIT("contenttype"), STR_INIT("application/json"), true },
    { STR_INIT("mimetype"), STR_INIT("application/json"), true },
    { STR_INIT("useragent"), STR_INIT("example/1.0"), true },
    { STR_INIT("method"), STR_INIT("GET"), false },
};

struct name_number {
    struct str word;
    double number;
    bool is_suffix;
};

static const struct name_number name_numbers[] = {
    { STR_INIT("containerport"), 8080, true },
    { STR_INIT("port"), 8080, true },
    { STR_INIT("replicas"), 3, true },
    { STR_INIT("perpage"), 10, true },
    { STR_INIT("pagesize"), 10, true },
    { STR_INIT("limit"), 10, true },
    { STR_INIT("offset"), 0, true },
    { STR_INIT("size"), 10, false },
    { STR_INIT("maxresults"), 10, true },
    { STR_INIT("latitude"), 52.52, true },
    { STR_INIT("lat"), 52.52, false },
    { STR_INIT("longitude"), 13.405, true },
    { STR_INIT("lon"), 13.405, false },
    { STR_INIT("lng"), 13.405, false },
    { STR_INIT("price"), 9.99, true },
    { STR_INIT("amount"), 9.99, true },
    { STR_INIT("total"), 9.99, false },
    { STR_INIT("year"), 2026, true },
    { STR_INIT("age"), 30, false },
    { STR_INIT("width"), 640, true },
    { STR_INIT("height"), 480, true },
    { STR_INIT("percent"), 50, true },
    { STR_INIT("percentage"), 50, true },
    { STR_INIT("timeout"), 30, true },
    { STR_INIT("timeoutseconds"), 30, true },
    { STR_INIT("ttl"), 3600, true },
    { STR_INIT("expiresin"), 3600, true },
    { STR_INIT("timestamp"), 1769860800, true },
    { STR_INIT("createdat"), 1769860800, true },
    { STR_INIT("statuscode"), 200, true },
    { STR_INIT("index"), 0, true },
    { STR_INIT("quantity"), 1, true },
};

static bool name_fits(struct str key, struct str word, bool is_suffix)
{
    return is_suffix ? str_ends(key, word) : str_equal(key, word);
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
        bool is_start = ascii_is_upper(byte) && i > 0 && !ascii_is_upper(name.at[i - 1]);
        if ((is_break || is_start) && size > 0 && words[size - 1] != ' ') words[size++] = ' ';
        if (!is_break) words[size++] = ascii_is_upper(byte) ? (char)(byte - 'A' + 'a') : byte;
    }
    struct str text = str_trim((struct str){ words, size });
    return text.size ? text : STR("string");
}

struct str sample_name_text(struct arena *arena, struct str name)
{
    struct name_key buffer;
    struct str key = name_key(&buffer, name);
    for (size_t i = 0; key.size && i < sizeof name_texts / sizeof *name_texts; i++) {
        if (name_fits(key, name_texts[i].word, name_texts[i].is_suffix)) return name_texts[i].text;
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

unsigned sample_name_identity(struct str name)
{
    static const struct {
        struct str word;
        unsigned identity;
    } words[] = {
        { STR_INIT("id"), SAMPLE_IDENTITY_MINIMAL },          { STR_INIT("name"), SAMPLE_IDENTITY_MINIMAL },
        { STR_INIT("kind"), SAMPLE_IDENTITY_MINIMAL },        { STR_INIT("apiversion"), SAMPLE_IDENTITY_MINIMAL },
        { STR_INIT("metadata"), SAMPLE_IDENTITY_MINIMAL },    { STR_INIT("spec"), SAMPLE_IDENTITY_MINIMAL },
        { STR_INIT("type"), SAMPLE_IDENTITY_MINIMAL },        { STR_INIT("title"), SAMPLE_IDENTITY_MINIMAL },
        { STR_INIT("image"), SAMPLE_IDENTITY_MINIMAL },       { STR_INIT("template"), SAMPLE_IDENTITY_MINIMAL },
        { STR_INIT("selector"), SAMPLE_IDENTITY_MINIMAL },    { STR_INIT("labels"), SAMPLE_IDENTITY_MINIMAL },
        { STR_INIT("matchlabels"), SAMPLE_IDENTITY_MINIMAL }, { STR_INIT("containers"), SAMPLE_IDENTITY_MINIMAL },
        { STR_INIT("key"), SAMPLE_IDENTITY_MINIMAL },         { STR_INIT("value"), SAMPLE_IDENTITY_MINIMAL },
        { STR_INIT("email"), SAMPLE_IDENTITY_USEFUL },        { STR_INIT("url"), SAMPLE_IDENTITY_USEFUL },
        { STR_INIT("status"), SAMPLE_IDENTITY_USEFUL },       { STR_INIT("code"), SAMPLE_IDENTITY_USEFUL },
        { STR_INIT("message"), SAMPLE_IDENTITY_USEFUL },      { STR_INIT("slug"), SAMPLE_IDENTITY_USEFUL },
        { STR_INIT("username"), SAMPLE_IDENTITY_USEFUL },     { STR_INIT("replicas"), SAMPLE_IDENTITY_USEFUL },
        { STR_INIT("ports"), SAMPLE_IDENTITY_USEFUL },        { STR_INIT("rules"), SAMPLE_IDENTITY_USEFUL },
        { STR_INIT("resources"), SAMPLE_IDENTITY_USEFUL },    { STR_INIT("accessmodes"), SAMPLE_IDENTITY_USEFUL },
        { STR_INIT("requests"), SAMPLE_IDENTITY_USEFUL },     { STR_INIT("service"), SAMPLE_IDENTITY_USEFUL },
        { STR_INIT("path"), SAMPLE_IDENTITY_USEFUL },         { STR_INIT("data"), SAMPLE_IDENTITY_USEFUL },

    };
    struct name_key buffer;
    struct str key = name_key(&buffer, name);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (str_equal(key, words[i].word)) return words[i].identity;
    }
    return 0;
}
