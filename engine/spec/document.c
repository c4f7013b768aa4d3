#include "document.h"

#include "limits.h"
#include "member.h"
#include "pieces.h"
#include "position.h"
#include "utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static void document_fault_position(struct document_fault *fault, struct str text, size_t offset)
{
    struct position position = position_of(text, offset);
    fault->line = position.line;
    fault->column = position.column;
}

int document_fault_at(const struct document *document, yyjson_val *value, struct document_fault *fault,
                      const char *format, ...)
{
    va_list arguments;
    fault->line = fault->column = 0;
    va_start(arguments, format);
    vsnprintf(fault->what, sizeof fault->what, format, arguments);
    va_end(arguments);
    /* A long name may have been cut in the middle of a code point. */
    size_t size = utf8_cut(str_from(fault->what), sizeof fault->what - 4).size;
    fault->what[size] = '\0';
    if (value && document->text.size)
        document_fault_position(fault, document->text,
                                position_of_value(document->text, (size_t)(value - document->root)));
    return DOCUMENT_BAD;
}

static const char *document_json_error(yyjson_read_code code)
{
    const struct {
        yyjson_read_code code;
        const char *what;
    } errors[] = {
        { YYJSON_READ_ERROR_EMPTY_CONTENT, "the file is empty" },
        { YYJSON_READ_ERROR_UNEXPECTED_CONTENT, "something follows the end of the JSON value" },
        { YYJSON_READ_ERROR_UNEXPECTED_END, "the file ends in the middle of the JSON text" },
        { YYJSON_READ_ERROR_INVALID_NUMBER, "this is no JSON number" },
        { YYJSON_READ_ERROR_INVALID_STRING, "this string holds a character or an escape that JSON does not allow" },
        { YYJSON_READ_ERROR_LITERAL, "this is no JSON value" },
    };
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++)
        if (errors[i].code == code) return errors[i].what;
    return "this character is not expected here in JSON";
}

/* Where the bad sequence begins, of which the byte at `bad` is the first that cannot be. */
static size_t document_sequence_start(struct str text, size_t bad)
{
    size_t start = bad;
    while (start > 0 && bad - start < 3 && ((unsigned char)text.at[start - 1] & 0xC0) == 0x80) start--;
    if (start > 0 && !utf8_valid(str_cut(text, start - 1, bad))) return start - 1;
    return bad;
}

static int document_bad_json(struct str text, const yyjson_read_err *error, struct document_fault *fault)
{
    struct utf8_state state = { 0 };
    if (error->code == YYJSON_READ_ERROR_MEMORY_ALLOCATION) return DOCUMENT_NO_MEMORY;
    size_t good = utf8_check(&state, text);
    size_t offset = error->pos;
    const char *what = document_json_error(error->code);
    if (good < text.size && good <= offset + 3 && error->code != YYJSON_READ_ERROR_EMPTY_CONTENT) {
        offset = document_sequence_start(text, good);
        what = "invalid UTF-8";
    } else if (str_trim(text).size == 0) {
        what = "the file is empty";
    }
    snprintf(fault->what, sizeof fault->what, "%s", what);
    document_fault_position(fault, text, offset);
    return DOCUMENT_BAD;
}

/* The values lie in the order of the text, each container before its content, so no stack of calls is needed. */
yyjson_val *document_too_deep(const yyjson_doc *json)
{
    yyjson_val *ends[LIMIT_SPEC_DEPTH];
    size_t depth = 0;
    yyjson_val *root = json->root, *end = root + json->val_read;
    for (yyjson_val *value = root; value < end; value++) {
        while (depth > 0 && value >= ends[depth - 1]) depth--;
        if (!unsafe_yyjson_is_ctn(value)) continue;
        if (depth == LIMIT_SPEC_DEPTH) return value;
        ends[depth++] = unsafe_yyjson_get_next(value);
    }
    return NULL;
}

struct str document_skip_mark(struct str text)
{
    return str_starts(text, STR("\xEF\xBB\xBF")) ? str_cut(text, 3, text.size) : text;
}

