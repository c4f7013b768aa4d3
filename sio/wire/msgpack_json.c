#include "json_text.h"
#include "limits.h"
#include "msgpack.h"
#include "placeholder.h"

#include <math.h>
#include <time.h>

/* ---- MessagePack to JSON ------------------------------------------------------------------------------------- */

/* As JavaScript's Date.toISOString. */
static void msgpack_json_date(struct buf *json, double ms)
{
    struct tm date;
    time_t seconds = isnan(ms) ? 0 : (time_t)floor(ms / 1000);
    if (isnan(ms) || gmtime_r(&seconds, &date) == NULL) {
        buf_append_str(json, STR("null"));
        return;
    }
    int year = date.tm_year + 1900, rest = (int)(ms - (double)seconds * 1000);
    if (year >= 0 && year <= 9999)
        buf_append_format(json, "\"%04d", year);
    else
        buf_append_format(json, "\"%c%06d", year < 0 ? '-' : '+', year < 0 ? -year : year);
    buf_append_format(json, "-%02d-%02dT%02d:%02d:%02d.%03dZ\"", date.tm_mon + 1, date.tm_mday, date.tm_hour,
                      date.tm_min, date.tm_sec, rest);
}

static bool msgpack_json_bytes(struct buf *json, struct msgpack_attachments *attachments, struct str bytes)
{
    if (attachments->count == attachments->room) return false;
    placeholder_write(json, attachments->count);
    attachments->at[attachments->count++] = bytes;
    return true;
}

static bool msgpack_json_other(struct buf *json, struct msgpack_attachments *attachments,
                               const struct msgpack_token *token)
{
    buf_append_format(json, "[%d,", token->type);
    bool has_room = msgpack_json_bytes(json, attachments, token->data);
    buf_append_byte(json, ']');
    return has_room;
}

/* A value without others inside. */
static bool msgpack_json_scalar(struct buf *json, struct msgpack_attachments *attachments,
                                const struct msgpack_token *token)
{
    switch (token->kind) {
    case MSGPACK_BOOL: buf_append_str(json, token->boolean ? STR("true") : STR("false")); return true;
    case MSGPACK_WHOLE:
        if (token->whole.is_negative) buf_append_byte(json, '-');
        json_text_write_whole(json, token->whole.size);
        return true;
    case MSGPACK_FLOAT: json_text_write_number(json, token->number); return true;
    case MSGPACK_TEXT: json_text_write_string(json, token->data); return true;
    case MSGPACK_DATE: msgpack_json_date(json, token->number); return true;
    case MSGPACK_BYTES: return msgpack_json_bytes(json, attachments, token->data);
    case MSGPACK_OTHER: return msgpack_json_other(json, attachments, token);
    default: buf_append_str(json, STR("null")); return true;
    }
}

/* Arrays and maps that are open. */
struct msgpack_json_stack {
    unsigned depth;
    struct {
        uint64_t left; /* values still to come; of a map keys too, so before a key it is even */
        bool is_map;
    } frames[LIMIT_JSON_DEPTH];
};

static bool msgpack_json_open(struct msgpack_json_stack *stack, struct buf *json, const struct msgpack_token *token)
{
    bool is_map = token->kind == MSGPACK_MAP;
    if (stack->depth == LIMIT_JSON_DEPTH) return false;
    stack->frames[stack->depth].is_map = is_map;
    stack->frames[stack->depth].left = is_map ? 2 * (uint64_t)token->count : token->count;
    stack->depth++;
    buf_append_byte(json, is_map ? '{' : '[');
    return true;
}

/* Behind a value: counts it, and closes what closes here. */
static void msgpack_json_close(struct msgpack_json_stack *stack, struct buf *json)
{
    while (stack->depth > 0 && --stack->frames[stack->depth - 1].left == 0) {
        stack->depth--;
        buf_append_byte(json, stack->frames[stack->depth].is_map ? '}' : ']');
    }
    if (stack->depth == 0) return;
    bool is_behind_key = stack->frames[stack->depth - 1].is_map && stack->frames[stack->depth - 1].left % 2 == 1;
    buf_append_byte(json, is_behind_key ? ':' : ',');
}

