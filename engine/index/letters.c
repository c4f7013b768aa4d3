#include "letters.h"

#include "utf8.h"

#include <string.h>
#include <utf8proc.h>

struct letters_range {
    uint32_t first, last;
};

/* Kana, the CJK blocks, and their supplements. */
static const struct letters_range letters_alone[] = {
    { 0x3005, 0x3007 }, { 0x3040, 0x30FF }, { 0x3400, 0x9FFF }, { 0xF900, 0xFAFF }, { 0x20000, 0x3FFFF },
};

static bool letters_is_alone(uint32_t code_point)
{
    for (size_t i = 0; i < sizeof letters_alone / sizeof *letters_alone; i++)
        if (code_point >= letters_alone[i].first && code_point <= letters_alone[i].last) return true;
    return false;
}

static bool letters_is_accent(uint32_t code_point)
{
    return code_point >= 0x0300 && code_point <= 0x036F;
}

enum letters_class letters_class(uint32_t code_point)
{
    if (letters_is_alone(code_point)) return LETTERS_ALONE;
    if (letters_is_accent(code_point)) return LETTERS_MARK;
    switch (utf8proc_category((utf8proc_int32_t)code_point)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LT: return LETTERS_UPPER;
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO: return LETTERS_LOWER;
    case UTF8PROC_CATEGORY_ND: return LETTERS_DIGIT;
    default: return LETTERS_OTHER;
    }
}

/* Letters with a stroke and joined ones, which Unicode does not take apart. */
static const char *letters_stroke(uint32_t small)
{
    switch (small) {
    case 0x00F8: return "o";  /* ø */
    case 0x0142: return "l";  /* ł */
    case 0x0111: return "d";  /* đ */
    case 0x0127: return "h";  /* ħ */
    case 0x0167: return "t";  /* ŧ */
    case 0x0131: return "i";  /* ı */
    case 0x00E6: return "ae"; /* æ */
    case 0x0153: return "oe"; /* œ */
    default: return NULL;
    }
}

enum { LETTERS_PARTS = 8 };

/* The parts of a folded character without accents; 0 when they need more than `size` bytes. */
static size_t letters_join(const utf8proc_int32_t *parts, utf8proc_ssize_t count, size_t size, char *plain)
{
    size_t used = 0;
    for (utf8proc_ssize_t i = 0; i < count; i++) {
        char bytes[4];
        uint32_t part = (uint32_t)parts[i];
        if (letters_is_accent(part)) continue;
        const char *stroke = letters_stroke(part);
        size_t more = stroke ? strlen(stroke) : utf8_write(part, bytes);
        if (used + more > size) return 0;
        memcpy(plain + used, stroke ? stroke : bytes, more);
        used += more;
    }
    return used;
}

size_t letters_plain(uint32_t code_point, size_t size, char *plain)
{
    utf8proc_int32_t parts[LETTERS_PARTS];
    char bytes[4];
    int last_class = 0;
    if (letters_is_accent(code_point)) return 0;
    utf8proc_ssize_t count =
        utf8proc_decompose_char((utf8proc_int32_t)code_point, parts, LETTERS_PARTS,
                                UTF8PROC_CASEFOLD | UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE, &last_class);
    size_t used = count > 0 && count <= LETTERS_PARTS ? letters_join(parts, count, size, plain) : 0;
    if (used) return used;
    used = utf8_write(code_point, bytes);
    memcpy(plain, bytes, used < size ? used : size);
    return used < size ? used : size;
}