static int document_parse(struct document *document, struct str text, struct document_fault *fault)
{
    yyjson_read_err error;
    if (text.size > LIMIT_SPEC_BYTES)
        return document_fault_at(document, NULL, fault, "larger than %d bytes", LIMIT_SPEC_BYTES);
    /* Nothing is written to the text without YYJSON_READ_INSITU. */
    document->json = yyjson_read_opts((char *)(uintptr_t)text.at, text.size, YYJSON_READ_BIGNUM_AS_RAW, NULL, &error);
    if (document->json == NULL) return document_bad_json(text, &error, fault);
    document->root = yyjson_doc_get_root(document->json);
    document->text = text;
    document->bytes = yyjson_doc_get_val_count(document->json) * sizeof(yyjson_val) + text.size;
    document->members = member_index_create();
    if (document->members == NULL) return DOCUMENT_NO_MEMORY;
    yyjson_val *deep = document_too_deep(document->json);
    if (deep == NULL) return DOCUMENT_OK;
    return document_fault_at(document, deep, fault, "nested deeper than %d levels", LIMIT_SPEC_DEPTH);
}

int document_read(struct document *document, struct str text, struct document_fault *fault)
{
    *document = (struct document){ 0 };
    *fault = (struct document_fault){ 0 };
    int error = document_parse(document, document_skip_mark(text), fault);
    if (error) document_close(document);
    return error;
}

int document_open(struct document *document, const struct pack *pack, struct unpacker *unpacker)
{
    *document = (struct document){ .text = STR_EMPTY };
    int error = pieces_create(&document->pieces, pack, unpacker, &document->json);
    if (error) return error;
    document->root = yyjson_doc_get_root(document->json);
    document->members = member_index_create();
    if (document->members) return DOCUMENT_OK;
    document_close(document);
    return DOCUMENT_NO_MEMORY;
}

void document_close(struct document *document)
{
    yyjson_doc_free(document->json);
    pieces_destroy(document->pieces);
    member_index_destroy(document->members);
    *document = (struct document){ 0 };
}

int document_error(const struct document *document)
{
    if (member_index_failed(document->members)) return DOCUMENT_NO_MEMORY;
    return document->pieces ? pieces_error(document->pieces) : DOCUMENT_OK;
}

size_t document_bytes(const struct document *document)
{
    return document->pieces ? pieces_bytes(document->pieces) : document->bytes;
}

bool document_span(const struct document *document, yyjson_val *value, struct document_span *span)
{
    uint32_t start, size;
    if (document->pieces == NULL || !pieces_span(document->pieces, value, &start, &size)) return false;
    *span = (struct document_span){ start, size, pieces_line(document->pieces, start) };
    return span->line != 0;
}

bool document_copy(const struct document *document, size_t start, size_t size, struct buf *text)
{
    return document->pieces && pieces_copy(document->pieces, (uint32_t)start, (uint32_t)size, text) && !text->error;
}

struct str document_str(yyjson_val *value)
{
    if (!yyjson_is_str(value)) return STR_EMPTY;
    return (struct str){ unsafe_yyjson_get_str(value), unsafe_yyjson_get_len(value) };
}

const char *document_type_name(yyjson_val *value)
{
    switch (yyjson_get_type(value)) {
    case YYJSON_TYPE_OBJ: return "an object";
    case YYJSON_TYPE_ARR: return "an array";
    case YYJSON_TYPE_STR: return "a string";
    case YYJSON_TYPE_NUM:
    case YYJSON_TYPE_RAW: return "a number";
    case YYJSON_TYPE_BOOL: return "true or false";
    case YYJSON_TYPE_NULL: return "null";
    default: return "nothing";
    }
}

static bool document_is_plain(struct str text)
{
    for (size_t at = 0; at < text.size; at++) {
        unsigned char byte = (unsigned char)text.at[at];
        if (byte < 0x20 || byte == '"' || byte == '\\' || byte == 0x7F) return false;
    }
    return true;
}

void document_json_text(yyjson_val *value, struct buf *text)
{
    struct str string = document_str(value);
    if (yyjson_is_str(value) && document_is_plain(string)) {
        buf_append_byte(text, '"');
        buf_append_str(text, string);
        buf_append_byte(text, '"');
        return;
    }
    size_t size;
    char *written = yyjson_val_write(value, YYJSON_WRITE_NOFLAG, &size);
    if (written)
        buf_append(text, written, size);
    else
        text->error = BUF_NO_MEMORY; /* the writer fails for nothing else: the value was read */
    free(written);
}

yyjson_val *document_get(const struct document *document, yyjson_val *object, struct str key)
{
    if (!yyjson_is_obj(object)) return NULL;
    if (document->pieces && pieces_has(document->pieces, object)) return pieces_get(document->pieces, object, key);
    return member_find(document->members, object, key);
}

yyjson_val *document_at(const struct document *document, yyjson_val *array, size_t position)
{
    if (!yyjson_is_arr(array)) return NULL;
    return member_at(document->members, array, position);
}
