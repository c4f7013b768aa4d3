#include "format_text.h"

#include "format_grammar.h"
#include "format_moment.h"

typedef bool format_text_check(struct str text);

/* The digit behind '~' in `text`, which itself goes, counts the items of an array up. */
struct format_text {
    struct str name;
    const char *text;
    format_text_check *check; /* NULL: anything goes */
};

static const struct format_text format_texts[] = {
    { STR_INIT("date-time"), "2026-01-31T12:00:0~0Z", format_moment_date_time },
    { STR_INIT("datetime"), "2026-01-31T12:00:0~0Z", NULL },
    { STR_INIT("google-datetime"), "2026-01-31T12:00:0~0Z", NULL },
    { STR_INIT("date"), "202~6-01-31", format_moment_date },
    { STR_INIT("time"), "12:00:0~0Z", format_moment_time },
    { STR_INIT("duration"), "PT~1H", format_moment_duration },
    { STR_INIT("google-duration"), "~3600s", NULL },
    { STR_INIT("uuid"), "3fa85f64-5717-4562-b3fc-2c963f66afa~6", format_grammar_uuid },
    { STR_INIT("guid"), "3fa85f64-5717-4562-b3fc-2c963f66afa~6", NULL },
    { STR_INIT("email"), "user@example.com", format_grammar_email },
    { STR_INIT("idn-email"), "user@example.com", NULL },
    { STR_INIT("uri"), "https://www.example.com", format_grammar_uri },
    { STR_INIT("url"), "https://www.example.com", format_grammar_uri },
    { STR_INIT("iri"), "https://www.example.com", NULL },
    { STR_INIT("uri-reference"), "/example", format_grammar_uri_reference },
    { STR_INIT("iri-reference"), "/example", NULL },
    { STR_INIT("uri-template"), "https://www.example.com/{id}", format_grammar_uri_template },
    { STR_INIT("hostname"), "www.example.com", format_grammar_hostname },
    { STR_INIT("idn-hostname"), "www.example.com", NULL },
    { STR_INIT("ipv4"), "192.0.2.~1", format_grammar_ipv4 },
    { STR_INIT("ip"), "192.0.2.~1", NULL },
    { STR_INIT("ipv6"), "2001:db8::~1", format_grammar_ipv6 },
    { STR_INIT("cidr"), "192.0.~2.0/24", NULL },
    { STR_INIT("mac"), "00:00:5E:00:53:0~1", NULL },
    { STR_INIT("byte"), "ZXhhbXBsZQ==", format_grammar_base64 },
    { STR_INIT("base64"), "ZXhhbXBsZQ==", NULL },
    { STR_INIT("binary"), "example", NULL },
    { STR_INIT("password"), "a-long-password", NULL },
    { STR_INIT("int32"), "~1", NULL },
    { STR_INIT("int64"), "~1", NULL },
    { STR_INIT("uint32"), "~1", NULL },
    { STR_INIT("uint64"), "~1", NULL },
    { STR_INIT("decimal"), "~9.99", NULL },
    { STR_INIT("float"), "~9.99", NULL },
    { STR_INIT("double"), "~9.99", NULL },
    { STR_INIT("phone"), "+1202555010~0", NULL },
    { STR_INIT("color"), "#336699", NULL },
    { STR_INIT("json-pointer"), "/example", format_grammar_json_pointer },
    { STR_INIT("regex"), "^example$", NULL },
    { STR_INIT("google-fieldmask"), "name", NULL },
};

static const struct format_text *format_text_find(struct str name)
{
    for (size_t i = 0; name.size && i < sizeof format_texts / sizeof *format_texts; i++) {
        if (str_equal_nocase(name, format_texts[i].name)) return &format_texts[i];
    }
    return NULL;
}

/* "2026-01-1~1" for the number 2: "2026-01-13". What has no such digit, or would go over it, stays as it is. */
static struct str format_text_count(struct arena *arena, struct str text, unsigned number)
{
    size_t mark = str_find_byte(text, '~');
    if (mark == STR_NONE) return text;
    char *copy = arena_alloc(arena, text.size);
    if (copy == NULL) return STR_EMPTY;
    memcpy(copy, text.at, mark);
    memcpy(copy + mark, text.at + mark + 1, text.size - mark - 1);
    if (number < (unsigned)('9' - copy[mark]) + 1) copy[mark] = (char)(copy[mark] + (int)number);
    return (struct str){ copy, text.size - 1 };
}

struct str format_text_make(struct arena *arena, struct str format, unsigned number)
{
    const struct format_text *known = format_text_find(format);
    return known ? format_text_count(arena, str_from(known->text), number) : STR_EMPTY;
}

bool format_text_fits(struct str format, struct str text)
{
    const struct format_text *known = format_text_find(format);
    return known == NULL || known->check == NULL || known->check(text);
}