static bool msgpack_json_expects_key(const struct msgpack_json_stack *stack)
{
    return stack->depth > 0 && stack->frames[stack->depth - 1].is_map && stack->frames[stack->depth - 1].left % 2 == 0;
}

bool msgpack_to_json(const char **at, const char *end, struct buf *json, struct msgpack_attachments *attachments)
{
    struct msgpack_json_stack stack;
    stack.depth = 0;
    do {
        struct msgpack_token token;
        if (!msgpack_read(at, end, &token)) return false;
        if (msgpack_json_expects_key(&stack) && token.kind != MSGPACK_TEXT) return false;
        bool is_open = token.kind == MSGPACK_ARRAY || token.kind == MSGPACK_MAP;
        if (is_open && token.count > 0) {
            if (!msgpack_json_open(&stack, json, &token)) return false;
            continue;
        }
        if (is_open)
            buf_append_str(json, token.kind == MSGPACK_MAP ? STR("{}") : STR("[]"));
        else if (!msgpack_json_scalar(json, attachments, &token))
            return false;
        msgpack_json_close(&stack, json);
    } while (stack.depth > 0 && json->error == BUF_OK);
    return json->error == BUF_OK;
}

/* ---- JSON to MessagePack ------------------------------------------------------------------------------------- */

/* Arrays and maps begin with their size, so the text is gone through twice: to count, then to write. */
struct msgpack_counts {
    struct buf counts; /* a uint32_t each, in the order in which they open */
    uint32_t open[LIMIT_JSON_DEPTH];
    unsigned depth;
};

static uint32_t *msgpack_count_at(struct msgpack_counts *counts, uint32_t index)
{
    return (uint32_t *)(void *)counts->counts.at + index; /* from realloc: aligned for any type */
}

static void msgpack_count_value(struct msgpack_counts *counts)
{
    if (counts->depth > 0) ++*msgpack_count_at(counts, counts->open[counts->depth - 1]);
}

static bool msgpack_count_open(struct msgpack_counts *counts)
{
    static const uint32_t none = 0;
    msgpack_count_value(counts);
    counts->open[counts->depth++] = (uint32_t)(counts->counts.size / sizeof none);
    buf_append(&counts->counts, &none, sizeof none);
    return counts->counts.error == BUF_OK;
}

/* Of valid JSON: a map's names are texts with a colon behind them. */
static bool msgpack_count_all(struct msgpack_counts *counts, struct str json)
{
    const char *at = json.at, *end = json.at + json.size;
    for (char byte; (byte = json_text_peek(&at, end)) != '\0';) {
        if (byte == '{' || byte == '[') {
            at++;
            if (!msgpack_count_open(counts)) return false;
        } else if (byte == '}' || byte == ']') {
            at++;
            counts->depth--;
        } else if (byte == ',') {
            at++;
        } else {
            json_text_read(&at, end);
            if (json_text_peek(&at, end) == ':')
                at++;
            else
                msgpack_count_value(counts);
        }
    }
    return true;
}

struct msgpack_from_json {
    struct buf *out;
    struct buf scratch; /* a text that has escapes */
    const sio_value *value;
    struct msgpack_counts *counts;
    uint32_t next; /* the next array or map */
};

static void msgpack_from_text(struct msgpack_from_json *from, struct str raw)
{
    if (str_find_byte(raw, '\\') == STR_NONE) {
        msgpack_write_text(from->out, raw);
        return;
    }
    buf_clear(&from->scratch);
    buf_append_str(&from->scratch, raw);
    if (from->scratch.error != BUF_OK)
        from->out->error = from->scratch.error;
    else
        msgpack_write_text(from->out, (struct str){ from->scratch.at, json_text_decode(from->scratch.at, raw.size) });
}

