#include "http_header.h"

/* Without blanks at both ends (OWS, RFC 9110 §5.6.3); a line end cannot occur in a header's value. */
static struct str header_trim(struct str text)
{
    while (text.size && (text.at[0] == ' ' || text.at[0] == '\t')) text = str_cut(text, 1, text.size);
    while (text.size && (text.at[text.size - 1] == ' ' || text.at[text.size - 1] == '\t')) text.size--;
    return text;
}

bool http_header_has_token(struct str list, struct str token)
{
    struct str part;
    while (str_split(&list, ',', &part))
        if (str_equal_nocase(header_trim(part), token)) return true;
    return false;
}

/* Digits only, at least one; a number too large becomes UINT64_MAX, which is beyond every content. */
static bool header_number(struct str text, uint64_t *number)
{
    *number = 0;
    for (size_t at = 0; at < text.size; at++) {
        if (text.at[at] < '0' || text.at[at] > '9') return false;
        uint64_t digit = (uint64_t)(text.at[at] - '0');
        if (__builtin_mul_overflow(*number, 10, number) || __builtin_add_overflow(*number, digit, number))
            *number = UINT64_MAX;
    }
    return text.size > 0;
}

/* "-500": the last 500 bytes. */
static enum http_range header_range_suffix(struct str digits, uint64_t size, uint64_t *start, uint64_t *end)
{
    uint64_t count;
    if (!header_number(digits, &count)) return HTTP_RANGE_NONE;
    if (count == 0 || size == 0) return HTTP_RANGE_UNSATISFIABLE;
    *start = count < size ? size - count : 0;
    *end = size;
    return HTTP_RANGE_PART;
}

enum http_range http_header_range(struct str range, uint64_t size, uint64_t *start, uint64_t *end)
{
    struct str unit = STR("bytes=");
    if (range.size < unit.size || !str_equal_nocase(str_cut(range, 0, unit.size), unit)) return HTTP_RANGE_NONE;
    struct str spec = header_trim(str_cut(range, unit.size, range.size));
    size_t dash = str_find_byte(spec, '-');
    if (dash == STR_NONE) return HTTP_RANGE_NONE;
    struct str first = str_cut(spec, 0, dash), last = str_cut(spec, dash + 1, spec.size);
    if (first.size == 0) return header_range_suffix(last, size, start, end);
    uint64_t from, to = UINT64_MAX;
    if (!header_number(first, &from)) return HTTP_RANGE_NONE;
    if (last.size > 0 && (!header_number(last, &to) || to < from)) return HTTP_RANGE_NONE;
    if (from >= size) return HTTP_RANGE_UNSATISFIABLE;
    *start = from;
    *end = to < size ? to + 1 : size;
    return HTTP_RANGE_PART;
}

static struct str header_strong(struct str etag)
{
    return str_starts(etag, STR("W/")) ? str_cut(etag, 2, etag.size) : etag;
}

/* Splits off the next entity tag; a comma may stand between its quotes (§8.8.3). False at the end and at anything
 * that is no tag. */
static bool header_next_etag(struct str *list, struct str *etag)
{
    while (list->size && strchr(", \t", list->at[0])) *list = str_cut(*list, 1, list->size);
    if (list->size == 0) return false;
    *list = header_strong(*list);
    if (list->size == 0 || list->at[0] != '"') return false;
    size_t quote = str_find_byte(str_cut(*list, 1, list->size), '"');
    if (quote == STR_NONE) return false;
    *etag = str_cut(*list, 0, quote + 2);
    *list = str_cut(*list, quote + 2, list->size);
    return true;
}

bool http_header_matches_etag(struct str list, struct str etag)
{
    struct str other;
    if (str_equal(header_trim(list), STR("*"))) return true;
    while (header_next_etag(&list, &other))
        if (str_equal(other, header_strong(etag))) return true;
    return false;
}

/* A weight in thousandths (§12.4.2): "0.5" is 500; -1 when it is malformed. */
static int header_weight(struct str text)
{
    if (text.size == 0 || text.size > 5 || (text.size > 1 && text.at[1] != '.')) return -1;
    if (text.at[0] != '0' && text.at[0] != '1') return -1;
    int weight = (text.at[0] - '0') * 1000, unit = 100;
    for (size_t at = 2; at < text.size; at++, unit /= 10) {
        if (text.at[at] < '0' || text.at[at] > '9') return -1;
        weight += (text.at[at] - '0') * unit;
    }
    return weight <= 1000 ? weight : -1;
}

/* Splits "gzip;q=0.5" into the coding and its weight; a malformed weight makes the coding unacceptable. */
static struct str header_coding_part(struct str part, int *weight)
{
    size_t semicolon = str_find_byte(part, ';');
    *weight = 1000;
    if (semicolon == STR_NONE) return header_trim(part);
    struct str parameter = header_trim(str_cut(part, semicolon + 1, part.size));
    bool is_weight = str_equal_nocase(str_cut(parameter, 0, 2), STR("q="));
    *weight = is_weight ? header_weight(str_cut(parameter, 2, parameter.size)) : -1;
    if (*weight < 0) *weight = 0;
    return header_trim(str_cut(part, 0, semicolon));
}

enum { WEIGHT_UNSAID = -1 };

/* How welcome `coding` is: by its own name, by '*', or unsaid. */
static int header_coding_weight(struct str accept, struct str coding, struct str other_name)
{
    int any = WEIGHT_UNSAID, weight;
    struct str part;
    while (str_split(&accept, ',', &part)) {
        struct str name = header_coding_part(part, &weight);
        if (str_equal_nocase(name, coding) || str_equal_nocase(name, other_name)) return weight;
        if (str_equal(name, STR("*"))) any = weight;
    }
    return any;
}

enum http_coding http_header_coding(struct str accept, bool has_gzip, bool has_brotli)
{
    int brotli = has_brotli ? header_coding_weight(accept, STR("br"), STR("br")) : 0;
    int gzip = has_gzip ? header_coding_weight(accept, STR("gzip"), STR("x-gzip")) : 0;
    int identity = header_coding_weight(accept, STR("identity"), STR("identity"));
    if (brotli > 0 && brotli >= gzip && brotli >= identity) return HTTP_CODING_BROTLI;
    if (gzip > 0 && gzip >= identity) return HTTP_CODING_GZIP;
    return HTTP_CODING_IDENTITY;
}
