#include "format_grammar.h"

#include "ascii.h"
#include "format_moment.h"

/* ---- Characters ----------------------------------------------------------------------------------------------- */

static bool grammar_is_listed(char byte, const char *list)
{
    return byte != '\0' && strchr(list, byte) != NULL;
}

/* ---- Names and numbers ------------------------------------------------------------------------------------------ */

bool format_grammar_uuid(struct str text)
{
    if (str_starts(text, STR("urn:uuid:"))) text = str_cut(text, 9, text.size);
    if (text.size != 36) return false;
    for (size_t i = 0; i < text.size; i++) {
        bool is_dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (is_dash ? text.at[i] != '-' : ascii_hex(text.at[i]) < 0) return false;
    }
    return true;
}

/* Letters, digits and dashes, none at an end. */
static bool grammar_is_label(struct str label)
{
    if (label.size == 0 || label.size > 63 || label.at[0] == '-' || label.at[label.size - 1] == '-') return false;
    for (size_t i = 0; i < label.size; i++) {
        if (!ascii_is_letter_or_digit(label.at[i]) && label.at[i] != '-') return false;
    }
    return true;
}

static bool grammar_labels(struct str text, size_t least)
{
    struct str label;
    size_t count = 0;
    for (struct str rest = text; str_split(&rest, '.', &label); count++) {
        if (!grammar_is_label(label)) return false;
    }
    return count >= least && text.size <= 253;
}

bool format_grammar_hostname(struct str text)
{
    return grammar_labels(text, 1);
}

bool format_grammar_email(struct str text)
{
    size_t sign = str_find_last_byte(text, '@');
    if (sign == STR_NONE || !grammar_labels(str_cut(text, sign + 1, text.size), 2)) return false;
    struct str local = str_cut(text, 0, sign), atom;
    while (str_split(&local, '.', &atom)) {
        if (atom.size == 0) return false;
        for (size_t i = 0; i < atom.size; i++) {
            char byte = atom.at[i];
            if (!ascii_is_letter_or_digit(byte) && !grammar_is_listed(byte, "!#$%&'*+/=?^_`{|}~-")) return false;
        }
    }
    return sign > 0;
}

bool format_grammar_ipv4(struct str text)
{
    struct str part;
    int count = 0;
    for (; str_split(&text, '.', &part); count++) {
        long number = format_moment_number(&part, 3);
        if (part.size || number < 0 || number > 255) return false;
    }
    return count == 4;
}

/* Groups of hexadecimal digits, one "::" for those left out, and the last two may be an IPv4 address. */
bool format_grammar_ipv6(struct str text)
{
    int groups = 0;
    bool has_gap = str_starts(text, STR("::"));
    if (has_gap) text = str_cut(text, 2, text.size);
    while (text.size) {
        size_t size = 0;
        while (size < text.size && ascii_hex(text.at[size]) >= 0) size++;
        if (size < text.size && text.at[size] == '.') return format_grammar_ipv4(text) && (has_gap || groups == 6);
        if (size == 0 || size > 4 || ++groups > 8) return false;
        text = str_cut(text, size, text.size);
        if (text.size == 0) break;
        bool is_gap = str_starts(text, STR("::"));
        if (text.at[0] != ':' || (is_gap && has_gap) || text.size == 1) return false;
        has_gap |= is_gap;
        text = str_cut(text, is_gap ? 2 : 1, text.size);
    }
    return has_gap ? groups < 8 : groups == 8;
}

/* ---- Addresses -------------------------------------------------------------------------------------------------- */

/* Only what RFC 3986 §2 allows, and of that what is in `others`, too. */
static bool grammar_uri_characters(struct str text, const char *others)
{
    for (size_t i = 0; i < text.size; i++) {
        char byte = text.at[i];
        if (byte == '%') {
            if (i + 2 >= text.size || ascii_hex(text.at[i + 1]) < 0 || ascii_hex(text.at[i + 2]) < 0) return false;
        } else if (!ascii_is_letter_or_digit(byte) && !grammar_is_listed(byte, "-._~!$&'()*+,;=:@/?#[]") &&
                   !grammar_is_listed(byte, others)) {
            return false;
        }
    }
    return true;
}

/* An authority's brackets hold an IPv6 address and stand nowhere else; '#' comes once. */
static bool grammar_uri_shape(struct str text)
{
    size_t hash = str_find_byte(text, '#'), bracket = str_find_byte(text, '[');
    if (hash != STR_NONE && str_find_byte(str_cut(text, hash + 1, text.size), '#') != STR_NONE) return false;
    if (bracket == STR_NONE) return str_find_byte(text, ']') == STR_NONE;
    return bracket > 2 && str_equal(str_cut(text, bracket - 2, bracket), STR("//"));
}

static size_t grammar_scheme(struct str text)
{
    size_t size = 0;
    if (text.size == 0 || !ascii_is_letter(text.at[0])) return 0;
    while (size < text.size &&
           (ascii_is_letter(text.at[size]) || ascii_is_digit(text.at[size]) || grammar_is_listed(text.at[size], "+-.")))
        size++;
    return size < text.size && text.at[size] == ':' ? size : 0;
}

bool format_grammar_uri(struct str text)
{
    return grammar_scheme(text) > 0 && grammar_uri_characters(text, "") && grammar_uri_shape(text);
}

bool format_grammar_uri_reference(struct str text)
{
    return grammar_uri_characters(text, "") && grammar_uri_shape(text);
}

bool format_grammar_uri_template(struct str text)
{
    long depth = 0;
    for (size_t i = 0; i < text.size; i++) {
        if (text.at[i] == '{') depth++;
        if (text.at[i] == '}') depth--;
        if (depth < 0 || depth > 1 || (unsigned char)text.at[i] <= ' ' || grammar_is_listed(text.at[i], "\"'<>\\^`|"))
            return false;
    }
    return depth == 0;
}

bool format_grammar_json_pointer(struct str text)
{
    if (text.size && text.at[0] != '/') return false;
    for (size_t i = 0; i < text.size; i++) {
        bool is_escape = text.at[i] == '~';
        if (is_escape && (i + 1 == text.size || !grammar_is_listed(text.at[i + 1], "01"))) return false;
    }
    return true;
}

bool format_grammar_base64(struct str text)
{
    size_t padding = 0;
    if (text.size % 4) return false;
    while (padding < 2 && padding < text.size && text.at[text.size - 1 - padding] == '=') padding++;
    for (size_t i = 0; i < text.size - padding; i++) {
        if (!ascii_is_letter_or_digit(text.at[i]) && !grammar_is_listed(text.at[i], "+/")) return false;
    }
    return true;
}