/* A number at the end of the text has no byte behind it, which json_text_number wants. */
static void msgpack_from_number(struct msgpack_from_json *from, struct str text, const char *end)
{
    if (text.at + text.size == end) {
        buf_clear(&from->scratch);
        buf_append_str(&from->scratch, text);
        buf_append_byte(&from->scratch, '\0');
        if (from->scratch.error != BUF_OK)
            from->out->error = from->scratch.error;
        else
            text.at = from->scratch.at;
    }
    if (from->out->error == BUF_OK) msgpack_write_number(from->out, json_text_number(text));
}

static void msgpack_from_scalar(struct msgpack_from_json *from, const struct json_text_value *value, const char *end)
{
    switch (value->kind) {
    case JSON_TEXT_STRING: msgpack_from_text(from, value->text); break;
    case JSON_TEXT_NUMBER: msgpack_from_number(from, value->text, end); break;
    case JSON_TEXT_TRUE:
    case JSON_TEXT_FALSE: msgpack_write_bool(from->out, value->kind == JSON_TEXT_TRUE); break;
    default: msgpack_write_nil(from->out); break;
    }
}

/* Bytes, or nil for a placeholder that stands for none. */
static void msgpack_from_placeholder(struct msgpack_from_json *from, const struct placeholder *found)
{
    const sio_value *value = from->value, *bytes = NULL;
    if (found->number >= 0 && (uint32_t)found->number < value->attachment_count)
        bytes = &value->attachments[found->number];
    if (bytes && bytes->kind == SIO_BYTES)
        msgpack_write_bytes(from->out, (struct str){ bytes->data.at, bytes->data.size });
    else
        msgpack_write_nil(from->out);
    from->next++;
}

static void msgpack_from_open(struct msgpack_from_json *from, const char **at, const char *end)
{
    struct placeholder found;
    if (from->value->attachment_count > 0 && placeholder_read(at, end, &found)) {
        msgpack_from_placeholder(from, &found);
        return;
    }
    uint32_t count = *msgpack_count_at(from->counts, from->next++);
    if (**at == '{')
        msgpack_write_map(from->out, count);
    else
        msgpack_write_array(from->out, count);
    ++*at;
}

static void msgpack_from_all(struct msgpack_from_json *from, struct str json)
{
    const char *at = json.at, *end = json.at + json.size;
    for (char byte; (byte = json_text_peek(&at, end)) != '\0' && from->out->error == BUF_OK;) {
        if (byte == '{' || byte == '[') {
            msgpack_from_open(from, &at, end);
        } else if (strchr("}],:", byte)) {
            at++;
        } else {
            struct json_text_value value = json_text_read(&at, end);
            msgpack_from_scalar(from, &value, end);
        }
    }
}

static void msgpack_write_json(struct buf *buf, const sio_value *value)
{
    struct str json = { value->data.at, value->data.size };
    struct msgpack_counts counts;
    struct msgpack_from_json from = { .out = buf, .value = value, .counts = &counts };
    if (!json_text_valid(json)) {
        msgpack_write_nil(buf);
        return;
    }
    counts.depth = 0;
    buf_init(&counts.counts, json.size * sizeof(uint32_t));
    buf_init(&from.scratch, json.size + 1);
    if (msgpack_count_all(&counts, json))
        msgpack_from_all(&from, json);
    else
        buf->error = counts.counts.error;
    buf_free(&from.scratch);
    buf_free(&counts.counts);
}

void msgpack_write_value(struct buf *buf, const sio_value *value)
{
    switch (value->kind) {
    case SIO_NULL: msgpack_write_nil(buf); break;
    case SIO_BOOL: msgpack_write_bool(buf, value->boolean); break;
    case SIO_NUMBER: msgpack_write_number(buf, value->number); break;
    case SIO_TEXT: msgpack_write_text(buf, (struct str){ value->data.at, value->data.size }); break;
    case SIO_JSON: msgpack_write_json(buf, value); break;
    case SIO_BYTES: msgpack_write_bytes(buf, (struct str){ value->data.at, value->data.size }); break;
    }
}
